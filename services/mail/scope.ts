/**
 * A value as templates see it: what is null or blank is left out. A template then meets one kind of missing,
 * and "Hello ," can be told from a name that is there.
 */
export function withoutBlanks(value: unknown): unknown {
	if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	if (Array.isArray(value)) return value.map(withoutBlanks);
	if (!isPlain(value)) return value;
	const kept = new Map<string, unknown>();
	for (const [name, part] of Object.entries(value)) {
		const present = withoutBlanks(part);
		if (present !== undefined) kept.set(name, present);
	}
	return Object.fromEntries(kept);
}

function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
