import { fsum } from 'd3-array';
import { shareInterval, type Interval } from './interval';
import type { Scored } from './judged';

/**
 * What was expected of some accounts beside what they did. Where scores come with a probability: tenths of the accounts,
 * riskiest first, `expected` the mean probability. Where they do not, a score promises nothing but an order: ten points
 * of score each, `expected` null.
 */
export type ReliabilityRow = {
	readonly accounts: number;
	readonly lowestScore: number;
	readonly highestScore: number;
	readonly meanScore: number;
	readonly expected: number | null;
	readonly churned: number;
	/** Share that left, with its 95 % interval. */
	readonly observed: number;
	readonly interval: Interval;
};

/** Mean squared error of the probabilities (Brier 1950), and of giving everybody the overall churn: lower is better. */
export type Brier = { readonly value: number; readonly ofBaseRate: number };

const GROUPS = 10;
const POINTS = 10;

/** @param ordered lowest score first */
export function reliabilityTable(ordered: readonly Scored[]): ReliabilityRow[] {
	const groups = haveRisk(ordered) ? tenths(ordered) : tensOfPoints(ordered);
	return groups.flatMap((rows) => {
		const [first] = rows;
		const last = rows.at(-1);
		const churned = rows.filter((row) => row.churned).length;
		const interval = shareInterval(churned, rows.length);
		if (first === undefined || last === undefined || interval === undefined) return [];
		return [
			{
				accounts: rows.length,
				lowestScore: first.score,
				highestScore: last.score,
				meanScore: fsum(rows, ({ score }) => score) / rows.length,
				expected: haveRisk(rows) ? fsum(rows, ({ risk }) => risk ?? 0) / rows.length : null,
				churned,
				observed: churned / rows.length,
				interval,
			},
		];
	});
}

/** @returns null where scores come without a probability */
export function brierScore(rows: readonly Scored[]): Brier | null {
	if (!haveRisk(rows)) return null;
	const base = rows.filter(({ churned }) => churned).length / rows.length;
	const error = ({ risk, churned }: Scored): number => ((risk ?? 0) - (churned ? 1 : 0)) ** 2;
	return { value: fsum(rows, error) / rows.length, ofBaseRate: base * (1 - base) };
}

function haveRisk(rows: readonly Scored[]): boolean {
	return rows.length > 0 && rows.every(({ risk }) => risk !== undefined);
}

function tenths(ordered: readonly Scored[]): Scored[][] {
	const at = (tenth: number): number => Math.floor((tenth * ordered.length) / GROUPS);
	return Array.from({ length: GROUPS }, (_group, tenth) => ordered.slice(at(tenth), at(tenth + 1)));
}

/** 0 to under 10, …, 90 to 100. */
function tensOfPoints(ordered: readonly Scored[]): Scored[][] {
	const groups: Scored[][] = Array.from({ length: GROUPS }, () => []);
	for (const row of ordered)
		groups[Math.min(GROUPS - 1, Math.floor(row.score / POINTS))]?.push(row);
	return groups;
}
