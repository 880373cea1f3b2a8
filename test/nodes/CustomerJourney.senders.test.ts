import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	OUTPUTS,
	recalled,
	runJourney,
	wiredUp,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

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

	it('of a hand-over: it is not written off, but comes as soon as somebody is wired to it', async () => {
		const unsubscribed = [
			account('a', {
				contacts: [{ email: 'x@a.example', role: 'admin', status: 'active', unsubscribed: true }],
			}),
		];
		const run = await runJourney({ input: unsubscribed, ...wiredUp((output) => output === 8) });
		expect(emitted(run)).toEqual([]);
		expect(hintsOf(run)).toMatch(/Output 8 .* hand-overs and alerts wait/);
		expect(emitted(await runJourney({ input: unsubscribed }))).toHaveLength(1);
	});
});
