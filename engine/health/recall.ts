import { STALE } from './cells';
import { kindOf } from './curveSchema';
import type { HealthReason } from './health';
import type { Measured } from './measure';
import type { Signal } from './model';
import { stateOf, type Absence } from './profile';
import { comparesWithMemory, lastKnownOf, type AccountHistory } from './remembered';
import { sayRecalled } from './sentences';

/** A signal that said nothing today and counts by what was last known of it. */
export type Recalled = {
	readonly index: number;
	readonly absence: Absence;
	readonly daysAgo: number;
};

export type Recall = (history: AccountHistory | undefined) => readonly Recalled[];

export const NOTHING_RECALLED: readonly Recalled[] = Object.freeze([]);

/**
 * Puts last known values into `measured` where a policy asks for them; undefined where none does. A value that is too
 * old counts by its own age; else memory is asked.
 */
export function compileRecall(signals: readonly Signal[], measured: Measured): Recall | undefined {
	const recallable = signals.flatMap((signal, index) => {
		const limits = {
			missing: lastKnownOf(signal.missing),
			stale: lastKnownOf(signal.stale),
			invalid: lastKnownOf(signal.invalid),
		};
		const asks = limits.missing + limits.stale + limits.invalid > 0;
		const isCompared = comparesWithMemory(signal);
		return asks ? [{ signal, index, limits, isCompared }] : [];
	});
	if (recallable.length === 0) return undefined;
	const { values, raws, wholes } = measured;
	return (history) => {
		let recalled: Recalled[] | undefined;
		for (const { signal, index, limits, isCompared } of recallable) {
			const absence = stateOf(values[index] ?? NaN);
			if (absence === 'present') continue;
			const limit = limits[absence];
			if (limit === 0) continue;
			const own = values[index] === STALE ? measured.ageOf(index) : NaN;
			const past = history?.lastDaysAgo(signal.id) ?? NaN;
			const isOwn = own <= limit && !(past < own);
			if (!isOwn && !(past <= limit)) continue;
			const daysAgo = isOwn ? Math.floor(own) : past;
			let value: number;
			if (isOwn) value = (raws[index] ?? NaN) / (wholes[index] ?? 1);
			else {
				value = history?.lastValue(signal.id) ?? NaN;
				if (isCompared) value /= wholes[index] ?? NaN;
				// a date that was so many days ago then is further away now
				else if (kindOf(signal.curve) === 'days') value += past;
			}
			if (!Number.isFinite(value)) continue;
			values[index] = value;
			(recalled ??= []).push({ index, absence, daysAgo });
		}
		return recalled ?? NOTHING_RECALLED;
	};
}

/** Why a recalled signal counts. @param weights the model's whole weight */
export function reasonOf(
	signals: readonly Signal[],
	{ index, absence, daysAgo }: Recalled,
	weights: number,
): HealthReason {
	const signal = signals[index];
	if (signal === undefined) throw new RangeError('A recalled signal is none of the model');
	return Object.freeze({
		code: `signal_${absence}` as const,
		signal: signal.id,
		field: signal.field,
		counted: 'lastKnown' as const,
		daysAgo,
		weight: (signal.weight / weights) * 100,
		text: sayRecalled(signal, absence, daysAgo),
	});
}
