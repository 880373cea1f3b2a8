import { ACCEPTED, refused, type Verdict } from './call';

/** What was signed longer ago than this may be a copy of an old call (HubSpot's, Stripe's and Standard Webhooks' own limit). */
export const AGE_WINDOW_MS = 5 * 60_000;

/** Whether a timestamp, seconds or ms since 1970 in decimal digits, is at most `windowMs` away, in either direction. */
export function checkAge(
	timestamp: string | undefined,
	unit: 'ms' | 's',
	now: number,
	windowMs: number,
): Verdict {
	if (timestamp === undefined || !/^\d{1,15}$/.test(timestamp)) return refused('badTimestamp');
	const at = Number(timestamp) * (unit === 's' ? 1000 : 1);
	return Math.abs(now - at) <= windowMs ? ACCEPTED : refused('tooOld');
}
