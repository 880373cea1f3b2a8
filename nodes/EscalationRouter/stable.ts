import type { Case } from '../../engine/escalation/case';
import type { Reason } from '../../engine/journeys/memory';
import { daysOf } from '../../engine/tiers/elevation';
import { within } from '../../engine/tiers/facts';

/** P35. */
const STABLE_DAYS = 14;
const STABLE_SCORE = 65;

/** What an account lacks to go back to its digital tier (P35); undefined for nothing. @param health as Health Score adds it */
export function whyNotStable({ no, open }: Case, health: unknown): Reason | undefined {
	if (open)
		return { code: 'case_open', no, text: `Case ${no} is still open: resolve it first (P35)` };
	const score = within(health, 'score');
	const steadyDays = daysOf(within(health, 'steadyDays'));
	if (typeof score === 'number' && score >= STABLE_SCORE && steadyDays >= STABLE_DAYS)
		return undefined;
	const text =
		typeof score === 'number'
			? `The score is ${score} and has been stable for ${steadyDays} days in a row; ${STABLE_SCORE} or more for ${STABLE_DAYS} days are asked for (P35)`
			: 'The item has no health score: put a Health Score node that remembers before this one (P35)';
	return { code: 'not_stable', no, steadyDays, text };
}
