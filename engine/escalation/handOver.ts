import type { JourneyEvent, Reason } from '../journeys/memory';
import { currentReasons, type Case, type PersonRef } from './case';
import { caseEvent, caseKey, codesOf } from './caseEvents';
import { routed } from './caseReasons';
import type { Loads } from './loads';
import type { Router } from './memory';
import { addressOf, sharedBy } from './pending';
import { compileSla } from './sla';

/** Stands in `Case.told` for each time that somebody else got the case, counted from 1. */
const REASSIGNED = 'reassigned/';

/**
 * The case with another owner, and what is to be told of that. Its policy and its clocks stay, so that no deadline moves
 * that somebody was told; what was still to arrive at whoever had it is not told again.
 */
export function withOwner(
	one: Case,
	{ to, pool, byHand }: { to: PersonRef; pool: string; byHand: boolean },
): { case: Case; what: string } {
	const times = one.told.filter((id) => id.startsWith(REASSIGNED)).length;
	const what = `${REASSIGNED}${times + 1}`;
	const sla = compileSla(one.sla);
	const isOthers = (key: string): boolean => {
		const told = addressOf(one, key, sla) ?? sharedBy(one, key, sla);
		return told !== undefined && told.to.email !== one.owner.email;
	};
	const pending = one.pending.filter(isOthers);
	const given: Case = { ...one, owner: to, pool, told: [...one.told, what], pending };
	return { case: { ...given, byHand: byHand || undefined }, what };
}

/**
 * Whoever left the policy keeps no case that something new is heard of: it goes to somebody who can take it. Who got it by
 * hand need not be in the policy. Once for each opening, so that two routers with different people do not hand it back and
 * forth.
 * @returns why and what is to be told, nothing where its owner keeps it
 */
export function handOver(
	one: Case,
	{ router, loads, now }: { router: Router; loads: Loads; now: number },
): { case: Case; what?: string; why: readonly Reason[] } {
	const wasHandedOn = one.told.some((id) => id.startsWith(REASSIGNED));
	if (wasHandedOn || one.byHand === true || router.has(one.owner.email))
		return { case: one, why: [] };
	const { kind, priority, facts } = one;
	const wanted = { kind, priority, codes: codesOf(currentReasons(one)) };
	const { owner, pool, reasons } = router.assign(facts, wanted, loads.now, now);
	const given = withOwner(one, { to: owner, pool, byHand: false });
	return { ...given, why: [routed.ownerChanged(one.owner), ...reasons] };
}

/** For the timeline. */
export function reassigned(
	one: Case,
	{ what, by }: { what: string; by?: string },
	now: number,
): JourneyEvent {
	const data = { to: one.owner.email, ...(by === undefined ? {} : { by }) };
	return caseEvent('case_reassigned', one, { id: caseKey(one, what), data }, now);
}
