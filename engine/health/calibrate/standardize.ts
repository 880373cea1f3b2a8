import { designOf, type Design } from './logistic';
import type { Points } from './rows';

/**
 * Where the points of each signal lie and how far they spread, among the rows that weights are fitted on. Points enter
 * the regression in units of their spread, so that the penalty asks the same of a signal that hardly moves.
 */
export type Spread = { readonly means: readonly number[]; readonly deviations: readonly number[] };

export function spreadOf(rows: readonly Points[], signals: number): Spread {
	const means: number[] = [];
	const deviations: number[] = [];
	for (let signal = 0; signal < signals; signal++) {
		const known = rows.flatMap((row) => row[signal] ?? []);
		const mean = known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
		const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
		means.push(mean);
		deviations.push(known.length === 0 ? 0 : Math.sqrt(squares / known.length));
	}
	return { means, deviations };
}

/** Missing points stand at the mean: they say nothing either way. So does a signal that is the same for all. */
export function standardize(rows: readonly Points[], { means, deviations }: Spread): Design {
	return designOf(
		rows.map((row) =>
			means.map((mean, signal) => {
				const points = row[signal] ?? mean;
				const deviation = deviations[signal] ?? 0;
				return deviation < SAME_FOR_ALL ? 0 : (points - mean) / deviation;
			}),
		),
	);
}

/** Points that spread less than this are the same for all. */
export const SAME_FOR_ALL = 1e-9;
