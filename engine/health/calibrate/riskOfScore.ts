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

/** Red is where at least this many times the usual churn is expected, green where at most that many times. */
const RED_FROM = 1.5;
const GREEN_TO = 0.5;
const NEARLY_SURE = 0.95;

/**
 * Where bands would begin if they meant a risk: red from one and a half times the churn of all accounts on, green up to
 * half of it. New weights move all scores, so that 75 and 60 may no longer part anything.
 * @param churn share of all accounts that left
 * @returns null where the score tells no risk
 */
export function bandsByRisk(
	risk: RiskOfScore,
	churn: number,
): { green: number; yellow: number } | null {
	if (risk.slope >= 0 || churn <= 0) return null;
	const from = (wanted: number): number => {
		const chance = Math.min(NEARLY_SURE, wanted);
		const score = ((Math.log(chance / (1 - chance)) - risk.intercept) / risk.slope) * 100;
		return Math.min(100, Math.max(0, Math.ceil(score)));
	};
	return { green: from(GREEN_TO * churn), yellow: from(RED_FROM * churn) };
}
