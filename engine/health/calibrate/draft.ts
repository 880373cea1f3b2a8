import type { Facts } from '../fields';
import { numberOf, textOf, type Column } from './columns';
import { learnBands, learnCategories, type LearnedCurve } from './learnCurve';
import type { Points } from './rows';

export type DraftSignal = {
	readonly id: string;
	readonly label: string;
	readonly field: string;
	readonly curve: LearnedCurve;
};

/**
 * A signal per column, its curve learned from the rows given (and from no other): for numbers monotone steps, for
 * categories points per value. 100 points are the least churn the column tells of and 0 the most.
 */
export function draftSignals(
	columns: readonly Column[],
	rows: readonly { readonly facts: Facts; readonly churned: boolean }[],
): DraftSignal[] {
	return columns.map(({ field, kind }) => {
		const curve =
			kind === 'number'
				? learnBands(pairs(rows, field, numberOf))
				: learnCategories(pairs(rows, field, textOf));
		return { id: idOf(field), label: labelOf(field), field, curve };
	});
}

/** Points of one row; null where the value is missing or was never seen when the curve was learned. */
export function draftPoints(signals: readonly DraftSignal[], facts: Facts): Points {
	return signals.map(({ field, curve }) => {
		if (curve.type === 'categories') {
			const text = textOf(facts[field]);
			return text !== null && Object.hasOwn(curve.points, text)
				? (curve.points[text] ?? null)
				: null;
		}
		const number = numberOf(facts[field]);
		if (number === null) return null;
		return curve.steps.findLast(({ atLeast }) => number >= atLeast)?.points ?? curve.below;
	});
}

function pairs<Value>(
	rows: readonly { readonly facts: Facts; readonly churned: boolean }[],
	field: string,
	read: (value: unknown) => Value | null,
): { value: Value; churned: boolean }[] {
	return rows.flatMap(({ facts, churned }) => {
		const value = read(facts[field]);
		return value === null ? [] : [{ value, churned }];
	});
}

function idOf(field: string): string {
	const plain = field.replaceAll(/[^\w-]+/g, '_');
	return /^[A-Za-z]/.test(plain) ? plain : `f_${plain}`;
}

/** `monthly_charges` is "Monthly charges". */
function labelOf(field: string): string {
	const words = field.replaceAll(/[_.]+/g, ' ').trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
