import type { JourneyEvent } from '../../engine/journeys/memory';
import { askForRows, askForTexts, insert, type Work } from './database';
import { EVENT_COLUMNS, eventOf, eventRow } from './rows';

const NAMES = Object.keys(EVENT_COLUMNS).join(', ');
const KEY = ['account_id', 'type', 'id'];

/** True where the event is new: the same account, type and id twice is one event. */
export function* recordEvents(
	events: readonly JourneyEvent[],
	receivedAt: number,
): Work<boolean[]> {
	const given = events.map((event) => ({ ...eventRow(event), received_at: receivedAt }));
	const rows = yield* insert(
		'dcs_events',
		{ ...EVENT_COLUMNS, received_at: 'bigint' },
		KEY,
		given,
		`ON CONFLICT DO NOTHING RETURNING ${KEY.join(', ')}`,
	);
	const made = new Set(rows.map(idOf));
	// of the same one twice in a list, the first
	return given.map((row) => made.delete(idOf(row)));
}

/** Of what was recorded before whose it was, '' for nobody's; undefined where it is new. */
export function* knownEvents(events: readonly JourneyEvent[]): Work<(string | undefined)[]> {
	const given = events.map(eventRow).map(({ account_id, type, id }) => ({
		account_id: String(account_id),
		type: String(type),
		id: String(id),
	}));
	const rows = yield* askForRows(
		{ account_id: 'text', type: 'text', id: 'text' },
		given,
		(r) =>
			`SELECT e.account_id, e.type, e.id, COALESCE(lower(e.contact), '') AS contact FROM ${r} AS r CROSS JOIN dcs_events AS e WHERE e.account_id = r.account_id AND e.type = r.type AND e.id = r.id`,
	);
	const contacts = new Map(rows.map((row) => [idOf(row), String(row.contact)]));
	return given.map((row) => contacts.get(idOf(row)));
}

function idOf(row: Record<string, unknown>): string {
	return JSON.stringify([row.account_id, row.type, row.id]);
}

/** By time, then by id. */
export function* eventsOf(accountIds: readonly string[]): Work<JourneyEvent[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) => `SELECT ${NAMES} FROM dcs_events WHERE account_id ${among}`,
	);
	return rows
		.map(eventOf)
		.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
