import type { GainPoint } from '../ranking';
import { curve, drawChart, evenLine, words } from './chart';

export type LiftCurve = { readonly label: string; readonly gains: readonly GainPoint[] };

/** Up to three curves can be told apart. */
const MOST_CURVES = 3;
const READ_AT = 20;

/**
 * How much of the churn is met by calling on the accounts with the lowest scores first: cumulative gains, whose slope is
 * the lift. SVG text.
 */
export function liftPicture(title: string, curves: readonly LiftCurve[]): string {
	const shown = curves.filter(({ gains }) => gains.length > 0).slice(0, MOST_CURVES);
	const readings = shown.map(({ label, gains }) => ({
		label,
		caught: (gains.find(({ accounts }) => accounts * 100 >= READ_AT)?.caught ?? 0) * 100,
	}));
	return drawChart({
		title,
		description: readings
			.map(
				({ label, caught }) =>
					`${label}: the ${READ_AT} % of accounts with the lowest scores hold ${caught.toFixed(0)} % of those that left.`,
			)
			.join(' '),
		x: { label: 'Accounts called on, lowest score first (%)', unit: '', from: 0, to: 100 },
		y: { label: 'Of those that left, met so far (%)', unit: '', from: 0, to: 100 },
		marks: [
			evenLine({ x: 0, y: 0 }, { x: 100, y: 100 }, 'by chance', 0.55),
			...shown.map(({ gains }, look) =>
				curve(
					gains.map(({ accounts, caught }) => ({ x: accounts * 100, y: caught * 100 })),
					look,
				),
			),
			...readings.map(({ label }, look) =>
				words({ x: 100, y: 62 }, label, look, { down: look * 2.6, curve: true }),
			),
			...readings.map(({ caught }, look) =>
				words({ x: 100, y: 62 }, `first ${READ_AT} %: ${caught.toFixed(0)} %`, look, {
					down: look * 2.6 + 1,
				}),
			),
		],
	});
}
