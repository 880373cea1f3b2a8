import { CASE_JOURNEY, type Removed } from '../ledger';
import { familiesOf } from './aliases';
import { keptId } from './caseRows';
import { eraseContentOf, forgetContent } from './content';
import { ask, askForTexts, CHUNK, type Work } from './database';
import { eraseArrivedOf, forgetReceived } from './inbox';
import { addressesIn } from './mentions';
import { eraseFromEvents, keepFingerprints } from './people';
import { NOTHING } from './removed';
import { storable } from './rows';

const DAY_MS = 86_400_000;

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
	const suppressions = yield* keepFingerprints(yield* peopleOf(ids));
	const ofNobody = yield* eraseFromEvents(yield* customersOf(ids), NOBODYS);
	for (const table of ['dcs_agenda', 'dcs_gate_holds', 'dcs_tiers', 'dcs_crm'])
		yield* remove(table, 'account_id');
	const cases = yield* askForTexts(
		[...accountIds, ...links.keys(), ...links.values()].map(keptId),
		(among) => `DELETE FROM dcs_cases WHERE account_id ${among} RETURNING 1 AS gone`,
	);
	return [
		{
			events: (yield* remove('dcs_events', 'account_id')) + ofNobody + (yield* eraseArrivedOf(ids)),
			enrollments: yield* remove('dcs_enrollments', 'account_id'),
			touches: yield* remove('dcs_touches', 'account_id'),
			log: yield* remove('dcs_log', 'account_id'),
			pauses: yield* remove('dcs_pauses', 'id', " AND scope = 'account'"),
			aliases:
				(yield* remove('dcs_aliases', 'alias')) + (yield* remove('dcs_aliases', 'account_id')),
			suppressions,
			health: yield* remove('dcs_health', 'account_id'),
			cases: cases.length,
			content: yield* eraseContentOf(ids),
		},
	];
}

/** Addresses that may be of people of these accounts: written to, named by an event, or told not to be written to. */
function* peopleOf(accountIds: readonly string[]): Work<string[]> {
	const people = new Set<string>();
	const written = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT DISTINCT address FROM dcs_touches WHERE address <> '' AND account_id ${among}`,
	);
	const told = yield* askForTexts(
		accountIds.map((id) => `account/${id}`),
		(among) => `SELECT DISTINCT address FROM dcs_suppressions WHERE source ${among}`,
	);
	for (const { address } of [...written, ...told]) people.add(String(address));
	const events = yield* askForTexts(
		accountIds,
		(among) => `SELECT contact, data FROM dcs_events WHERE account_id ${among}`,
	);
	const arrived = yield* askForTexts(
		accountIds.filter((id) => id !== ''),
		(among) =>
			`SELECT event AS data FROM dcs_inbox WHERE event IS NOT NULL AND account_id ${among}`,
	);
	for (const { contact, data } of [...events, ...arrived]) {
		if (typeof contact === 'string') people.add(contact.toLowerCase());
		for (const address of addressesIn(typeof data === 'string' ? JSON.parse(data) : undefined))
			people.add(address);
	}
	return [...people];
}

/** What was recorded of no account. */
const NOBODYS = "(SELECT * FROM dcs_events WHERE account_id = '')";

/** Addresses of people of these accounts that are nobody else's: a colleague's may stand in any event's data. */
function* customersOf(accountIds: readonly string[]): Work<string[]> {
	const written = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT DISTINCT address FROM dcs_touches WHERE address <> '' AND channel IN ('email', 'inApp') AND account_id ${among}`,
	);
	const told = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT DISTINCT contact AS address FROM dcs_events WHERE contact IS NOT NULL AND account_id ${among}`,
	);
	return [...new Set([...written, ...told].map(({ address }) => String(address).toLowerCase()))];
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
			`DELETE FROM dcs_events WHERE (account_id, type, id) IN (SELECT account_id, type, id FROM dcs_events WHERE received_at < ?1 AND (account_id = '' OR NOT (type ${among})) LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		{ values: [before] },
	);
	// of whom a journey had not taken in there is no cycle that could go on
	const touches = yield* ask(
		`DELETE FROM dcs_touches WHERE key IN (SELECT t.key FROM dcs_touches AS t LEFT JOIN dcs_enrollments AS e ON e.journey = t.journey AND e.dry = t.dry AND e.account_id = t.account_id AND e.cycle = t.cycle WHERE t.changed_at < ?1 AND ((e.state = 'ended' AND e.ended_at < ?1) OR (t.cycle = 0 AND e.account_id IS NULL)) LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	const health = yield* ask(
		`DELETE FROM dcs_health WHERE (account_id, model) IN (SELECT account_id, model FROM dcs_health WHERE day < ?1 LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		Math.floor(before / DAY_MS),
	);
	const notices = yield* ask(
		`DELETE FROM dcs_touches WHERE key IN (SELECT key FROM dcs_touches WHERE journey = '${CASE_JOURNEY}' AND changed_at < ?1 LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	const cases = yield* ask(
		`DELETE FROM dcs_cases WHERE no IN (SELECT no FROM dcs_cases WHERE open = 0 AND resolved_at < ?1 LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	const holds = yield* ask(
		`DELETE FROM dcs_gate_holds WHERE (account_id, journey) IN (SELECT account_id, journey FROM dcs_gate_holds WHERE since < ?1 LIMIT ${CHUNK}) RETURNING 1 AS gone`,
		before,
	);
	if (cases.length > 0) yield* forgetPolicies();
	return {
		...NOTHING,
		// a hold is a decision as well
		log: log.length + holds.length,
		events: events.length + (yield* forgetReceived(before, CHUNK)),
		touches: touches.length + notices.length,
		health: health.length,
		cases: cases.length,
		content: yield* forgetContent(before, CHUNK),
	};
}

/** Of which there is no case any more. */
function* forgetPolicies(): Work<void> {
	yield* ask('DELETE FROM dcs_case_policies WHERE id NOT IN (SELECT sla FROM dcs_cases)');
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
	yield* ask('DELETE FROM dcs_cases WHERE written_at < ?1', since);
	yield* forgetPolicies();
	yield* ask('DELETE FROM dcs_picks WHERE picked_at < ?1', since);
	for (const table of ['dcs_suppressions', 'dcs_pauses'])
		yield* ask(`DELETE FROM ${table} WHERE since < ?1`, since);
}
