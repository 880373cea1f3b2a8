import { ACCOUNT_FIELDS, GROUPS, normalizeHeader, type GroupName } from './fields';

/** What a top-level column of a row is to the account. */
export type Column =
	/** `canonical`: by its very path; the account's own value replaces it. */
	| { is: 'field'; field: number; rank: number; canonical: boolean }
	| { is: 'group'; group: GroupName }
	| { is: 'contacts' }
	| { is: 'other' }
	/** Never copied: writing this name would change the object itself. */
	| { is: 'dropped' };

const OTHER: Column = { is: 'other' };

/** The columns of rows that repeat their headings: worked out again only when the headings change. */
export function columnsOf(
	columnOf: (name: string) => Column,
): (names: readonly string[]) => readonly Column[] {
	let lastNames: readonly string[] = [];
	let lastColumns: readonly Column[] = [];
	return (names) => {
		const same =
			names.length === lastNames.length && names.every((name, index) => name === lastNames[index]);
		if (!same) {
			lastNames = names;
			lastColumns = names.map(columnOf);
		}
		return lastColumns;
	};
}

/**
 * Says what a column is by its heading, remembering each heading it has seen: rows repeat theirs. Exact canonical names
 * always count; with `headers`, so do the usual headings of exports in any case and with any separators.
 */
export function compileColumns(headers: boolean): (name: string) => Column {
	const exact = new Map<string, Column>([
		['__proto__', { is: 'dropped' }],
		['contacts', { is: 'contacts' }],
		...GROUPS.map((group): [string, Column] => [group, { is: 'group', group }]),
	]);
	const spelled = new Map<string, Column>();
	ACCOUNT_FIELDS.forEach(({ path, headers: headings }, field) => {
		exact.set(path, { is: 'field', field, rank: 1, canonical: true });
		if (!headers) return;
		[path, ...headings].forEach((heading, index) => {
			const key = normalizeHeader(heading);
			if (!spelled.has(key)) {
				spelled.set(key, { is: 'field', field, rank: index + 2, canonical: false });
			}
		});
	});
	const seen = new Map<string, Column>();
	return (name) => {
		let column = seen.get(name);
		if (column === undefined) {
			column =
				exact.get(name) ?? (headers ? spelled.get(normalizeHeader(name)) : undefined) ?? OTHER;
			if (seen.size < 10_000) seen.set(name, column);
		}
		return column;
	};
}

/** For each group, its fields by their name inside it. */
export const GROUP_FIELDS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
	GROUPS.map((group) => [
		group,
		new Map(
			ACCOUNT_FIELDS.flatMap((field, index) =>
				field.group === group ? [[field.name, index] as const] : [],
			),
		),
	]),
);
