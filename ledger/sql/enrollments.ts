import type { Enrollment } from '../../engine/journeys/memory';
import type { EnrolledQuery, JourneyOwner, JourneyRun } from '../ledger';
import { ask, askForRows, askForTexts, insert, type Work } from './database';
import { ENROLLMENT_COLUMNS, enrollmentOf, enrollmentRow, storable } from './rows';

const NAMES = Object.keys(ENROLLMENT_COLUMNS).join(', ');
const KEY = ['account_id', 'journey', 'dry', 'cycle'];

/** True where this call did it: the key in the store decides, however many race. */
export function* enroll(enrollments: readonly Enrollment[]): Work<boolean[]> {
	const idOf = (row: Record<string, unknown>): string =>
		JSON.stringify([row.journey, Number(row.dry), row.account_id, Number(row.cycle)]);
	const given = enrollments.map(enrollmentRow);
	const rows = yield* insert(
		'dcs_enrollments',
		ENROLLMENT_COLUMNS,
		KEY,
		given,
		`ON CONFLICT DO NOTHING RETURNING ${KEY.join(', ')}`,
	);
	const made = new Set(rows.map(idOf));
	// of the same one twice in a list, the first
	return given.map((row) => made.delete(idOf(row)));
}

export function* end(enrollments: readonly Enrollment[]): Work<never[]> {
	yield* askForRows(
		ENROLLMENT_COLUMNS,
		enrollments.map(enrollmentRow),
		(r) =>
			`UPDATE dcs_enrollments SET state = 'ended', outcome = r.outcome, ended_at = r.ended_at, version = r.version FROM ${r} AS r WHERE dcs_enrollments.journey = r.journey AND dcs_enrollments.dry = r.dry AND dcs_enrollments.account_id = r.account_id AND dcs_enrollments.cycle = r.cycle AND dcs_enrollments.state = 'active'`,
	);
	return [];
}

export function* enrollmentsOf(
	accountIds: readonly string[],
	journey: string,
	dry: boolean,
): Work<Enrollment[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT ${NAMES} FROM dcs_enrollments WHERE journey = ?1 AND dry = ?2 AND account_id ${among} ORDER BY account_id, cycle`,
		{ values: [journey, dry ? 1 : 0] },
	);
	return rows.map(enrollmentOf);
}

export function* enrolledAccounts({
	journey,
	from,
	until,
	after,
	limit,
}: EnrolledQuery): Work<string[]> {
	const rows = yield* ask(
		'SELECT DISTINCT account_id FROM dcs_enrollments WHERE journey = ?1 AND dry = 0 AND anchor_at >= ?2 AND anchor_at < ?3 AND account_id > ?4 ORDER BY account_id LIMIT ?5',
		journey,
		from,
		until,
		storable(after),
		limit,
	);
	return rows.map(({ account_id }) => String(account_id));
}

/** Who owns a journey; whoever asks first does, or takes it over. */
export function* begin(run: JourneyRun, now: number): Work<JourneyOwner> {
	const [row] = yield* ask(
		`INSERT INTO dcs_journeys (journey, dry, started_at, owner, owner_name) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (journey, dry) DO UPDATE SET
		owner = CASE WHEN ?6 = 'yes' THEN excluded.owner ELSE dcs_journeys.owner END,
		owner_name = CASE WHEN ?6 = 'yes' OR dcs_journeys.owner = excluded.owner THEN excluded.owner_name ELSE dcs_journeys.owner_name END
		RETURNING owner, owner_name`,
		run.journey,
		run.dry ? 1 : 0,
		now,
		run.owner.id,
		run.owner.name,
		run.takeOver ? 'yes' : 'no',
	);
	return { id: String(row?.owner), name: String(row?.owner_name) };
}

/** When a journey first ran; undefined for one that never did. */
export function* startOf(journey: string, dry: boolean): Work<number | undefined> {
	const [row] = yield* ask(
		'SELECT started_at FROM dcs_journeys WHERE journey = ?1 AND dry = ?2',
		journey,
		dry ? 1 : 0,
	);
	return row === undefined ? undefined : Number(row.started_at);
}
