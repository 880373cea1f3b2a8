import type { JourneyEvent } from '../../engine/journeys/memory';
import { askForTexts, insert, type Work } from './database';
import { EVENT_COLUMNS, eventOf, eventRow } from './rows';

const NAMES = Object.keys(EVENT_COLUMNS).join(', ');
const KEY = ['account_id', 'type', 'id'];

/** True where the event is new: the same account, type and id twice is one event. */
export function* recordEvents(
	events: readonly JourneyEvent[],
	receivedAt: number,
): Work<boolean[]> {
	const idOf = (row: Record<string, unknown>): string =>
		JSON.stringify([row.account_id, row.type, row.id]);
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
