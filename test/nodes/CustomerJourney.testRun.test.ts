import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	JOURNEY,
	recalled,
	runJourney,
	TEAM,
	TESTER,
	wiredUp,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const parameters = { testRecipient: TESTER };
const input = [account('a'), account('b', { support: { openP1: 1 } })];

/** How n8n says that somebody is trying a flow, or that it cannot tell. */
const TRIALS = [
	{ mode: 'manual' },
	{ mode: 'integrated', rootExecutionMode: 'manual' },
	{ mode: 'evaluation' },
	{ mode: 'retry' },
] as const;

describe.each(TRIALS)('a run from the editor (%j) touches no customer (P34)', (how) => {
	it('sends to the test recipient only, and only the test ledger knows', async () => {
		const run = await runJourney({ input, parameters, ...how });
		expect(emitted(run)).toEqual([
			`1: welcome a → ${TESTER}`,
			`1: welcome b → ${TESTER}`,
			`8: asked-for-help b → ${TESTER}`,
		]);
		expect((await recalled('live', ['a', 'b'])).touches).toEqual([]);
		expect((await recalled('live', ['a', 'b'])).enrollments).toEqual([]);
		expect((await recalled('live', ['a', 'b'])).startedAt).toBe(0);
		expect((await recalled('test', ['a', 'b'])).touches).toHaveLength(3);
	});

	it('without a recipient nothing leaves, and a hint says why', async () => {
		const run = await runJourney({ input, ...how });
		expect(emitted(run)).toEqual([]);
		expect(hintsOf(run)).toContain("'Test Recipient'");
	});
});

it.each(['trigger', 'webhook'] as const)(
	'a sub-workflow of a published flow (%s) is live',
	async (rootExecutionMode) => {
		const run = await runJourney({ input, parameters, mode: 'integrated', rootExecutionMode });
		expect(emitted(run)).toEqual([
			'1: welcome a → admin@a.example',
			'1: welcome b → admin@b.example',
			`8: asked-for-help b → ${TEAM}`,
		]);
	},
);

it('a run from the editor after live ones neither sees nor changes them', async () => {
	await runJourney({ input });
	const before = await recalled('live', ['a', 'b']);
	expect(emitted(await runJourney({ input, parameters, mode: 'manual' }))).toHaveLength(3);
	expect(await recalled('live', ['a', 'b'])).toEqual(before);
});

it('looks at ten accounts at most and says so', async () => {
	const many = Array.from({ length: 12 }, (_nothing, index) => account(`a${String(index)}`));
	const run = await runJourney({ input: many, parameters, mode: 'manual' });
	expect(emitted(run)).toHaveLength(10);
	expect(hintsOf(run)).toMatch(/first 10 accounts were looked at, 2 were not/);
});

it('starts afresh each time, or walks on with Now', async () => {
	const once = [account('a')];
	const walk = async (now: string, testRuns: string) =>
		emitted(
			await runJourney({ input: once, parameters, mode: 'manual', now, options: { testRuns } }),
		);
	expect(await walk('2026-03-02T09:00:00Z', 'fresh')).toEqual([`1: welcome a → ${TESTER}`]);
	expect(await walk('2026-03-02T09:00:00Z', 'fresh')).toEqual([`1: welcome a → ${TESTER}`]);
	expect(await walk('2026-03-02T09:00:00Z', 'continue')).toEqual([]);
	expect(await walk('2026-03-04T09:00:00Z', 'continue')).toEqual([`2: set-up-guide a → ${TESTER}`]);
});

it('shows the messages also while the senders are switched off', async () => {
	const off = wiredUp((output) => output <= 6);
	const run = await runJourney({ input: [account('a')], parameters, mode: 'manual', ...off });
	expect(emitted(run)).toEqual([`1: welcome a → ${TESTER}`]);
	expect(run.node(JOURNEY).outputs).toHaveLength(10);
	expect((await recalled('live', ['a'], true)).touches).toEqual([]);
});
