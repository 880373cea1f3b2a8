import type { Case, Load, OwnerDay } from '../../engine/escalation/case';
import type { CaseMemory, NoticeFate } from '../../engine/escalation/memory';
import type { Touch } from '../../engine/journeys/memory';
import type { CaseQuery } from '../ledger';
import { familiesAmong } from './aliases';
import { casesOf, keptId } from './caseRows';
import { ask, askForRows, askForTexts, type Cell, type Row, type Work } from './database';
import { reader, storable } from './rows';
import { touchesByKey } from './touches';

const CASE = 'dcs_cases.no, dcs_cases.account_id, dcs_cases.sla, dcs_cases.state';

/** Everything of `CaseMemory` that does not depend on touches. */
export type FoundCases = Omit<CaseMemory, 'fates'>;

/** What is known of cases, for whoever only reads. */
export function* caseMemory(query: CaseQuery): Work<CaseMemory> {
	const found = yield* findCases(query);
	const touches = yield* touchesByKey(pendingOf(found.cases), false);
	return { ...found, fates: fatesOf(found.cases, touches, query.now) };
}

export function* findCases(query: CaseQuery): Work<FoundCases> {
	const { accountIds = [], nos = [], due, open, loads = false } = query;
	const first = due === undefined ? [] : yield* dueRows(due);
	const named = [...(open === undefined ? [] : yield* openRows(open)), ...(yield* rowsOf(nos))];
	const theirs = yield* familiesAmong([...first, ...named].map((row) => String(row.account_id)));
	// of records that were merged, the case of the other is to become one with it (P32)
	const merged = first.length > 0 && theirs.survivorOf.size > 0;
	const beside = merged ? yield* openRowsOf(theirs.ids.map(keptId)) : [];
	const asked = yield* familiesAmong(accountIds);
	const others = [...named, ...beside, ...(yield* allOf(asked.ids.map(keptId)))];
	others.sort((a, b) => Number(a.no) - Number(b.no));
	const each = new Map([...first, ...others].map((row) => [row.no, row]));
	return {
		cases: yield* casesOf([...each.values()]),
		survivorOf: new Map([...theirs.survivorOf, ...asked.survivorOf]),
		loads: loads ? yield* loadsOfAll() : new Map<string, Load>(),
		days: loads ? yield* daysOfAll() : new Map<string, OwnerDay>(),
		nextNo: (yield* lastNo()) + 1,
	};
}

function* dueRows({ now, limit }: { now: number; limit: number }): Work<Row[]> {
	return yield* ask(
		`SELECT ${CASE} FROM dcs_cases WHERE open = 1 AND next_look <= ?1 ORDER BY next_look, no LIMIT ?2`,
		now,
		limit,
	);
}

function* openRows({ waiting = false, owner, limit }: NonNullable<CaseQuery['open']>): Work<Row[]> {
	const values: Cell[] = owner === undefined ? [limit] : [limit, storable(owner)];
	return yield* ask(
		`SELECT ${CASE} FROM dcs_cases WHERE open = 1${waiting ? ' AND waiting = 1' : ''}${owner === undefined ? '' : ' AND owner = ?2'} ORDER BY no LIMIT ?1`,
		...values,
	);
}

function* rowsOf(nos: readonly number[]): Work<Row[]> {
	return yield* askForRows(
		{ no: 'bigint' },
		[...new Set(nos)].map((no) => ({ no })),
		(r) => `SELECT ${CASE} FROM ${r} AS r JOIN dcs_cases ON dcs_cases.no = r.no`,
	);
}

function* openRowsOf(accountIds: readonly string[]): Work<Row[]> {
	return yield* askForTexts(
		accountIds,
		(among) => `SELECT ${CASE} FROM dcs_cases WHERE open = 1 AND account_id ${among}`,
	);
}

/** All of theirs: a reason that any of them holds is told already. */
function* allOf(accountIds: readonly string[]): Work<Row[]> {
	return yield* askForTexts(
		accountIds,
		(among) => `SELECT ${CASE} FROM dcs_cases WHERE account_id ${among}`,
	);
}

/** Of everybody who ever had a case. */
function* loadsOfAll(): Work<Map<string, Load>> {
	const rows = yield* ask(
		'SELECT owner, CAST(SUM(open) AS BIGINT) AS cases, CAST(SUM(open * arr) AS BIGINT) AS arr, MAX(no) AS last_no FROM dcs_cases GROUP BY owner ORDER BY owner',
	);
	return new Map(
		rows.map((row) => {
			const r = reader('case', row);
			const load = {
				cases: r.number('cases'),
				arr: r.number('arr') / 100,
				lastNo: r.number('last_no'),
			};
			return [r.text('owner'), load];
		}),
	);
}

function* daysOfAll(): Work<Map<string, OwnerDay>> {
	const rows = yield* ask('SELECT owner, day, notices, digests FROM dcs_case_days ORDER BY owner');
	return new Map(
		rows.map((row) => {
			const r = reader("owner's day", row);
			const [owner, day] = [r.text('owner'), r.number('day')];
			return [owner, { owner, day, notices: r.number('notices'), digests: r.number('digests') }];
		}),
	);
}

/** The number of the last case that was ever opened, also where it was erased since; 0 before the first. */
export function* lastNo(): Work<number> {
	const [row] = yield* ask("SELECT value FROM dcs_settings WHERE name = 'lastCaseNo'");
	return Number(row?.value ?? 0);
}

export function pendingOf(cases: readonly Case[]): string[] {
	return cases.flatMap(({ pending }) => pending);
}

/** What became of the notices that were handed out. */
export function fatesOf(
	cases: readonly Case[],
	touches: ReadonlyMap<string, Touch>,
	now: number,
): Map<string, NoticeFate> {
	return new Map(pendingOf(cases).map((key) => [key, fateOf(touches.get(storable(key)), now)]));
}

/** One that nobody knows any more reached nobody. */
function fateOf(touch: Touch | undefined, now: number): NoticeFate {
	if (touch === undefined) return { state: 'letGo', attempts: 0 };
	const { state, attempts, leaseUntil = 0, nextAt } = touch;
	if (state === 'sent') return { state: 'arrived', attempts };
	if (state === 'claimed' || state === 'sending')
		return { state: leaseUntil > now ? 'underWay' : 'letGo', attempts };
	// refused for now: its sender asked for some time; refused for good: nobody gets it under this key again
	if (state === 'failed' && nextAt !== undefined)
		return { state: nextAt > now ? 'underWay' : 'letGo', attempts };
	return { state: 'letGo', attempts: Number.MAX_SAFE_INTEGER };
}
