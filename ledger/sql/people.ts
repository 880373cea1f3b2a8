import type { Removed } from '../ledger';
import { fingerprint, secretOf, suppressedAmong } from './addresses';
import { stateOf, stateText, type CaseState } from './caseRows';
import { eraseContentFor } from './content';
import { askForRows, askForTexts, update, type Cell, type ColumnType, type Work } from './database';
import { eraseFromArrived } from './inbox';
import { Mentions } from './mentions';
import { NOTHING } from './removed';
import { reader, storable } from './rows';

/** Facts of an event that decide (a P1 is open, a scanner clicked) and tell of nobody. */
const FACTS = ['automatic', 'date', 'healthScore', 'human', 'priority', 'severity'] as const;
const LONGEST_FACT = 32;

/** Makes nameless what tells of people, whichever accounts they were with. */
export function* erasePeople(addresses: readonly string[]): Work<Removed[]> {
	const people = [...new Set(addresses.map((address) => storable(address.toLowerCase())))];
	const mentions = new Mentions(people);
	const suppressions = yield* keepFingerprints(people);
	const events = (yield* eraseFromEvents(people)) + (yield* eraseFromArrived(mentions));
	const named = yield* askForTexts(
		people,
		(among) => `UPDATE dcs_touches SET address = '' WHERE address ${among} RETURNING key`,
	);
	const told = yield* eraseFromReasons(mentions, 'dcs_touches', 'key', 'text');
	const touches = new Set([...named.map(({ key }) => String(key)), ...told.map(String)]);
	const log = yield* eraseFromReasons(mentions, 'dcs_log', 'id', 'bigint');
	const pauses = yield* askForTexts(
		people,
		(among) => `DELETE FROM dcs_pauses WHERE scope = 'address' AND id ${among} RETURNING 1 AS gone`,
	);
	return [
		{
			...NOTHING,
			events,
			touches: touches.size,
			log: log.length,
			cases: yield* eraseFromCases(mentions),
			content: yield* eraseContentFor(people),
			pauses: pauses.length + (yield* eraseFromPauses(mentions)),
			suppressions,
		},
	];
}

/**
 * Whatever a sender put in: of an event that names them nothing stays but what happened, when, and facts.
 * @param from the events in question: the table, or a part of it
 */
export function* eraseFromEvents(people: readonly string[], from = 'dcs_events'): Work<number> {
	const mentions = new Mentions(people);
	const columns = 'account_id, type, id, contact, data';
	const rows = [
		...(yield* askForTexts(
			people,
			(among) => `SELECT ${columns} FROM ${from} AS e WHERE lower(contact) ${among}`,
		)),
		...(yield* mentions.among(
			`${from} AS e`,
			columns,
			"id || ' ' || COALESCE(contact, '') || ' ' || COALESCE(data, '')",
		)),
	];
	const found = new Map<string, Record<string, Cell>>();
	const secret = yield* secretOf();
	for (const row of rows) {
		const r = reader('event', row);
		const [id, contact, data] = [r.text('id'), r.optionalText('contact'), r.optionalObject('data')];
		const isTheirs = contact !== undefined && people.includes(contact.toLowerCase());
		if (!isTheirs && !mentions.in([id, contact, data])) continue;
		const key = { account_id: r.text('account_id'), type: r.text('type'), id };
		found.set(JSON.stringify(key), {
			...key,
			// another id that is told from all others as well as the old one was
			erased_id: mentions.in(id) ? `erased/${fingerprint(secret, id)}` : id,
			data: factsOf(data),
		});
	}
	yield* askForRows(
		{ account_id: 'text', type: 'text', id: 'text', erased_id: 'text', data: 'text' },
		[...found.values()],
		(r) =>
			`UPDATE dcs_events SET contact = NULL, id = r.erased_id, data = r.data FROM ${r} AS r WHERE dcs_events.account_id = r.account_id AND dcs_events.type = r.type AND dcs_events.id = r.id`,
	);
	return found.size;
}

