import { isDeepStrictEqual } from 'node:util';

/**
 * Expects two long lists to be the same and shows the first place where they are not. Thousands of calls of `expect`
 * take seconds, and jest's diff of two lists that long takes minutes.
 */
export function expectEach(actual: readonly unknown[], expected: readonly unknown[]): void {
	expect(actual).toHaveLength(expected.length);
	for (const [index, value] of actual.entries()) {
		if (isDeepStrictEqual(value, expected[index])) continue;
		expect({ index, value }).toEqual({ index, value: expected[index] });
	}
}
