import type { Ledger } from './ledger';
import { PostgresDatabase, type PostgresAccess } from './postgres/database';
import { SqlLedger } from './sql/sqlLedger';

const open = new Map<string, SqlLedger>();

/**
 * The ledger in a Postgres database; one pool per process, database and prefix, made on first use.
 * @param prefix of its tables: another one is another ledger
 */
export function openPostgresLedger(access: PostgresAccess, prefix = 'dcs_'): Ledger {
	const id = JSON.stringify([access, prefix]);
	const known = open.get(id);
	if (known !== undefined) return known;
	const ledger = new SqlLedger(new PostgresDatabase(access, prefix), () => {
		if (open.get(id) === ledger) open.delete(id);
	});
	open.set(id, ledger);
	return ledger;
}