function factsOf(data: Record<string, unknown> | undefined): string | null {
	// some senders wrap what they tell in `data`, and facts are read there too
	const inner = data?.data;
	const wrapped =
		typeof inner === 'object' && inner !== null
			? new Map<string, unknown>(Object.entries(inner))
			: undefined;
	const facts = FACTS.flatMap((name): [string, unknown][] => {
		const value: unknown = data?.[name] ?? wrapped?.get(name);
		const tells = typeof value === 'string' && (value.length > LONGEST_FACT || value.includes('@'));
		const isFact = ['string', 'number', 'boolean'].includes(typeof value);
		return isFact && !tells ? [[name, value]] : [];
	});
	return facts.length === 0 ? null : JSON.stringify(Object.fromEntries(facts));
}

/** What a mail server or a person wrote may name somebody. Answers the keys of the rows that did. */
function* eraseFromReasons(
	mentions: Mentions,
	table: string,
	key: string,
	type: ColumnType,
): Work<(string | number)[]> {
	const rows = yield* mentions.among(table, `${key}, reasons`, 'reasons');
	const found = new Map<string | number, Record<string, Cell>>();
	for (const row of rows) {
		const r = reader('decision', row);
		const id = type === 'text' ? r.text(key) : r.number(key);
		const reasons = r.reasons('reasons');
		if (!mentions.in(reasons)) continue;
		found.set(id, { [key]: id, reasons: JSON.stringify(mentions.withoutIn(reasons)) });
	}
	yield* askForRows(
		{ [key]: type, reasons: 'text' },
		[...found.values()],
		(r) =>
			`UPDATE ${table} SET reasons = r.reasons FROM ${r} AS r WHERE ${table}.${key} = r.${key}`,
	);
	return [...found.keys()];
}

/** What customers wrote may stand in why a case was opened, and in how it ended; its owner is a colleague, and stays. */
function* eraseFromCases(mentions: Mentions): Work<number> {
	const rows = yield* mentions.among('dcs_cases', 'no, state', 'state');
	const told = new Map<number, Record<string, Cell>>();
	for (const row of rows) {
		const state = stateOf(row);
		const { reasons, outcome, facts } = state;
		if (!mentions.in([reasons, outcome, facts.name])) continue;
		const without = (text: string | undefined): string | undefined =>
			text === undefined ? undefined : mentions.without(text);
		const erased: CaseState = {
			...state,
			reasons: reasons.map((reason) => ({
				...reason,
				key: mentions.without(reason.key),
				code: mentions.without(reason.code),
				text: mentions.without(reason.text),
			})),
			outcome: without(outcome),
			facts: { ...facts, name: without(facts.name) },
		};
		told.set(state.no, { no: state.no, state: stateText(erased) });
	}
	yield* update('dcs_cases', { no: 'bigint', state: 'text' }, ['no'], [...told.values()]);
	return told.size;
}

function* eraseFromPauses(mentions: Mentions): Work<number> {
	const rows = yield* mentions.among('dcs_pauses', 'scope, id, reason', 'reason');
	const told = new Map<string, Record<string, Cell>>();
	for (const row of rows) {
		const r = reader('pause', row);
		const [scope, id, reason] = [r.text('scope'), r.text('id'), r.text('reason')];
		if (mentions.in(reason)) {
			told.set(JSON.stringify([scope, id]), { scope, id, reason: mentions.without(reason) });
		}
	}
	yield* askForRows(
		{ scope: 'text', id: 'text', reason: 'text' },
		[...told.values()],
		(r) =>
			`UPDATE dcs_pauses SET reason = r.reason FROM ${r} AS r WHERE dcs_pauses.scope = r.scope AND dcs_pauses.id = r.id`,
	);
	return told.size;
}

/**
 * An unsubscribed address is kept as something nobody can read, so that it gets nothing if it comes back. Answers how
 * many words about addresses went.
 */
export function* keepFingerprints(addresses: readonly string[]): Work<number> {
	const suppressed = [...(yield* suppressedAmong(addresses))];
	if (suppressed.length === 0) return 0;
	const secret = yield* secretOf();
	yield* askForRows(
		{ text: 'text' },
		suppressed.map((address) => ({ text: fingerprint(secret, address) })),
		(r) =>
			`INSERT INTO dcs_erased (fingerprint) SELECT text FROM ${r} AS r WHERE true ORDER BY text ON CONFLICT (fingerprint) DO NOTHING`,
	);
	const gone = yield* askForTexts(
		suppressed,
		(among) => `DELETE FROM dcs_suppressions WHERE address ${among} RETURNING 1 AS gone`,
	);
	return gone.length;
}
