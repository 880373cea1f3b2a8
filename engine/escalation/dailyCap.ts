import { localDay } from '../health/history/localDay';
import type { Case, OwnerDay } from './case';
import type { Router } from './memory';
import { routerPolicySchema } from './policy';
import { compileSla } from './sla';

/** How many single notices of alerts somebody gets on a day of theirs. */
export type DailyCap = Pick<Router, 'dayOf' | 'digestCap'>;

/** Whether single notices of it count for the owner's day, and may wait for the digest: what is urgent or an escalation never. */
export function isCapped({ kind, priority }: Pick<Case, 'kind' | 'priority'>): boolean {
	return kind === 'alert' && priority !== 'urgent';
}

/**
 * The cap where no router is at hand: each owner's days are those of the calendar that their cases run by.
 * @param digestCap left out: what a policy has that says nothing
 */
export function capOf(
	cases: readonly Case[],
	digestCap: number = routerPolicySchema.shape.digestCap.parse(undefined),
): DailyCap {
	const slas = new Map(cases.map(({ owner, sla }) => [owner.email, sla]));
	return {
		digestCap,
		dayOf(owner, now) {
			const sla = slas.get(owner);
			return localDay(now, sla === undefined ? 'UTC' : compileSla(sla).zone);
		},
	};
}

/** The owner's day at `now`. Where a calendar moved to a zone in which it is yesterday, the day that has begun goes on. */
export function ownerDay(
	owner: string,
	{ dayOf }: Pick<DailyCap, 'dayOf'>,
	known: ReadonlyMap<string, OwnerDay>,
	now: number,
): OwnerDay {
	const day = dayOf(owner, now);
	const last = known.get(owner);
	return last !== undefined && last.day >= day ? last : { owner, day, notices: 0, digests: 0 };
}
