import { liftPicture } from '../../engine/health/backtest/pictures/liftPicture';
import { reliabilityPicture } from '../../engine/health/backtest/pictures/reliabilityPicture';
import type { Study } from './study';

/** The files a study leaves behind: pictures of each horizon, and the drafted model. */
export function drawStudy(
	name: string,
	{ draft, backtest }: Study,
): { title: string; text: string }[] {
	const files: { title: string; text: string }[] = [];
	if (backtest !== undefined) {
		const curves = backtest.horizons.map(({ daysBefore, figures }) => ({
			label: daysBefore === null ? 'by score' : `${daysBefore} days before`,
			gains: figures.gains,
		}));
		files.push({
			title: 'lift.svg',
			text: liftPicture(`Who leaves is found among the lowest scores (${name})`, curves),
		});
		for (const { daysBefore, figures } of backtest.horizons) {
			const expected = figures.reliability.some((row) => row.expected !== null);
			files.push({
				title: daysBefore === null ? 'reliability.svg' : `reliability-${daysBefore}.svg`,
				text: reliabilityPicture(
					`${expected ? 'Expected and actual churn' : 'Churn by score'} (${name}${daysBefore === null ? '' : `, ${daysBefore} days before`})`,
					figures.reliability,
				),
			});
		}
	}
	const calibration = draft?.calibration;
	if (draft === undefined || calibration === undefined || !('weights' in calibration)) return files;
	const weights = new Map(calibration.weights.map(({ id, proposed }) => [id, proposed]));
	const model = {
		id: name,
		version: '1',
		label: `Drafted from ${name}`,
		signals: draft.signals.flatMap((signal) => {
			const weight = weights.get(signal.id) ?? 0;
			return weight > 0 ? [{ ...signal, weight }] : [];
		}),
		...(calibration.bandsByRisk === null ? {} : { bands: calibration.bandsByRisk }),
	};
	files.push({ title: 'moves.json', text: `${JSON.stringify(calibration.moves, null, '\t')}\n` });
	files.push({ title: 'model.json', text: `${JSON.stringify(model, null, '\t')}\n` });
	return files;
}
