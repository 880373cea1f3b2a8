import type { WorkflowNode } from './workflow';

/** A text anywhere in a node's parameters, and the names that lead to it. */
export type Text = { readonly path: readonly string[]; readonly text: string };

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
	return Array.isArray(value);
}

/** What stands under a path of names, undefined where there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
	return path.reduce<unknown>(
		(found, name) => (isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined),
		value,
	);
}

/** A text under a path, trimmed; `usual` where there is none, as n8n leaves out what is at its default. */
export function textAt(node: WorkflowNode, path: readonly string[], usual = ''): string {
	const found = at(node.parameters, ...path);
	return typeof found === 'string' ? found.trim() : usual;
}

/** The rows of a list as n8n keeps it: `{ people: { person: […] } }`; undefined where it was left at its default. */
export function rowsAt(
	node: WorkflowNode,
	list: string,
	row: string,
): readonly unknown[] | undefined {
	const found = at(node.parameters, list);
	if (found === undefined) return undefined;
	const rows = at(found, row);
	return isList(rows) ? rows : [];
}

/** Words of a text, separated by commas, lower case. */
export function wordsOf(value: unknown): string[] {
	const words = typeof value === 'string' ? value.split(',') : [];
	return words.map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
}

/** Whether n8n works it out when the workflow runs. */
export function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

/** Every text in the parameters. */
export function textsOf(node: WorkflowNode): Text[] {
	const texts: Text[] = [];
	const look = (value: unknown, path: readonly string[]): void => {
		if (typeof value === 'string') texts.push({ path, text: value });
		else if (isList(value)) value.forEach((one, index) => look(one, [...path, String(index)]));
		else if (isObject(value))
			for (const [name, one] of Object.entries(value)) look(one, [...path, name]);
	};
	look(node.parameters, []);
	return texts;
}

/** The row of a list in which a text stands. */
export function rowOf(node: WorkflowNode, path: readonly string[]): unknown {
	return path
		.slice(0, -1)
		.reduce<unknown>(
			(found, name) => (isList(found) ? found[Number(name)] : at(found, name)),
			node.parameters,
		);
}

/** One condition of n8n's own filter; an empty row asks nothing. */
export type Condition = { readonly left: string; readonly right: string; readonly is: string };

/** The conditions of a filter that ask something; undefined where the filter was left at its default. */
export function conditionsOf(filter: unknown): Condition[] | undefined {
	if (filter === undefined) return undefined;
	const rows = at(filter, 'conditions');
	return (isList(rows) ? rows : []).flatMap((row): Condition[] => {
		const left = asText(at(row, 'leftValue'));
		const right = asText(at(row, 'rightValue'));
		const is = asText(at(row, 'operator', 'operation'));
		return left === '' && right === '' ? [] : [{ left, right, is }];
	});
}

function asText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value)
		: '';
}
