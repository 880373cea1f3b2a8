import type { Ledger } from './ledger';
import { SqlLedger } from './sql/sqlLedger';
import { IN_MEMORY, SqliteDatabase } from './sqlite/database';

const open = new Map<string, SqlLedger>();

/** The ledger in one SQLite file; one connection per process and file, made on first use. */
export function openSqliteLedger(path: string): Ledger {
	const known = open.get(path);
	if (known !== undefined) return known;
	const ledger = new SqlLedger(new SqliteDatabase(path), () => {
		if (open.get(path) === ledger) open.delete(path);
	});
	open.set(path, ledger);
	return ledger;
}

/** A ledger of one's own that is gone when it is closed: the same statements on the same engine, without a file. */
export function openMemoryLedger(): Ledger {
	return new SqlLedger(new SqliteDatabase(IN_MEMORY));
}
