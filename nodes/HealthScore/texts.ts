import type { IDataObject } from 'n8n-workflow';

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What somebody typed, without the spaces around it. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The rows of a list that n8n keeps as `{ [name]: […] }`. */
export function rowsOf(collection: unknown, name: string): IDataObject[] {
	if (!isObject(collection)) return [];
	const rows: unknown = collection[name];
	return Array.isArray(rows) ? rows.filter((row): row is IDataObject => isObject(row)) : [];
}
