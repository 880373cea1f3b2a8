import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	JOURNEY,
	journeyOf,
	ledgerOf,
	NOW,
	OUTPUTS,
	recalled,
	rows,
	runJourney,
	TEAM,
	wiredUp,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

describe('a live run', () => {
	it('claims each touch and emits it once, on its step’s output, to the customer', async () => {
		const first = await runJourney({ input: [account('a'), account('b')] });
		expect(first.error).toBeUndefined();
		expect(emitted(first)).toEqual([
			'1: welcome a → admin@a.example',
			'1: welcome b → admin@b.example',
		]);
		expect(first.node(JOURNEY).outputs).toHaveLength(10);
		const { touches, enrollments } = await recalled('live', ['a', 'b']);
		expect(touches.map(({ state }) => state)).toEqual(['claimed', 'claimed']);
		expect(enrollments.map(({ state }) => state)).toEqual(['active', 'active']);
		// the same sweep again, before anybody confirmed
		expect(emitted(await runJourney({ input: [account('a'), account('b')] }))).toEqual([]);
	});

	it('ten at once on the same accounts hand out each touch to one of them', async () => {
		const input = Array.from({ length: 20 }, (_nothing, index) => account(`a${String(index)}`));
		const runs = await Promise.all(
			Array.from({ length: 10 }, async () => await runJourney({ input })),
		);
		expect(runs.flatMap(emitted).sort()).toHaveLength(20);
		expect(new Set(runs.flatMap(emitted)).size).toBe(20);
	});

	it('keeps what came in, adds `journey`, pairs every item and changes no input', async () => {
		const input = [
			{ json: account('z', { accountId: '' }) },
			{ json: account('a', { extra: { deep: [1] } }), pairedItem: { item: 0 } },
		];
		const before = JSON.stringify(input.map(({ json }) => json));
		const run = await runJourney({ input });
		expect(JSON.stringify(input.map(({ json }) => json))).toBe(before);
		const [item] = run.node(JOURNEY).outputs[1] ?? [];
		const { journey, ...rest } = item?.json ?? {};
		expect(rest).toEqual(account('a', { extra: { deep: [1] } }));
		expect(journey).toMatchObject({
			key: 'onboarding/1/a/welcome/',
			mode: 'live',
			step: 'welcome',
			stepName: 'Welcome',
			channel: 'email',
			to: 'admin@a.example',
			contact: { email: 'admin@a.example', name: 'Ada' },
			attempt: 1,
			cycle: 1,
			day: 0,
			leaseUntil: '2026-03-02T09:30:00Z',
			setup: { finished: false, next: { step: 'connect-data' } },
		});
		expect(
			run
				.node(JOURNEY)
				.outputs.flat()
				.map(({ pairedItem }) => pairedItem),
		).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('bad items leave on output 0 with a sentence, good ones go on', async () => {
		const input = [
			{},
			account('a'),
			account('b', { timezone: 'Mars/Base' }),
			account('c', { createdAt: 'yesterday' }),
			account('d', { contacts: 'nobody' }),
			account('e'),
		];
		const run = await runJourney({ input });
		expect(emitted(run).map((line) => line.slice(0, 12))).toEqual(['1: welcome a', '1: welcome e']);
		const rejected = run.node(JOURNEY).outputs[0] ?? [];
		expect(rejected.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 2, 3, 4].map((item) => ({ item })),
		);
		const texts = rejected.map((item) =>
			journeyOf(item)
				.reasons.map(({ text }) => text)
				.join(),
		);
		for (const [index, about] of ['accountId', 'timezone', 'createdAt', 'contacts'].entries())
			expect(texts[index]).toContain(about);
		expect(texts[1]).toMatch(/^Item 3: /);
		expect(hintsOf(run)).toContain('4 items could not be read');
	});

	it('claims Touches per Run and leaves the rest to the next execution; humans come first (P05)', async () => {
		const input = [account('a'), account('b'), account('c', { support: { openP1: 1 } })];
		const options = { touchesPerRun: 2 };
		const first = await runJourney({ input, options });
		expect(emitted(first)).toEqual([
			'1: welcome a → admin@a.example',
			`8: asked-for-help c → ${TEAM}`,
		]);
		expect(hintsOf(first)).toContain('2 touches wait for the next execution');
		expect(emitted(await runJourney({ input, options }))).toEqual([
			'1: welcome b → admin@b.example',
			'1: welcome c → admin@c.example',
		]);
		expect(emitted(await runJourney({ input, options }))).toEqual([]);
	});

	it('an episode that ends leaves on output 0 with its outcome, once', async () => {
		const input = [account('a')];
		await runJourney({ input });
		const gone = [account('a', { lifecycleStage: 'churned' })];
		const run = await runJourney({ input: gone, now: '2026-03-04T09:00:00Z' });
		expect(run.node(JOURNEY).outputs[0]?.map(journeyOf)).toMatchObject([
			{ state: 'ended', outcome: 'churned' },
		]);
		const again = await runJourney({ input: gone, now: '2026-03-04T10:00:00Z' });
		expect(again.node(JOURNEY).outputs.flat()).toEqual([]);
	});

	it('a journey of the same name in two nodes is one journey; another id is another', async () => {
		const input = [account('a')];
		await runJourney({ input });
		expect(emitted(await runJourney({ input, parameters: { journeyId: 'second' } }))).toEqual([
			'1: welcome a → admin@a.example',
		]);
	});

	it('only accounts that meet a step’s conditions get it', async () => {
		const condition = (leftValue: string) => ({
			combinator: 'and',
			options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [
				{
					id: 'c',
					leftValue,
					rightValue: 'pro',
					operator: { type: 'string', operation: 'equals' },
				},
			],
		});
		for (const [index, expression] of ['={{ $json.plan }}', '={{ $json.plan.trim() }}'].entries()) {
			const step = rows().map((row) =>
				row.id === 'welcome' ? { ...row, conditions: condition(expression) } : row,
			);
			const ids = ['p', 'f'].map((id) => `${id}${String(index)}`);
			const input = [account(ids[0] ?? ''), account(ids[1] ?? '', { plan: 'free' })];
			const run = await runJourney({ input, parameters: { steps: { step } } });
			expect(run.error).toBeUndefined();
			expect(emitted(run)).toEqual([`1: welcome ${ids[0] ?? ''} → admin@${ids[0] ?? ''}.example`]);
			expect(
				(await recalled('live', ids)).touches.find(({ accountId }) => accountId === ids[1])
					?.reasons[0]?.code,
			).toBe('conditionsNotMet');
		}
	});

	it('an empty input runs and says nothing is there', async () => {
		const run = await runJourney({ input: [] });
		expect(run.error).toBeUndefined();
	});
});

describe('a sender that is switched off (P34)', () => {
	const input = [account('a')];

	it('all of them: a dry run, nothing leaves, what it would have sent is noted; switched on, it is a go-live', async () => {
		const off = wiredUp((output) => output <= 6);
		const dry = await runJourney({ input, ...off });
		expect(emitted(dry)).toEqual([]);
		expect(hintsOf(dry)).toContain('Dry run');
		expect((await recalled('live', ['a'])).touches).toEqual([]);
		expect(
			(await recalled('live', ['a'], true)).touches.map(({ state, attempts }) => [state, attempts]),
		).toEqual([['dry', 0]]);
		expect(emitted(await runJourney({ input }))).toEqual(['1: welcome a → admin@a.example']);
	});

	it('an import without any wire is a dry run too', async () => {
		expect(emitted(await runJourney({ input, behind: [], wires: [] }))).toEqual([]);
		expect((await recalled('live', ['a'])).touches).toEqual([]);
	});

	it('a disabled node in between hands on what nobody did: also dry', async () => {
		const { behind, wires } = wiredUp();
		const gates = OUTPUTS.map((output) => ({
			name: `Gate ${String(output)}`,
			type: 'n8n-nodes-base.noOp',
			disabled: true,
		}));
		const through = wires.flatMap((wire, index) => [
			{ ...wire, to: gates[index]?.name ?? '' },
			{ from: gates[index]?.name ?? '', to: wire.to },
		]);
		expect(
			emitted(await runJourney({ input, behind: [...behind, ...gates], wires: through })),
		).toEqual([]);
		expect((await recalled('live', ['a'])).touches).toEqual([]);
	});

	it('one of them: what is due there lapses for good, the rest goes', async () => {
		const off = wiredUp((output) => output === 1);
		const run = await runJourney({
			input: [account('a'), account('b', { createdAt: '2026-02-27T10:00:00' })],
			...off,
		});
		expect(emitted(run)).toEqual(['2: set-up-guide b → admin@b.example']);
		expect(hintsOf(run)).toMatch(/Output 1 \('Welcome'\) leads to no enabled node/);
		expect(
			(await recalled('live', ['a'])).touches.map(({ state, reasons }) => [
				state,
				reasons[0]?.code,
			]),
		).toEqual([['lapsed', 'senderDisabled']]);
		expect(emitted(await runJourney({ input }))).toEqual([]);
	});
});

describe('what is wrong with the set-up is said before anything is claimed', () => {
	const withRows = (change: (list: ReturnType<typeof rows>) => unknown[]) =>
		({ steps: { step: change(rows()) } }) as never;
	it.each([
		[
			'a step without a number',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, output: 0 } : row))),
			/'Nudge'.*no output number/,
		],
		[
			'a number beyond the outputs',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, output: 41 } : row))),
			/'Nudge'.*at most 40/,
		],
		[
			'two steps with one id',
			withRows((list) => list.map((row) => (row.id === 'nudge' ? { ...row, id: 'welcome' } : row))),
			/'Nudge'.*'welcome' is the id of an earlier step/,
		],
		[
			'an id that is none',
			withRows((list) =>
				list.map((row) => (row.id === 'nudge' ? { ...row, id: 'The Nudge' } : row)),
			),
			/'Nudge'.*lower-case/,
		],
		['no steps', withRows(() => []), /at least one step/],
		['no team', { team: '' }, /team address/],
		['no checklist', { checklist: {} }, /checklist is empty/],
		['a journey id that is none', { journeyId: 'My Journey' }, /lower-case/],
	])('%s', async (_what, parameters, message) => {
		const run = await runJourney({ input: [account('a')], parameters });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.message).not.toContain('\n');
		expect((await recalled('live', ['a'])).enrollments).toEqual([]);
	});

	it.each([
		['no touches', { touchesPerRun: 0 }, /Touches per Run/],
		['a zone that is none', { timezone: 'Mars/Base' }, /time zone/],
		['hours turned round', { opensAt: '18:00' }, /open before it closes/],
		['no lease', { leaseMinutes: 0 }, /Lease Minutes/],
		['a time that is none', { now: 'soon' }, /'Now' option/],
	])('option: %s', async (_what, options, message) => {
		const run = await runJourney({ input: [account('a')], options });
		expect(run.error?.message).toMatch(message);
		expect(run.error?.message).not.toMatch(/[[{]/);
	});

	it('two enabled senders on one output; one of them disabled is fine', async () => {
		const two = (disabled: boolean) => {
			const { behind, wires } = wiredUp();
			return {
				behind: [...behind, { name: 'Send Email', type: 'n8n-nodes-base.emailSend', disabled }],
				wires: [...wires, { from: JOURNEY, output: 1, to: 'Send Email' }],
			};
		};
		const run = await runJourney({ input: [account('a')], ...two(false) });
		expect(run.error?.message).toMatch(/Output 1 is wired to 2 senders/);
		expect((await recalled('live', ['a'])).enrollments).toEqual([]);
		expect(emitted(await runJourney({ input: [account('a')], ...two(true) }))).toHaveLength(1);
	});

	it('names no address', async () => {
		const run = await runJourney({
			input: [account('a', { contacts: [{ email: 'not an address @ all', role: 'king' }] })],
		});
		const text = JSON.stringify(journeyOf(run.node(JOURNEY).outputs[0]?.[0]).reasons);
		expect(text).not.toContain('@ all');
	});
});

