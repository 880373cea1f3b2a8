import type { Judged } from '../backtest/judged';
import type { CalibrateSettings, Held, Points } from './rows';

export type Weighed = { readonly score: number | null; readonly band: Judged['band'] };

/**
 * The score as Health Score makes it: points weighed, signals without data left out and their weight shared out among
 * the others, a band only where enough of the weight had data, and no more than a cap allows. Not rounded, so that a
 * ranking loses nothing.
 */
export function weigh(
	points: Points,
	weights: readonly number[],
	{ bands, coverageFloor }: Pick<CalibrateSettings, 'bands' | 'coverageFloor'>,
	{ assumed, atMost = 100 }: Held = {},
): Weighed {
	let all = 0;
	let counted = 0;
	let covered = 0;
	let earned = 0;
	weights.forEach((weight, signal) => {
		all += weight;
		const found = points[signal] ?? null;
		if (found === null) return;
		counted += weight;
		if (assumed?.includes(signal) !== true) covered += weight;
		earned += weight * found;
	});
	if (covered === 0) return { score: null, band: 'unknown' };
	const score = Math.min(atMost, Math.max(0, earned / counted));
	// the band follows the score as shown, which is whole
	const shown = Math.round(score + ROUNDING_SLACK);
	if (covered / all + ROUNDING_SLACK < coverageFloor) return { score, band: 'unknown' };
	return {
		score,
		band: shown >= bands.green ? 'green' : shown >= bands.yellow ? 'yellow' : 'red',
	};
}

const ROUNDING_SLACK = 1e-9;
