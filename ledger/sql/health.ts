import type { HealthRow, HealthSweeps, HealthTotals } from '../ledger';
import { ask, askForTexts, insert, type Columns, type Work } from './database';
import { reader, storable } from './rows';

const KEY = ['account_id', 'model'];
const COLUMNS: Columns = {
	account_id: 'text',
	model: 'text',
	day: 'bigint',
	revision: 'bigint',
	state: 'text',
};

/** In the order of the accounts; undefined where nothing is remembered. */
export function* healthOf(
	model: string,
	accountIds: readonly string[],
): Work<(HealthRow | undefined)[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT account_id, day, revision, state FROM dcs_health WHERE model = ?1 AND account_id ${among}`,
		{ values: [storable(model)] },
	);
	const known = new Map<string, HealthRow>();
	for (const row of rows) {
		const r = reader('health memory', row);
		const accountId = r.text('account_id');
		const [day, revision] = [r.number('day'), r.number('revision')];
		known.set(accountId, { accountId, day, revision, state: r.text('state') });
	}
	return accountIds.map((id) => known.get(storable(id)));
}

export function* sweepsOf(model: string): Work<HealthSweeps | undefined> {
	const [row] = yield* ask(
		'SELECT started_day, day, scored, triggered FROM dcs_health_models WHERE model = ?1',
		storable(model),
	);
	if (row === undefined) return undefined;
	const r = reader('health model', row);
	return {
		startedDay: r.number('started_day'),
		day: r.number('day'),
		scored: r.number('scored'),
		triggered: r.number('triggered'),
	};
}

/** Each row only if it follows the one that is there; what was not written was decided on something out of date. */
export function* rememberHealth(model: string, rows: readonly HealthRow[]): Work<boolean[]> {
	const name = storable(model);
	// of the same one twice, the first
	const first = new Map<string, HealthRow>();
	for (const row of rows) {
		const id = storable(row.accountId);
		if (!first.has(id)) first.set(id, row);
	}
	const written = yield* insert(
		'dcs_health',
		COLUMNS,
		KEY,
		[...first].map(([account_id, { day, revision, state }]) => ({
			account_id,
			model: name,
			day,
			revision,
			state,
		})),
		`ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET day = excluded.day, revision = excluded.revision, state = excluded.state WHERE dcs_health.revision = excluded.revision - 1 RETURNING account_id`,
	);
	const done = new Set(written.map(({ account_id }) => first.get(String(account_id))));
	return rows.map((row) => done.has(row));
}

/** Adds to the day's totals and gives them back; a day that is over has none any more. */
export function* countHealth(
	model: string,
	day: number,
	{ scored, triggered }: HealthTotals,
): Work<HealthTotals> {
	const [row] = yield* ask(
		`INSERT INTO dcs_health_models (model, started_day, day, scored, triggered) VALUES (?1, ?2, ?2, ?3, ?4)
			ON CONFLICT (model) DO UPDATE SET day = excluded.day,
				scored = excluded.scored + CASE WHEN dcs_health_models.day = excluded.day THEN dcs_health_models.scored ELSE 0 END,
				triggered = excluded.triggered + CASE WHEN dcs_health_models.day = excluded.day THEN dcs_health_models.triggered ELSE 0 END
			WHERE dcs_health_models.day <= excluded.day
			RETURNING scored, triggered`,
		storable(model),
		day,
		scored,
		triggered,
	);
	if (row === undefined) return { scored, triggered };
	const r = reader('health model', row);
	return { scored: r.number('scored'), triggered: r.number('triggered') };
}

export function* forgetHealth(model: string): Work<void> {
	yield* ask('DELETE FROM dcs_health WHERE model = ?1', storable(model));
	yield* ask('DELETE FROM dcs_health_models WHERE model = ?1', storable(model));
}
