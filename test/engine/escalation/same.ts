/** Throws where two values differ; calls of `expect` by the hundred thousand would take minutes. */
export function same(found: unknown, expected: unknown, what: string): void {
	const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
	if (a !== b) throw new Error(`${what}: ${a}, not ${b}`);
}

export function grouped<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const thing of things)
		groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
	return groups;
}
