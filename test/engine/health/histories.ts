import type { AccountHistory } from '../../../engine/health/remembered';

/** A memory of the values of days: the first of each list is today's, the next yesterday's. NaN: not known. */
export function historyOf(days: Record<string, readonly number[]>): AccountHistory {
	const valuesOf = (signal: string): readonly number[] => days[signal] ?? [];
	const lastDaysAgo = (signal: string): number => {
		const place = valuesOf(signal).findIndex((value) => !Number.isNaN(value));
		return place === -1 ? NaN : place;
	};
	return {
		valueAt: (signal, daysAgo) => valuesOf(signal)[daysAgo] ?? NaN,
		lastDaysAgo,
		lastValue: (signal) => valuesOf(signal)[lastDaysAgo(signal)] ?? NaN,
	};
}
