import type { Backtest } from '../backtest';
import { liftPicture } from './liftPicture';
import { reliabilityPicture } from './reliabilityPicture';

/** `name`: lift, and reliability or, with dates, reliability-90, -60 and -30. */
export type Picture = { readonly name: string; readonly svg: string };

/** All pictures of a backtest. @param of what was tested, for the titles */
export function drawBacktest(of: string, { horizons }: Backtest): Picture[] {
	const curves = horizons.map(({ daysBefore, figures }) => ({
		label: daysBefore === null ? 'by score' : `${daysBefore} days before`,
		gains: figures.gains,
	}));
	const lift = liftPicture(`Who leaves is found among the lowest scores (${of})`, curves);
	return [
		{ name: 'lift', svg: lift },
		...horizons.map(({ daysBefore, figures: { reliability } }) => {
			const expected = reliability.some((row) => row.expected !== null);
			const what = expected ? 'Expected and actual churn' : 'Churn by score';
			const when = daysBefore === null ? '' : `, ${daysBefore} days before`;
			return {
				name: daysBefore === null ? 'reliability' : `reliability-${daysBefore}`,
				svg: reliabilityPicture(`${what} (${of}${when})`, reliability),
			};
		}),
	];
}
