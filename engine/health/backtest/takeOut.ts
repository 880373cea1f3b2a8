import type { Facts } from '../fields';

/** The keys a path leads through, one after the other. */
export type PartsOf = (path: string) => readonly string[];

/**
 * Compiles the copy of a row without what stands at these paths, and without columns that are called as they are. Where
 * a path leads into a text (its first letter, say), the text goes: it tells as much. The row itself is left as it is.
 */
export function compileTakeOut(paths: readonly string[], partsOf: PartsOf): (row: Facts) => Facts {
	const columns = new Set(paths);
	const nested: (readonly string[])[] = [];
	for (const path of paths) {
		const parts = partsOf(path);
		const [only] = parts;
		if (parts.length === 1 && only !== undefined) columns.add(only);
		else nested.push(parts);
	}
	return (row) => {
		const rest: Facts = Object.fromEntries(
			Object.entries(row).filter(([column]) => !columns.has(column)),
		);
		return nested.reduce((left, parts) => without(left, parts), rest);
	};
}

function without(facts: Facts, [key, ...deeper]: readonly string[]): Facts {
	if (key === undefined || !Object.hasOwn(facts, key)) return facts;
	const below = facts[key];
	const kept = deeper.length === 0 ? undefined : cut(below, deeper);
	if (kept !== undefined) return { ...facts, [key]: kept };
	return Object.fromEntries(Object.entries(facts).filter(([one]) => one !== key));
}

/** undefined where nothing may be kept */
function cut(value: unknown, parts: readonly string[]): unknown {
	if (typeof value === 'string') return undefined;
	if (Array.isArray(value)) {
		const [place, ...deeper] = parts;
		// the others keep their places
		return value.map((one: unknown, index) => {
			if (String(index) !== place) return one;
			return deeper.length === 0 ? undefined : cut(one, deeper);
		});
	}
	return isFacts(value) ? without(value, parts) : value;
}

function isFacts(value: unknown): value is Facts {
	return typeof value === 'object' && value !== null;
}
