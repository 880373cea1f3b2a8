import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Reason } from '../../engine/journeys/memory';
import { compileTemplate, TemplateError, type Template } from '../../services/mail/template';
import { compileFieldPath, pathOfExpression } from '../platform/fieldPath';
import { notWritten } from './reasons';

/** One item on its way to a mail. `scope` holds the template variables. */
export type Writing = { item: INodeExecutionData; index: number; scope: object };

/** A parameter, compiled once: gives its text for an item (empty included), or why there is none. */
export type Field = (writing: Writing) => string | Reason;

export type FieldSource = { label: string; raw: unknown };

/**
 * A parameter of fixed text; an expression is worked out per item. `check` holds for both: fixed text that breaks
 * it stops the node before anything is sent, an expression's value holds its own mail only.
 */
export function compileSetting(
	context: IExecuteFunctions,
	{ label, raw }: FieldSource,
	check: (text: string) => Reason | undefined,
): Field {
	const text = typeof raw === 'string' ? raw.trim() : '';
	if (text.startsWith('=')) {
		const evaluate = compileExpression(context, { label, raw: text });
		return (writing) => {
			const value = evaluate(writing);
			return typeof value === 'string' ? (check(value.trim()) ?? value.trim()) : value;
		};
	}
	const problem = check(text);
	if (problem !== undefined) {
		throw new NodeOperationError(context.getNode(), `'${label}' is not valid`, {
			description: problem.text.replace('Held: ', '').replace(' for this item', ''),
		});
	}
	return () => text;
}

/**
 * A parameter of Liquid. What an n8n expression gives is final text: values inside it came from customers, and a
 * name that reads `{{ account.notes }}` must not be obeyed. `trusted` says that expressions give templates.
 * @throws NodeOperationError with the line when the Liquid is not valid
 */
export function compileText(
	context: IExecuteFunctions,
	source: FieldSource,
	kind: 'html' | 'plain',
	trusted: boolean,
): Field {
	const { label, raw } = source;
	const text = typeof raw === 'string' ? raw : '';
	if (!isExpression(text)) {
		const template = compileOrSay(
			context,
			label,
			text.startsWith('=') ? text.slice(1) : text,
			kind,
		);
		return ({ scope }) => rendered(label, template, scope);
	}
	const evaluate = compileExpression(context, source);
	const compiled = new Map<string, Template | Reason>();
	return (writing) => {
		const value = evaluate(writing);
		if (typeof value !== 'string' || !/\{\{|\{%/.test(value)) return value;
		if (!trusted) return notWritten.unrenderedLiquid(label);
		const template = compiled.get(value) ?? compileValue(label, value, kind);
		if (compiled.size < MOST_TEMPLATES) compiled.set(value, template);
		return typeof template === 'function' ? rendered(label, template, writing.scope) : template;
	};
}

/** Templates that come from expressions are kept up to here: a few per step, not one per customer. */
const MOST_TEMPLATES = 100;

/**
 * Whether n8n has to work it out. The editor puts `=` in front of any text with braces that is pasted into an empty
 * field, Liquid included; what n8n can work out names its data with a `$`.
 */
function isExpression(text: string): boolean {
	return text.startsWith('=') && /\{\{[^}]*\$/.test(text);
}

function compileExpression(
	context: IExecuteFunctions,
	{ label, raw }: FieldSource,
): (writing: Writing) => string | Reason {
	const expression = String(raw);
	const path = pathOfExpression(expression);
	const read = path === undefined ? undefined : compileFieldPath(path);
	return ({ item, index }) => {
		try {
			const value: unknown =
				read === undefined
					? context.evaluateExpression(expression.slice(1), index)
					: read(item.json);
			return textOf(value) ?? notWritten.expression(label);
		} catch {
			// n8n's own message may quote the item
			return notWritten.expression(label);
		}
	};
}

function compileOrSay(
	context: IExecuteFunctions,
	label: string,
	text: string,
	kind: 'html' | 'plain',
): Template {
	try {
		return compileTemplate(text, kind);
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			`The Liquid in '${label}' is not valid: ${problemOf(error)}`,
			{ description: 'Correct the template. Nothing was sent, and the touches keep their claims.' },
		);
	}
}

function compileValue(label: string, text: string, kind: 'html' | 'plain'): Template | Reason {
	try {
		return compileTemplate(text, kind);
	} catch (error) {
		return notWritten.template(label, problemOf(error));
	}
}

function rendered(label: string, template: Template, scope: object): string | Reason {
	const result = template(scope);
	if ('text' in result) return result.text;
	return 'missing' in result
		? notWritten.missing(label, result.missing)
		: notWritten.template(label, result.failed);
}

function problemOf(error: unknown): string {
	return error instanceof TemplateError ? error.message : 'it cannot be read';
}

/** A value as text; undefined for what has no text of its own. */
function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
