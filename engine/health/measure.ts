import { isMissing } from '../accounts/missing';
import { compileFields, type Facts, type ReaderOf } from './fields';
import { DAY_MS, readInstant } from './instant';
import type { Signal } from './model';

/**
 * What a signal has to say about one account: a finite number, or one of three kinds of nothing, which are kept
 * apart (design, "Missing is not zero"). They are numbers, so that reading a base of accounts allocates nothing.
 */
export const MISSING = NaN;
export const INVALID = Infinity;
export const STALE = -Infinity;

/** Writes what every signal measures about `account` into `measured`, in the signals' order. */
export type Measure = (account: Facts, measured: Float64Array) => void;

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
const NEVER_STALE = -Infinity;

type Reading = {
	kind: 'number' | 'yesNo' | 'days';
	field: number;
	/** Slot of the divisor, -1 for none. */
	of: number;
	ofAtLeast: number;
	min: number;
	max: number;
	/** Index of the signal's clock, -1 for none. */
	clock: number;
	maxAgeDays: number;
};

/**
 * Compiles how signals are read, every field once per account however many signals look at it.
 * @param readerOf turns a field path into a reader and throws on a path that is none
 * @param now ms since 1970
 */
export function compileMeasure(
	signals: readonly Signal[],
	readerOf: ReaderOf,
	now: number,
): Measure {
	const paths: string[] = [];
	const clocks: string[] = [];
	const readings = signals.map((signal): Reading => ({
		kind: kindOf(signal),
		field: place(paths, signal.field),
		of: signal.of === undefined ? -1 : place(paths, signal.of.field),
		ofAtLeast: signal.of?.atLeast ?? 0,
		min: signal.range?.min ?? -Infinity,
		max: signal.range?.max ?? Infinity,
		clock: signal.asOf === undefined ? -1 : place(clocks, signal.asOf.field),
		maxAgeDays: signal.asOf?.maxAgeDays ?? 0,
	}));
	const read = compileFields([...paths, ...clocks], readerOf);
	const row: unknown[] = [];
	const ages = clocks.map(() => new Age(now));
	const days = new Float64Array(clocks.length);
	return (account, measured) => {
		read(account, row);
		for (let index = 0; index < ages.length; index++) {
			days[index] = ages[index]?.of(row[paths.length + index]) ?? NEVER_STALE;
		}
		for (let index = 0; index < readings.length; index++) {
			const reading = readings[index];
			if (reading === undefined) continue;
			measureOne(reading, row, now, measured, index);
			if (reading.clock === -1) continue;
			const value = measured[index] ?? NaN;
			// finite: there is something that can be stale
			if (value - value !== 0) continue;
			if ((days[reading.clock] ?? NEVER_STALE) > reading.maxAgeDays) measured[index] = STALE;
		}
	};
}

function kindOf(signal: Signal): Reading['kind'] {
	if (signal.curve.type === 'yesNo') return 'yesNo';
	return signal.curve.type === 'recency' ? 'days' : 'number';
}

function place(list: string[], path: string): number {
	const known = list.indexOf(path);
	return known === -1 ? list.push(path) - 1 : known;
}

/** Writes into `measured` instead of returning, because a fraction that is returned may cost an allocation. */
function measureOne(
	{ kind, field, of, ofAtLeast, min, max }: Reading,
	row: readonly unknown[],
	now: number,
	measured: Float64Array,
	index: number,
): void {
	const found = row[field];
	const value =
		kind === 'number'
			? readNumber(found)
			: kind === 'days'
				? readDays(found, now)
				: readYesNo(found);
	if (value < min || value > max) measured[index] = INVALID;
	else if (of === -1 || value - value !== 0) measured[index] = value;
	else {
		const whole = readNumber(row[of]);
		if (whole < ofAtLeast) measured[index] = MISSING;
		else measured[index] = whole - whole === 0 ? value / whole : whole;
	}
}

/** Days since a date. A source that does not say how old its figures are is taken at its word. */
class Age {
	// a whole page of accounts usually comes from one export with one date
	private lastText = '';
	private lastAge = NEVER_STALE;

	constructor(private readonly now: number) {}

	of(found: unknown): number {
		if (typeof found === 'string' && found === this.lastText) return this.lastAge;
		const age = (this.now - readInstant(found)) / DAY_MS;
		const known = Number.isNaN(age) ? NEVER_STALE : age;
		if (typeof found === 'string') {
			this.lastText = found;
			this.lastAge = known;
		}
		return known;
	}
}

function readNumber(value: unknown): number {
	if (typeof value === 'number') return value - value === 0 ? value : INVALID;
	if (isMissing(value)) return MISSING;
	// a CSV knows only text; anything but a plain decimal number is not guessed at
	return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : INVALID;
}

function readYesNo(value: unknown): number {
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (isMissing(value)) return MISSING;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === 'yes' || word === 'true' || word === 1 || word === '1') return 1;
	return word === 'no' || word === 'false' || word === 0 || word === '0' ? 0 : INVALID;
}

/** Whole days since the date; a date ahead of `now` (clocks differ) is today. */
function readDays(value: unknown, now: number): number {
	const at = readInstant(value);
	if (at !== at) return isMissing(value) ? MISSING : INVALID;
	return at >= now ? 0 : Math.floor((now - at) / DAY_MS);
}
