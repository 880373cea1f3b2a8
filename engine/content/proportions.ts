/** Two-sided 5 %, shared out evenly among so many comparisons (Bonferroni): quantiles of 1 − 0.05 / 2 / comparisons. */
const Z = [
	1.9599639845400536, 2.2414027276049464, 2.3939797998185104, 2.4977054744123737, 2.5758293035489,
	2.638257273476751, 2.690109527158866, 2.734368786533176, 2.772921294608662,
] as const;
/** 80 % of the normal distribution lie below. */
const Z_POWER = 0.8416212335729143;

export const MOST_COMPARISONS = Z.length;

/**
 * How far from the middle the intervals reach, so that all of them together hold with 95 %.
 * @param comparisons 1 to 9
 */
export function quantileFor(comparisons: number): number {
	const z = Z[comparisons - 1];
	if (z === undefined) throw new RangeError('There are 1 to 9 comparisons');
	return z;
}

/**
 * How many of each variant are needed to see a rise from one rate to another with a power of 80 % (Fleiss, Statistical
 * Methods for Rates and Proportions, without the correction for continuity).
 */
export function sampleSize(baseline: number, other: number, comparisons: number): number {
	const mean = (baseline + other) / 2;
	const equal = quantileFor(comparisons) * Math.sqrt(2 * mean * (1 - mean));
	const apart = Z_POWER * Math.sqrt(baseline * (1 - baseline) + other * (1 - other));
	return Math.ceil(((equal + apart) / (baseline - other)) ** 2);
}

export type Share = { readonly count: number; readonly of: number };
export type Difference = {
	readonly difference: number;
	readonly low: number;
	readonly high: number;
};

/**
 * The difference of two shares with its interval, from Wilson's intervals of each (Newcombe, Statistics in Medicine
 * 1998, method 10): honest for few accounts and for rates near 0, where the textbook one is not.
 */
export function differenceOf(one: Share, baseline: Share, z: number): Difference {
	const a = wilson(one, z);
	const b = wilson(baseline, z);
	const difference = a.share - b.share;
	return {
		difference,
		low: difference - Math.hypot(a.share - a.low, b.high - b.share),
		high: difference + Math.hypot(a.high - a.share, b.share - b.low),
	};
}

function wilson({ count, of }: Share, z: number): { share: number; low: number; high: number } {
	const share = count / of;
	const scale = 1 + z ** 2 / of;
	const center = share + z ** 2 / (2 * of);
	const reach = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
	return {
		share,
		low: count === 0 ? 0 : (center - reach) / scale,
		high: count === of ? 1 : (center + reach) / scale,
	};
}
