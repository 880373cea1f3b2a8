import type { Judged } from '../backtest/judged';
import type { CalibrateSettings, Points } from './rows';

export type Weighed = { readonly score: number | null; readonly band: Judged['band'] };

/**
 * The score as Health Score makes it: points weighed, signals without data left out and their weight shared out among
 * the others, a band only where enough of the weight had data. Not rounded, so that a ranking loses nothing.
 */
export function weigh(
	points: Points,
	weights: readonly number[],
	{ bands, coverageFloor }: Pick<CalibrateSettings, 'bands' | 'coverageFloor'>,
): Weighed {
	let all = 0;
	let covered = 0;
	let earned = 0;
	weights.forEach((weight, signal) => {
		all += weight;
		const found = points[signal] ?? null;
		if (found === null) return;
		covered += weight;
		earned += weight * found;
	});
	if (covered === 0) return { score: null, band: 'unknown' };
	const score = Math.min(100, Math.max(0, earned / covered));
	// the band follows the score as shown, which is whole
	const shown = Math.round(score + ROUNDING_SLACK);
	if (covered / all + ROUNDING_SLACK < coverageFloor) return { score, band: 'unknown' };
	return {
		score,
		band: shown >= bands.green ? 'green' : shown >= bands.yellow ? 'yellow' : 'red',
	};
}

const ROUNDING_SLACK = 1e-9;
