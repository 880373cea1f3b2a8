import type { IDataObject } from 'n8n-workflow';
import { looksAtHealth } from './readConditions';
import { isObject, rowsOf } from '../platform/rows';

/** A row of the list as the engine's step; the fields a timing does not use are left behind. */
export function stepOf(row: IDataObject): object {
	const { when, days, months, gapDays, atMost, untilDay, afterStep, dateField, ...others } = row;
	const { answers, hours, conditions, more, ...rest } = others;
	const { variants, ...rules } = isObject(more) ? more : {};
	return {
		...rest,
		...rules,
		onHealth: looksAtHealth(conditions),
		variants: rowsOf(variants, 'variant'),
		when: {
			type: when,
			days: days ?? (when === 'everyDays' ? 14 : 0),
			months: months ?? 0,
			gapDays: gapDays ?? 3,
			atMost: atMost ?? 3,
			answers: answers ?? 5,
			hours: hours ?? 24,
			untilDay: untilDay ?? 14,
			step: afterStep ?? '',
			field: dateField ?? 'renewalDate',
		},
	};
}

/** `step 'Nudge', output` instead of `steps → 3 → output`. */
export function nameOfStep(index: number, field: PropertyKey[], rows: IDataObject[]): string {
	const name = rows[index]?.name;
	const called =
		typeof name === 'string' && name !== '' ? `step '${name}'` : `step ${String(index + 1)}`;
	return field.length === 0 ? called : `${called}, ${field.map(String).join(' → ')}`;
}
