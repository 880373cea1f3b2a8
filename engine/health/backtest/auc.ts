import { fsum } from 'd3-array';
import { Z95, type Interval } from './interval';

/** How much at risk an account was ranked (any scale, more is worse), and whether it left. */
export type Ranked = { readonly risk: number; readonly churned: boolean };

/**
 * Area under the ROC curve: of all pairs of an account that left and one that stayed, the share where the one that left
 * was ranked more at risk (a tie is half). 0.5 is a coin, 1 never wrong. With its standard error and 95 % interval.
 */
export type Auc = Interval & { readonly value: number; readonly standardError: number };

const BISECTIONS = 60;

/**
 * The area and its interval after DeLong, DeLong and Clarke-Pearson (Biometrics 1988), by ranks (Sun and Xu 2014).
 * Where the ranking is perfect, or says nothing at all, DeLong's error is zero, which no finite sample warrants: there
 * the interval is Newcombe's (Statistics in Medicine 2006, method 5).
 * @returns undefined where nobody left or nobody stayed
 */
export function rocAuc(rows: readonly Ranked[]): Auc | undefined {
	const placed = placements(rows);
	if (placed === undefined) return undefined;
	const { value, left, stayed } = placed;
	const standardError = Math.sqrt(
		covariance(left, left) / left.length + covariance(stayed, stayed) / stayed.length,
	);
	if (!(standardError > 0)) {
		return { value, standardError: 0, ...newcombe(value, left.length, stayed.length) };
	}
	const reach = Z95 * standardError;
	return {
		value,
		standardError,
		low: Math.max(0, value - reach),
		high: Math.min(1, value + reach),
	};
}

/**
 * By how much the first ranking's area exceeds the second's, with a 95 % interval that knows that both ranked the same
 * accounts (DeLong's paired comparison).
 * @param first, second the same accounts in the same order
 */
export function compareAuc(
	first: readonly Ranked[],
	second: readonly Ranked[],
): (Interval & { readonly value: number }) | undefined {
	const a = placements(first);
	const b = placements(second);
	if (a === undefined || b === undefined) return undefined;
	const spread = (x: readonly number[], y: readonly number[]): number =>
		(covariance(x, x) - 2 * covariance(x, y) + covariance(y, y)) / x.length;
	// rounding can push the difference of equal rankings just below zero
	const variance = Math.max(0, spread(a.left, b.left) + spread(a.stayed, b.stayed));
	const value = a.value - b.value;
	const reach = Z95 * Math.sqrt(variance);
	return { value, low: value - reach, high: value + reach };
}

/** For each account that left, the share of those that stayed which it outranks; and the other way round. */
type Placements = { value: number; left: number[]; stayed: number[] };

function placements(rows: readonly Ranked[]): Placements | undefined {
	const risks = rows.map(({ risk }) => risk);
	const leavers = rows.flatMap(({ churned }, index) => (churned ? [index] : []));
	const stayers = rows.flatMap(({ churned }, index) => (churned ? [] : [index]));
	if (leavers.length === 0 || stayers.length === 0) return undefined;
	const among = midranks(risks);
	const outranked = (own: readonly number[], others: number): number[] => {
		const within = midranks(own.map((index) => risks[index] ?? 0));
		return own.map((index, place) => ((among[index] ?? 0) - (within[place] ?? 0)) / others);
	};
	const left = outranked(leavers, stayers.length);
	const stayed = outranked(stayers, leavers.length);
	return { value: mean(left), left, stayed };
}

/** Ranks from 1; equals share the mean of the ranks they take. */
function midranks(values: readonly number[]): number[] {
	const order = values.map((_value, index) => index);
	order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
	const ranks = values.map(() => 0);
	for (let start = 0; start < order.length;) {
		let end = start + 1;
		const value = values[order[start] ?? 0];
		while (end < order.length && values[order[end] ?? 0] === value) end++;
		for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
		start = end;
	}
	return ranks;
}

/** Summed without rounding, so that the accounts' order changes no digit. */
function mean(values: readonly number[]): number {
	return fsum(values) / values.length;
}

/** Of two lists of the same length; 0 for a single pair, of which no spread can be known. */
function covariance(a: readonly number[], b: readonly number[]): number {
	if (a.length < 2) return 0;
	const meanA = mean(a);
	const meanB = mean(b);
	return fsum(a, (one, index) => (one - meanA) * ((b[index] ?? 0) - meanB)) / (a.length - 1);
}

/** The areas that lie 1.96 of *their own* standard errors from the observed one. */
function newcombe(value: number, left: number, stayed: number): Interval {
	const others = (left + stayed) / 2 - 1;
	const reach = (area: number): number => {
		const shape = (1 - area) / (2 - area) + area / (1 + area);
		return Z95 * Math.sqrt((area * (1 - area) * (1 + others * shape)) / (left * stayed));
	};
	const end = (outer: number): number => {
		let inside = value;
		let outside = outer;
		for (let step = 0; step < BISECTIONS; step++) {
			const middle = (inside + outside) / 2;
			if (Math.abs(value - middle) <= reach(middle)) inside = middle;
			else outside = middle;
		}
		return inside;
	};
	return { low: value === 0 ? 0 : end(0), high: value === 1 ? 1 : end(1) };
}
