import type { JourneyEvent, Reason } from '../journeys/memory';
import { currentReasons, type Case } from './case';
import { caseEvent, caseKey, codesOf } from './caseEvents';
import { routed } from './caseReasons';
import type { Loads } from './loads';
import type { Router } from './memory';

/**
 * Whoever left the policy keeps no case that something more is heard of: it goes to somebody who can take it. Its clocks
 * and its policy stay, so that no deadline moves that somebody was told.
 * @returns why, nothing where its owner keeps it
 */
export function handOver(
	one: Case,
	{ router, loads, now }: { router: Router; loads: Loads; now: number },
): { case: Case; why: readonly Reason[] } {
	if (router.has(one.owner.email)) return { case: one, why: [] };
	const { kind, priority, facts } = one;
	const wanted = { kind, priority, codes: codesOf(currentReasons(one)) };
	const { owner, pool, reasons } = router.assign(facts, wanted, loads.now, now);
	return { case: { ...one, owner, pool }, why: [routed.ownerChanged(one.owner), ...reasons] };
}

/** For the timeline. */
export function reassigned(one: Case, now: number): JourneyEvent {
	return caseEvent('case_reassigned', one, { id: caseKey(one, `reassigned/${now}`) }, now);
}
