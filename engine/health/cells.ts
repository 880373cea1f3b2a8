import { isMissing } from '../accounts/missing';
import { fold } from './curveSchema';
import { DAY_MS } from '../calendar/zone';
import { readInstant } from './instant';

/**
 * What a signal has to say about one account: a finite number, or one of three kinds of nothing, which are kept
 * apart (design, "Missing is not zero"). They are numbers, so that reading a base of accounts allocates nothing.
 */
export const MISSING = NaN;
export const INVALID = Infinity;
export const STALE = -Infinity;

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

export function readNumber(value: unknown): number {
	if (typeof value === 'number') return value - value === 0 ? value : INVALID;
	if (isMissing(value)) return MISSING;
	// a CSV knows only text; anything but a plain decimal number is not guessed at
	return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : INVALID;
}

export function readYesNo(value: unknown): number {
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (isMissing(value)) return MISSING;
	const word = typeof value === 'string' ? fold(value) : value;
	if (word === 'yes' || word === 'true' || word === 1 || word === '1') return 1;
	return word === 'no' || word === 'false' || word === 0 || word === '0' ? 0 : INVALID;
}

/** Whole days since the date; up to a day ahead of `now` (zones and clocks differ) is today, later is impossible. */
export function readDays(value: unknown, now: number): number {
	const at = readInstant(value);
	if (at !== at) return isMissing(value) ? MISSING : INVALID;
	if (at > now + DAY_MS) return INVALID;
	return at >= now ? 0 : Math.floor((now - at) / DAY_MS);
}

/** @param other what a word stands for that is not among `places` */
export function readCategory(
	value: unknown,
	places: ReadonlyMap<string, number>,
	other: number,
): number {
	const word =
		typeof value === 'string'
			? value
			: typeof value === 'number' || typeof value === 'boolean'
				? String(value)
				: undefined;
	// a list may say itself what NA stands for
	const place = word === undefined ? undefined : places.get(fold(word));
	if (place !== undefined) return place;
	if (isMissing(value)) return MISSING;
	return word === undefined ? INVALID : other;
}
