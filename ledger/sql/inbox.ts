import { createHash } from 'node:crypto';
import type { ArrivedEvent, InboxBatch, InboxOutcome, InboxQuery } from '../ledger';
import { fingerprint, secretOf } from './addresses';
import {
	ask,
	askForRows,
	askForTexts,
	insert,
	type Cell,
	type Columns,
	type Work,
} from './database';
import { Mentions } from './mentions';
import { reader, storable } from './rows';

/**
 * Events that senders were told are safe, until an execution has dealt with them. Of what is done only the id stays, so
 * that a repeat changes nothing. `free_at` is when it may be handed out: the end of a lease, or of a pause after a failure.
 */
const COLUMNS: Columns = {
	inbox: 'text',
	id: 'text',
	account_id: 'text',
	event: 'text',
	received_at: 'bigint',
	free_at: 'bigint',
	attempts: 'bigint',
};

/** True where the event is new; of the same one twice in a list, the first. */
export function* receive(
	inbox: string,
	events: readonly ArrivedEvent[],
	now: number,
): Work<boolean[]> {
	const rows = yield* insert(
		'dcs_inbox',
		COLUMNS,
		['inbox', 'id'],
		events.map(({ id, accountId = '', event }) => ({
			inbox,
			id,
			account_id: accountId,
			event,
			received_at: now,
			free_at: now,
			attempts: 0,
		})),
		'ON CONFLICT DO NOTHING RETURNING id',
	);
	const made = new Set(rows.map((row) => reader('event', row).text('id')));
	return events.map(({ id }) => made.delete(storable(id)));
}

const WAITING = 'inbox = ?1 AND done_at IS NULL AND free_at <= ?2';

/**
 * Those that wait longest, all tried equally often: what failed before is handed out in ever smaller batches, and not
 * together with what is new, so that one event which nobody can deal with takes no others along.
 */
export function* takeUp(query: InboxQuery): Work<InboxBatch | undefined> {
	const { now, leaseMs, sizes } = query;
	const inbox = storable(query.inbox);
	const [first] = yield* ask(
		`SELECT attempts FROM dcs_inbox WHERE ${WAITING} ORDER BY free_at, id LIMIT 1`,
		inbox,
		now,
	);
	if (first === undefined) return undefined;
	const attempts = reader('event', first).number('attempts');
	const size = Math.max(1, Math.trunc(sizes[attempts] ?? sizes.at(-1) ?? 1));
	const rows = yield* ask(
		`SELECT id, event FROM dcs_inbox WHERE ${WAITING} AND attempts = ?3 ORDER BY free_at, received_at, id LIMIT ${size}`,
		inbox,
		now,
		attempts,
	);
	const taken = rows.map((row) => {
		const r = reader('event', row);
		return { id: r.text('id'), event: r.text('event') };
	});
	const key = keyOf(inbox, attempts + 1, taken);
	yield* askForTexts(
		taken.map(({ id }) => id),
		(among) =>
			`UPDATE dcs_inbox SET batch = ?2, free_at = ?3, attempts = attempts + 1 WHERE inbox = ?1 AND id ${among}`,
		{ values: [inbox, key, now + leaseMs] },
	);
	return { key, attempt: attempts + 1, events: taken.map(({ event }) => event) };
}

/** The same for the same events at the same attempt, whoever takes them: n8n starts one execution for it. */
function keyOf(inbox: string, attempt: number, taken: readonly { id: string }[]): string {
	const ids = taken.map(({ id }) => id).sort();
	const text = JSON.stringify([inbox, attempt, ids]);
	return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

/** False where somebody else has the batch by now, or it was settled. */
export function* holdOn(inbox: string, key: string, until: number): Work<boolean> {
	const rows = yield* ask(
		'UPDATE dcs_inbox SET free_at = ?3 WHERE inbox = ?1 AND batch = ?2 AND done_at IS NULL RETURNING 1 AS held',
		storable(inbox),
		key,
		until,
	);
	return rows.length > 0;
}

export function* settle(inbox: string, key: string, outcome: InboxOutcome): Work<void> {
	const what = outcome.done ? 'done_at = ?3, event = NULL' : 'free_at = ?3';
	yield* ask(
		`UPDATE dcs_inbox SET ${what}, batch = NULL WHERE inbox = ?1 AND batch = ?2 AND done_at IS NULL`,
		storable(inbox),
		key,
		outcome.at,
	);
}

/** The next ids of events that were dealt with before. */
export function* forgetHandled(before: number, limit: number): Work<number> {
	const rows = yield* ask(
		`DELETE FROM dcs_inbox WHERE (inbox, id) IN (SELECT inbox, id FROM dcs_inbox WHERE done_at < ?1 LIMIT ${limit}) RETURNING 1 AS gone`,
		before,
	);
	return rows.length;
}

/** The next rows that are too old to keep, whatever became of them. */
export function* forgetReceived(before: number, limit: number): Work<number> {
	const rows = yield* ask(
		`DELETE FROM dcs_inbox WHERE (inbox, id) IN (SELECT inbox, id FROM dcs_inbox WHERE received_at < ?1 LIMIT ${limit}) RETURNING 1 AS gone`,
		before,
	);
	return rows.length;
}

/** What arrived about these accounts goes to nobody any more; the ids stay, so that a repeat does not bring it back. */
export function* eraseArrivedOf(accountIds: readonly string[]): Work<number> {
	const rows = yield* askForTexts(
		accountIds.filter((id) => id !== ''),
		(among) =>
			`UPDATE dcs_inbox SET event = NULL, batch = NULL, account_id = '', done_at = COALESCE(done_at, received_at) WHERE account_id ${among} RETURNING 1 AS gone`,
	);
	return rows.length;
}

/** What waits and names somebody goes on without the name. */
export function* eraseFromArrived(mentions: Mentions): Work<number> {
	const rows = yield* mentions.among(
		'dcs_inbox',
		'inbox, id, event',
		"id || ' ' || COALESCE(event, '')",
	);
	const secret = yield* secretOf();
	const found = new Map<string, Record<string, Cell>>();
	for (const row of rows) {
		const r = reader('event', row);
		const [inbox, id] = [r.text('inbox'), r.text('id')];
		const event = r.optionalObject('event');
		if (!mentions.in([id, event])) continue;
		found.set(JSON.stringify([inbox, id]), {
			inbox,
			id,
			erased_id: mentions.in(id) ? `erased/${fingerprint(secret, id)}` : id,
			event: event === undefined ? null : JSON.stringify(mentions.withoutIn(event)),
		});
	}
	yield* askForRows(
		{ inbox: 'text', id: 'text', erased_id: 'text', event: 'text' },
		[...found.values()],
		(r) =>
			`UPDATE dcs_inbox SET id = r.erased_id, event = r.event FROM ${r} AS r WHERE dcs_inbox.inbox = r.inbox AND dcs_inbox.id = r.id`,
	);
	return found.size;
}
