import { sayExact } from '../figures';
import type { HealthModel } from '../model';
import type { KnownBand } from './memory';
import { allAtLeast, type Scores } from './scores';

const RANKS: Record<KnownBand, number> = { red: 0, yellow: 1, green: 2 };
const TOP = 100;

export function isAbove(band: KnownBand, other: KnownBand): boolean {
	return RANKS[band] > RANKS[other];
}

/** A score from which a band's start is left behind for good: P19 re-arms at 65, five points into yellow. */
export function wellInto(start: number, { hysteresis }: HealthModel): number {
	return Math.min(TOP, start + hysteresis.margin);
}

/**
 * The band after a new daily score: down at once; up when the score was well into it on `scores` daily scores in a row,
 * or just in it on `settled`.
 * @param by the band of the score by itself; @param scores with the new one
 */
export function bandAfter(
	band: KnownBand,
	by: KnownBand,
	scores: Scores,
	model: HealthModel,
): KnownBand {
	if (!isAbove(by, band)) return by;
	if (by === 'green' && hasReached(model.bands.green, scores, model)) return 'green';
	return band === 'red' && hasReached(model.bands.yellow, scores, model) ? 'yellow' : band;
}

function hasReached(start: number, scores: Scores, model: HealthModel): boolean {
	const { hysteresis } = model;
	return (
		allAtLeast(scores, hysteresis.scores, wellInto(start, model)) ||
		allAtLeast(scores, hysteresis.settled, start)
	);
}

/** What takes an account out of a band upward for certain: the least score, and on how many daily scores in a row. */
export function wayOutOf(
	band: 'red' | 'yellow',
	model: HealthModel,
): { band: 'green' | 'yellow'; score: number; days: number } {
	const { bands, hysteresis } = model;
	const { scores, settled } = hysteresis;
	// without a margin, or where settling takes no longer, what is just in it is enough
	const isJustIn = hysteresis.margin === 0 || settled <= scores;
	const aim = (start: number): number => Math.ceil(isJustIn ? start : wellInto(start, model));
	const score = aim(band === 'red' ? bands.yellow : bands.green);
	const reached = band === 'red' && score < aim(bands.green) ? 'yellow' : 'green';
	return { band: reached, score, days: isJustIn ? Math.min(scores, settled) : scores };
}

/** `The band stays red until the score is 65 or more on 2 days in a row, or 60 or more on 7 days in a row`. */
export function sayNotSettled(band: KnownBand, model: HealthModel): string {
	const { bands, hysteresis } = model;
	const start = band === 'red' ? bands.yellow : bands.green;
	const on = (least: number, count: number): string =>
		`${sayExact(least)} or more on ${count === 1 ? 'a day' : `${count} days in a row`}`;
	const well = on(wellInto(start, model), hysteresis.scores);
	const justIn =
		hysteresis.settled > hysteresis.scores ? `, or ${on(start, hysteresis.settled)}` : '';
	return `The band stays ${band} until the score is ${well}${hysteresis.margin > 0 ? justIn : ''}`;
}

/** `The band stays yellow today: the day's first score decides, which was 62`. */
export function sayFirstCounts(band: KnownBand, first: number): string {
	return `The band stays ${band} today: the day's first score decides, which was ${first}`;
}
