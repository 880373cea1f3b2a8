import { kindOf } from './curveSchema';
import { sayExact, sayWhole } from './figures';
import type { Signal } from './model';
import { isShare, wordOf } from './sentences';
import { manyOf, oneOf, sayCount } from './unit';

/**
 * What would have to be so: `3 more weekly users`, `the one open P1 ticket resolved`, `NPS at 12`, `last activity
 * within 5 days`; to be read after "Yellow with".
 * @param from in the units of the field; days ago for a date
 * @param whole what the field is divided by
 */
export function sayChange(signal: Signal, from: number, to: number, whole: number): string {
	const { label, unit } = signal;
	switch (kindOf(signal.curve)) {
		case 'yesNo':
			return `${label} at ${to === 1 ? 'yes' : 'no'}`;
		case 'category':
			return `${label} at ${wordOf(signal, to)}`;
		case 'days':
			return `${label} ${sayDays(from, to)}`;
		case 'number':
			if (unit !== undefined) return sayFewerOrMore(unit, from, to);
			return `${label} at ${isShare(signal) ? sayPercent(from, to, whole) : sayExact(to)}`;
	}
}

function sayDays(from: number, to: number): string {
	const days = `${sayWhole(to)} ${to === 1 ? 'day' : 'days'}`;
	if (to > from) return `at least ${days} ago`;
	return to === 0 ? 'today' : `within ${days}`;
}

function sayFewerOrMore(unit: NonNullable<Signal['unit']>, from: number, to: number): string {
	const change = Math.abs(to - from);
	const less = typeof unit === 'string' ? undefined : unit.less;
	if (to > from) return `${sayExact(change)} more ${change === 1 ? oneOf(unit) : manyOf(unit)}`;
	if (less === undefined) {
		return `${sayExact(change)} fewer ${change === 1 ? oneOf(unit) : manyOf(unit)}`;
	}
	if (to > 0) return `${sayExact(change)} of ${sayCount(unit, from)} ${less}`;
	return from === 1
		? `the one ${oneOf(unit)} ${less}`
		: `all ${sayExact(from)} ${manyOf(unit)} ${less}`;
}

/** Rounded away from where it is now, so that what the sentence asks for is enough. */
function sayPercent(from: number, to: number, whole: number): string {
	const percent = (to / whole) * 100;
	return `${sayWhole(to > from ? Math.ceil(percent - 1e-9) : Math.floor(percent + 1e-9))} %`;
}
