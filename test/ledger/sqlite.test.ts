import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemoryLedger, openSqliteLedger } from '../../ledger/sqlite';
import { ledgerContract } from './contract';

const folders: string[] = [];

afterAll(async () => {
	await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

ledgerContract('SQLite', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'dcs-ledger-'));
	folders.push(folder);
	return openSqliteLedger(join(folder, 'not', 'made', 'yet', 'ledger.sqlite'));
});

ledgerContract('memory', async () => await Promise.resolve(openMemoryLedger()));
