import { isMissing } from '../accounts/missing';
import { INVALID, MISSING, readCategory, readDays, readNumber, readYesNo, STALE } from './cells';
import { compileComparison } from './comparison';
import { fold, kindOf } from './curveSchema';
import { compileFields, type Facts, type ReaderOf } from './fields';
import { DAY_MS } from '../calendar/zone';
import { readInstant } from './instant';
import type { Signal } from './model';
import type { AccountHistory } from './remembered';

/** What every signal says about the account measured last, in the signals' order. */
export type Measured = {
	/** A finite number or MISSING, INVALID, STALE. */
	readonly values: Float64Array;
	/**
	 * Of quotients the number as it stands in the field, and what it was divided by (1 for anything else); of stale
	 * values what they would be if they were not.
	 */
	readonly raws: Float64Array;
	readonly wholes: Float64Array;
	/** How many days old a signal's value is, where the source says so; negative infinity where it does not. */
	ageOf(index: number): number;
	/** By As Of field in how many accounts it was no date, or one to come. */
	undated(): ReadonlyMap<string, number>;
};

export type Measure = (account: Facts, history: AccountHistory | undefined) => void;

const NEVER_STALE = -Infinity;

type Reading = {
	kind: ReturnType<typeof kindOf>;
	field: number;
	/** Slot of the divisor, -1 for none. */
	of: number;
	ofAtLeast: number;
	min: number;
	max: number;
	/** Index of the signal's clock, -1 for none. */
	clock: number;
	maxAgeDays: number;
	places: ReadonlyMap<string, number>;
	other: number;
};

const NO_PLACES: ReadonlyMap<string, number> = new Map();

export type MeasureOptions = {
	/** Turns a field path into a reader and throws on a path that is none. */
	readerOf: ReaderOf;
	/** ms since 1970 */
	now: number;
	/** IANA zone of the program. */
	zone: string;
};

/** Compiles how signals are read, every field once per account however many signals look at it. */
export function compileMeasure(
	signals: readonly Signal[],
	{ readerOf, now, zone }: MeasureOptions,
): { measured: Measured; measure: Measure } {
	const paths: string[] = [];
	const clocks: string[] = [];
	const readings = signals.map((signal): Reading => readingOf(signal, paths, clocks));
	const read = compileFields([...paths, ...clocks], readerOf);
	const row: unknown[] = [];
	const ages = clocks.map(() => new Age(now));
	const days = new Float64Array(clocks.length);
	const comparisons = signals.flatMap((signal, index) => {
		const comparison = compileComparison(signal, now, zone);
		return comparison === undefined ? [] : [{ index, comparison }];
	});
	const measured: Measured = {
		values: new Float64Array(signals.length),
		raws: new Float64Array(signals.length),
		wholes: new Float64Array(signals.length).fill(1),
		ageOf: (index) => days[readings[index]?.clock ?? -1] ?? NEVER_STALE,
		undated: () => new Map(clocks.map((field, index) => [field, ages[index]?.undated ?? 0])),
	};
	const { values, raws, wholes } = measured;
	const measure: Measure = (account, history) => {
		read(account, row);
		for (let index = 0; index < ages.length; index++) {
			days[index] = ages[index]?.of(row[paths.length + index]) ?? NEVER_STALE;
		}
		for (let index = 0; index < readings.length; index++) {
			const reading = readings[index];
			if (reading === undefined) continue;
			measureOne(reading, row, now, measured, index);
			if (reading.clock === -1) continue;
			const value = values[index] ?? NaN;
			// finite: there is something that can be stale
			if (value - value !== 0) continue;
			const age = days[reading.clock] ?? NEVER_STALE;
			if (age !== age) values[index] = INVALID;
			else if (age > reading.maxAgeDays) {
				if (reading.of === -1) raws[index] = value;
				values[index] = STALE;
			}
		}
		for (const { index, comparison } of comparisons) {
			const value = values[index] ?? NaN;
			wholes[index] = history === undefined ? NaN : comparison.wholeOf(history);
			if (value === INVALID || value === STALE) continue;
			raws[index] = value;
			const quotient = history === undefined ? NaN : comparison.quotientOf(history);
			values[index] = quotient === quotient ? quotient : value / (wholes[index] ?? NaN);
		}
	};
	return { measured, measure };
}

function readingOf(signal: Signal, paths: string[], clocks: string[]): Reading {
	const { curve, of, asOf } = signal;
	const { min, max } = rangeOf(signal);
	const atLeast = curve.type === 'weekChange' ? curve.atLeast : 0;
	const listed = curve.type === 'categories' ? curve : undefined;
	return {
		kind: kindOf(curve),
		field: place(paths, signal.field),
		of: of === undefined ? -1 : place(paths, of.field),
		ofAtLeast: Math.max(of?.atLeast ?? 0, atLeast),
		min: min ?? -Infinity,
		max: max ?? Infinity,
		clock: asOf === undefined ? -1 : place(clocks, asOf.field),
		maxAgeDays: asOf?.maxAgeDays ?? 0,
		places:
			listed === undefined
				? NO_PLACES
				: new Map(listed.values.map(({ value }, index) => [fold(value), index])),
		other: listed?.other === undefined ? INVALID : listed.values.length,
	};
}

/** Between which figures the field's value is possible: what the signal says, else what its scale says. */
export function rangeOf({ curve, range }: Signal): { min?: number; max?: number } {
	if (range?.min !== undefined || range?.max !== undefined) return range;
	if (curve.type === 'csat') return { min: 0, max: curve.scale };
	if (curve.type !== 'nps') return {};
	return curve.scale === 'answer' ? { min: 0, max: 10 } : { min: -100, max: 100 };
}

function place(list: string[], path: string): number {
	const known = list.indexOf(path);
	return known === -1 ? list.push(path) - 1 : known;
}

/** Writes into `measured` instead of returning, because a fraction that is returned may cost an allocation. */
function measureOne(
	{ kind, field, of, ofAtLeast, min, max, places, other }: Reading,
	row: readonly unknown[],
	now: number,
	{ values, raws, wholes }: Measured,
	index: number,
): void {
	const found = row[field];
	const value =
		kind === 'number'
			? readNumber(found)
			: kind === 'days'
				? readDays(found, now)
				: kind === 'yesNo'
					? readYesNo(found)
					: readCategory(found, places, other);
	if (value < min || value > max) values[index] = INVALID;
	else if (of === -1 || value - value !== 0) values[index] = value;
	else {
		const whole = readNumber(row[of]);
		raws[index] = value;
		wholes[index] = whole;
		if (whole < ofAtLeast) values[index] = MISSING;
		else values[index] = whole - whole === 0 ? value / whole : whole;
	}
}

/**
 * Days since a date; NaN where it is none, or more than a day ahead. A source that does not say how old its figures are
 * is taken at its word.
 */
class Age {
	/** Accounts whose age was NaN. */
	undated = 0;
	// a whole page of accounts usually comes from one export with one date
	private lastText = '';
	private lastAge = NEVER_STALE;

	constructor(private readonly now: number) {}

	of(found: unknown): number {
		if (typeof found !== 'string' || found !== this.lastText) {
			this.lastText = typeof found === 'string' ? found : '';
			this.lastAge = this.read(found);
		}
		if (this.lastAge !== this.lastAge) this.undated++;
		return this.lastAge;
	}

	private read(found: unknown): number {
		if (isMissing(found)) return NEVER_STALE;
		const age = (this.now - readInstant(found)) / DAY_MS;
		return age >= -1 ? age : NaN;
	}
}
