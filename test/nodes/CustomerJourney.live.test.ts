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
	recalled,
	rows,
	runJourney,
	TEAM,
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

	it('of two journeys at once opens one case per account, however they race (P08)', async () => {
		const wantHelp = {
			input: ['a', 'b', 'c'].map((id) => account(id, { support: { openP1: 1 } })),
		};
		const runs = await Promise.all(
			['onboarding', 'second', 'third', 'fourth'].map((journeyId) =>
				runJourney({ ...wantHelp, parameters: { journeyId } }),
			),
		);
		const cases = runs.flatMap(emitted).filter((line) => line.includes('asked-for-help'));
		expect(cases.map((line) => line.slice(3)).sort()).toEqual(
			['a', 'b', 'c'].map((id) => `asked-for-help ${id} → ${TEAM}`),
		);
		const notes = await ledgerOf().timeline(['a', 'b', 'c']);
		const refused = notes.log.filter(({ what }) => what === 'held');
		expect(new Set(refused.map(({ reasons }) => reasons[0]?.code))).toEqual(new Set(['caseOpen']));
	});

	it('of another node with the same journey id is refused before it claims anything, until it takes over', async () => {
		await runJourney({ input: [account('a')] });
		const second = { input: [account('b')], workflowId: 'a-second-import' };
		const refused = await runJourney(second);
		expect(refused.error?.message).toMatch(
			/The journey 'onboarding' belongs to node 'Customer Journey' of workflow/,
		);
		expect(refused.error?.description).toContain('Take Over Journey');
		expect((await recalled('live', ['b'])).touches).toEqual([]);
		// to look, and to try, is allowed
		const looked = { ...second, parameters: { operation: 'preview' } };
		expect((await runJourney(looked)).error).toBeUndefined();
		expect((await runJourney({ ...second, mode: 'manual' })).error).toBeUndefined();

		const takenOver = await runJourney({ ...second, options: { takeOver: true } });
		expect(emitted(takenOver)).toEqual(['1: welcome b → admin@b.example']);
		expect((await runJourney({ input: [account('c')] })).error?.message).toContain('belongs to');
	});

	it('what answers a customer, or goes to a human, does not wait behind what was planned (P02, P05)', async () => {
		const planned = Array.from({ length: 12 }, (_nothing, index) =>
			account(`p${String(index)}`, { createdAt: '2026-02-27T10:00:00' }),
		);
		const mute = account('mute', {
			contacts: [{ email: 'x@mute.example', role: 'admin', unsubscribed: true }],
		});
		const input = [...planned, account('new'), mute];
		const first = await runJourney({ input, options: { touchesPerRun: 3 } });
		expect(emitted(first)).toEqual([
			'1: welcome new → admin@new.example',
			'2: set-up-guide p0 → admin@p0.example',
			`8: reach-by-hand mute → ${TEAM}`,
		]);
	});

	it('remembers whom a CRM calls unsubscribed, for runs that do not see that account (P12)', async () => {
		const contacts = [{ email: 'x@shared.example', role: 'admin' }];
		const told = account('a', { contacts: [{ ...contacts[0], unsubscribed: true }] });
		await runJourney({ input: [told] });
		const later = await runJourney({ input: [account('b', { contacts })] });
		expect(emitted(later)).toEqual([`8: reach-by-hand b → ${TEAM}`]);
	});

	it('and forgets it when that record takes it back, but not while another one, or the person, says so', async () => {
		const address = 'x@shared.example';
		const saying = (id: string, unsubscribed: boolean) =>
			account(id, { contacts: [{ email: address, role: 'admin', unsubscribed }] });
		const silenced = async (): Promise<boolean> =>
			(await recalled('live', [], false, [address])).suppressed.has(address);
		// a broken feed calls both unsubscribed; then one after the other is mended
		await runJourney({ input: [saying('a', true), saying('b', true)] });
		await runJourney({ input: [saying('a', false)] });
		expect(await silenced()).toBe(true);
		await runJourney({ input: [saying('b', false)] });
		expect(await silenced()).toBe(false);
		await ledgerOf().suppress([{ address, reason: 'unsubscribed' }], Date.parse(NOW));
		await runJourney({ input: [saying('a', false), saying('b', false)] });
		expect(await silenced()).toBe(true);
	});

	it('an id that no key can hold is rejected, and its neighbors go on', async () => {
		const run = await runJourney({ input: [account('a'), account('b', { accountId: 'b\ud800' })] });
		expect(run.error).toBeUndefined();
		expect(emitted(run)).toEqual(['1: welcome a → admin@a.example']);
		expect(run.node(JOURNEY).outputs[0]?.map((item) => journeyOf(item).state)).toEqual([
			'rejected',
		]);
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
			account('d', { usage: 'heavy' }),
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
		for (const [index, about] of ['accountId', 'timezone', 'createdAt', 'usage'].entries())
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

	it('an account whose touch waits for the next execution is due at once, the others when their lease ends', async () => {
		const input = ['a', 'b', 'c', 'd'].map((id) => account(id));
		await runJourney({ input, options: { touchesPerRun: 2 } });
		const due = async (now: string): Promise<string[]> =>
			await ledgerOf().due({ journey: 'onboarding', dry: false, now: Date.parse(now), limit: 10 });
		expect((await due(NOW)).sort()).toEqual(['c', 'd']);
		expect((await due('2026-03-02T09:29:59Z')).sort()).toEqual(['c', 'd']);
		expect((await due('2026-03-02T09:30:00Z')).sort()).toEqual(['a', 'b', 'c', 'd']);
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

describe('the option Now in a published workflow', () => {
	it('is warned of, unless it is the present', async () => {
		const input = [account('a')];
		expect(hintsOf(await runJourney({ input }))).toContain('The option Now makes it 2026-03-02T09');
		const present = new Date().toISOString();
		expect(hintsOf(await runJourney({ input, now: present }))).not.toContain('The option Now');
	});
});
