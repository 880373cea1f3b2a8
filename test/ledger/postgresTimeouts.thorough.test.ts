import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { PostgresDatabase } from '../../ledger/postgres/database';
import type { PostgresLimits } from '../../ledger/postgres/limits';
import { ask, type Work } from '../../ledger/sql/database';
import { SqlLedger } from '../../ledger/sql/sqlLedger';
import { startPostgres, type PostgresAccess, type PostgresServer } from './postgresServer';
import { claimOf, eventOf, T0, touchOf } from './rows';

/** A Postgres that goes silent, hangs, or goes away while a sweep runs: one clear sentence, soon, and the next run works. */

const QUICK: PostgresLimits = {
	connectMs: 2_000,
	beginMs: 1_000,
	statementMs: 4_000,
	lockMs: 3_000,
	idleMs: 1_500,
};
/** Far above all of them together, far below what a connection waits for by itself. */
const SOON_MS = 20_000;

let server: PostgresServer;
let admin: Client;
const toClose: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
	server = await startPostgres();
	admin = new Client(server.access);
	await admin.connect();
}, 60_000);

afterEach(async () => {
	for (const close of toClose.splice(0)) await close();
});

afterAll(async () => {
	await admin.end();
	await server.stop();
});

/** Its tables are there: to make them may take longer than the quick limits allow. */
async function databaseOf(
	prefix: string,
	access: PostgresAccess = server.access,
): Promise<PostgresDatabase> {
	const unhurried = new PostgresDatabase({ ...server.access, max: 1 }, prefix);
	await new SqlLedger(unhurried).secret();
	await unhurried.close();
	const database = new PostgresDatabase({ ...access, max: 3 }, prefix, QUICK);
	toClose.push(() => database.close());
	return database;
}

const ledgerOf = async (prefix: string, access?: PostgresAccess): Promise<SqlLedger> =>
	new SqlLedger(await databaseOf(prefix, access));

type Network = { access: PostgresAccess; silence: () => void; silenceAt: (word: string) => void };

/** A network between that can go silent: connections stay, nothing passes. */
async function network(): Promise<Network> {
	let silent = false;
	let word: string | undefined;
	const sockets: Socket[] = [];
	const proxy = createServer((near) => {
		const far = connect(server.access.port, server.access.host);
		near.on('data', (data) => {
			if (word !== undefined && data.includes(word)) silent = true;
			if (!silent) far.write(data);
		});
		far.on('data', (data) => {
			if (!silent) near.write(data);
		});
		for (const socket of [near, far]) {
			sockets.push(socket);
			socket.on('error', () => undefined);
		}
	}).listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	toClose.push(() => {
		for (const socket of sockets) socket.destroy();
		proxy.close();
	});
	const address = proxy.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		access: { ...server.access, port },
		silence: () => {
			silent = true;
		},
		silenceAt: (at) => {
			word = at;
		},
	};
}

/** Its one sentence, and that it came soon. */
async function failureOf(work: Promise<unknown>): Promise<string> {
	const started = performance.now();
	const message = await work.then(
		() => 'no error',
		(error: unknown) => (error instanceof Error ? error.message : String(error)),
	);
	expect(performance.now() - started).toBeLessThan(SOON_MS);
	expect(message).not.toContain('\n');
	expect(message).not.toContain(server.access.password);
	return message;
}

async function cutAll(): Promise<void> {
	await admin.query(
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'n8n-nodes-digital-cs'",
	);
}

const NO_ANSWER = /^The Postgres server does not answer; /;

describe('a network that goes silent', () => {
	it('between two transactions is told', async () => {
		const { access, silence } = await network();
		const ledger = await ledgerOf('between_', access);
		await ledger.secret();
		silence();
		expect(await failureOf(ledger.pauses(T0))).toMatch(NO_ANSWER);
	});

	it('in the middle of a transaction is told, and does not keep the lock from others', async () => {
		const { access, silenceAt } = await network();
		const [cutOff, other] = [await ledgerOf('middle_', access), await ledgerOf('middle_')];
		await Promise.all([cutOff.secret(), other.secret()]);
		silenceAt('INSERT INTO middle_touches');
		const failure = failureOf(cutOff.claim([claimOf(touchOf('t'))], T0));
		expect(await failure).toMatch(NO_ANSWER);
		expect(await other.claim([claimOf(touchOf('t'))], T0)).toEqual([
			{ key: 't', claimed: true, attempt: 1 },
		]);
	});
});

describe('a worker that stands still', () => {
	it('and is not ours to end holds nobody up for longer than the limit', async () => {
		const ledger = await ledgerOf('frozen_');
		await ledger.secret();
		await admin.query('BEGIN');
		await admin.query("SELECT pg_advisory_xact_lock(7301964, hashtext('frozen_'))");
		try {
			expect(await failureOf(ledger.claim([claimOf(touchOf('t'))], T0))).toMatch(
				/^Another process has held the lock of the ledger for too long; /,
			);
		} finally {
			await admin.query('ROLLBACK');
		}
		expect(await ledger.claim([claimOf(touchOf('t'))], T0)).toMatchObject([{ claimed: true }]);
	});

	it('and is ours loses its transaction, so that the others go on', async () => {
		const { access, silenceAt } = await network();
		const [frozen, other] = [await ledgerOf('still_', access), await ledgerOf('still_')];
		await Promise.all([frozen.secret(), other.secret()]);
		silenceAt('INSERT INTO still_touches');
		const failure = frozen.claim([claimOf(touchOf('t'))], T0).catch(() => undefined);
		// it has the lock by now, and the other waits for less than its own limit
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(await other.claim([claimOf(touchOf('t'))], T0)).toMatchObject([{ claimed: true }]);
		await failure;
	});
});

describe('a server that ends what runs', () => {
	it('because it takes too long says so, and the connection serves again', async () => {
		const database = await databaseOf('slow_');
		const sleeping = database.transaction(function* (): Work<void> {
			yield* ask('SELECT pg_sleep(20)');
		});
		expect(await failureOf(sleeping)).toMatch(
			/^Postgres stopped a statement of the ledger that took too long; /,
		);
		expect(await new SqlLedger(database).pauses(T0)).toEqual([]);
	});

	it('because it shuts down says so', async () => {
		const database = await databaseOf('down_');
		const cut = database.transaction(function* (): Work<void> {
			yield* ask('SELECT pg_terminate_backend(pg_backend_pid())');
		});
		expect(await failureOf(cut)).toMatch(/^The Postgres server ended the connection/);
	});

	it('between two transactions is not even noticed', async () => {
		const ledger = await ledgerOf('unseen_');
		for (let round = 0; round < 10; round++) {
			await ledger.secret();
			await cutAll();
			expect(await ledger.recordEvents([eventOf(String(round))], T0)).toEqual([true]);
		}
	});
});

it('a process whose connections are all busy says so, and not that the server is away', async () => {
	const database = await databaseOf('busy_');
	const sleeping = [1, 2, 3].map(() =>
		database.transaction(function* (): Work<void> {
			yield* ask('SELECT pg_sleep(3)');
		}),
	);
	const one = database.transaction(function* (): Work<void> {
		yield* ask('SELECT 1');
	});
	expect(await failureOf(one)).toMatch(/^All connections of this process to Postgres /);
	await Promise.all(sleeping);
});
