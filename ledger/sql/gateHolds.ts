import type { Gated, GateHold } from '../ledger';
import { ask, askForTexts, insert, type Columns, type Work } from './database';
import { reader, storable } from './rows';

/** Whom a Tier Gate keeps out of the journeys behind it. */

const COLUMNS: Columns = { account_id: 'text', journey: 'text', since: 'bigint', reasons: 'text' };
const KEY = ['account_id', 'journey'];

/** Only what changed is written: sweep after sweep most accounts stay where they are. */
export function* rememberHolds(
	journey: string,
	gated: readonly Gated[],
	now: number,
): Work<never[]> {
	const given = new Map(
		gated.map(({ accountId, reasons }) => [
			storable(accountId),
			reasons.length === 0 ? undefined : JSON.stringify(reasons),
		]),
	);
	const rows = yield* askForTexts(
		[...given.keys()],
		(among) =>
			`SELECT account_id, reasons FROM dcs_gate_holds WHERE journey = ?1 AND account_id ${among}`,
		{ values: [journey] },
	);
	const known = new Map(rows.map(({ account_id, reasons }) => [String(account_id), reasons]));
	// held all along, for whatever reason: since the first one
	yield* insert(
		'dcs_gate_holds',
		COLUMNS,
		KEY,
		[...given].flatMap(([account_id, reasons]) =>
			reasons === undefined || reasons === known.get(account_id)
				? []
				: [{ account_id, journey, since: now, reasons }],
		),
		`ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET reasons = excluded.reasons`,
	);
	yield* askForTexts(
		[...known.keys()].filter((id) => given.get(id) === undefined),
		(among) => `DELETE FROM dcs_gate_holds WHERE journey = ?1 AND account_id ${among}`,
		{ values: [journey] },
	);
	return [];
}

export function* gateHoldsOf(accountIds: readonly string[]): Work<GateHold[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT account_id, journey, since, reasons FROM dcs_gate_holds WHERE account_id ${among} ORDER BY account_id, journey`,
	);
	return rows.map((row) => {
		const r = reader('hold', row);
		return {
			accountId: r.text('account_id'),
			journey: r.text('journey'),
			since: r.number('since'),
			reasons: r.reasons('reasons'),
		};
	});
}

/** Every journey that has run, live or dry, or before which a gate has held somebody. */
export function* knownJourneys(): Work<string[]> {
	const rows = yield* ask(
		'SELECT journey FROM dcs_journeys UNION SELECT journey FROM dcs_gate_holds ORDER BY journey',
	);
	return rows.map(({ journey }) => String(journey));
}
