import type { Signal } from './model';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

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
	const points = `${whole.format(earned)} of ${exact.format(possible)} points`;
	return `${signal.label} ${sayValue(signal, hundredths)}, which earns ${points}`;
}

function sayValue(signal: Signal, hundredths: number): string {
	const value = hundredths / 100;
	if (signal.curve.type === 'yesNo') return value === 1 ? 'is yes' : 'is no';
	if (signal.curve.type === 'recency') {
		if (value === 0) return 'was today';
		return `was ${whole.format(value)} ${value === 1 ? 'day' : 'days'} ago`;
	}
	return signal.of === undefined ? `is ${exact.format(value)}` : `is ${whole.format(hundredths)} %`;
}

export type Nothing = 'missing' | 'invalid' | 'stale';

/** `NPS has no data (sentiment.nps) and is left out`. */
export function sayNothing(signal: Signal, nothing: Nothing): string {
	const field = signal.of === undefined ? signal.field : `${signal.field} of ${signal.of.field}`;
	switch (nothing) {
		case 'missing':
			return `${signal.label} has no data (${field}) and ${MISSING_AS[signal.missing]}`;
		case 'invalid':
			return `${signal.label} is not ${expected(signal)} (${field}) and is left out`;
		case 'stale':
			return `${signal.label} is older than ${whole.format(signal.asOf?.maxAgeDays ?? 0)} days (${field}) and is left out`;
	}
}

const MISSING_AS = {
	leaveOut: 'is left out',
	neutral: 'counts as average',
	worst: 'counts as the worst',
} as const;

function expected(signal: Signal): string {
	if (signal.curve.type === 'yesNo') return 'yes or no';
	if (signal.curve.type === 'recency') return 'a date';
	const { min, max } = signal.range ?? {};
	if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
	if (min !== undefined) return `a number of at least ${min}`;
	return max === undefined ? 'a number' : `a number of at most ${max}`;
}

/** `Only 40 % of the weight has data and 60 % is needed for a band`. */
export function sayCoverage(coverage: number, floor: number): string {
	if (coverage === 0) return 'Nothing is known about this account';
	// rounded away from the floor, so that the sentence never reads "60 % … 60 % is needed"
	const share = Math.floor(coverage * 100);
	return `Only ${String(share)} % of the weight has data and ${exact.format(floor * 100)} % is needed for a band`;
}
