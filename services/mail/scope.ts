/** Far deeper than any template reaches; a value nested thousands deep would exhaust the stack. */
const DEEPEST = 50;

/**
 * A value as templates see it: what is null or blank is left out, and what is nested deeper than 50. A template then
 * meets one kind of missing, and "Hello ," can be told from a name that is there.
 */
export function withoutBlanks(value: unknown): unknown {
	return present(value, DEEPEST);
}

function present(value: unknown, depth: number): unknown {
	if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	if (typeof value !== 'object') return value;
	if (depth === 0) return undefined;
	if (Array.isArray(value)) return value.map((part) => present(part, depth - 1));
	if (!isPlain(value)) return value;
	const kept = new Map<string, unknown>();
	for (const [name, part] of Object.entries(value)) {
		const found = present(part, depth - 1);
		if (found !== undefined) kept.set(name, found);
	}
	return Object.fromEntries(kept);
}

function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
