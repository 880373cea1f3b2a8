import { numbered } from '../ledger/rows';
import { asking } from './EscalationRouter.setup';
import { DAY_0, repeated } from './races.setup';
import {
	fresh,
	ledgerInUse,
	routingInManyProcesses,
	routingInOneProcess,
	SHARED,
	startStores,
	STORES,
	tell,
	type RouteRace,
} from './races.stores';
import { FALLBACK, ROOMS, type Routing } from './routeRaces.setup';

/** Escalation Routers at the same moment over the same accounts, through the nodes; counted at the senders of all of them. */

const ACCOUNTS = 1_000;
const AT_ONCE = 8;
const HOUR = 3_600_000;
const IDS = numbered(ACCOUNTS, 'account-');

startStores(AT_ONCE);

/**
 * Each has a reason of its own for every account, every other one a cancellation, which is urgent and raises what a reply
 * opened; each begins elsewhere in the same list, so that none takes all before the others come.
 */
const TYPES = numbered(AT_ONCE).map((_none, index) =>
	index % 2 === 0 ? 'reply_received' : 'cancellation_requested',
);
const KEYS = TYPES.map((type, index) => `${type}/r${String(index)}`).sort();

function routings(): Routing[] {
	return TYPES.map((type, index) => {
		const from = Math.round((index * ACCOUNTS) / AT_ONCE / 2);
		const accounts = [...IDS.slice(from), ...IDS.slice(0, from)].map((id) =>
			asking(id, type, `r${String(index)}`),
		);
		return { operation: 'route', accounts, now: DAY_0 };
	});
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

async function raceForTheAccounts(race: RouteRace, where: string): Promise<void> {
	const routed = await race(routings());
	const emitted = routed.flatMap((one) => one.emitted);
	// what was handed out is confirmed by the execution that has it
	expect(routed.map(({ confirmed }) => confirmed)).toEqual(routed.map((one) => one.emitted.length));
	const [opened, updated, unchanged] = [0, 1, 2].map((output) =>
		sum(routed.map(({ counts }) => counts[output] ?? 0)),
	);
	const ledger = ledgerInUse();
	const { cases, loads } = await ledger.cases({ accountIds: IDS, loads: true, now: DAY_0 });
	const raised = emitted.filter((key) => key.includes('/raised/'));
	const doubles = repeated(emitted);
	const most = Object.fromEntries([...loads].map(([who, load]) => [who, load.cases]));
	tell(
		`${where}: ${String(AT_ONCE)} routers at once, ${String(routed.filter(({ counts }) => (counts[0] ?? 0) > 0).length)} of them opened something; ${String(ACCOUNTS)} accounts, ${String(cases.filter((one) => one.open).length)} open cases with ${String(sum(cases.map(({ reasons }) => reasons.length)))} reasons of ${String(ACCOUNTS * AT_ONCE)}; ${String(emitted.length)} notices, ${String(raised.length)} of a raise, ${String(doubles.length)} told twice; cases per person ${Object.values(most).join(', ')}`,
	);
	expect([opened, updated, unchanged]).toEqual([ACCOUNTS, ACCOUNTS * (AT_ONCE - 1), 0]);
	// one open case per account, all reasons in it (P08)
	expect(cases).toHaveLength(ACCOUNTS);
	expect(cases.map(({ accountId }) => accountId).sort()).toEqual([...IDS].sort());
	expect(cases.map(({ no }) => no)).toEqual(IDS.map((_id, index) => index + 1));
	for (const { open, reasons, priority } of cases)
		expect([open, priority, reasons.map(({ key }) => key).sort()]).toEqual([true, 'urgent', KEYS]);
	// nobody above what they agreed to, and nobody with room while the fallback owner has any
	const left = ACCOUNTS - sum(Object.values(ROOMS));
	expect(most).toEqual({ ...ROOMS, [FALLBACK]: left });
	// each notice once: of every opening, and of every case that a reply opened and a cancellation raised
	expect(doubles).toEqual([]);
	const firstWasReply = cases.filter(({ clocks }) => clocks.length === 2);
	expect(raised).toHaveLength(firstWasReply.length);
	expect(emitted).toHaveLength(ACCOUNTS + raised.length);
	expect(cases.every(({ clocks }) => clocks.length <= 2)).toBe(true);
}

/** All look at the deadlines at once, again and again until nothing is left: owner and level hear of each case once. */
async function raceForTheDeadlines(race: RouteRace, where: string): Promise<void> {
	const emitted: string[] = [];
	let sweeps = 0;
	for (const hours of [3, 4, 4, 5]) {
		const checks = numbered(AT_ONCE).map((): Routing => {
			return { operation: 'checkDeadlines', accounts: [{}], now: DAY_0 + hours * HOUR };
		});
		const checked = await race(checks);
		sweeps += checked.length;
		emitted.push(...checked.flatMap((one) => one.emitted));
	}
	const doubles = repeated(emitted);
	tell(
		`${where}: ${String(sweeps)} checks of deadlines, ${String(AT_ONCE)} at once; ${String(emitted.length)} notices, ${String(3 * ACCOUNTS)} due, ${String(doubles.length)} told twice`,
	);
	expect(doubles).toEqual([]);
	const of = (word: string): number => emitted.filter((key) => key.includes(`/${word}/`)).length;
	expect([of('nearing'), of('breached'), of('level')]).toEqual([ACCOUNTS, ACCOUNTS, ACCOUNTS]);
	expect(emitted).toHaveLength(3 * ACCOUNTS);
}

describe('8 routers at once over the same accounts', () => {
	it.each(STORES)('on %s: one case for each, told once', async (store) => {
		const race = routingInOneProcess(await fresh(store));
		await raceForTheAccounts(race, `${store}, one process`);
		await raceForTheDeadlines(race, `${store}, one process`);
	});

	it.each(SHARED)('on %s, each in a process of its own: the same', async (store) => {
		const racer = await fresh(store);
		const race = routingInManyProcesses(racer);
		const where = `${store}, ${String(AT_ONCE)} processes`;
		// one that changes nothing, so that this process has the ledger open too
		await routingInOneProcess(racer)([{ operation: 'checkDeadlines', accounts: [{}], now: DAY_0 }]);
		await raceForTheAccounts(race, where);
		await raceForTheDeadlines(race, where);
	});
});
