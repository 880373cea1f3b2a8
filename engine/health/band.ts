import type { HealthModel } from './model';

/** Makes the one rounding independent of the order in which fractions were added. */
const ROUNDING_SLACK = 1e-9;

export function roundScore(exact: number): number {
	return Math.round(exact + ROUNDING_SLACK);
}

/** The band follows the score as shown (P19). */
export function bandOf(
	score: number,
	{ green, yellow }: HealthModel['bands'],
): 'green' | 'yellow' | 'red' {
	return score >= green ? 'green' : score >= yellow ? 'yellow' : 'red';
}

/** The least an exact score must be to be shown as `score` or more. */
export function leastToShow(score: number): number {
	return score - 0.5 - ROUNDING_SLACK;
}
