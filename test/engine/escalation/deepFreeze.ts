/** Whoever changes it, throws. */
export function deepFreeze<T>(value: T): T {
	if (typeof value === 'object' && value !== null)
		Object.values(Object.freeze(value)).forEach(deepFreeze);
	return value;
}
