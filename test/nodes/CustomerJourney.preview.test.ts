import type { IDataObject, INodeParameters } from 'n8n-workflow';
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

	describe('of more than may leave at once', () => {
		const ready = (id: string, over = {}) =>
			account(id, { lifecycleStage: 'adopting', health: { band: 'green' }, ...over });
		const five = ['a', 'b', 'c', 'd', 'e'].map((id) => ready(id));
		const education = { preset: 'education' };
		/** Each account with what would go, and what would wait for which reason. */
		const previewed = async (input: IDataObject[], options: INodeParameters, now = NOW) => {
			const run = await runJourney({
				input,
				options,
				now,
				parameters: { ...education, ...preview },
			});
			const lines = run.node(JOURNEY).outputs[0]?.map((item) => {
				const { state, now: goes, later } = journeyOf(item);
				const waits = later.map(
					({ step, at, reasons }) => `${step} ${reasons[0]?.code ?? ''} ${at ?? ''}`,
				);
				return `${state ?? ''}: ${[...goes.map(({ step }) => step), ...waits].join(', ').trim()}`;
			});
			return { lines, hints: hintsOf(run) };
		};

		it('says which messages the ramp lets go today, and when the others may (P09)', async () => {
			const { lines, hints } = await previewed(five, { rampPerDay: 3 });
			expect(lines).toEqual([
				'due: Tip',
				'due: Tip',
				'due: Tip',
				'held: Tip ramp 2026-03-03T08:00:00Z',
				'held: Tip ramp 2026-03-03T08:00:00Z',
			]);
			expect(hints).toContain('3 touches would go out now (3 × Tip), 2 would be held for later.');
			expect(hints).toContain('2 messages wait for another day: the ramp lets 3 out a day.');
		});

		it('counts what went today, as the next run will', async () => {
			const options = { rampPerDay: 3 };
			const live = { parameters: education, options };
			expect(emitted(await runJourney({ input: five.slice(0, 2), ...live }))).toHaveLength(2);
			const later = '2026-03-02T10:00:00Z';
			const { lines } = await previewed(five.slice(2), options, later);
			expect(lines?.map((line) => line.slice(0, 10))).toEqual([
				'due: Tip',
				'held: Tip ',
				'held: Tip ',
			]);
			const next = await runJourney({ input: five.slice(2), ...live, now: later });
			expect(emitted(next)).toHaveLength(1);
		});

		it('the ramp over, or turned off, all go', async () => {
			for (const options of [{ rampPerDay: 0 }, { rampPerDay: 3, rampDays: 1 }]) {
				await runJourney({ input: [account('new')], parameters: education, options });
				const { lines } = await previewed(five, options, '2026-03-03T09:00:00Z');
				expect(lines).toEqual(five.map(() => 'due: Tip'));
			}
		});

		it('says what Touches per Run leaves to the next execution; who needs a human does not wait (P05)', async () => {
			const input = [...five, ready('help', { support: { openP1: 1 } })];
			const { lines, hints } = await previewed(input, { touchesPerRun: 3, rampPerDay: 0 });
			expect(lines).toEqual([
				'due: Tip',
				'due: Tip',
				...[3, 4, 5].map(() => 'held: Tip touchesPerRun'),
				'due: Asked for help',
			]);
			expect(hints).toContain("3 touches wait for the next execution ('Touches per Run').");
			expect(hints).toContain('3 touches would go out now (2 × Tip, 1 × Asked for help)');
		});
	});
});
