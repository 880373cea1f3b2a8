/** Two-sided 95 %: the normal distribution has 2.5 % of its mass beyond this. */
export const Z95 = 1.959963984540054;

/** A figure between the ends of its 95 % interval. */
export type Interval = { readonly low: number; readonly high: number };

/**
 * Wilson's 95 % interval of a share: honest for few accounts and for shares of 0 and 1, where the textbook one is not
 * (Wilson, JASA 1927).
 * @param count how many of `of`; undefined where there is nobody
 */
export function shareInterval(count: number, of: number): Interval | undefined {
	if (of === 0) return undefined;
	const share = count / of;
	const squared = Z95 ** 2;
	const centre = share + squared / (2 * of);
	const reach = Z95 * Math.sqrt((share * (1 - share)) / of + squared / (4 * of ** 2));
	const scale = 1 + squared / of;
	return {
		low: count === 0 ? 0 : Math.max(0, (centre - reach) / scale),
		high: count === of ? 1 : Math.min(1, (centre + reach) / scale),
	};
}
