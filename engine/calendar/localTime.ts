import { DateTime } from 'luxon';
import { DAY_MS, earliestOf, fromWallClock, offsetAt, wallClock } from './zone';

/** No zone moves its clock by more in one change; beyond this margin the calendar need not be asked. */
const ZONE_MARGIN_MS = 26 * 3_600_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** How nearly every system writes dates and times; anything rarer is left to luxon. */
const PLAIN_TIME =
	/^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?)(Z)?)?$/;
/** A whole date in front, also by week or by day of the year; what a text leaves out, luxon takes from the clock. */
const WHOLE_DATE = /^\d{4}(?:-\d\d-\d\d|-W\d\d-\d|-\d{3}|\d{4})(?!\d)/;

/**
 * The same local clock time `days` calendar days later in `zone`, in ms since 1970 (P01: "n days after"). In a
 * daylight-saving gap the time moves on by the gap's length; in an overlap it is the earlier one.
 */
export function addLocalDays(at: number, days: number, zone: string): number {
	const whole = Math.trunc(days);
	const offset = offsetAt(at, zone);
	const moved = whole === 0 ? at : fromWallClock(at + offset + whole * DAY_MS, zone, offset);
	return moved + Math.round((days - whole) * DAY_MS);
}

/** The same local clock time so many calendar months later in `zone`, clamped to the month's last day (P01). */
export function addLocalMonths(at: number, months: number, zone: string): number {
	if (months === 0) return at;
	return DateTime.fromMillis(at, { zone }).plus({ months }).toMillis();
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
	return Math.floor(wallClock(to, zone) / DAY_MS) - Math.floor(wallClock(from, zone) / DAY_MS);
}

/** The start of the local date `days` calendar days after the one of `at`, for windows that roll by dates. */
export function startOfLocalDate(at: number, days: number, zone: string): number {
	const offset = offsetAt(at, zone);
	return fromWallClock((Math.floor((at + offset) / DAY_MS) + days) * DAY_MS, zone, offset);
}

/**
 * The start of the local date so many calendar months, and then days, before the one of `at`: the 31st of August is six
 * months after the last of February (P01).
 */
export function startOfDateBefore(
	at: number,
	{ months, days }: { months: number; days: number },
	zone: string,
): number {
	if (months === 0) return startOfLocalDate(at, -days, zone);
	const date = DateTime.fromMillis(at, { zone }).startOf('day').minus({ months });
	return startOfLocalDate(date.toMillis(), -days, zone);
}

/**
 * A whole date, with or without a time, as ISO 8601 or SQL writes it, in ms since 1970; without a time it is the start
 * of that local date in `zone` (P01). The clock has no part in it: `12` and `2026-03` are no dates.
 */
export function parseLocal(text: string | undefined, zone: string): number | undefined {
	if (text === undefined) return undefined;
	const trimmed = text.trim();
	const plain = PLAIN_TIME.exec(trimmed);
	if (plain !== null) {
		const wall = plainWall(plain);
		return wall === undefined || plain[3] !== undefined ? wall : earliestOf(wall, zone);
	}
	const parsed = byLuxon(trimmed, zone);
	return parsed?.isValid === true ? parsed.toMillis() : undefined;
}

/** Whether `text` is a whole date or date-time that exists, as ISO 8601 or SQL writes it. */
export function isIsoTime(text: string): boolean {
	const trimmed = text.trim();
	const plain = PLAIN_TIME.exec(trimmed);
	return plain === null
		? byLuxon(trimmed, 'utc')?.isValid === true
		: plainWall(plain) !== undefined;
}

function byLuxon(text: string, zone: string): DateTime | undefined {
	if (!WHOLE_DATE.test(text)) return undefined;
	return text.includes(' ') ? DateTime.fromSQL(text, { zone }) : DateTime.fromISO(text, { zone });
}

/** What a plain text shows, as if it were UTC; undefined for a date that no calendar has. */
function plainWall([, date = '', time = '00:00']: RegExpExecArray): number | undefined {
	const wall = Date.parse(`${date}T${time}Z`);
	// Date takes 30 February for 2 March
	return new Date(wall).getUTCDate() === Number(date.slice(8, 10)) ? wall : undefined;
}

/** `Mon 2026-03-02 09:00` in `zone`, for sentences. */
export function sayTime(at: number, zone: string): string {
	const wall = new Date(wallClock(at, zone));
	const [date = '', time = ''] = wall.toISOString().split('T');
	return `${WEEKDAYS[wall.getUTCDay()] ?? ''} ${date} ${time.slice(0, 5)}`;
}
