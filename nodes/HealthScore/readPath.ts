import type { IExecuteFunctions } from 'n8n-workflow';
import { partsOfPath, pathOfExpression } from '../platform/fieldPath';
import { textOf } from '../platform/rows';

/** The field that a parameter names, '' for none. */
export function readPath(context: IExecuteFunctions, parameter: string): string {
	const raw: unknown = context.getNodeParameter(parameter, 0, '', { rawExpressions: true });
	return pathFrom(raw, context.getNodeParameter(parameter, 0, ''));
}

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * A field that was dragged in as an expression is its path and not the first item's value; any other expression is what
 * it says. @param raw as it was typed
 */
export function pathFrom(raw: unknown, evaluated: unknown): string {
	const path = typeof raw === 'string' && raw.startsWith('=') ? pathOfExpression(raw) : undefined;
	if (path === undefined) return textOf(evaluated);
	const parts = partsOfPath(path);
	return parts.every((part) => PLAIN_NAME.test(part)) ? parts.join('.') : path;
}
