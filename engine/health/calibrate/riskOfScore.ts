import type { RiskOfScore } from './calibration';
import { designOf, fitLogistic, probability } from './logistic';

/** Scores that tell all accounts apart would make the curve infinitely steep; this stops it and moves nothing else. */
const HARDLY_ANY = 1e-6;

/** The churn that goes with each score, as a logistic curve that never rises (Platt 1999). */
export function riskOfScore(
	rows: readonly { readonly score: number; readonly churned: boolean }[],
): RiskOfScore {
	const { intercept, coefficients } = fitLogistic(
		designOf(rows.map(({ score }) => [score / 100])),
		rows.map(({ churned }) => !churned),
		{ penalty: HARDLY_ANY, nonNegative: true },
	);
	return { intercept: 0 - intercept, slope: 0 - (coefficients[0] ?? 0) };
}

/** Probability of leaving (0–1) at a score of 0–100. */
export function riskAt({ intercept, slope }: RiskOfScore, score: number): number {
	return probability(intercept + (slope * score) / 100);
}
