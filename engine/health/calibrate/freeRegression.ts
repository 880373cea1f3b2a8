import { rocAuc, type Auc } from '../backtest/auc';
import type { Brier } from '../backtest/reliability';
import { brierScore } from '../backtest/reliability';
import type { Facts } from '../fields';
import { numberOf, textOf, type Column } from './columns';
import { designOf, fitLogistic, logOdds, probability } from './logistic';

type Row = {
	readonly accountId: string;
	readonly facts: Facts;
	readonly churned: boolean;
	readonly fit: boolean;
};

/**
 * The yardstick: plain logistic regression on all columns as they are (numbers as numbers, a yes/no per further
 * category), no penalty, signs free, missing numbers at the mean. What a model that need not be explained or defended
 * reaches on the same split; a health model's weights can be held against it.
 */
export function freeRegression(
	columns: readonly Column[],
	rows: readonly Row[],
): { auc: Auc | null; brier: Brier | null } {
	const fitting = rows.filter(({ fit }) => fit);
	const judging = rows.filter(({ fit }) => !fit);
	const terms = columns.flatMap((column) => termsOf(column, fitting));
	const design = (some: readonly Row[]): ReturnType<typeof designOf> =>
		designOf(some.map(({ facts }) => terms.map((term) => term(facts))));
	const left = fitting.map(({ churned }) => churned);
	const fit = fitLogistic(design(fitting), left, { penalty: 0, nonNegative: false });
	const unseen = design(judging);
	const odds = judging.map((_row, index) => logOdds(unseen, index, fit));
	const ranked = judging.map(({ churned }, index) => ({ churned, risk: odds[index] ?? 0 }));
	const brier = brierScore(
		judging.map(({ accountId, churned }, index) => {
			return { accountId, churned, score: 0, band: 'unknown', risk: probability(odds[index] ?? 0) };
		}),
	);
	return { auc: rocAuc(ranked) ?? null, brier };
}

type Term = (facts: Facts) => number;

/** Numbers in units of their spread, which changes no prediction and helps the arithmetic. */
function termsOf({ field, kind }: Column, fitting: readonly Row[]): Term[] {
	if (kind === 'category') {
		const seen = new Set(fitting.flatMap(({ facts }) => textOf(facts[field]) ?? []));
		const [, ...further] = [...seen].sort();
		return further.map((category) => (facts) => (textOf(facts[field]) === category ? 1 : 0));
	}
	const known = fitting.flatMap(({ facts }) => numberOf(facts[field]) ?? []);
	const mean = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
	const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
	const deviation = Math.sqrt(squares / Math.max(1, known.length)) || 1;
	return [(facts) => ((numberOf(facts[field]) ?? mean) - mean) / deviation];
}
