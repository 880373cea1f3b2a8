import { TIER_EVENTS } from '../../engine/tiers/elevation';
import type { CaseChanges } from '../../engine/escalation/memory';
import { CASE_JOURNEY, type CaseDecision, type CaseQuery } from '../ledger';
import { tokenOf } from '../token';
import { CASE_COLUMNS, caseRow } from './caseRows';
import { fatesOf, findCases, pendingOf } from './cases';
import { ask, insert, type Columns, type Work } from './database';
import { recordEvents } from './events';
import { storable } from './rows';
import { claimTouches, confirmTouches, touchesByKey } from './touches';

/** Reads, lets `decide`, and writes. Asks to be alone: who has room is about other cases, and a new case has no row to lock. */
export function* changeCases<Answer>(
	query: CaseQuery,
	decide: CaseDecision<Answer>,
	handOverKeys: readonly string[],
): Work<Answer> {
	const { now, receivedAt = now } = query;
	const found = yield* findCases(query);
	const touches = yield* touchesByKey([...pendingOf(found.cases), ...handOverKeys]);
	const handOvers = new Map(
		handOverKeys.flatMap((key) => {
			const touch = touches.get(storable(key));
			return touch === undefined ? [] : [[key, touch]];
		}),
	);
	const memory = { ...found, fates: fatesOf(found.cases, touches, now) };
	const { changes, claims, confirm, answer } = decide(memory, handOvers);
	yield* writeCases(changes, found.nextNo, receivedAt);
	if (changes.events.length > 0) yield* recordEvents(changes.events, receivedAt);
	if (confirm.length > 0) yield* confirmTouches(confirm, now);
	if (claims.length > 0) yield* claimTouches(claims, now, undefined);
	return answer;
}

const CASE_KEY = ['no'];
const WRITTEN = Object.keys(CASE_COLUMNS)
	.filter((name) => name !== 'no')
	.map((name) => `${name} = excluded.${name}`)
	.join(', ');
const DAY_COLUMNS: Columns = { owner: 'text', day: 'bigint', notices: 'bigint', digests: 'bigint' };

function* writeCases({ cases, days }: CaseChanges, nextNo: number, writtenAt: number): Work<void> {
	const policies = new Map(cases.map(({ sla }) => [tokenOf(sla), sla]));
	yield* insert(
		'dcs_case_policies',
		{ id: 'text', policy: 'text' },
		['id'],
		[...policies].map(([id, policy]) => ({ id, policy })),
		'ON CONFLICT (id) DO NOTHING',
	);
	// first those that are over: an account has at most one open case at any moment
	for (const open of [false, true]) {
		yield* insert(
			'dcs_cases',
			CASE_COLUMNS,
			CASE_KEY,
			cases.filter((one) => one.open === open).map((one) => caseRow(one, writtenAt)),
			`ON CONFLICT (no) DO UPDATE SET ${WRITTEN}`,
		);
	}
	const last = cases.reduce((most, { no }) => Math.max(most, no), 0);
	if (last >= nextNo) {
		yield* ask(
			"INSERT INTO dcs_settings (name, value) VALUES ('lastCaseNo', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
			String(last),
		);
	}
	const lastDays = new Map(days.map((day) => [storable(day.owner), day]));
	yield* insert(
		'dcs_case_days',
		DAY_COLUMNS,
		['owner'],
		[...lastDays].map(([owner, { day, notices, digests }]) => ({ owner, day, notices, digests })),
		'ON CONFLICT (owner) DO UPDATE SET day = excluded.day, notices = excluded.notices, digests = excluded.digests',
	);
}

/** All cases, and what was written down because of them. Their numbers begin at 1 again. */
export function* forgetCases(): Work<void> {
	yield* ask(
		'DELETE FROM dcs_log WHERE touch IN (SELECT key FROM dcs_touches WHERE journey = ?1)',
		CASE_JOURNEY,
	);
	yield* ask('DELETE FROM dcs_touches WHERE journey = ?1', CASE_JOURNEY);
	const [elevated, returned] = TIER_EVENTS;
	yield* ask(
		"DELETE FROM dcs_events WHERE id LIKE 'case/%' AND (type LIKE 'case!_%' ESCAPE '!' OR type IN (?1, ?2))",
		elevated,
		returned,
	);
	for (const table of ['dcs_cases', 'dcs_case_policies', 'dcs_case_days'])
		yield* ask(`DELETE FROM ${table}`);
	yield* ask("DELETE FROM dcs_settings WHERE name = 'lastCaseNo'");
}
