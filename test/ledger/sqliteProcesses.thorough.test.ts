import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';
import { CHUNK } from '../../ledger/sql/database';
import { openSqliteLedger } from '../../ledger/sqlite';
import { answerOf, eightThatRoute, messageOf, raced, startProcess } from './processes';
import { eventOf, numbered, RACE_SIZE, T0 } from './rows';

/** Several n8n processes, or a crashed one, on one SQLite file: what the contract cannot show within one process. */

let folder = '';
let path = '';
const children: ChildProcess[] = [];
let ticking: NodeJS.Timeout | undefined;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'dcs-processes-'));
	path = join(folder, 'ledger.sqlite');
});

afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	clearInterval(ticking);
	chmodSync(folder, 0o700);
	await rm(folder, { recursive: true });
});

async function start(task: string): Promise<ChildProcess> {
	const child = await startProcess(task, path);
	children.push(child);
	return child;
}

describe('several processes on one SQLite ledger', () => {
	it('ten that open a fresh file at once make one secret, enroll and claim each row once, mail an address once, and hand an account over once', async () => {
		const ten = await Promise.all(numbered(10).map(() => start('race')));
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
		const database = new DatabaseSync(path);
		expect(
			database.prepare("SELECT COUNT(*) AS n FROM dcs_settings WHERE name = 'secret'").get()?.n,
		).toBe(1);
		database.close();
	}, 30_000);

	it('eight that route the same accounts at once open one case each, with the reasons of all, and fill nobody’s place twice', async () => {
		await eightThatRoute(start, () => openSqliteLedger(path));
	}, 60_000);

	it('a process killed in the middle of a chunk leaves the chunks before it and nothing of that one', async () => {
		const child = await start('stopMidChunk');
		child.send('go');
		if (child.stdout === null) throw new Error('No output to read');
		await once(child.stdout, 'data');
		child.kill('SIGKILL');
		await once(child, 'exit');

		const database = new DatabaseSync(path);
		expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
		database.close();
		const ledger = openSqliteLedger(path);
		const again = await ledger.recordEvents(
			numbered(2 * CHUNK, 'e').map((id) => eventOf(id)),
			T0,
		);
		expect(again).toEqual(again.map((_isNew, index) => index >= CHUNK));
		await ledger.close();
	}, 30_000);

	it('a lock another process holds for a second neither stops the event loop nor the write', async () => {
		const ledger = openSqliteLedger(path);
		await ledger.secret();
		const child = await start('hold');
		child.send('go');
		expect(await messageOf(child)).toBe('held');

		const started = performance.now();
		let last = started;
		let longestStop = 0;
		ticking = setInterval(() => {
			const now = performance.now();
			longestStop = Math.max(longestStop, now - last);
			last = now;
		}, 5);
		expect(await ledger.recordEvents([eventOf('e')], T0)).toEqual([true]);
		const took = performance.now() - started;
		await ledger.close();

		expect(took).toBeGreaterThan(500);
		expect(longestStop).toBeLessThan(took / 2);
	}, 30_000);

	it('a folder nobody may write to is one clear sentence', async () => {
		chmodSync(folder, 0o555);
		const child = await start('refused');
		expect(await answerOf(child, z.string())).toMatch(
			/^The ledger file .*ledger\.sqlite cannot be .*; give the user that runs n8n .*$/,
		);
	}, 30_000);

	it('a ledger file nobody may write to is one clear sentence', async () => {
		const ledger = openSqliteLedger(path);
		await ledger.secret();
		await ledger.close();
		chmodSync(path, 0o444);
		chmodSync(folder, 0o555);
		const child = await start('refused');
		expect(await answerOf(child, z.string())).toMatch(
			/^The ledger file .*ledger\.sqlite cannot be .*; give the user that runs n8n .*$/,
		);
	}, 30_000);

	it('a place where no folder can be made is one clear sentence', () => {
		mkdirSync(join(folder, 'x'));
		new DatabaseSync(join(folder, 'file')).exec('CREATE TABLE t (a)');
		expect(() => openSqliteLedger(join(folder, 'file', 'ledger.sqlite'))).toThrow(
			/^The ledger file .*ledger\.sqlite cannot be .*; .*$/,
		);
	});
});
