import type { WeightRow } from './calibration';
import type { Points, WeighedSignal } from './rows';
import { SAME_FOR_ALL, spreadOf } from './standardize';

/** Each signal's share of all weight before and after, and why. `fitted`: the points that weights were learned from. */
export function weightRows(
	signals: readonly WeighedSignal[],
	proposed: readonly number[],
	fitted: readonly Points[],
): WeightRow[] {
	const all = signals.reduce((sum, { weight }) => sum + weight, 0);
	const { deviations } = spreadOf(fitted, signals.length);
	return signals.map(({ id, label, weight }, place) => {
		const share = proposed[place] ?? 0;
		const known = fitted.some((points) => typeof points[place] === 'number');
		const why =
			share > 0
				? 'learned'
				: !known
					? 'never_known'
					: (deviations[place] ?? 0) < SAME_FOR_ALL
						? 'same_for_all'
						: 'adds_nothing';
		const current = all === 0 ? 0 : (weight / all) * 100;
		return { id, label, current, proposed: share, why, text: `${label} ${TEXTS[why](share)}` };
	});
}

const percent = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

const TEXTS = {
	learned: (share: number) => `carries ${percent.format(share)} % of the weight`,
	adds_nothing: () => 'gets no weight: beside the others, more points do not mean that more stay',
	same_for_all: () => 'gets no weight: it has the same points for all accounts',
	never_known: () => 'gets no weight: no account had data for it',
} as const;
