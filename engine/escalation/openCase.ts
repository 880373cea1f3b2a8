import type { Router } from './memory';
import { localDaysBetween } from '../calendar/localTime';
import type { Reason } from '../journeys/memory';
import type { Case, CaseFacts, CaseReason, Load } from './case';
import { codesOf } from './caseEvents';
import { routed, sayAt } from './caseReasons';
import { startClocks, weightOf } from './joinReasons';
import { compileSla } from './sla';

/** What opens a case: at least one reason, and what is known of the account. */
export type Opening = {
	/** Of the record that survived. */
	readonly accountId: string;
	readonly facts: CaseFacts;
	readonly reasons: readonly [CaseReason, ...CaseReason[]];
	/** ms since 1970; all clocks start here. */
	readonly now: number;
};

type Opened = { readonly case: Case; readonly reasons: readonly Reason[] };
type Loads = ReadonlyMap<string, Load>;

/** A new case, for whoever the router names (R61, R77). */
export function openCase(
	router: Router,
	no: number,
	{ accountId, facts, reasons, now }: Opening,
	loads: Loads,
): Opened {
	const weight = weightOf(reasons);
	const wanted = { ...weight, codes: codesOf(reasons) };
	const { owner, pool, sla, reasons: why } = router.assign(facts, wanted, loads, now);
	const opened: Case = {
		no,
		accountId,
		open: true,
		...weight,
		owner,
		pool,
		facts,
		openedAt: now,
		...(weight.kind === 'escalation' ? { escalatedAt: now } : {}),
		reopened: 0,
		reasons: [...reasons],
		clocks: startClocks([], reasons, now).clocks,
		pauses: [],
		told: [],
		pending: [],
		sla,
	};
	return { case: opened, reasons: [routed.opened(opened), ...why] };
}

/**
 * The last case goes on: with its number, its policy and its owner, unless that person cannot take it any more. What was
 * resolved stays so: it is as grave and as pressing as the reasons that open it again, and theirs are its clocks.
 */
export function reopenCase(
	router: Router,
	last: Case,
	{ accountId, facts, reasons, now }: Opening,
	loads: Loads,
): Opened {
	const weight = weightOf(reasons);
	const isKept = router.keeps(last.owner.email, facts, loads, now);
	const anew = isKept
		? undefined
		: router.assign(facts, { ...weight, codes: codesOf(reasons) }, loads, now);
	const { owner, pool, sla } = anew ?? last;
	const reopened: Case = {
		...last,
		accountId,
		open: true,
		...weight,
		owner,
		byHand: anew === undefined ? last.byHand : undefined,
		pool,
		sla,
		facts,
		escalatedAt: weight.kind === 'escalation' ? now : undefined,
		resolvedAt: undefined,
		outcome: undefined,
		reopened: last.reopened + 1,
		reasons: [...last.reasons, ...reasons],
		settled: last.reasons.length,
		clocks: startClocks([], reasons, now).clocks,
		acknowledgement: undefined,
		climb: undefined,
		told: [],
		pending: [],
		digest: undefined,
	};
	const since = sayAt(last, last.resolvedAt ?? now);
	const why = anew === undefined ? [] : [routed.ownerChanged(last.owner), ...anew.reasons];
	return { case: reopened, reasons: [routed.reopened(reopened, since), ...why] };
}

/**
 * Whether a new reason opens the last case again: within the policy's days of its end, which are local dates of the
 * case's calendar. With 0 days nothing ever does.
 */
export function reopens({ reopenDays }: Router, last: Case, now: number): boolean {
	if (reopenDays === 0 || last.resolvedAt === undefined) return false;
	return localDaysBetween(last.resolvedAt, now, compileSla(last.sla).zone) <= reopenDays;
}
