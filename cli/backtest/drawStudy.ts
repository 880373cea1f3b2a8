import { drawBacktest } from '../../engine/health/backtest/pictures/drawBacktest';
import type { Study } from './study';

/** The files a study leaves behind: pictures of each horizon, and the drafted model. */
export function drawStudy(
	name: string,
	{ draft, backtest }: Study,
): { title: string; text: string }[] {
	const pictures = backtest === undefined ? [] : drawBacktest(name, backtest);
	const files = pictures.map((picture) => ({ title: `${picture.name}.svg`, text: picture.svg }));
	if (draft?.model === undefined || !('weights' in draft.calibration)) return files;
	const json = (value: object): string => `${JSON.stringify(value, null, '\t')}\n`;
	return [
		...files,
		{ title: 'moves.json', text: json(draft.calibration.moves) },
		{ title: 'model.json', text: json(draft.model) },
	];
}
