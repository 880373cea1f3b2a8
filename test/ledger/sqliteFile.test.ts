import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteLedger } from '../../ledger/sqlite';
import { ask, askForRows, CHUNK, inChunks } from '../../ledger/sql/database';
import { SqliteDatabase } from '../../ledger/sqlite/database';
import { caseOf, casesOf, closed, nosIn, write } from './caseRows';
import { recallOf } from './contract/readBack';
import { eventOf, numbered, T0, touchOf } from './rows';

let folder = '';
let path = '';

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'dcs-file-'));
	path = join(folder, 'ledger.sqlite');
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

function sqlOutside(sql: string): void {
	const database = new DatabaseSync(path);
	database.exec(sql);
	database.close();
}

function versionOutside(): number {
	const database = new DatabaseSync(path);
	const row = database.prepare("SELECT value FROM dcs_settings WHERE name = 'version'").get();
	database.close();
	return Number(row?.value);
}

const VERSION = (version: number): string =>
	`CREATE TABLE IF NOT EXISTS dcs_settings (name TEXT PRIMARY KEY, value TEXT); INSERT OR REPLACE INTO dcs_settings (name, value) VALUES ('version', '${version}')`;

const sentence = (message: string): RegExp => new RegExp(`^${message}[^\n]*$`);

/** What later versions of the tables added. */
const CASE_TABLES = [
	'TABLE dcs_cases',
	'TABLE dcs_case_policies',
	'TABLE dcs_case_days',
	'INDEX dcs_touches_notices',
];
const CRM_TABLES = ['TABLE dcs_tiers', 'TABLE dcs_crm'];
const CONTENT_TABLES = [
	...CRM_TABLES,
	'TABLE dcs_picks',
	'TABLE dcs_content_memo',
	'TABLE dcs_content_spend',
	'TABLE dcs_content_batches',
];
const INBOX_TABLES = ['TABLE dcs_inbox'];
const LATEST = 'DROP TABLE dcs_gate_holds; ALTER TABLE dcs_agenda DROP COLUMN reasons';

