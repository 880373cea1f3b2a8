import type { Case } from './case';
import { compileSla } from './sla';
import { nextTelling } from './tellings';

/** For so long a notice belongs to whoever got it to send; then it is handed out again (rule 5). */
export const LEASE_MS = 15 * 60_000;

/**
 * The case with the moment at which it has to be looked at next: when something is to be told of it, which may have come
 * already, or when a notice that is underway may have got lost.
 * @param leaseEnd when that may be, ms since 1970
 */
export function scheduled(one: Case, leaseEnd: number): Case {
	if (!one.open) return one.nextLook === undefined ? one : { ...one, nextLook: undefined };
	const telling = nextTelling(one, compileSla(one.sla));
	const next = Math.min(
		telling?.at ?? Infinity,
		one.pending.length > 0 ? leaseEnd : Infinity,
		// at once
		one.untold === undefined ? Infinity : one.openedAt,
	);
	return { ...one, nextLook: next === Infinity ? undefined : Math.ceil(next) };
}

/** The same after somebody did something with it, which puts off no notice that may be lost. */
export function rescheduled(one: Case, now: number): Case {
	return scheduled(one, Math.min(one.nextLook ?? Infinity, now + LEASE_MS));
}
