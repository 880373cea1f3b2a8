import type { IExecuteFunctions } from 'n8n-workflow';
import { compileFieldPath, pathOfExpression } from './fieldPath';
import { textOf } from './rows';

/** What a text parameter says for an item; '' where it says nothing, or n8n cannot work it out. */
export type ItemText = (json: object, index: number) => string;

/** A text parameter that may be an expression, compiled once: only what is no mere path is worked out for each item. */
export function textPerItem(context: IExecuteFunctions, name: string): ItemText {
	const raw = context.getNode().parameters[name];
	if (typeof raw !== 'string' || !raw.startsWith('=')) return () => textOf(raw);
	const path = pathOfExpression(raw);
	if (path !== undefined) {
		const read = compileFieldPath(path);
		return (json) => textOf(read(json));
	}
	return (_json, index) => {
		try {
			return textOf(context.evaluateExpression(raw.slice(1), index));
		} catch {
			return '';
		}
	};
}