describe('the ledger file', () => {
	it('keeps what was written, and its secret, when it is closed and opened again', async () => {
		const first = openSqliteLedger(path);
		await first.recordEvents([eventOf('e')], T0);
		const secret = await first.secret();
		await first.close();
		const second = openSqliteLedger(path);
		expect(await second.recordEvents([eventOf('e')], T0)).toEqual([false]);
		expect(await second.secret()).toBe(secret);
		await second.close();
	});

	it('loses nothing that was written when the power fails: each commit is on the disk', async () => {
		const prepare = jest.spyOn(DatabaseSync.prototype, 'prepare');
		const ledger = openSqliteLedger(path);
		await ledger.secret();
		const [own] = prepare.mock.contexts as DatabaseSync[];
		prepare.mockRestore();
		// FULL
		expect(own?.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
		await ledger.close();
	});

	it('is one connection per process, also after somebody closed an older one twice', async () => {
		const first = openSqliteLedger(path);
		expect(openSqliteLedger(path)).toBe(first);
		await first.close();
		const second = openSqliteLedger(path);
		await first.close();
		expect(openSqliteLedger(path)).toBe(second);
		await second.close();
	});

	it('of a newer version of the pack is refused with what to do, and left as it is', async () => {
		const ledger = openSqliteLedger(path);
		await ledger.secret();
		await ledger.close();
		const version = versionOutside();
		sqlOutside(VERSION(99));
		const older = openSqliteLedger(path);
		await expect(older.recordEvents([eventOf('e')], T0)).rejects.toThrow(
			sentence('The ledger was made by a newer version of this package .*; update the package'),
		);
		await expect(older.secret()).rejects.toThrow(/newer version/);
		await older.close();
		sqlOutside(VERSION(version));
		const matching = openSqliteLedger(path);
		expect(await matching.recordEvents([eventOf('e')], T0)).toEqual([true]);
		await matching.close();
	});

	it.each([
		[1, [...INBOX_TABLES, ...CONTENT_TABLES, ...CASE_TABLES]],
		[2, [...INBOX_TABLES, ...CONTENT_TABLES]],
		[3, [...CRM_TABLES, ...INBOX_TABLES]],
		[4, CRM_TABLES],
		[5, []],
	])(
		'of version %d of its tables is brought up to date and keeps what it held',
		async (version, later) => {
			const first = openSqliteLedger(path);
			await first.note([touchOf('t')]);
			await first.close();
			const older = later.map((what) => `DROP ${what}`);
			sqlOutside([LATEST, ...older, VERSION(version)].join('; '));
			const second = openSqliteLedger(path);
			await write(second, { cases: [caseOf(1)] });
			expect(await nosIn(second, { accountIds: ['acme'] })).toEqual([1]);
			expect(await second.addSpent('2026-03', 1)).toBe(1);
			expect(await second.crmCursor('hubspot')).toBe('');
			const run = { journey: 'onboarding', dry: false };
			await second.begin({ ...run, owner: { id: 'f', name: 'f' }, takeOver: false }, T0);
			const outside = [{ code: 'x', text: 'x' }];
			await second.schedule(run, [{ accountId: 'acme', decidedAt: T0, outside }]);
			await second.rememberHolds(['renewal'], [{ accountId: 'acme', reasons: outside }], T0);
			const told = await second.timeline(['acme']);
			expect([told.outside, told.gateHolds].map((list) => list.length)).toEqual([1, 1]);
			await second.rememberTiers([{ accountId: 'acme', tier: 'pooled' }], T0);
			expect((await recallOf(second)).touches.map(({ key }) => key)).toEqual(['t']);
			await second.close();
		},
	);

	it('holds the policy of many cases once, and not after the last of them is forgotten', async () => {
		const ledger = openSqliteLedger(path);
		const policies = (): unknown => {
			const database = new DatabaseSync(path);
			const rows = database.prepare('SELECT policy FROM dcs_case_policies ORDER BY policy').all();
			database.close();
			return rows.map(({ policy }) => policy);
		};
		const sla = (no: number): string => JSON.stringify({ policy: no % 2 });
		const many = casesOf(10, (no) => ({ sla: sla(no), ...(no % 2 === 0 ? closed(T0) : {}) }));
		await write(ledger, { cases: many.slice(0, 5) });
		await write(ledger, { cases: many });
		expect(policies()).toEqual([sla(0), sla(1)]);
		await ledger.forgetBefore(T0 + 1, []);
		expect(policies()).toEqual([sla(1)]);
		await ledger.close();
	});

	it('that could not be set up is tried again at the next call', async () => {
		const ledger = openSqliteLedger(path);
		sqlOutside(VERSION(99));
		await expect(ledger.secret()).rejects.toThrow(/newer version/);
		sqlOutside('DROP TABLE dcs_settings');
		expect(await ledger.recordEvents([eventOf('e')], T0)).toEqual([true]);
		await ledger.close();
	});

	it('that is no database is one clear sentence', async () => {
		await writeFile(path, 'id,name\n'.repeat(1000));
		const ledger = openSqliteLedger(path);
		await expect(ledger.secret()).rejects.toThrow(sentence('The ledger file .* is not a SQLite'));
		await ledger.close();
	});

	it('with no room left is one clear sentence; the chunk is undone and works once there is room', async () => {
		const database = new SqliteDatabase(path);
		const number = async (sql: string): Promise<number> =>
			await database.transaction(function* () {
				const [row] = yield* ask(sql);
				return Number(Object.values(row ?? {})[0]);
			});
		const pages = await number('PRAGMA page_count');
		await number(`PRAGMA max_page_count = ${pages + 5}`);
		const store = async (names: string[]): Promise<unknown> =>
			await inChunks(database, names, function* (chunk) {
				yield* askForRows(
					{ text: 'text' },
					chunk.map((name) => ({ text: name.padEnd(500, 'x') })),
					(rows) => `INSERT INTO dcs_suppressions SELECT text, '', 'no', 0 FROM ${rows}`,
				);
				return [];
			});
		const rows = numbered(CHUNK, 's');
		await expect(store(rows)).rejects.toThrow(sentence('The disk of the ledger file .* is full; '));
		const stored = 'SELECT COUNT(*) AS n FROM dcs_suppressions';
		expect(await number(stored)).toBe(0);
		await number('PRAGMA max_page_count = 100000');
		await store(rows);
		expect(await number(stored)).toBe(CHUNK);
		await database.close();
	});

	it('undoes the whole chunk when one of its rows cannot be written, and keeps the chunks before it', async () => {
		const ledger = openSqliteLedger(path);
		const rows = numbered(CHUNK + 10, 'e').map((id) => eventOf(id));
		const bad = eventOf('bad', { occurredAt: Number.NaN });
		await expect(ledger.recordEvents([...rows, bad], T0)).rejects.toThrow();
		expect(await ledger.recordEvents(rows, T0)).toEqual(rows.map((_row, index) => index >= CHUNK));
		await ledger.close();
	});

	it('does nothing twice when a lock interrupts it half-way', async () => {
		const database = new SqliteDatabase(path);
		let interruptions = 1;
		const rows = await inChunks(database, ['a', 'b'], function* (chunk) {
			yield* askForRows(
				{ text: 'text' },
				chunk.map((text) => ({ text })),
				(rows) => `INSERT INTO dcs_suppressions SELECT text, '', 'no', 0 FROM ${rows}`,
			);
			if (interruptions-- > 0) throw Object.assign(new Error('database is locked'), { errcode: 5 });
			return chunk.map((id) => `row ${id}`);
		});
		expect(rows).toEqual(['row a', 'row b']);
		await database.close();
	});

	it.each([
		["UPDATE dcs_cases SET state = 'no JSON'", 'case'],
		["UPDATE dcs_cases SET state = '{}'", 'case'],
		["UPDATE dcs_cases SET state = replace(state, 'escalation', 'panic')", 'case'],
		['DELETE FROM dcs_case_policies', 'policy of a case'],
	])('with a case damaged by %s is said to be so', async (damage, what) => {
		const ledger = openSqliteLedger(path);
		await write(ledger, { cases: [caseOf(1)] });
		sqlOutside(damage);
		for (const reading of [
			ledger.cases({ nos: [1], now: T0 }),
			write(ledger, {}).then(() => ledger.cases({ accountIds: ['acme'], now: T0 })),
		])
			await expect(reading).rejects.toThrow(
				sentence(`The ledger holds a damaged ${what}: .*; restore it from a backup`),
			);
		await ledger.close();
	});

	it.each([
		["UPDATE dcs_touches SET state = 'lost'", 'touch'],
		["UPDATE dcs_touches SET reasons = 'no JSON'", 'touch'],
		["UPDATE dcs_events SET data = '[]'", 'event'],
	])('damaged by %s is said to be so', async (damage, what) => {
		const ledger = openSqliteLedger(path);
		await ledger.note([touchOf('t')]);
		await ledger.recordEvents([eventOf('e')], T0);
		sqlOutside(damage);
		await expect(recallOf(ledger)).rejects.toThrow(
			sentence(`The ledger holds a damaged ${what}: `),
		);
		await ledger.close();
	});
});
