import type { Removed } from '../ledger';
import { fingerprint, secretOf, suppressedAmong } from './addresses';
import { familiesOf } from './aliases';
import { ask, askForRows, askForTexts, CHUNK, type Work } from './database';
import { storable } from './rows';

export const NOTHING: Removed = {
	events: 0,
	enrollments: 0,
	touches: 0,
	log: 0,
	pauses: 0,
	aliases: 0,
};

/** Forgets accounts with every record merged into them. */
export function* eraseAccounts(accountIds: readonly string[]): Work<Removed[]> {
	const links = yield* familiesOf(accountIds);
	const ids = [...new Set([...accountIds.map(storable), ...links.keys(), ...links.values()])];
	const remove = function* (table: string, column: string, more = ''): Work<number> {
		const gone = yield* askForTexts(
			ids,
			(among) => `DELETE FROM ${table} WHERE ${column} ${among}${more} RETURNING 1 AS gone`,
		);
		return gone.length;
	};
	// unsubscribed stays unsubscribed: the law asks for that as well
	const addresses = yield* askForTexts(
		ids,
		(among) =>
			`SELECT DISTINCT address FROM dcs_touches WHERE address <> '' AND account_id ${among}`,
	);
	yield* keepFingerprints(addresses.map(({ address }) => String(address)));
	yield* remove('dcs_agenda', 'account_id');
	return [
		{
			events: yield* remove('dcs_events', 'account_id'),
			enrollments: yield* remove('dcs_enrollments', 'account_id'),
			touches: yield* remove('dcs_touches', 'account_id'),
			log: yield* remove('dcs_log', 'account_id'),
			pauses: yield* remove('dcs_pauses', 'id', " AND scope = 'account'"),
			aliases:
				(yield* remove('dcs_aliases', 'alias')) + (yield* remove('dcs_aliases', 'account_id')),
		},
	];
}

/** Makes nameless what tells of people, whichever accounts they were with. */
export function* erasePeople(addresses: readonly string[]): Work<Removed[]> {
	const people = [...new Set(addresses.map((address) => storable(address.toLowerCase())))];
	yield* keepFingerprints(people);
	const events = yield* askForTexts(
		people,
		(among) =>
			`UPDATE dcs_events SET contact = NULL, data = NULL WHERE lower(contact) ${among} RETURNING 1 AS gone`,
	);
	const touches = yield* askForTexts(
		people,
		(among) => `UPDATE dcs_touches SET address = '' WHERE address ${among} RETURNING 1 AS gone`,
	);
	const pauses = yield* askForTexts(
		people,
		(among) => `DELETE FROM dcs_pauses WHERE scope = 'address' AND id ${among} RETURNING 1 AS gone`,
	);
	return [{ ...NOTHING, events: events.length, touches: touches.length, pauses: pauses.length }];
}

/** An unsubscribed address is kept as something nobody can read, so that it gets nothing if it comes back. */
function* keepFingerprints(addresses: readonly string[]): Work<void> {
	const suppressed = [...(yield* suppressedAmong(addresses))];
	if (suppressed.length === 0) return;
	const secret = yield* secretOf();
	yield* askForRows(
		{ text: 'text' },
		suppressed.map((address) => ({ text: fingerprint(secret, address) })),
		(r) =>
			`INSERT INTO dcs_erased (fingerprint) SELECT text FROM ${r} AS r WHERE true ORDER BY text ON CONFLICT (fingerprint) DO NOTHING`,
	);
	yield* askForTexts(suppressed, (among) => `DELETE FROM dcs_suppressions WHERE address ${among}`);
}

/** The next rows that are too old to keep, a chunk of each table at most; nothing is left when it removes nothing. */
export function* forgetSome(before: number, keepTypes: readonly string[]): Work<Removed> {
	const log = yield* ask(
		`DELETE FROM dcs_log WHERE id IN (SELECT id FROM dcs_log WHERE at < ?1 ORDER BY id LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	const events = yield* askForTexts(
		['', ...keepTypes],
		(among) =>
			`DELETE FROM dcs_events WHERE (account_id, type, id) IN (SELECT account_id, type, id FROM dcs_events WHERE received_at < ?1 AND NOT (type ${among}) LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		{ values: [before] },
	);
	const touches = yield* ask(
		`DELETE FROM dcs_touches WHERE key IN (SELECT t.key FROM dcs_touches AS t JOIN dcs_enrollments AS e ON e.journey = t.journey AND e.dry = t.dry AND e.account_id = t.account_id AND e.cycle = t.cycle WHERE t.changed_at < ?1 AND e.state = 'ended' AND e.ended_at < ?1 LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	return { ...NOTHING, log: log.length, events: events.length, touches: touches.length };
}

/** What one try of a journey left behind, and what was recorded before the next one began. */
export function* startAfresh(journey: string, since: number): Work<void> {
	yield* ask(
		'DELETE FROM dcs_log WHERE touch IN (SELECT key FROM dcs_touches WHERE journey = ?1)',
		journey,
	);
	for (const table of ['dcs_journeys', 'dcs_enrollments', 'dcs_touches', 'dcs_agenda'])
		yield* ask(`DELETE FROM ${table} WHERE journey = ?1`, journey);
	yield* ask('DELETE FROM dcs_events WHERE received_at < ?1', since);
	for (const table of ['dcs_suppressions', 'dcs_pauses'])
		yield* ask(`DELETE FROM ${table} WHERE since < ?1`, since);
}

/** Sums of two counts. */
export function both(a: Removed, b: Removed): Removed {
	return {
		events: a.events + b.events,
		enrollments: a.enrollments + b.enrollments,
		touches: a.touches + b.touches,
		log: a.log + b.log,
		pauses: a.pauses + b.pauses,
		aliases: a.aliases + b.aliases,
	};
}
