import { DAY_0, newcomer, sweep, type Sweep, type Swept } from './races.setup';
import {
	fresh,
	inManyProcesses,
	inOneProcess,
	ledgerInUse,
	SHARED,
	startStores,
	STORES,
	tell,
} from './races.stores';

/** One event that is told again and again, through Record Event and Customer Journey. */

const PROCESSES = 4;

startStores(PROCESSES);

const ACCOUNT = 'acme';
/** The account is decided on each time, also where its event was known. */
const told = (copies: number): Sweep => ({
	accounts: [newcomer(ACCOUNT)],
	events: Array.from({ length: copies }, () => ({
		id: 'evt-1',
		type: 'customer_created',
		accountId: ACCOUNT,
		occurredAt: new Date(DAY_0).toISOString(),
	})),
	now: NOW,
});
const NOW = DAY_0 + 5 * 60_000;
const hundred = Array.from({ length: 100 }, () => told(1));

/** New events, events and enrollments that are kept, and welcomes that were emitted. */
async function counted(swept: readonly Swept[], where: string): Promise<object> {
	const { enrollments, events } = await ledgerInUse().recall({
		journey: 'onboarding',
		dry: false,
		accountIds: [ACCOUNT],
		addresses: [],
		now: NOW,
	});
	const counts = {
		recorded: swept.reduce((sum, { recorded }) => sum + recorded, 0),
		kept: events.filter(({ type }) => type === 'customer_created').length,
		enrollments: enrollments.length,
		welcomes: swept.flatMap(({ emitted }) => emitted).length,
	};
	tell(`The same event, ${where}: ${JSON.stringify(counts)}`);
	return counts;
}

const ONE = { recorded: 1, kept: 1, enrollments: 1, welcomes: 1 };

describe('the same event', () => {
	it.each(STORES)('on %s, 1,000 times, ten in each delivery: 1 enrollment', async (store) => {
		const racer = await fresh(store);
		const swept: Swept[] = [];
		for (let delivery = 0; delivery < 100; delivery++) swept.push(await sweep(racer, told(10)));
		expect(await counted(swept, `${store}, 1,000 times`)).toEqual(ONE);
	});

	it.each(STORES)('on %s, 100 times at once: 1 enrollment', async (store) => {
		const swept = await inOneProcess(await fresh(store))(hundred);
		expect(await counted(swept, `${store}, 100 times at once`)).toEqual(ONE);
	});

	it.each(SHARED)('on %s, 100 times at once in many processes: 1 enrollment', async (store) => {
		const racer = await fresh(store);
		const swept = await inManyProcesses(racer)(hundred);
		// once more here, which changes nothing and opens the ledger
		swept.push(await sweep(racer, told(1)));
		const where = `${store}, 100 times at once in ${String(PROCESSES)} processes`;
		expect(await counted(swept, where)).toEqual(ONE);
	});
});