describe('Preview', () => {
	const preview = { operation: 'preview' };

	it('lists what would go now and later, and writes nothing', async () => {
		const input = [account('a'), account('b', { createdAt: '2026-02-26T10:00:00' }), {}];
		for (const mode of ['trigger', 'manual'] as const) {
			const run = await runJourney({
				input,
				mode,
				parameters: preview,
				now: '2026-03-02T06:00:00Z',
			});
			const list = run.node(JOURNEY).outputs;
			expect(list).toHaveLength(1);
			expect(list[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			expect(list[0]?.map((item) => journeyOf(item).state)).toEqual([
				'notInJourney',
				'held',
				'rejected',
			]);
			expect(journeyOf(list[0]?.[1]).later[0]).toMatchObject({
				step: 'Set-up guide',
				at: '2026-03-02T08:00:00Z',
			});
		}
		const due = await runJourney({ input, parameters: preview });
		expect(journeyOf(due.node(JOURNEY).outputs[0]?.[0])).toMatchObject({
			state: 'due',
			now: [{ step: 'Welcome' }],
		});
		for (const mode of ['live', 'test'] as const) {
			const { touches, enrollments, startedAt } = await recalled(mode, ['a', 'b']);
			expect([touches, enrollments, startedAt]).toEqual([[], [], 0]);
		}
		expect(emitted(await runJourney({ input: [account('a')] }))).toHaveLength(1);
	});

	it('of a journey that runs shows what customers really got', async () => {
		await runJourney({ input: [account('a')] });
		await ledgerOf().confirm(['onboarding/1/a/welcome/'], Date.parse(NOW));
		const run = await runJourney({ input: [account('a')], mode: 'manual', parameters: preview });
		expect(journeyOf(run.node(JOURNEY).outputs[0]?.[0])).toMatchObject({
			state: 'nothingDue',
			now: [],
		});
	});
});
