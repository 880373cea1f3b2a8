import { DateTime } from 'luxon';
import { parseLocal } from '../calendar/localTime';
import { DAY_MS } from '../calendar/zone';

/** `2026-03-01`, also with `T09:30:00Z` or `T09:30:00.000Z`: what APIs send, read without a calendar library. */
const DATE_LENGTH = 10;
const DASH = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;
/** 1969 / 4 − 1969 / 100 + 1969 / 400, whole. */
const LEAP_DAYS_BEFORE_1970 = 477;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds since 1970 as CRMs write them: thirteen digits, from September 2001 on. */
const EPOCH_MILLISECONDS = /^\d{13}$/;

/**
 * A date or date-time (see `parseLocal`), a Date, or ms since 1970 of thirteen digits, in ms since 1970; NaN when it is
 * no time. Without a zone it is read as UTC: a score counts whole days, and must not depend on where the server stands.
 */
export function readInstant(value: unknown): number {
	if (typeof value !== 'string') return instantOf(value);
	const quick = quickIso(value);
	return quick === quick ? quick : readText(value, 'UTC');
}

/** The same in a zone: a date without a time is a local date (P01). */
export function readLocal(value: unknown, zone: string): number {
	return typeof value === 'string' ? readText(value, zone) : instantOf(value);
}

function readText(text: string, zone: string): number {
	return parseLocal(text, zone) ?? (EPOCH_MILLISECONDS.test(text.trim()) ? Number(text) : NaN);
}

function instantOf(value: unknown): number {
	if (typeof value === 'number') return EPOCH_MILLISECONDS.test(String(value)) ? value : NaN;
	if (typeof value !== 'object') return NaN;
	if (value instanceof Date) return value.getTime();
	return DateTime.isDateTime(value) ? value.toMillis() : NaN;
}

/** NaN for every other spelling and for impossible dates, which the calendar library then judges. */
function quickIso(text: string): number {
	const { length } = text;
	if (length < DATE_LENGTH || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH)
		return NaN;
	const century = twoDigits(text, 0);
	const year = century * 100 + twoDigits(text, 2);
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	if (century < 0 || year < 1970 || month < 1 || month > 12 || day < 1) return NaN;
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const daysInMonth = month === 2 && !leap ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0);
	if (day > daysInMonth) return NaN;
	const before = year - 1;
	const leapDays = (before >> 2) - Math.trunc(before / 100) + Math.trunc(before / 400);
	const leapDay = leap && month > 2 ? 1 : 0;
	const yearStart = (year - 1970) * 365 + leapDays - LEAP_DAYS_BEFORE_1970;
	const date = yearStart + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay + day - 1;
	if (length === DATE_LENGTH) return date * DAY_MS;
	const millis = quickClock(text);
	return millis < 0 ? NaN : date * DAY_MS + millis;
}

/** Milliseconds since midnight of `…T09:30:00Z` or `…T09:30:00.000Z`; negative for every other spelling. */
function quickClock(text: string): number {
	const { length } = text;
	if (length !== 20 && length !== 24) return -1;
	if (text.charCodeAt(10) !== LETTER_T || text.charCodeAt(length - 1) !== LETTER_Z) return -1;
	if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return -1;
	const hours = twoDigits(text, 11);
	const minutes = twoDigits(text, 14);
	const seconds = twoDigits(text, 17);
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59)
		return -1;
	const millis = ((hours * 60 + minutes) * 60 + seconds) * 1000;
	if (length === 20) return millis;
	const hundredths = twoDigits(text, 20);
	const last = text.charCodeAt(22) - ZERO;
	if (text.charCodeAt(19) !== POINT || hundredths < 0 || last < 0 || last > 9) return -1;
	return millis + hundredths * 10 + last;
}

/** Two digits at a place of a text as a number; far below zero where there are none. */
function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - ZERO;
	const ones = text.charCodeAt(at + 1) - ZERO;
	if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -10_000;
	return tens * 10 + ones;
}
