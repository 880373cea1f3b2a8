import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Curve } from '../../engine/health/curveSchema';
import { textOf } from '../platform/rows';

/** The fields of a row that say what a signal's curve is. Shares are percentages there. */
export function curveRow(curve: Curve): INodeParameters {
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
		case 'halfLife':
			return { curve: 'halfLife', halfLife: curve.days };
		case 'baseline':
			return { curve: 'baseline', ...changeRow(curve), baselineDays: curve.days };
		case 'weekChange': {
			const { atLeast, counts } = curve;
			return { curve: 'weekChange', ...changeRow(curve), weekAtLeast: atLeast, counts };
		}
		case 'nps':
			return { curve: 'nps', npsScale: curve.scale };
		case 'csat':
			return { curve: 'csat', csatScale: curve.scale };
		case 'categories':
			return {
				curve: 'categories',
				categories: curve.values.map(({ value, points }) => `${value}: ${points}`).join(', '),
			};
		case 'licenceUse':
			return { curve: 'licenceUse', useFrom: percent(curve.from), useTo: percent(curve.to) };
	}
}

function changeRow({ from, to }: { from: number; to: number }): INodeParameters {
	return { changeFrom: percent(from), changeTo: percent(to) };
}

/** The curve of a row, still to be checked; what the row does not say is left to the curve's own defaults. */
export function curveFrom(row: IDataObject): object {
	const { curve: type } = row;
	switch (type) {
		case 'bands':
			return { type, steps: stepsOf(textOf(row.steps)) };
		case 'yesNo':
			return row.goodAnswer === 'no' ? { type, yes: 0, no: 100 } : { type, yes: 100, no: 0 };
		case 'halfLife':
			return { type, days: row.halfLife };
		case 'baseline': {
			const days = row.baselineDays;
			const atLeastDays = typeof days === 'number' ? Math.ceil(days / 2) : undefined;
			return { type, ...lineFrom(row.changeFrom, row.changeTo), days, atLeastDays };
		}
		case 'weekChange': {
			const { weekAtLeast: atLeast, counts } = row;
			return { type, ...lineFrom(row.changeFrom, row.changeTo), atLeast, counts };
		}
		case 'nps':
			return { type, scale: row.npsScale };
		case 'csat':
			return { type, scale: row.csatScale };
		case 'categories':
			return { type, values: valuesOf(textOf(row.categories)) };
		case 'licenceUse':
			return { type, ...lineFrom(row.useFrom, row.useTo) };
		default:
			return { type, from: row.from, to: row.to };
	}
}

function lineFrom(from: unknown, to: unknown): object {
	return { from: share(from), to: share(to) };
}

function share(percentage: unknown): unknown {
	return typeof percentage === 'number' ? percentage / 100 : percentage;
}

function percent(part: number): number {
	return Math.round(part * 1e10) / 1e8;
}

/** `0: 100, 2: 60` as steps; what cannot be read comes out as NaN, which the model's check refuses. */
function stepsOf(text: string): object[] {
	return partsOf(text).map(([atLeast, points]) => ({
		atLeast: numberOf(atLeast),
		points: numberOf(points),
	}));
}

/** `high: 100, low: 0` as words with points. */
function valuesOf(text: string): object[] {
	return partsOf(text).map(([value, points]) => ({ value, points: numberOf(points) }));
}

function partsOf(text: string): [string, string][] {
	return text
		.split(/[,;\n]/)
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const colon = part.lastIndexOf(':');
			return colon === -1
				? [part.trim(), '']
				: [part.slice(0, colon).trim(), part.slice(colon + 1)];
		});
}

function numberOf(text: string): number {
	return text.trim() === '' ? NaN : Number(text);
}
