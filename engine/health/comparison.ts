import { DAY_MS, wallClock } from '../calendar/zone';
import type { Signal } from './model';
import { comparesWithMemory, type AccountHistory } from './remembered';

/** What a signal is measured against: today's value divided by `whole`, or the quotient itself where today is not asked. */
export type Comparison = {
	/** NaN where memory knows too little. */
	wholeOf(history: AccountHistory): number;
	/** NaN unless the quotient follows from closed days alone. */
	quotientOf(history: AccountHistory): number;
};

/** Days of a week that both weeks must have, else their sums say too little. */
const PAIRS_NEEDED = 5;
const DAYS_PER_WEEK = 7;

/**
 * How a signal that compares with memory does so; undefined for any other.
 * @param now ms since 1970
 * @param zone IANA zone of the program, whose Monday begins a week (P03)
 */
export function compileComparison(
	signal: Signal,
	now: number,
	zone: string,
): Comparison | undefined {
	const { curve, id } = signal;
	if (!comparesWithMemory(signal)) return undefined;
	if (curve.type === 'baseline') {
		const { days, atLeastDays } = curve;
		return {
			wholeOf: (history) => ownMean(history, id, days, atLeastDays),
			quotientOf: () => NaN,
		};
	}
	if (curve.type !== 'weekChange') return undefined;
	const { atLeast, counts } = curve;
	const sunday = weekdayOf(now, zone);
	return counts === 'week'
		? { wholeOf: (history) => lastWeeksValue(history, id, sunday, atLeast), quotientOf: () => NaN }
		: { wholeOf: () => NaN, quotientOf: (history) => weekOnWeek(history, id, sunday, atLeast) };
}

/** The mean of the days before today that are known; a day that is not known is not zero. */
function ownMean(history: AccountHistory, id: string, days: number, atLeastDays: number): number {
	let sum = 0;
	let known = 0;
	for (let daysAgo = 1; daysAgo <= days; daysAgo++) {
		const value = history.valueAt(id, daysAgo);
		if (!Number.isFinite(value)) continue;
		sum += value;
		known++;
	}
	return known >= atLeastDays && sum > 0 ? sum / known : NaN;
}

/** What the field showed last in the week before this one: the figure of the week before the closed one. */
function lastWeeksValue(
	history: AccountHistory,
	id: string,
	sunday: number,
	atLeast: number,
): number {
	for (let daysAgo = sunday; daysAgo < sunday + DAYS_PER_WEEK; daysAgo++) {
		const value = history.valueAt(id, daysAgo);
		if (Number.isFinite(value)) return value >= atLeast ? value : NaN;
	}
	return NaN;
}

/** The closed week divided by the one before, over the weekdays that both weeks have. */
function weekOnWeek(history: AccountHistory, id: string, sunday: number, atLeast: number): number {
	let closed = 0;
	let before = 0;
	let pairs = 0;
	for (let daysAgo = sunday; daysAgo < sunday + DAYS_PER_WEEK; daysAgo++) {
		const one = history.valueAt(id, daysAgo);
		const other = history.valueAt(id, daysAgo + DAYS_PER_WEEK);
		if (!Number.isFinite(one) || !Number.isFinite(other)) continue;
		closed += one;
		before += other;
		pairs++;
	}
	return pairs >= PAIRS_NEEDED && before >= atLeast ? closed / before : NaN;
}

/** 1 on a Monday to 7 on a Sunday: so many days ago the last closed week ended. */
function weekdayOf(now: number, zone: string): number {
	// 1 January 1970 was a Thursday
	const day = Math.floor(wallClock(now, zone) / DAY_MS) + 3;
	return (((day % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK) + 1;
}
