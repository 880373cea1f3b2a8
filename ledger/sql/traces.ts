import type { JourneyEvent } from '../../engine/journeys/memory';
import type { MailClue, MailTrace } from '../ledger';
import { COUNTS_FOR_CAP, COUNTS_FROM } from './addresses';
import { askForRows, askForTexts, type Work } from './database';
import { EVENT_COLUMNS, eventOf, storable } from './rows';

/** Whose account it is that a sender tells of without naming it: the ledger knows to whom it wrote, and about what. */

export function* traceMails(clues: readonly MailClue[]): Work<(MailTrace | undefined)[]> {
	const touches = yield* byTouch(clues);
	const lastTo = yield* byAddress(clues);
	return clues.map(({ touch, address, by }) => {
		const named = touch === undefined ? undefined : touches.get(storable(touch));
		if (named !== undefined || address === undefined) return named;
		const accountId = lastTo.get(nameOf(addressOf(address), by));
		return accountId === undefined ? undefined : { accountId, address: addressOf(address) };
	});
}

function* byTouch(clues: readonly MailClue[]): Work<Map<string, MailTrace>> {
	const rows = yield* askForTexts(
		clues.flatMap(({ touch }) => touch ?? []),
		(among) =>
			`SELECT key, account_id, CASE WHEN channel = 'email' THEN address ELSE '' END AS address FROM dcs_touches WHERE dry = 0 AND key ${among}`,
	);
	return new Map(
		rows.map(({ key, account_id, address }) => [
			String(key),
			{ accountId: String(account_id), address: String(address), touch: String(key) },
		]),
	);
}

/** The account of the last mail to the address by then; where there was none yet, of the first since: clocks differ. */
function* byAddress(clues: readonly MailClue[]): Work<Map<string, string>> {
	const rows = yield* askForRows(
		{ address: 'text', by_at: 'bigint' },
		clues.flatMap(({ address, by }) =>
			address === undefined ? [] : [{ address: addressOf(address), by_at: by }],
		),
		(r) =>
			`SELECT r.address, r.by_at, t.account_id, MAX(CASE WHEN ${COUNTS_FROM} <= r.by_at THEN ${COUNTS_FROM} END) AS last_at, MIN(${COUNTS_FROM}) AS first_at FROM ${r} AS r CROSS JOIN dcs_touches AS t WHERE t.address = r.address AND t.channel = 'email' AND t.dry = 0 AND ${COUNTS_FOR_CAP} GROUP BY r.address, r.by_at, t.account_id`,
	);
	const found = rows.map((row) => ({
		name: nameOf(String(row.address), Number(row.by_at)),
		accountId: String(row.account_id),
		rank: row.last_at === null ? -Number(row.first_at) : Number(row.last_at),
	}));
	// the worst first, so that the best has the last word
	found.sort((a, b) => a.rank - b.rank || (a.accountId < b.accountId ? 1 : -1));
	return new Map(found.map(({ name, accountId }) => [name, accountId]));
}

function addressOf(address: string): string {
	return storable(address.toLowerCase());
}

function nameOf(address: string, by: number): string {
	return `${String(by)} ${address}`;
}

/** What was recorded of no account, by the address or the id of the event. */
export function* nobodysEvents(about: readonly string[]): Work<JourneyEvent[]> {
	const names = Object.keys(EVENT_COLUMNS).join(', ');
	const rows = yield* askForTexts(
		about.flatMap((text) => [text, text.toLowerCase()]),
		(among) =>
			`SELECT ${names} FROM dcs_events WHERE account_id = '' AND (contact ${among} OR id ${among})`,
	);
	return rows
		.map(eventOf)
		.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
