import { INVALID, STALE } from './cells';
import type { Facts } from './fields';
import type { Measured } from './measure';
import type { Policy, Signal } from './model';

/**
 * What memory knows of one account's signals. Days are local dates of the program: 0 is today, 1 yesterday. It is asked
 * about one account at a time, so one object may serve them all in turn.
 */
export type AccountHistory = {
	/** The signal's value of that day; NaN where none was known. Asked up to `Remembered.days` days back. */
	valueAt(signal: string, daysAgo: number): number;
	/** The last value known, from today or earlier, and how many days ago that was; NaN where none ever was. */
	lastValue(signal: string): number;
	lastDaysAgo(signal: string): number;
};

/** Finds what memory knows of an account; undefined where it knows nothing. */
export type HistoryOf = (account: Facts) => AccountHistory | undefined;

/** A signal whose values a memory has to keep: one a day for so many days back, or the last known for so many. */
export type Remembered = {
	readonly signal: string;
	readonly days: number;
	readonly lastKnownDays: number;
};

/** Monday of the week before last is at most 20 days back. */
const TWO_CLOSED_WEEKS = 20;

/** What own baselines, weeks and last known values need, in the order of `signals`. */
export function rememberedOf(signals: readonly Signal[]): Remembered[] {
	return signals.flatMap((signal) => {
		const days = daysNeeded(signal);
		const lastKnownDays = Math.max(
			...[signal.missing, signal.stale, signal.invalid].map(lastKnownOf),
		);
		return days + lastKnownDays === 0 ? [] : [{ signal: signal.id, days, lastKnownDays }];
	});
}

/** Whether the signal compares with what only memory knows. */
export function comparesWithMemory({ curve, of }: Signal): boolean {
	return of === undefined && (curve.type === 'baseline' || curve.type === 'weekChange');
}

function daysNeeded(signal: Signal): number {
	if (!comparesWithMemory(signal)) return 0;
	return signal.curve.type === 'baseline' ? signal.curve.days : TWO_CLOSED_WEEKS;
}

/** How old a last known value may be under a policy; 0 where it asks for none. */
export function lastKnownOf(policy: Policy): number {
	return typeof policy === 'object' ? policy.lastKnown : 0;
}

/**
 * Writes what a memory has to keep of the account measured last into `today`: the field's number where it is compared
 * with memory, else what was measured. What is stale or invalid is not worth remembering.
 */
export function compileToday(
	signals: readonly Signal[],
	remembered: readonly Remembered[],
	{ values, raws }: Measured,
	today: Float64Array,
): () => void {
	const places = remembered.map(({ signal: id }) => signals.findIndex((one) => one.id === id));
	const isRaw = places.map((place) => {
		const signal = signals[place];
		return signal !== undefined && comparesWithMemory(signal);
	});
	return () => {
		for (let index = 0; index < places.length; index++) {
			const place = places[index] ?? 0;
			const value = values[place] ?? NaN;
			const known = value !== INVALID && value !== STALE;
			today[index] = !known ? NaN : isRaw[index] === true ? (raws[place] ?? NaN) : value;
		}
	};
}
