import { isMissing } from '../../accounts/missing';
import type { Facts } from '../fields';

/** A column of the data and what it holds; decided by its values alone, never by outcomes. */
export type Column = { readonly field: string; readonly kind: 'number' | 'category' };
export type Skipped = { readonly field: string; readonly text: string };

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;
/** More different texts than this are names or notes, not categories. */
const MOST_CATEGORIES = 20;
/** A number with fewer different values (a flag, a rating) is a category: each value may mean what it likes. */
const FEWEST_NUMBERS = 5;

/** What can be made a signal, in the order of the first row's fields, and what cannot. */
export function readColumns(
	rows: readonly Facts[],
	without: readonly string[] = [],
): { columns: Column[]; skipped: Skipped[] } {
	const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const columns: Column[] = [];
	const skipped: Skipped[] = [];
	for (const field of fields.filter((one) => !without.includes(one))) {
		const values = rows.map((row) => row[field]).filter((value) => !isMissing(value));
		const different = new Set(values.map(asText)).size;
		const numeric = values.every((value) => numberOf(value) !== null);
		if (values.some((value) => typeof value === 'object'))
			skipped.push({ field, text: 'holds lists or objects, not numbers or words' });
		else if (different < 2) skipped.push({ field, text: 'has the same value everywhere' });
		else if (numeric && different >= FEWEST_NUMBERS) columns.push({ field, kind: 'number' });
		else if (different <= MOST_CATEGORIES) columns.push({ field, kind: 'category' });
		else skipped.push({ field, text: `has ${different} different texts: names, not categories` });
	}
	return { columns, skipped };
}

/** A finite number, also written as a plain decimal; null otherwise. */
export function numberOf(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	return typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : null;
}

/** A category as text, which a model reads alike; null where it is missing. */
export function textOf(value: unknown): string | null {
	return isMissing(value) ? null : asText(value);
}

function asText(value: unknown): string {
	return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
