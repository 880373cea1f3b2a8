import { startOfLocalDate } from '../calendar/localTime';
import type { Journey } from './definition';
import type { LastEmail, TouchKind } from './memory';
import type { Step } from './step';

export const HOUR_MS = 3_600_000;

/** No automated e-mail that counts may have gone to the address at `since` or later; ms since 1970. */
export type Cap = { since: number; counts: 'any' | 'notDigest' | 'education' };

/** P04 as the ledger checks it once more when a message is claimed; `zone` is the recipient's. */
export function capsOf(journey: Journey, kind: TouchKind, zone: string, now: number): Cap[] {
	const caps: Cap[] = [];
	if (journey.capHours > 0)
		caps.push({ since: now - journey.capHours * HOUR_MS + 1, counts: 'any' });
	// windows in days roll by local dates: the date `days` ago is free again
	if (kind === 'marketing' && journey.marketingDays > 0) {
		const since = startOfLocalDate(now, 1 - journey.marketingDays, zone);
		caps.push({ since, counts: 'notDigest' });
	}
	return caps;
}

/** From when on the caps let a message of this kind go to an address that was last written to at `last` (P04). */
export function freeAt(
	journey: Journey,
	kind: TouchKind,
	zone: string,
	last: LastEmail | undefined,
): number {
	if (last === undefined) return Number.NEGATIVE_INFINITY;
	const byHours = journey.capHours > 0 ? last.any + journey.capHours * HOUR_MS : -Infinity;
	if (kind !== 'marketing' || journey.marketingDays === 0 || !Number.isFinite(last.notDigest))
		return byHours;
	return Math.max(byHours, startOfLocalDate(last.notDigest, journey.marketingDays, zone));
}

/** P24: so many local dates lie between two education e-mails to one address, whichever accounts it belongs to; 0 for none. */
export function tipDays({ type }: Journey, { when }: Step): number {
	return type === 'education' && when.type === 'everyDays' ? when.days : 0;
}

/** The same as the ledger checks it once more; it counts what bounced for neither. */
export function tipCaps(days: number, zone: string, now: number): Cap[] {
	return days === 0 ? [] : [{ since: startOfLocalDate(now, 1 - days, zone), counts: 'education' }];
}

/** From when on the next tip may go to an address that got its last one at `last.education`. */
export function tipFreeAt(days: number, zone: string, last: LastEmail | undefined): number {
	if (days === 0 || last === undefined || !Number.isFinite(last.education))
		return Number.NEGATIVE_INFINITY;
	return startOfLocalDate(last.education, days, zone);
}
