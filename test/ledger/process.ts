import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../../ledger/ledger';
import { openPostgresLedger } from '../../ledger/postgres';
import { CHUNK } from '../../ledger/sql/database';
import { openSqliteLedger } from '../../ledger/sqlite';
import { reasonOf, routeAll } from './caseRows';
import { ROOMS, ROUTE_SIZE } from './processes';
import { claimOf, dayCap, enrollmentOf, eventOf, numbered, RACE_SIZE, T0, touchOf } from './rows';
import { postgresAccess } from './postgresServer';

/** A file, or access to Postgres as JSON. */
function openAt(place: string): Ledger {
	if (!place.startsWith('{')) return openSqliteLedger(place);
	const { host, port, user, password, database } = postgresAccess.parse(JSON.parse(place));
	return openPostgresLedger({ host, port, user, password, database, max: 3 });
}

/**
 * What another n8n process does to a ledger. Started by sqliteProcesses.thorough.test.ts as `process.ts <task> <file>`; says
 * `ready`, waits for any message, does its task and answers with one message.
 */
const tasks: Record<string, (path: string) => Promise<unknown>> = {
	/** Opens the file as the first thing it does, enrolls and claims the same rows as everybody else. */
	async race(place) {
		const ledger = openAt(place);
		const secret = await ledger.secret();
		const accounts = numbered(RACE_SIZE, 'a');
		const enrolled = await ledger.enroll(accounts.map((id) => enrollmentOf(id)));
		const claims = await ledger.claim(
			accounts.map((id) => claimOf(touchOf(`t-${id}`, { accountId: id }))),
			T0,
		);
		const sameAddress = await ledger.claim(
			[
				claimOf(touchOf(`cap-${String(process.pid)}`, { address: 'ann@example.com' }), {
					caps: dayCap(T0),
				}),
			],
			T0,
		);
		const handedOver = await ledger.claim(
			accounts.map((accountId) =>
				claimOf(
					touchOf(`human-${accountId}-${String(process.pid)}`, {
						accountId,
						channel: 'human',
						priority: 1,
						address: '',
					}),
					{ cases: { seen: [], priority: 3 } },
				),
			),
			T0,
		);
		await ledger.close();
		return {
			secret,
			enrolled: accounts.filter((_id, index) => enrolled[index]),
			claimed: claims.filter(({ claimed }) => claimed).map(({ key }) => key),
			handedOver: accounts.filter((_id, index) => handedOver[index]?.claimed),
			capped: sameAddress.filter(({ claimed }) => !claimed).length,
		};
	},

	/** Routes the accounts everybody else routes, in an order and in pages of its own, for a reason of its own. */
	async route(place) {
		const ledger = openAt(place);
		const own = process.pid;
		const accounts = numbered(ROUTE_SIZE, 'routed');
		if (own % 2 === 0) accounts.reverse();
		const { opened, joined, most } = await routeAll(
			ledger,
			accounts.map((accountId) => ({ accountId, reason: reasonOf(`${String(own)}/${accountId}`) })),
			ROOMS,
			{ page: 100 + (own % 7) * 20 },
		);
		await ledger.close();
		return { opened, joined: joined.length, most };
	},

	/** Stores one chunk, then stops for ever in the middle of the next one, its transaction open. */
	async stopMidChunk(path) {
		const ledger = openSqliteLedger(path);
		const ids = numbered(2 * CHUNK, 'e');
		await ledger.recordEvents(
			ids.slice(0, CHUNK).map((id) => eventOf(id)),
			T0,
		);
		const stop = {
			toJSON(): string {
				// nothing asynchronous gets a turn from here on
				writeSync(1, 'in the middle\n');
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
				return '';
			},
		};
		await ledger.recordEvents(
			ids
				.slice(CHUNK)
				.map((id, index) => eventOf(id, { data: index === CHUNK / 2 ? { stop } : undefined })),
			T0,
		);
	},

	/** Holds the write lock for a second. */
	async hold(path) {
		const database = new DatabaseSync(path, { timeout: 5000 });
		database.exec('BEGIN IMMEDIATE');
		process.send?.('held');
		await sleep(1000);
		database.exec('ROLLBACK');
		database.close();
		return 'released';
	},

	/** Says in which words opening and writing fail; as an ordinary user, where it was started by root. */
	async refused(path) {
		if (process.getuid?.() === 0) process.setuid?.(65_534);
		try {
			const ledger = openSqliteLedger(path);
			return await ledger.recordEvents([eventOf('e')], T0);
		} catch (error) {
			return error instanceof Error ? error.message : 'not an error';
		}
	},
};

const [, , task, path] = process.argv;
if (process.send !== undefined && task !== undefined && path !== undefined) {
	process.once('message', () => {
		void tasks[task]?.(path).then((answer) => {
			process.send?.({ answer }, () => {
				process.exit();
			});
		});
	});
	process.send('ready');
}
