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
	runJourney,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

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

	it('says which set-up step customers stumble over (R29)', async () => {
		const began = (days: number, done: string[] = []) => ({
			createdAt: `2026-02-${String(28 - days)}T10:00:00`,
			setup: { completed: done.map((step) => ({ step, at: '2026-02-27T10:00:00' })) },
		});
		const input = [
			account('a', began(2)),
			account('b', began(3)),
			// a step completed on 27 February: three days rest on 2 March
			account('c', began(8, ['connect-data'])),
			// began on 28 February
			account('d', began(0)),
			account('e', began(8, ['connect-data', 'invite-team', 'first-report'])),
		];
		const run = await runJourney({ input, parameters: preview });
		expect(hintsOf(run)).toContain(
			"Set-up has rested for 3 days or more at 3 accounts: 2 before 'Connect your data', 1 before 'Invite your team'.",
		);
		expect(
			run
				.node(JOURNEY)
				.outputs[0]?.map(({ json }) => json.journey)
				.map((journey) => (journey as { setup: { restsForDays?: number } }).setup.restsForDays),
		).toEqual([4, 5, 3, 2, undefined]);
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
