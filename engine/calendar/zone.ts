import { IANAZone } from 'luxon';

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const known = new Set<string>();

/** Whether `name` is an IANA zone that this machine knows. Asking Intl takes 50 µs; zones are few and asked about often. */
export function isZone(name: string): boolean {
	if (known.has(name)) return true;
	if (!IANAZone.isValidZone(name)) return false;
	known.add(name);
	return true;
}

/** Per zone and UTC day the offset that holds all day; undefined for the few days on which it changes. */
const steady = new Map<string, Map<number, number | undefined>>();

/**
 * Offset of `zone` from UTC at `at`, in ms. Asking Intl takes microseconds, and a sweep over a hundred thousand accounts
 * asks a million times, so the answer is kept for each day without a change of clocks.
 */
export function offsetAt(at: number, zone: string): number {
	let days = steady.get(zone);
	if (days === undefined) {
		days = new Map();
		steady.set(zone, days);
	}
	const day = Math.floor(at / DAY_MS);
	let offset = days.get(day);
	if (offset === undefined && !days.has(day)) {
		const first = askIntl(day * DAY_MS, zone);
		offset = first === askIntl((day + 1) * DAY_MS, zone) ? first : undefined;
		days.set(day, offset);
	}
	return offset ?? askIntl(at, zone);
}

/** The wall clock at `at` as if it were UTC: its date and time of day are plain arithmetic. */
export function wallClock(at: number, zone: string): number {
	return at + offsetAt(at, zone);
}

/**
 * The moment at which the wall clock of `zone` shows `wall`. A time that comes twice is the earlier one if `near` is in
 * force then; one that is skipped moves on by the length of the gap, as in luxon.
 */
export function fromWallClock(wall: number, zone: string, near: number): number {
	const first = wall - near;
	const offset = offsetAt(first, zone);
	if (offset === near) return first;
	const second = wall - offset;
	const again = offsetAt(second, zone);
	return again === offset ? second : wall - Math.min(offset, again);
}

/** The same for a time that somebody wrote: one that comes twice is the earlier one. */
export function earliestOf(wall: number, zone: string): number {
	return fromWallClock(wall, zone, offsetAt(wall - DAY_MS, zone));
}

function askIntl(at: number, zone: string): number {
	return IANAZone.create(zone).offset(at) * MINUTE_MS;
}
