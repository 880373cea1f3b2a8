import { compileCurve, stepsOf } from './curve';
import { lineOf, wordIndex, type Curve } from './curveSchema';
import type { HealthModel, Signal } from './model';

/** Whether more of what is measured is better, worse, or neither; the days since a date count as more. */
export type Direction = 'up' | 'down' | 'none';

/** What the signal says of itself, else what follows from its curve and the caps on it. */
export function directionOf(model: Pick<HealthModel, 'caps'>, signal: Signal): Direction {
	if (signal.direction !== undefined) return signal.direction;
	const direction = directionOfCurve(signal.curve);
	if (direction === 'none' || capsFollow(model, signal, direction)) return direction;
	return 'none';
}

export function directionOfCurve(curve: Curve): Direction {
	const line = lineOf(curve);
	if (line !== undefined) return line.from < line.to ? 'up' : 'down';
	if (curve.type === 'halfLife') return 'down';
	if (curve.type === 'categories') return 'none';
	const pointsOf = compileCurve(curve);
	const places =
		stepsOf(curve)
			?.steps.map(({ atLeast }) => atLeast)
			.sort((a, b) => a - b) ?? [];
	const levels = curve.type === 'yesNo' ? [0, 1] : [-Infinity, ...places];
	return directionOfLevels(levels.map(pointsOf));
}

/** Whether no cap lets more of a good thing, or less of a bad one, lower the score. */
export function capsFollow(
	{ caps }: Pick<HealthModel, 'caps'>,
	signal: Signal,
	direction: 'up' | 'down',
): boolean {
	const own = caps
		.filter((cap) => cap.signal === signal.id)
		.map(({ from, to, is, atMost }) => {
			const word = is === undefined ? undefined : wordIndex(signal.curve, is);
			return { from: word ?? from, to: word ?? to, atMost };
		});
	const values = wordsOf(signal) ?? placesBetween(own, signal);
	const limits = values.map((value) =>
		own.reduce(
			(limit, { from = -Infinity, to = Infinity, atMost }) =>
				value >= from && value <= to ? Math.min(limit, atMost) : limit,
			100,
		),
	);
	const found = directionOfLevels(limits);
	return new Set(limits).size <= 1 || found === direction;
}

/** Everything that can be measured of a signal that is a word. */
function wordsOf({ curve }: Signal): number[] | undefined {
	if (curve.type === 'yesNo') return [0, 1];
	return curve.type === 'categories' ? [...curve.values.keys()] : undefined;
}

/** One value in each stretch between the ends of the caps, and the ends themselves, in order. */
function placesBetween(
	caps: readonly { from?: number; to?: number }[],
	{ range: { min = -Infinity, max = Infinity } = {} }: Signal,
): number[] {
	const edges = caps
		.flatMap(({ from, to }) => [from, to])
		.filter((edge): edge is number => edge !== undefined)
		.sort((a, b) => a - b);
	const between = edges.map((edge, index) => (edge + (edges[index + 1] ?? edge + 2)) / 2);
	return [(edges[0] ?? 0) - 1, ...edges, ...between]
		.filter((value) => value >= min && value <= max)
		.sort((a, b) => a - b);
}

/** Where a row of levels goes: 'none' where it stays level or turns. */
export function directionOfLevels(levels: readonly number[]): Direction {
	const steps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0));
	const rises = steps.some((step) => step > 0);
	const falls = steps.some((step) => step < 0);
	return rises === falls ? 'none' : rises ? 'up' : 'down';
}
