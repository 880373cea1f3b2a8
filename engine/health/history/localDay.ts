import { DAY_MS, wallClock } from '../../calendar/zone';

/** The local date of `at` in `zone`, in days since 1970: dates that follow each other differ by one, also when clocks change. */
export function localDay(at: number, zone: string): number {
	return Math.floor(wallClock(at, zone) / DAY_MS);
}

const DATE_LENGTH = 10;

/** `2026-03-02` of a local day. */
export function dateOf(day: number): string {
	return new Date(day * DAY_MS).toISOString().slice(0, DATE_LENGTH);
}
