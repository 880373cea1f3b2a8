import { kindOf } from './curveSchema';
import { sayExact, sayWhole } from './figures';
import { rangeOf } from './measure';
import type { PlainPolicy, Signal } from './model';
import type { Absence } from './profile';
import { comparesWithMemory, lastKnownOf } from './remembered';

/**
 * `License use is 35 %, which earns 9 of 20 points`.
 * @param hundredths the measured value times 100, rounded: for a share that is percent
 */
export function saySignal(
	signal: Signal,
	hundredths: number,
	earned: number,
	possible: number,
): string {
	const points = `${sayWhole(earned)} of ${sayExact(possible)} points`;
	return `${signal.label} ${sayValue(signal, hundredths)}, which earns ${points}`;
}

/** `is 35 %`, `was 5 days ago`, `is yes`: what was measured, after the signal's label. */
export function sayValue(signal: Signal, hundredths: number): string {
	const value = hundredths / 100;
	switch (kindOf(signal.curve)) {
		case 'yesNo':
			return value === 1 ? 'is yes' : 'is no';
		case 'category':
			return `is ${wordOf(signal, value)}`;
		case 'days':
			if (value === 0) return 'was today';
			return `was ${sayWhole(value)} ${value === 1 ? 'day' : 'days'} ago`;
		case 'number':
			return isShare(signal) ? `is ${sayWhole(hundredths)} %` : `is ${sayExact(value)}`;
	}
}

/** The value as a reason tells it: a category by its word, anything else by its number. */
export function toldValue(signal: Signal, hundredths: number): number | string {
	const value = hundredths / 100;
	return kindOf(signal.curve) === 'category' ? wordOf(signal, value) : value;
}

/** The word of a category's place in its list. */
export function wordOf({ curve }: Signal, place: number): string {
	const listed = curve.type === 'categories' ? curve.values[place] : undefined;
	return listed?.value ?? 'another';
}

/** Whether what is measured is a quotient. */
export function isShare(signal: Signal): boolean {
	return signal.of !== undefined || comparesWithMemory(signal);
}

/** Why a signal said nothing, and what that counts for: `NPS has no data (sentiment.nps) and is left out`. */
export function sayNothing(
	signal: Signal,
	absence: Absence,
	counted: PlainPolicy,
	hasMemory: boolean,
): string {
	const lastKnown = lastKnownOf(signal[absence]);
	const what = sayAbsence(signal, absence, hasMemory);
	const consequence = COUNTED_AS[counted];
	if (lastKnown === 0 || comparesWithMemory(signal)) return `${what} and ${consequence}`;
	const days = `${sayWhole(lastKnown)} ${lastKnown === 1 ? 'day' : 'days'}`;
	const also = hasMemory ? `nothing was known for ${days}` : 'there is no memory to ask';
	return `${what}, ${also}, and it ${consequence}`;
}

/** `NPS has no data (sentiment.nps), so its value of 3 days ago counts`. */
export function sayRecalled(signal: Signal, absence: Absence, daysAgo: number): string {
	const days =
		daysAgo === 0 ? 'earlier today' : `${sayWhole(daysAgo)} ${daysAgo === 1 ? 'day' : 'days'} ago`;
	const what =
		absence === 'missing'
			? `${signal.label} has no data (${sayField(signal)})`
			: sayAbsence(signal, absence, true);
	return `${what}, so its value of ${days} counts`;
}

function sayAbsence(signal: Signal, absence: Absence, hasMemory: boolean): string {
	const field = sayField(signal);
	switch (absence) {
		case 'missing':
			if (!comparesWithMemory(signal)) return `${signal.label} has no data (${field})`;
			return hasMemory
				? `${signal.label} cannot be compared yet: it needs ${sayNeeds(signal)} (${field})`
				: `${signal.label} (${field}) is compared with memory, which is off,`;
		case 'invalid':
			return `${signal.label} is not ${expected(signal)}${sayUndated(signal)} (${field})`;
		case 'stale':
			return `${signal.label} is older than ${sayWhole(signal.asOf?.maxAgeDays ?? 0)} days (${field})`;
	}
}

/** Accounts alike share a reason, which is why it does not tell the two apart. */
function sayUndated({ asOf }: Signal): string {
	return asOf === undefined ? '' : `, or its As Of (${asOf.field}) is not ${PAST_DATE}`;
}

function sayField({ field, of }: Signal): string {
	return of === undefined ? field : `${field} of ${of.field}`;
}

function sayNeeds({ curve }: Signal): string {
	if (curve.type === 'baseline') {
		return `a value today and ${curve.atLeastDays} of the ${curve.days} days before`;
	}
	const least = curve.type === 'weekChange' ? sayExact(curve.atLeast) : '0';
	return `two closed weeks, the earlier with at least ${least}`;
}

const COUNTED_AS: Record<PlainPolicy, string> = {
	leaveOut: 'is left out',
	neutral: 'counts as average',
	worst: 'counts as the worst',
	fail: 'must be known for a score',
};

const PAST_DATE = 'a date up to today';

function expected(signal: Signal): string {
	switch (kindOf(signal.curve)) {
		case 'yesNo':
			return 'yes or no';
		case 'days':
			return PAST_DATE;
		case 'category':
			return 'one of the words listed';
		case 'number':
			return expectedNumber(rangeOf(signal));
	}
}

function expectedNumber({ min, max }: { min?: number; max?: number }): string {
	if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
	if (min !== undefined) return `a number of at least ${min}`;
	return max === undefined ? 'a number' : `a number of at most ${max}`;
}

/** `Only 40 % of the weight has data and 60 % is needed for a band`. */
export function sayCoverage(coverage: number, floor: number): string {
	if (coverage === 0) return 'Nothing is known about this account';
	// rounded away from the floor, so that the sentence never reads "60 % … 60 % is needed"
	const share = Math.floor(coverage * 100);
	return `Only ${String(share)} % of the weight has data and ${sayExact(floor * 100)} % is needed for a band`;
}
