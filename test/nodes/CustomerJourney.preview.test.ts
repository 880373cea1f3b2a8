import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
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
