import type { JourneyEvent, Reason } from '../journeys/memory';
import type { Case, Clock, PersonRef } from './case';
import { caseEvent, caseKey, elapsedMinutes, type ElapsedMinutes } from './caseEvents';
import { routed } from './caseReasons';
import { returned } from './elevations';
import { reassigned, withOwner } from './handOver';
import type { Notice } from './memory';
import { refusals } from './refusals';
import { rescheduled } from './schedule';
import { unpaused } from './unpaused';
import { isPaused } from './nextStep';
import { compileSla } from './sla';

/** What a person did with a case, or why nothing was done; what was done already is refused, and does no harm. */
export type Answer =
	| {
			readonly case: Case;
			readonly events: readonly JourneyEvent[];
			/** How long it took, since the first clock it answers. */
			readonly elapsed?: ElapsedMinutes;
			/** To be handed out under a lease. */
			readonly notice?: Notice;
	  }
	| { readonly refused: Reason };

/**
 * Somebody took note: all clocks that run are acknowledged, nobody further up is told, and what was still to arrive or
 * waits for the digest is not told any more.
 * @param by address of whoever it was
 * @param now ms since 1970
 */
export function acknowledge(one: Case, by: string, now: number): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	if (one.acknowledgement !== undefined) return { refused: refusals.acknowledged(one) };
	const since = firstStart(one.clocks.filter(({ acknowledgedAt }) => acknowledgedAt === undefined));
	const after = rescheduled(acknowledged(one, by, now), now);
	const elapsed = since === undefined ? undefined : elapsedMinutes(one, since, now);
	const id = caseKey(one, `acknowledged/${one.clocks.length}/${now}`);
	const event = caseEvent('case_acknowledged', after, { id, data: { by, elapsed } }, now);
	return { case: after, events: [event], elapsed };
}

/** A human spoke to the customer, which R63 and R69 measure. Acknowledges as well, where nobody had. */
export function recordTouch(one: Case, by: string, now: number): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	const untouched = one.clocks.filter(({ touchedAt }) => touchedAt === undefined);
	const { targetOf } = compileSla(one.sla);
	const asked = untouched.filter((clock) => targetOf(clock, 'touch') !== undefined);
	const since = firstStart(asked.length > 0 ? asked : untouched);
	const noted = acknowledged(one, by, now);
	const touched: Case = {
		...noted,
		clocks: noted.clocks.map((clock) =>
			clock.touchedAt === undefined ? { ...clock, touchedAt: notBefore(clock, now) } : clock,
		),
		firstTouchAt: one.firstTouchAt ?? now,
		lastTouchAt: Math.max(one.lastTouchAt ?? now, now),
	};
	const after = rescheduled(touched, now);
	const elapsed = since === undefined ? undefined : elapsedMinutes(one, since, now);
	const id = caseKey(one, `touched/${one.clocks.length}/${now}`);
	const event = caseEvent('case_touched', after, { id, data: { by, elapsed } }, now);
	return { case: after, events: [event], elapsed };
}

/** The customer is to answer: every clock stands still until `resume`. */
export function pause(one: Case, now: number): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	if (isPaused(one)) return { refused: refusals.paused(one) };
	// pauses are apart from each other, also where somebody's clock is behind
	const from = Math.max(now, one.pauses.at(-1)?.to ?? now);
	const after = rescheduled({ ...one, pauses: [...one.pauses, { from }] }, now);
	const id = caseKey(one, `paused/${after.pauses.length}`);
	return { case: after, events: [caseEvent('case_paused', after, { id }, now)] };
}

/** Clocks run on. */
export function resume(one: Case, now: number): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	if (!isPaused(one)) return { refused: refusals.notPaused(one) };
	const after = rescheduled(unpaused(one, now), now);
	const id = caseKey(one, `resumed/${after.pauses.length}`);
	return { case: after, events: [caseEvent('case_resumed', after, { id }, now)] };
}

/**
 * It is over, and journeys may go on (`case_resolved`). Whoever resolves it has taken note of it; that somebody spoke to
 * the customer does not follow.
 */
export function resolve(
	one: Case,
	{ by, outcome }: { readonly by: string; readonly outcome: string },
	now: number,
): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	const noted = unpaused(acknowledged(one, by, now), now);
	const over = { untold: undefined, nextLook: undefined };
	const after: Case = { ...noted, open: false, resolvedAt: now, outcome, ...over };
	const elapsed = elapsedMinutes(one, firstStart(one.clocks) ?? now, now);
	const id = `case/${one.no}/resolved/${one.reopened}`;
	const event = caseEvent('case_resolved', after, { id, data: { by, outcome, elapsed } }, now);
	return { case: after, events: [event], elapsed };
}

/**
 * Somebody else has it from now on, anybody, and is told: of what waited for a digest too. Its policy and its clocks go on,
 * with what was told and who took note.
 */
export function reassign(
	one: Case,
	{ to, by }: { readonly to: PersonRef; readonly by: string },
	now: number,
): Answer {
	if (!one.open) return { refused: refusals.resolved(one) };
	if (to.email === one.owner.email) return { refused: refusals.owned(one) };
	const { case: given, what } = withOwner(one, { to, pool: '', byHand: true });
	const key = caseKey(one, what);
	const pending = [...given.pending, key];
	const after = rescheduled({ ...given, pending, digest: undefined }, now);
	const reasons = [routed.reassigned(after, one.owner)];
	return {
		case: after,
		events: [reassigned(after, { what, by }, now)],
		notice: { key, event: 'reassigned', to, cases: [after], attempt: 1, reasons },
	};
}

/** Stands in `Case.told` of a case whose account went back. */
const RETURNED = 'returned';

/**
 * The account goes back to its digital tier (R17, P35), before its health would have let it. A case that is still open is
 * resolved by that.
 */
export function handBack(
	one: Case,
	{ by, outcome }: { readonly by: string; readonly outcome: string },
	now: number,
): Answer {
	// an earlier opening may be what took it out of its tier
	if (!one.reasons.some(({ kind }) => kind === 'escalation'))
		return { refused: refusals.neverHandedOver(one) };
	if (one.told.includes(RETURNED)) return { refused: refusals.handedBack(one) };
	const answer = one.open ? resolve(one, { by, outcome }, now) : { case: one, events: [] };
	if ('refused' in answer) return answer;
	const after: Case = { ...answer.case, told: [...answer.case.told, RETURNED] };
	return { ...answer, case: after, events: [...answer.events, returned(after, by, now)] };
}

function acknowledged(one: Case, by: string, now: number): Case {
	return {
		...one,
		clocks: one.clocks.map((clock) =>
			clock.acknowledgedAt === undefined
				? { ...clock, acknowledgedAt: notBefore(clock, now) }
				: clock,
		),
		acknowledgement: one.acknowledgement ?? { at: now, by },
		climb: undefined,
		pending: [],
		digest: one.digest === 'waiting' ? undefined : one.digest,
	};
}

/** Clocks of two machines differ: nothing is done before it was asked for. */
function notBefore({ startedAt }: Clock, now: number): number {
	return Math.max(startedAt, now);
}

function firstStart(clocks: readonly Clock[]): number | undefined {
	return clocks.length === 0 ? undefined : Math.min(...clocks.map(({ startedAt }) => startedAt));
}
