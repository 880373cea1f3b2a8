import { DateTime } from 'luxon';

export const DAY_MS = 86_400_000;

/** `2026-03-01`, also with `T09:30:00Z` or `T09:30:00.000Z`: what APIs send, read without a calendar library. */
const DATE_LENGTH = 10;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * An ISO date or date-time, or a Date, in ms since 1970; NaN when it is no time. Without a zone it is read as UTC: a
 * score counts whole days, and must not depend on where the server stands.
 */
export function readInstant(value: unknown): number {
	if (typeof value === 'string') {
		const quick = quickIso(value);
		return Number.isNaN(quick) ? DateTime.fromISO(value, { zone: 'utc' }).toMillis() : quick;
	}
	if (typeof value !== 'object') return NaN;
	if (value instanceof Date) return value.getTime();
	return DateTime.isDateTime(value) ? value.toMillis() : NaN;
}

function quickIso(text: string): number {
	const { length } = text;
	if (length < DATE_LENGTH || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 2);
	const day = digits(text, 8, 2);
	// NaN fails every comparison, so anything odd goes to the calendar library
	if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1)) return NaN;
	if (day > (DAYS_IN_MONTH[month - 1] ?? 0)) return NaN;
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	if (month === 2 && day === 29 && !leap) return NaN;
	const leapDaysBefore = (y: number): number =>
		Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
	const date =
		(year - 1970) * 365 +
		leapDaysBefore(year - 1) -
		leapDaysBefore(1969) +
		(DAYS_BEFORE_MONTH[month - 1] ?? 0) +
		(leap && month > 2 ? 1 : 0) +
		day -
		1;
	return date * DAY_MS + (length === DATE_LENGTH ? 0 : quickClock(text));
}

function quickClock(text: string): number {
	const { length } = text;
	const withMillis = length === 24 && text.charCodeAt(19) === 46;
	if (!(length === 20 || withMillis) || text.charCodeAt(length - 1) !== 90) return NaN;
	if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58)
		return NaN;
	const hours = digits(text, 11, 2);
	const minutes = digits(text, 14, 2);
	const seconds = digits(text, 17, 2);
	if (!(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
	return ((hours * 60 + minutes) * 60 + seconds) * 1000 + (withMillis ? digits(text, 20, 3) : 0);
}

function digits(text: string, from: number, count: number): number {
	let number = 0;
	for (let index = from; index < from + count; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (!(digit >= 0 && digit <= 9)) return NaN;
		number = number * 10 + digit;
	}
	return number;
}
