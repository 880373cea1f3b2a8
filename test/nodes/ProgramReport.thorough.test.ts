import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { runReport } from './ProgramReport.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const MONDAY = '2026-03-02T09:00:00Z';
const MANY = 100_000;
/** Ten times what it takes on a busy machine, and a hundredth of what a loop in a loop would. */
const PATIENCE_MS = 20_000;

const accounts = (): IDataObject[] =>
	Array.from({ length: MANY }, (_none, place) => ({
		accountId: `a-${String(place)}`,
		plan: ['starter', 'team', 'business'][place % 3],
		arr: place,
		licences: { bought: place % 400 },
		usage: {
			events: place % 977,
			previousEvents: 500,
			activeUsers: place % 31,
			featuresUsed: ['boards'],
		},
		health: {
			score: 50,
			band: 'red',
			trend4w: -(place % 20),
			reasons: [],
			// one in fifty
			alerts:
				place % 50 > 0
					? []
					: [
							{
								code: 'health_dropped',
								key: `d/${String(place)}`,
								priority: 'normal',
								text: 'Health dropped',
							},
						],
		},
	}));

test.each([
	['peerBenchmarks', {}, MANY],
	['triageQueue', { team: 'team@vendor.example' }, 200],
])('%s over 100,000 accounts takes seconds', async (operation, parameters, count) => {
	const input = accounts();
	const began = Date.now();
	const ran = await runReport(operation, MONDAY, input, parameters);
	const took = Date.now() - began;
	process.stderr.write(`${operation}: ${String(took)} ms\n`);
	expect(ran.items()).toHaveLength(count);
	expect(took).toBeLessThan(PATIENCE_MS);
});
