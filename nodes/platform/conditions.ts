import { executeFilter, type FilterValue, type IExecuteFunctions } from 'n8n-workflow';
import { compileFieldPath, pathOfExpression } from './fieldPath';

/** Says whether item `index` with content `json` meets the conditions. */
export type Condition = (json: object, index: number) => boolean;

/**
 * Compiles n8n's own `filter` parameter, read raw. A dragged-in field becomes a compiled path; only an expression that
 * somebody really wrote is evaluated per item. An empty filter lets everything through.
 */
export function compileConditions(
	context: IExecuteFunctions,
	filter: FilterValue | undefined,
): Condition {
	// n8n adds an empty row when a filter is opened: it asks nothing, and must not answer yes for the others
	const conditions = (filter?.conditions ?? []).filter(
		({ leftValue, rightValue }) => leftValue !== '' || (rightValue ?? '') !== '',
	);
	if (filter === undefined || conditions.length === 0) return () => true;
	const compiled = conditions.map((condition) => ({
		...condition,
		left: compileValue(context, condition.leftValue),
		right: compileValue(context, condition.rightValue),
	}));
	return (json, index) =>
		executeFilter(
			{
				...filter,
				conditions: compiled.map(({ id, operator, left, right }) => ({
					id,
					operator,
					leftValue: left(json, index),
					rightValue: right(json, index),
				})),
			},
			{ itemIndex: index },
		);
}

type FilterSide = FilterValue['conditions'][number]['leftValue'];

function compileValue(
	context: IExecuteFunctions,
	raw: FilterSide,
): (json: object, index: number) => FilterSide {
	if (typeof raw !== 'string' || !raw.startsWith('=')) return () => raw;
	const path = pathOfExpression(raw);
	if (path !== undefined) {
		const read = compileFieldPath(path);
		// n8n's filter checks the type it gets; a path may lead to anything
		return (json) => read(json) as FilterSide;
	}
	return (_json, index) => context.evaluateExpression(raw.slice(1), index) as FilterSide;
}
