import type { ReliabilityRow } from '../reliability';
import { curve, dot, drawChart, evenLine, words } from './chart';

/**
 * What was expected beside what happened, with 95 % intervals. Where scores come with a probability, dots on the dashed
 * line are promises kept; where they do not, churn should fall as the score rises. SVG text.
 */
export function reliabilityPicture(title: string, rows: readonly ReliabilityRow[]): string {
	const expected = rows.every((row) => row.expected !== null);
	const places = rows.map((row) => ({
		x: expected ? (row.expected ?? 0) * 100 : row.meanScore,
		y: row.observed * 100,
		low: row.interval.low * 100,
		high: row.interval.high * 100,
	}));
	const highest = Math.max(
		10,
		...places.map(({ x, high }) => (expected ? Math.max(x, high) : high)),
	);
	const to = Math.min(100, Math.ceil(highest / 10) * 10);
	const told = rows.reduce((sum, { accounts }) => sum + accounts, 0);
	return drawChart({
		title,
		description: places
			.map(
				({ x, y }) =>
					`${expected ? `Expected ${x.toFixed(0)} %` : `Score ${x.toFixed(0)}`}: ${y.toFixed(0)} % left.`,
			)
			.join(' '),
		x: expected
			? { label: 'Expected to leave (%)', unit: '', from: 0, to }
			: { label: 'Score (points)', unit: '', from: 0, to: 100 },
		y: { label: 'Left (%)', unit: '', from: 0, to },
		marks: [
			...(expected ? [evenLine({ x: 0, y: 0 }, { x: to, y: to }, 'as expected', 1)] : []),
			curve(places, 0),
			...places.map((place) => dot(place, place.low, place.high)),
			words({ x: expected ? to : 100, y: to * 0.5 }, `${rows.length} groups,`, 0),
			words(
				{ x: expected ? to : 100, y: to * 0.5 },
				`${told.toLocaleString('en-US')} accounts`,
				0,
				{ down: 1 },
			),
			words({ x: expected ? to : 100, y: to * 0.5 }, 'bars: 95 %', 0, { down: 2 }),
		],
	});
}
