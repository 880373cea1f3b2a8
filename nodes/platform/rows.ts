import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** The rows of a list parameter; none where it is empty. */
export function readRows(context: IExecuteFunctions, list: string, row: string): IDataObject[] {
	return rowsOf(context.getNodeParameter(list, 0, {}), row);
}

/** Rows of a fixedCollection, whatever else it may hold. */
export function rowsOf(collection: unknown, name: string): IDataObject[] {
	if (!isObject(collection)) return [];
	const rows: unknown = collection[name];
	return Array.isArray(rows) ? rows.filter(isObject) : [];
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What somebody typed, trimmed; '' for anything else. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** `starter, pro` as words; undefined where there is none. */
export function wordsOf(text: unknown): string[] | undefined {
	if (typeof text !== 'string') return undefined;
	const words = text.split(/[,;\n]/).map((word) => word.trim());
	const found = words.filter((word) => word !== '');
	return found.length === 0 ? undefined : found;
}

/** The texts of a multiple choice; undefined where none is chosen. */
export function listOf(value: unknown): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const words = value.filter((word): word is string => typeof word === 'string');
	return words.length === 0 ? undefined : words;
}
