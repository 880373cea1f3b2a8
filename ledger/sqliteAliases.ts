import type { SqliteFile } from './sqliteFile';

/**
 * Merged records (P32). Each link is kept as it was told; who survives in the end is found by following them, so a
 * survivor that is merged in turn takes its own along. The links never form a circle.
 */

const SURVIVORS = `
WITH RECURSIVE up (id) AS (
	SELECT ? UNION SELECT dcs_aliases.account_id FROM dcs_aliases JOIN up ON dcs_aliases.alias = up.id
) SELECT id FROM up`;

/** Within a transaction: remembers that `alias` is now part of `accountId`. The latest news wins. */
export function linkAlias(file: SqliteFile, alias: string, accountId: string, now: number): void {
	if (alias === accountId) return;
	const survivors = file.sql(SURVIVORS).all(accountId);
	if (survivors.some(({ id }) => id === alias)) {
		// told the other way round before: what is now said to survive is no alias any more
		file.sql('DELETE FROM dcs_aliases WHERE alias = ?').run(accountId);
	}
	file
		.sql(
			'INSERT INTO dcs_aliases (alias, account_id, since) VALUES (?,?,?) ON CONFLICT (alias) DO UPDATE SET account_id = excluded.account_id, since = excluded.since WHERE account_id <> excluded.account_id',
		)
		.run(alias, accountId, now);
}

const FAMILIES = `
WITH RECURSIVE up (id) AS (
	SELECT value FROM json_each(?)
	UNION SELECT dcs_aliases.account_id FROM dcs_aliases JOIN up ON dcs_aliases.alias = up.id
), family (id) AS (
	SELECT id FROM up
	UNION SELECT dcs_aliases.alias FROM dcs_aliases JOIN family ON dcs_aliases.account_id = family.id
) SELECT alias, account_id FROM dcs_aliases WHERE alias IN (SELECT id FROM family)`;

/** Everybody merged with the accounts asked about, as merged record → who survived in the end. */
export async function survivorsOf(
	file: SqliteFile,
	accountIds: readonly string[],
): Promise<Map<string, string>> {
	const links = await file.read(accountIds, (chunk) =>
		file
			.sql(FAMILIES)
			.all(JSON.stringify(chunk))
			.map((row): [string, string] => [String(row.alias), String(row.account_id)]),
	);
	const next = new Map(links);
	for (const [alias, accountId] of next) {
		let survivor = accountId;
		for (let after = next.get(survivor); after !== undefined; after = next.get(survivor)) {
			survivor = after;
		}
		next.set(alias, survivor);
	}
	return next;
}
