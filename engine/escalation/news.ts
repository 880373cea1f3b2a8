import type { Router } from './memory';
import type { Reason } from '../journeys/memory';
import type { CaseFacts, CaseReason } from './case';
import { factsOf, newReasons, type Family } from './families';

/** What the calls of one account tell that its cases do not hold. */
export type News = {
	readonly facts: CaseFacts;
	/** By call, in their order: its new reasons, as pressing as the router finds them, and why. */
	readonly byCall: readonly { readonly reasons: readonly CaseReason[]; readonly why: Reason[] }[];
	/** Those of all calls. */
	readonly reasons: readonly CaseReason[];
};

/** @param before what was known of the account when its case was routed last */
export function newsOf(
	router: Router,
	family: Family,
	before: CaseFacts | undefined,
	now: number,
): News {
	const facts = factsOf(family, before);
	const byCall = newReasons(family).map((its) => {
		const found = its.map((reason) => {
			const { priority: stated, kind, code } = reason;
			const { priority, reasons: why } = router.priorityOf(facts, stated, kind, code, now);
			return { reason: { ...reason, priority }, why };
		});
		return {
			reasons: found.map(({ reason }) => reason),
			why: found.flatMap(({ why }) => why),
		};
	});
	return { facts, byCall, reasons: byCall.flatMap(({ reasons }) => reasons) };
}
