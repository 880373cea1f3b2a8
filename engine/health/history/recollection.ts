import type { AccountHistory, Remembered } from '../remembered';
import type { HealthMemory, Known } from './memory';

/** What memory knows of one account's signals, as a scorer asks for it. One object serves all accounts in turn. */
export class Recollection implements AccountHistory {
	private memory: HealthMemory | undefined;
	/** From today back to the last day of the memory. */
	private ahead = 0;
	// a baseline asks for one signal many times in a row
	private signal = '';
	private list: readonly (number | null)[] | undefined;

	/** @param today local date of the program, in days since 1970 */
	constructor(private readonly today: number) {}

	/** The account asked about from now on. */
	of({ day, memory }: Known): this {
		this.memory = memory;
		this.ahead = this.today - day;
		this.signal = '';
		return this;
	}

	valueAt(signal: string, daysAgo: number): number {
		if (signal !== this.signal) {
			this.signal = signal;
			this.list = valuesOf(this.memory, signal);
		}
		const back = daysAgo - this.ahead;
		const { list } = this;
		if (back < 0 || list === undefined) return NaN;
		return list[list.length - 1 - back] ?? NaN;
	}

	lastValue(signal: string): number {
		return lastOf(this.memory, signal)?.[1] ?? NaN;
	}

	lastDaysAgo(signal: string): number {
		const day = lastOf(this.memory, signal)?.[0] ?? NaN;
		// what a later day knows was not known yet
		return day <= this.today ? this.today - day : NaN;
	}
}

/** Whether a signal has a value today that memory does not have for today yet; a day's first value counts. */
export function hasNews(
	known: Known | undefined,
	remembered: readonly Remembered[],
	today: ArrayLike<number>,
	day: number,
): boolean {
	for (let index = 0; index < remembered.length; index++) {
		const one = remembered[index];
		if (one === undefined || !Number.isFinite(today[index])) continue;
		if (known?.day !== day) return true;
		const { signal, days, lastKnownDays } = one;
		if (days > 0 && typeof valuesOf(known.memory, signal)?.at(-1) !== 'number') return true;
		if (lastKnownDays > 0 && lastOf(known.memory, signal)?.[0] !== day) return true;
	}
	return false;
}

/**
 * The values with those of `day`, which is the memory's last day or a later one.
 * @param remembered what has to be kept, and `today` its values in the same order, NaN where there is none
 */
export function valuesWith(
	known: Known | undefined,
	remembered: readonly Remembered[],
	today: ArrayLike<number>,
	day: number,
): Pick<HealthMemory, 'values' | 'last'> {
	const memory = known?.memory;
	const passed = known === undefined ? 1 : day - known.day;
	const values: Record<string, (number | null)[]> = {};
	const last: Record<string, readonly [number, number]> = {};
	for (let index = 0; index < remembered.length; index++) {
		const one = remembered[index];
		if (one === undefined) continue;
		const { signal, days, lastKnownDays } = one;
		const found = today[index] ?? NaN;
		const value = Number.isFinite(found) ? found : null;
		if (days > 0) {
			const past = valuesOf(memory, signal) ?? [];
			const first = passed === 0 ? (past.at(-1) ?? value) : value;
			values[signal] = appended(past, passed, first, days + 1);
		}
		if (lastKnownDays === 0) continue;
		const before = lastOf(memory, signal);
		if (value !== null && before?.[0] !== day) last[signal] = [day, value];
		else if (before !== undefined && day - before[0] <= lastKnownDays) last[signal] = before;
	}
	return remembered.length === 0 ? {} : { values, last };
}

function appended(
	past: readonly (number | null)[],
	days: number,
	value: number | null,
	most: number,
): (number | null)[] {
	const list = days === 0 ? past.slice(0, -1) : past.slice(-most);
	for (let gap = Math.min(days - 1, most); gap > 0; gap--) list.push(null);
	list.push(value);
	return list.length > most ? list.slice(-most) : list;
}

function valuesOf(
	memory: HealthMemory | undefined,
	signal: string,
): readonly (number | null)[] | undefined {
	const list: unknown = memory?.values?.[signal];
	// a signal may be called like what every object seems to have
	return Array.isArray(list) ? memory?.values?.[signal] : undefined;
}

function lastOf(
	memory: HealthMemory | undefined,
	signal: string,
): readonly [number, number] | undefined {
	const pair: unknown = memory?.last?.[signal];
	return Array.isArray(pair) ? memory?.last?.[signal] : undefined;
}
