import { openMemoryLedger } from '../../ledger/sqlite';
import type { InboxBatch, Ledger } from '../../ledger/ledger';
import { Drain, type Outcome, type ToDrain } from '../../nodes/CustomerEventTrigger/drain';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('what was taken in is handed out', () => {
	let ledger: Ledger;
	let drains: Drain[];
	let batches: InboxBatch[];
	let reports: string[];
	beforeEach(() => {
		jest.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00Z'), doNotFake: ['performance'] });
		ledger = openMemoryLedger();
		drains = [];
		batches = [];
		reports = [];
	});
	afterEach(async () => {
		await Promise.all(drains.map(async (drain) => await drain.close()));
		jest.useRealTimers();
		await ledger.close();
	});

	const arrive = async (...ids: string[]): Promise<boolean[]> =>
		await ledger.receive(
			'in',
			ids.map((id) => ({ id, event: JSON.stringify({ id }) })),
			Date.now(),
		);
	const drain = (
		execute: (batch: InboxBatch) => Promise<Outcome>,
		over: Partial<ToDrain> = {},
	): Drain => {
		const one = new Drain({
			inbox: 'in',
			ledger: async () => await Promise.resolve(ledger),
			execute: async (batch) => {
				batches.push(batch);
				return await execute(batch);
			},
			batchSize: 100,
			batchesAtOnce: 1,
			betweenMs: SECOND,
			keepMs: 30 * DAY,
			again: true,
			report: (sentence) => reports.push(sentence),
			...over,
		});
		drains.push(one);
		one.start();
		return one;
	};
	const pass = async (ms: number): Promise<void> => {
		await jest.advanceTimersByTimeAsync(ms);
	};
	const handedOut = (): string[][] =>
		batches.map(({ events }) =>
			events.map((event) => (JSON.parse(event) as { id: string }).id).toSorted(),
		);
	const well = async (): Promise<Outcome> => await Promise.resolve('done');
	const badly = async (): Promise<Outcome> => await Promise.resolve('failed');
	const never = async (): Promise<Outcome> => await new Promise(() => undefined);

	it('at the start what waits, then within a second what arrives, together', async () => {
		await arrive('a', 'b');
		const one = drain(well);
		await pass(100);
		expect(handedOut()).toEqual([['a', 'b']]);
		await arrive('c');
		one.tell();
		await arrive('d');
		one.tell();
		await pass(SECOND);
		expect(handedOut()).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
	});

	it('the first after a pause at once, and what comes meanwhile together when the time between batches is over', async () => {
		const one = drain(well, { betweenMs: MINUTE });
		const tell = async (id: string): Promise<void> => {
			await arrive(id);
			one.tell();
		};
		await pass(10 * SECOND);
		await tell('a');
		await pass(SECOND);
		expect(handedOut()).toEqual([['a']]);
		await tell('b');
		await pass(30 * SECOND);
		await tell('c');
		await pass(28 * SECOND);
		expect(handedOut()).toHaveLength(1);
		await pass(2 * SECOND);
		expect(handedOut()).toEqual([['a'], ['b', 'c']]);
		await pass(2 * MINUTE);
		await tell('d');
		await pass(SECOND);
		expect(handedOut()).toHaveLength(3);
	});

	it('a flood at once, whatever the time between batches: full batches follow each other', async () => {
		await arrive(...Array.from({ length: 25 }, (_none, index) => String(index)));
		drain(well, { batchSize: 10, betweenMs: HOUR });
		await pass(SECOND);
		expect(batches.map(({ events }) => events.length)).toEqual([10, 10, 5]);
	});

	it('what failed before without holding up one piece by the other', async () => {
		await arrive(...Array.from({ length: 100 }, (_none, index) => String(index)));
		// the whole fails once; its pieces of ten are due together a minute later
		drain(async ({ attempt }) => await (attempt === 1 ? badly() : well()), {
			batchSize: 100,
			betweenMs: 10 * SECOND,
		});
		await pass(MINUTE + 30 * SECOND);
		expect(batches.map(({ events }) => events.length)).toEqual([
			100,
			...Array<number>(10).fill(10),
		]);
	});

	it('also what another process took in, within two seconds', async () => {
		drain(well);
		await pass(10 * SECOND);
		await arrive('a');
		await pass(2 * SECOND);
		expect(handedOut()).toEqual([['a']]);
	});

	it('in batches of the size, one after the other, the next at once where one was full', async () => {
		await arrive(...Array.from({ length: 25 }, (_none, index) => String(index)));
		drain(well, { batchSize: 10 });
		await pass(100);
		expect(batches.map(({ events }) => events.length)).toEqual([10, 10, 5]);
	});

	it('as many at once as asked for, and no more', async () => {
		await arrive('a', 'b', 'c', 'd');
		drain(never, { batchSize: 1, batchesAtOnce: 3 });
		await pass(10 * MINUTE);
		expect(batches).toHaveLength(3);
	});

	it('stays with an execution that takes long', async () => {
		await arrive('a');
		drain(never);
		await pass(SECOND);
		drain(well);
		await pass(HOUR);
		expect(batches).toHaveLength(1);
	});

	it('and that a crash cut off, by whoever is there when the lease ends', async () => {
		await arrive('a');
		await ledger.takeUp({ inbox: 'in', now: Date.now(), leaseMs: 30 * SECOND, sizes: [10] });
		drain(well);
		await pass(29 * SECOND);
		expect(batches).toEqual([]);
		await pass(3 * SECOND);
		expect(handedOut()).toEqual([['a']]);
	});

	it('again where its execution failed, later and later, and never under the same key', async () => {
		await arrive('a');
		const started = Date.now();
		const times: number[] = [];
		drain(async (batch) => {
			times.push(Math.round((Date.now() - started) / MINUTE));
			return await (batch.attempt < 8 ? badly() : well());
		});
		await pass(10 * DAY);
		// pauses of 1, 5, 15, 60 minutes, 6 hours, then a day
		expect(times).toEqual([0, 1, 6, 21, 81, 441, 1881, 3321]);
		expect(new Set(batches.map(({ key }) => key)).size).toBe(8);
	});

	it('without its neighbors, where it alone makes executions fail', async () => {
		const ids = Array.from({ length: 100 }, (_none, index) => String(index));
		await arrive(...ids);
		const done = new Set<string>();
		drain(async ({ events }) => {
			if (events.some((event) => event.includes('"13"'))) return await badly();
			for (const event of events) done.add(event);
			return await well();
		});
		await pass(30 * MINUTE);
		expect(done.size).toBe(99);
	});

	it('once only, where failed executions are left to people', async () => {
		await arrive('a');
		drain(badly, { again: false });
		await pass(DAY);
		expect(batches).toHaveLength(1);
	});

	it('again where n8n could not start the execution, whatever is left to people', async () => {
		await arrive('a');
		let calls = 0;
		drain(
			async () => {
				if (calls++ === 0) throw new Error('The database is away');
				return await well();
			},
			{ again: false },
		);
		await pass(2 * MINUTE);
		expect(batches).toHaveLength(2);
		expect(reports).toEqual([expect.stringContaining('The database is away')]);
	});

	it('when the ledger is back, asked less and less often meanwhile', async () => {
		await arrive('a');
		let away = true;
		let asked = 0;
		drain(well, {
			ledger: async () => {
				asked++;
				if (away) throw new Error('away');
				return await Promise.resolve(ledger);
			},
		});
		await pass(10 * MINUTE);
		expect(asked).toBeLessThan(20);
		away = false;
		await pass(MINUTE);
		expect(handedOut()).toEqual([['a']]);
	});

	it('by nobody after it was closed; what runs is settled', async () => {
		await arrive('a');
		let end: (outcome: Outcome) => void = () => undefined;
		const one = drain(
			async () =>
				await new Promise((resolve) => {
					end = resolve;
				}),
		);
		await pass(SECOND);
		await one.close();
		await arrive('b');
		end('done');
		await pass(HOUR);
		expect(handedOut()).toEqual([['a']]);
		drain(well);
		await pass(SECOND);
		expect(handedOut()).toEqual([['a'], ['b']]);
	});

	it('and known for as long as asked', async () => {
		await arrive('a');
		drain(well, { keepMs: 7 * DAY });
		await pass(7 * DAY);
		expect(await arrive('a')).toEqual([false]);
		await pass(2 * HOUR);
		expect(await arrive('a')).toEqual([true]);
	});
});
