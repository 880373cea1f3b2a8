import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** The rows of a list parameter; none where it is empty. */
export function readRows(context: IExecuteFunctions, list: string, row: string): IDataObject[] {
	const collection: unknown = context.getNodeParameter(list, 0, {});
	if (!isObject(collection)) return [];
	const rows: unknown = collection[row];
	return Array.isArray(rows) ? rows.filter((each): each is IDataObject => isObject(each)) : [];
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `starter, pro` as words; undefined where there is none. */
export function wordsOf(text: unknown): string[] | undefined {
	if (typeof text !== 'string') return undefined;
	const words = text.split(/[,;\n]/).map((word) => word.trim());
	const found = words.filter((word) => word !== '');
	return found.length === 0 ? undefined : found;
}

/** An own tier's id: `Mid Touch` is `mid-touch`. Ids of the presets stay as they are. */
export function tierIdOf(name: string): string {
	const words = name.trim().split(/[^\p{Letter}\p{Number}]+/u);
	const id = words.filter((word) => word !== '').join('-');
	return words.length === 1 && /^[a-z]/.test(id) ? id : id.toLowerCase();
}

/** The texts of a multiple choice; undefined where none is chosen. */
export function listOf(value: unknown): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const words = value.filter((word): word is string => typeof word === 'string');
	return words.length === 0 ? undefined : words;
}
