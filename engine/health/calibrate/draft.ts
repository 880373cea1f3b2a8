import { pathOfColumn } from '../backtest/columnReader';
import type { Curve } from '../curveSchema';
import type { Facts } from '../fields';
import { healthModelSchema, type HealthModel } from '../model';
import { numberOf, textOf, type Column } from './columns';
import { learnBands, learnCategories } from './learnCurve';

/** What a health model's signal is but for its weight. */
export type DraftSignal = {
	readonly id: string;
	readonly label: string;
	readonly field: string;
	readonly curve: Curve;
};

/**
 * A signal per column, its curve learned from the rows given (and from no other): for numbers monotone steps, for
 * categories points per value. 100 points are the least churn the column tells of and 0 the most. What is missing, or
 * was never seen when the curve was learned, is left out of a score.
 */
export function draftSignals(
	columns: readonly Column[],
	rows: readonly { readonly facts: Facts; readonly churned: boolean }[],
): DraftSignal[] {
	const ids = new Set<string>();
	return columns.map(({ field, kind }) => {
		const curve =
			kind === 'number'
				? learnBands(pairs(rows, field, numberOf))
				: learnCategories(pairs(rows, field, textOf));
		return { id: idOf(field, ids), label: labelOf(field), field: pathOfColumn(field), curve };
	});
}

/** A whole health model of drafted signals. @throws when no signal has a weight */
export function draftModel(
	name: string,
	signals: readonly (DraftSignal & { readonly weight: number })[],
	bands?: HealthModel['bands'] | null,
): HealthModel {
	return healthModelSchema.parse({
		id: name,
		label: `Drafted from ${name}`,
		signals: signals.filter(({ weight }) => weight > 0),
		...(bands === undefined || bands === null ? {} : { bands }),
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

/** The column's name as an id that no other column has. */
function idOf(field: string, taken: Set<string>): string {
	const plain = field.replaceAll(/[^\w-]+/g, '_');
	const start = /^[A-Za-z]/.test(plain) ? plain : `f_${plain}`;
	let id = start;
	for (let number = 2; taken.has(id); number++) id = `${start}_${number}`;
	taken.add(id);
	return id;
}

/** `monthly_charges` is "Monthly charges". */
function labelOf(field: string): string {
	const words = field.replaceAll(/[_.]+/g, ' ').trim() || field;
	return words.charAt(0).toUpperCase() + words.slice(1);
}
