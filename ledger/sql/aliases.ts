import { keptId } from './caseRows';
import { ask, askForRows, askForTexts, type Work } from './database';
import { storable } from './storable';

/**
 * Merged records (P32). Each link is kept as it was told; who survives in the end is found by following them, so a
 * survivor that is merged in turn takes its own along. The links never form a circle.
 */

export type AliasLink = { alias: string; accountId: string };

/** Remembers that each `alias` is now part of its `accountId`. The latest news wins. Asks to be alone: two at once could close a circle. */
export function* linkAliases(given: readonly AliasLink[], now: number): Work<never[]> {
	// a name that cannot be kept as it is would be somebody else's
	const links = given.filter(({ alias, accountId }) =>
		[alias, accountId].every((id) => storable(id) === id),
	);
	const known = yield* familiesOf(links.flatMap(({ alias, accountId }) => [alias, accountId]));
	const after = new Map(known);
	for (const { alias, accountId } of links) {
		if (alias === accountId) continue;
		// told the other way round before: what is now said to survive is no alias any more
		if (follow(after, accountId).includes(alias)) after.delete(accountId);
		after.set(alias, accountId);
	}
	const gone = [...known.keys()].filter((alias) => !after.has(alias));
	const told = [...after].filter(([alias, accountId]) => known.get(alias) !== accountId);
	if (gone.length > 0) {
		yield* askForTexts(gone, (among) => `DELETE FROM dcs_aliases WHERE alias ${among}`);
	}
	if (told.length > 0) {
		yield* askForTexts(
			told.map(([alias]) => alias),
			(among) => `DELETE FROM dcs_gate_holds WHERE account_id ${among}`,
		);
		yield* askForRows(
			{ alias: 'text', account_id: 'text' },
			told.map(([alias, account_id]) => ({ alias, account_id })),
			(r) =>
				`INSERT INTO dcs_aliases (alias, account_id, since) SELECT alias, account_id, ?1 FROM ${r} AS r WHERE true ON CONFLICT (alias) DO UPDATE SET account_id = excluded.account_id, since = excluded.since`,
			{ values: [now] },
		);
		// open cases of one account become one (P32), as soon as deadlines are looked at
		yield* askForTexts(
			told.flat().map(keptId),
			(among) =>
				`UPDATE dcs_cases SET next_look = ?1 WHERE open = 1 AND (next_look IS NULL OR next_look > ?1) AND account_id ${among}`,
			{ values: [now] },
		);
	}
	return [];
}

/** Everybody merged with the accounts asked about, as merged record → who survived in the end. */
export function* survivorsOf(accountIds: readonly string[]): Work<[string, string][]> {
	const links = yield* familiesOf(accountIds);
	return [...links.keys()].map((alias) => [alias, follow(links, alias).at(-1) ?? alias]);
}

/** The merged records among the accounts asked about. */
export type Families = {
	/** The accounts asked about and everybody merged with them. */
	ids: string[];
	/** Who an account is after all merges. */
	survivor: (id: string) => string;
	/** Merged record → who survived. */
	survivorOf: ReadonlyMap<string, string>;
};

export function* familiesAmong(accountIds: readonly string[]): Work<Families> {
	const given = [...new Set(accountIds)];
	const [merged] = given.length === 0 ? [] : yield* ask('SELECT 1 FROM dcs_aliases LIMIT 1');
	const survivors = new Map(merged === undefined ? [] : yield* survivorsOf(given));
	return {
		ids: [...new Set([...given, ...survivors.keys(), ...survivors.values()])],
		survivor: (id) => survivors.get(id) ?? id,
		survivorOf: survivors,
	};
}

/** Whom `id` was merged into, step by step, itself first. */
function follow(links: ReadonlyMap<string, string>, id: string): string[] {
	const way = [id];
	for (let next = links.get(id); next !== undefined && !way.includes(next); next = links.get(next))
		way.push(next);
	return way;
}

/** Every link between the accounts asked about and whom they were merged with. */
export function* familiesOf(accountIds: readonly string[]): Work<Map<string, string>> {
	const rows = yield* askForRows(
		{ text: 'text' },
		[...new Set(accountIds)].map((text) => ({ text })),
		(rows) =>
			`WITH RECURSIVE up (id) AS (
			SELECT text FROM ${rows} AS r
			UNION SELECT dcs_aliases.account_id FROM dcs_aliases JOIN up ON dcs_aliases.alias = up.id
		), family (id) AS (
			SELECT id FROM up
			UNION SELECT dcs_aliases.alias FROM dcs_aliases JOIN family ON dcs_aliases.account_id = family.id
		) SELECT alias, account_id FROM dcs_aliases WHERE alias IN (SELECT id FROM family) ORDER BY alias`,
	);
	return new Map(rows.map(({ alias, account_id }) => [String(alias), String(account_id)]));
}
