import { ACCEPTED, refused, type Verdict } from './call';

/** What was signed longer ago than this may be a copy of an old call (HubSpot's, Stripe's and Standard Webhooks' own limit). */
export const AGE_WINDOW_MS = 5 * 60_000;

/** Seconds since 1970 have so many digits from the year 5138 on; milliseconds have had them since 1973. */
const DIGITS_OF_MS = 12;

/** Whether a timestamp, seconds or ms since 1970 in decimal digits (`either`: as many as it has tell which), is at most `windowMs` away, in either direction. */
export function checkAge(
	timestamp: string | undefined,
	unit: 'ms' | 's' | 'either',
	now: number,
	windowMs: number,
): Verdict {
	if (timestamp === undefined || !/^\d{1,15}$/.test(timestamp)) return refused('badTimestamp');
	const isMs = unit === 'either' ? timestamp.length >= DIGITS_OF_MS : unit === 'ms';
	const at = Number(timestamp) * (isMs ? 1 : 1000);
	return Math.abs(now - at) <= windowMs ? ACCEPTED : refused('tooOld');
}
