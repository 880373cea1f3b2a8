/** What an object has under a name itself; undefined for what it inherits, and where there is no object. */
export function own(value: unknown, name: PropertyKey): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (Reflect.get(value, name) as unknown)
		: undefined;
}
