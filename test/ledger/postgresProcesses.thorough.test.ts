import { once } from 'node:events';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { openPostgresLedger } from '../../ledger/postgres';
import { recallOf } from './contract/readBack';
import { startPostgres, type PostgresServer } from './postgresServer';
import { answerOf, eightThatRoute, raced, startProcess } from './processes';
import { enrollmentOf, eventOf, numbered, RACE_SIZE, T0, touchOf } from './rows';

/** Several n8n processes on one Postgres, and what goes wrong on the way to it. */

let server: PostgresServer;

beforeAll(async () => {
	server = await startPostgres();
}, 60_000);

afterAll(async () => {
	await server.stop();
});

async function sql(text: string): Promise<Record<string, unknown>[]> {
	const client = new Client(server.access);
	await client.connect();
	try {
		const { rows } = await client.query<Record<string, unknown>>(text);
		return rows;
	} finally {
		await client.end();
	}
}

describe('several processes on one Postgres ledger', () => {
	it('ten that start on an empty database at once make one secret, enroll and claim each row once, mail an address once, and hand an account over once', async () => {
		const place = JSON.stringify(server.access);
		const ten = await Promise.all(numbered(10).map(() => startProcess('race', place)));
		const answers = await Promise.all(ten.map((child) => answerOf(child, raced)));
		expect(new Set(answers.map(({ secret }) => secret)).size).toBe(1);
		const enrolled = answers.flatMap((answer) => answer.enrolled);
		expect(enrolled.sort()).toEqual(numbered(RACE_SIZE, 'a').sort());
		const claimed = answers.flatMap((answer) => answer.claimed);
		expect(claimed.sort()).toEqual(numbered(RACE_SIZE, 't-a').sort());
		expect(answers.filter(({ capped }) => capped === 0)).toHaveLength(1);
		// one case per account (P08)
		const handedOver = answers.flatMap((answer) => answer.handedOver);
		expect(handedOver.sort()).toEqual(numbered(RACE_SIZE, 'a').sort());
	}, 60_000);

	it('eight that route the same accounts at once open one case each, with the reasons of all, and fill nobody’s place twice', async () => {
		const place = JSON.stringify(server.access);
		await eightThatRoute(
			async (task) => await startProcess(task, place),
			() => openPostgresLedger(server.access),
		);
	}, 60_000);

	it('that write the same rows in opposite orders wait for each other, and none fails', async () => {
		const ledger = openPostgresLedger(server.access, 'opposite_');
		const ids = numbered(1500, 'a');
		const runs = numbered(12).map(async (_n, turn) => {
			const list = turn % 2 === 0 ? ids : [...ids].reverse();
			await ledger.recordEvents(
				list.map((id) => eventOf(id, { accountId: id })),
				T0,
			);
			await ledger.suppress(
				list.map((id) => ({ address: `${id}@example.com`, reason: 'x' })),
				T0,
			);
			await ledger.schedule(
				{ journey: 'j', dry: false },
				list.map((accountId) => ({ accountId, decidedAt: turn })),
			);
			return await ledger.enroll(list.map((id) => enrollmentOf(id)));
		});
		const made = (await Promise.all(runs)).flat();
		expect(made.filter(Boolean)).toHaveLength(1500);
		await ledger.close();
	}, 60_000);
});

describe('on the way to Postgres', () => {
	it('a connection that is cut is made anew at the next call', async () => {
		const ledger = openPostgresLedger(server.access, 'cut_');
		await ledger.secret();
		await sql(
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'n8n-nodes-digital-cs'",
		);
		// the pool may not have noticed yet: one call may fail, in one sentence
		await ledger.secret().catch((error: unknown) => {
			expect(String(error)).toMatch(/^Error: The connection to Postgres broke; [^\n]*$/);
		});
		expect(await ledger.recordEvents([eventOf('e')], T0)).toEqual([true]);
		await ledger.close();
	});

	it.each([
		['a wrong password', { password: 'no' }, /^Postgres refuses the password; /],
		['no such database', { database: 'nowhere' }, /^Postgres knows no database of that name; /],
		['nobody at the address', { port: 9 }, /^Nothing answers at the address of the Postgres/],
		[
			'no such host',
			{ host: 'nowhere.invalid' },
			/^The Postgres server's host (is unknown|cannot be looked up); /,
		],
		['SSL where there is none', { ssl: true }, /^The Postgres server does not speak SSL; /],
	])('%s is one clear sentence, without the password', async (_what, over, sentence) => {
		const ledger = openPostgresLedger({ ...server.access, ...over });
		const error: unknown = await ledger.secret().catch((found: unknown) => found);
		const message = error instanceof Error ? error.message : '';
		expect(message).toMatch(sentence);
		expect(message).not.toContain('\n');
		expect(message).not.toContain(server.access.password);
		await ledger.close();
	});

	it('a server that accepts and says nothing does not hold n8n up for ever', async () => {
		const silent = createServer(() => undefined).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const address = silent.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const ledger = openPostgresLedger({ ...server.access, port });
		await expect(ledger.secret()).rejects.toThrow(/^The Postgres server does not answer; /);
		await ledger.close();
		silent.close();
	}, 20_000);

	it('a user who may make no tables is one clear sentence', async () => {
		await sql("CREATE ROLE guest LOGIN PASSWORD 'guest'");
		await sql('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
		const guest = { ...server.access, user: 'guest', password: 'guest' };
		const ledger = openPostgresLedger(guest, 'guest_');
		await expect(ledger.secret()).rejects.toThrow(/^Postgres does not let this user make /);
		await ledger.close();
	});

	it('a ledger made by a newer version is refused, and left as it is', async () => {
		const ledger = openPostgresLedger(server.access, 'newer_');
		await ledger.secret();
		await ledger.close();
		await sql("UPDATE newer_settings SET value = '99' WHERE name = 'version'");
		const older = openPostgresLedger(server.access, 'newer_');
		await expect(older.secret()).rejects.toThrow(/newer version .*; update the package$/);
		await older.close();
	});

	it('a row that was tampered with is said to be damaged', async () => {
		const ledger = openPostgresLedger(server.access, 'damaged_');
		await ledger.note([touchOf('t')]);
		await sql("UPDATE damaged_touches SET state = 'lost'");
		await expect(recallOf(ledger)).rejects.toThrow(/^The ledger holds a damaged touch: /);
		await ledger.close();
	});
});
