import type { Sweep } from '../../engine/journeys/memory';
import type { AgendaEntry, DueQuery, Outside } from '../ledger';
import { survivorsOf } from './aliases';
import { ask, askForTexts, insert, type Columns, type Work } from './database';
import { startOf } from './enrollments';
import { reader, storable } from './rows';

/** After this many days nobody waits for an event of an account that no sweep has ever seen. */
const UNHEARD_DAYS = 35;
const DAY_MS = 86_400_000;

const KEY = ['journey', 'dry', 'account_id'];
const AGENDA_COLUMNS: Columns = {
	journey: 'text',
	dry: 'bigint',
	account_id: 'text',
	decided_at: 'bigint',
	look_at: 'bigint',
	triggered_at: 'bigint',
	reasons: 'text',
};

export function* schedule(
	{ journey, dry }: { journey: string; dry: boolean },
	entries: readonly AgendaEntry[],
): Work<never[]> {
	const last = new Map(entries.map((entry) => [storable(entry.accountId), entry]));
	yield* insert(
		'dcs_agenda',
		AGENDA_COLUMNS,
		KEY,
		[...last].map(([account_id, { decidedAt, lookAt, triggeredAt, outside }]) => ({
			journey,
			dry: dry ? 1 : 0,
			account_id,
			decided_at: decidedAt,
			look_at: lookAt ?? null,
			triggered_at: triggeredAt ?? null,
			reasons: outside === undefined ? null : JSON.stringify(outside),
		})),
		`ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET decided_at = excluded.decided_at, look_at = excluded.look_at, triggered_at = excluded.triggered_at, reasons = excluded.reasons`,
	);
	return [];
}

/** Of the accounts on which triggers are counted: how many were decided on since, and triggered since (P10). */
export function* countTriggers(journey: string, dry: boolean, since: number): Work<Sweep> {
	const [row] = yield* ask(
		'SELECT COUNT(*) AS decided, COUNT(CASE WHEN triggered_at >= ?3 THEN 1 END) AS triggered FROM dcs_agenda WHERE journey = ?1 AND dry = ?2 AND triggered_at IS NOT NULL AND decided_at >= ?3',
		journey,
		dry ? 1 : 0,
		since,
	);
	return { decided: Number(row?.decided), triggered: Number(row?.triggered) };
}

/** The same among these accounts, each by itself. */
export function* triggersOf(
	accountIds: readonly string[],
	journey: string,
	dry: boolean,
	since: number,
): Work<Sweep[]> {
	// looked up one by one: with a word about time the database would look through the whole day
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT decided_at, triggered_at FROM dcs_agenda WHERE journey = ?1 AND dry = ?2 AND account_id ${among}`,
		{ values: [journey, dry ? 1 : 0] },
	);
	return rows
		.filter(({ decided_at, triggered_at }) => triggered_at !== null && Number(decided_at) >= since)
		.map(({ triggered_at }) => ({ decided: 1, triggered: Number(triggered_at) >= since ? 1 : 0 }));
}

/**
 * Why journeys do not have accounts: asked journey by journey, as the table is kept. What a dry run said counts until the
 * journey has run live.
 */
export function* outsideOf(accountIds: readonly string[]): Work<Outside[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT a.account_id, a.journey, a.dry, a.decided_at, a.look_at, a.reasons FROM dcs_journeys AS j CROSS JOIN dcs_agenda AS a WHERE a.journey = j.journey AND a.dry = j.dry AND a.reasons IS NOT NULL AND a.account_id ${among} AND (a.dry = 0 OR NOT EXISTS (SELECT 1 FROM dcs_journeys AS l WHERE l.journey = j.journey AND l.dry = 0)) ORDER BY a.account_id, a.journey, a.dry`,
	);
	return rows.map((row) => {
		const r = reader('agenda entry', row);
		return {
			accountId: r.text('account_id'),
			journey: r.text('journey'),
			dry: r.number('dry') === 1,
			decidedAt: r.number('decided_at'),
			lookAt: r.optionalNumber('look_at'),
			reasons: r.reasons('reasons'),
		};
	});
}

/** Whose time has come, or of whom something was heard since the last decision; the longest waiting first. */
export function* due({ journey, now, limit, ...query }: DueQuery): Work<string[]> {
	const live = yield* startOf(journey, false);
	const dry = query.dry ?? (live === undefined && (yield* startOf(journey, true)) !== undefined);
	const rows = yield* ask(
		`SELECT account_id, MIN(at) AS since FROM (
			SELECT account_id, look_at AS at FROM dcs_agenda WHERE journey = ?1 AND dry = ?2 AND look_at <= ?3
			UNION ALL
			SELECT COALESCE(l.account_id, e.account_id) AS account_id, e.received_at AS at FROM dcs_events AS e
				LEFT JOIN dcs_aliases AS l ON l.alias = e.account_id
				LEFT JOIN dcs_agenda AS a ON a.journey = ?1 AND a.dry = ?2 AND a.account_id = COALESCE(l.account_id, e.account_id)
				WHERE e.account_id <> '' AND e.received_at > ?4 AND e.received_at <= ?3 AND e.received_at >= COALESCE(a.decided_at, 0)
		) AS waiting GROUP BY account_id ORDER BY MIN(at), account_id LIMIT ?5`,
		journey,
		dry ? 1 : 0,
		now,
		now - UNHEARD_DAYS * DAY_MS,
		limit,
	);
	const ids = rows.map((row) => String(row.account_id));
	// a survivor that was merged in turn is looked up as who survived in the end
	const survivors = new Map(yield* survivorsOf(ids));
	return [...new Set(ids.map((id) => survivors.get(id) ?? id))];
}
