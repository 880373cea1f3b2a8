import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Curve, Signal } from '../../engine/health/model';

/** A signal of the engine as a row of the node's list. */
export function rowOf(signal: Signal): INodeParameters {
	const { id, label, group, field, weight, curve, missing, of, range, asOf } = signal;
	const more: INodeParameters = { id };
	if (of !== undefined) Object.assign(more, { of: of.field, ofAtLeast: of.atLeast });
	if (range?.min !== undefined) more.min = range.min;
	if (range?.max !== undefined) more.max = range.max;
	if (asOf !== undefined) Object.assign(more, { asOf: asOf.field, maxAgeDays: asOf.maxAgeDays });
	return { label, field, group, weight, ...curveOf(curve), missing, more };
}

function curveOf(curve: Curve): INodeParameters {
	switch (curve.type) {
		case 'linear':
		case 'recency':
			return { curve: curve.type, from: curve.from, to: curve.to };
		case 'bands':
			return {
				curve: 'bands',
				steps: curve.steps.map(({ atLeast, points }) => `${atLeast}: ${points}`).join(', '),
			};
		case 'yesNo':
			return { curve: 'yesNo', goodAnswer: curve.yes >= curve.no ? 'yes' : 'no' };
	}
}

/** A row of the node's list as the engine's signal, still to be checked; fields its curve does not use stay behind. */
export function signalOf(row: IDataObject): object {
	const more = isObject(row.more) ? row.more : {};
	const label = textOf(row.label);
	const field = textOf(row.field);
	return {
		id: textOf(more.id) || idFrom(label) || idFrom(field),
		label: label || field,
		group: textOf(row.group) || undefined,
		field,
		weight: row.weight,
		curve: curveFrom(row),
		missing: row.missing,
		of: textOf(more.of) === '' ? undefined : { field: textOf(more.of), atLeast: more.ofAtLeast },
		range: { min: more.min, max: more.max },
		asOf:
			textOf(more.asOf) === ''
				? undefined
				: { field: textOf(more.asOf), maxAgeDays: more.maxAgeDays ?? DEFAULT_MAX_AGE_DAYS },
	};
}

export const DEFAULT_MAX_AGE_DAYS = 14;

function curveFrom(row: IDataObject): object {
	switch (row.curve) {
		case 'bands':
			return { type: 'bands', steps: stepsOf(textOf(row.steps)) };
		case 'yesNo':
			return row.goodAnswer === 'no'
				? { type: 'yesNo', yes: 0, no: 100 }
				: { type: 'yesNo', yes: 100, no: 0 };
		default:
			return { type: row.curve, from: row.from, to: row.to };
	}
}

/** `0: 100, 2: 60` as steps; what cannot be read comes out as NaN, which the model's check refuses. */
function stepsOf(text: string): object[] {
	return text
		.split(/[,;\n]/)
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const [atLeast = '', points = ''] = part.split(':');
			return { atLeast: numberOf(atLeast), points: numberOf(points) };
		});
}

function numberOf(text: string): number {
	return text.trim() === '' ? NaN : Number(text);
}

/** `Open P1 tickets` as `openP1Tickets`. */
function idFrom(text: string): string {
	const words = text.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
	const joined = words
		.map((word, index) => {
			if (index > 0) return word.charAt(0).toUpperCase() + word.slice(1);
			return word === word.toUpperCase()
				? word.toLowerCase()
				: word.charAt(0).toLowerCase() + word.slice(1);
		})
		.join('');
	return joined.replace(/^\d+/, '');
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
