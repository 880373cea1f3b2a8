import { customers, DAY, DAY_0, repeated, type Sweep } from './races.setup';
import {
	fresh,
	inManyProcesses,
	inOneProcess,
	SHARED,
	startStores,
	STORES,
	tell,
	type Race,
} from './races.stores';

/** Executions at the same moment over the same customers, through the nodes; counted at the senders of all of them. */

const CUSTOMERS = 200;
const AT_ONCE = 8;

startStores(AT_ONCE);

/** What falls due for customers who do nothing; day 5 is a Saturday, so that its mail leaves on Monday (P02). */
const ROUNDS = [
	{ day: 0, step: 'welcome/' },
	{ day: 2, step: 'set-up-guide/' },
	{ day: 3, step: 'nudge/connect-data' },
	{ day: 7, step: 'first-results/' },
	{ day: 14, step: 'call/' },
];
const DUE = ROUNDS.length * CUSTOMERS;

/** Each begins elsewhere in the same list, so that none takes all before the others come. */
function sweepsAt(now: number): Sweep[] {
	const everybody = customers(CUSTOMERS);
	return Array.from({ length: AT_ONCE }, (_nothing, index) => {
		const from = Math.round((index * CUSTOMERS) / AT_ONCE / 2);
		const accounts = [...everybody.slice(from), ...everybody.slice(0, from)];
		return { accounts, now, touchesPerRun: 80 };
	});
}

/** Each round is swept by all at once until nothing is left of it; each due touch is then handed out once. */
async function raceThroughTheJourney(race: Race, where: string): Promise<void> {
	const emitted: string[] = [];
	let [executions, winners] = [0, 0];
	for (const { day, step } of ROUNDS) {
		const inRound: string[] = [];
		for (let before = -1; before < inRound.length;) {
			before = inRound.length;
			const swept = await race(sweepsAt(DAY_0 + day * DAY));
			executions += swept.length;
			winners += swept.filter((one) => one.emitted.length > 0).length;
			inRound.push(...swept.flatMap((one) => one.emitted));
			// what was handed out is confirmed by the execution that has it
			expect(swept.map(({ confirmed }) => confirmed)).toEqual(
				swept.map((one) => one.emitted.length),
			);
		}
		expect(inRound.filter((key) => !key.endsWith(step))).toEqual([]);
		expect(new Set(inRound).size).toBe(CUSTOMERS);
		emitted.push(...inRound);
	}
	const doubles = repeated(emitted);
	tell(
		`${where}: ${String(executions)} Advances, ${String(AT_ONCE)} at once, ${String(winners)} of them got something; ${String(emitted.length)} touches emitted, ${String(DUE)} due, ${String(doubles.length)} claimed twice`,
	);
	expect(doubles).toEqual([]);
	expect(emitted).toHaveLength(DUE);
}

describe('8 Advances at once over the same due accounts', () => {
	it.each(STORES)('on %s: each due touch is emitted by one of them', async (store) => {
		await raceThroughTheJourney(inOneProcess(await fresh(store)), `${store}, one process`);
	});

	it.each(SHARED)('on %s, each in a process of its own: the same', async (store) => {
		const where = `${store}, ${String(AT_ONCE)} processes`;
		await raceThroughTheJourney(inManyProcesses(await fresh(store)), where);
	});
});
