import { DateTime } from 'luxon';

const DAY_MS = 86_400_000;
/** No zone moves its clock by more in one change; beyond this margin the calendar need not be asked. */
const ZONE_MARGIN_MS = 26 * 3_600_000;

/**
 * The same local clock time `days` calendar days later in `zone`, in ms since 1970 (P01: "n days after"). In a
 * daylight-saving gap the time moves on by the gap's length; in an overlap it is the earlier one.
 */
export function addLocalDays(at: number, days: number, zone: string): number {
	return DateTime.fromMillis(at, { zone }).plus({ days }).toMillis();
}

/** Whether `days` local days after `at` have come; asks the calendar only where the answer depends on the zone. */
export function localDaysPassed(at: number, days: number, zone: string, now: number): boolean {
	const roughly = at + days * DAY_MS;
	if (now < roughly - ZONE_MARGIN_MS) return false;
	if (now > roughly + ZONE_MARGIN_MS) return true;
	return now >= addLocalDays(at, days, zone);
}

/** Local calendar days from `from` to `to`: 0 on the same local date. */
export function localDaysBetween(from: number, to: number, zone: string): number {
	const start = DateTime.fromMillis(from, { zone }).startOf('day');
	const end = DateTime.fromMillis(to, { zone }).startOf('day');
	return Math.round(end.diff(start, 'days').days);
}

/** An ISO date or date-time in ms since 1970; without a time it is the start of that local date in `zone` (P01). */
export function parseLocal(text: string | undefined, zone: string): number | undefined {
	if (text === undefined) return undefined;
	const parsed = DateTime.fromISO(text, { zone });
	return parsed.isValid ? parsed.toMillis() : undefined;
}

/** `2026-03-02 09:00` in `zone`, for sentences. */
export function sayTime(at: number, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toFormat('ccc yyyy-MM-dd HH:mm', { locale: 'en' });
}
