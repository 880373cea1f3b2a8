import {
	NodeOperationError,
	type IBinaryKeyData,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import {
	backtestSettingsSchema,
	type BacktestSettings,
} from '../../engine/health/backtest/backtest';
import { backtestOutcomes } from '../../engine/health/backtest/backtestOutcomes';
import { followModel } from '../../engine/health/backtest/followModel';
import { drawBacktest, type Picture } from '../../engine/health/backtest/pictures/drawBacktest';
import { sayBacktest } from '../../engine/health/backtest/sayBacktest';
import { compileFieldPath } from '../platform/fieldPath';
import { inTurns } from '../platform/inTurns';
import { sayWhatIsUnknown } from './hints';
import { readStudy } from './readStudy';
import { sayLeftOut, studyItem } from './studyItem';
import { textOf } from '../platform/rows';

/** One item: how well the model told who would leave, as data, sentences and pictures. */
export async function backtestModel(context: IExecuteFunctions): Promise<INodeExecutionData> {
	const settings = readSettings(context);
	const { model, read, now } = readStudy(context);
	const { follow, tally } = followModel(model, compileFieldPath);
	const result = await inTurns(backtestOutcomes(read, follow, settings, now));
	context.addExecutionHints(...sayLeftOut(read), ...sayWhatIsUnknown(tally()));
	const pictures = drawBacktest(model.label ?? model.id, result);
	const backtest = {
		sentences: sayBacktest(result),
		model: { id: model.id, version: model.version },
		...result,
	};
	return studyItem(context, { backtest }, read, await binaryOf(context, pictures));
}

async function binaryOf(
	context: IExecuteFunctions,
	pictures: readonly Picture[],
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	for (const { name, svg } of pictures) {
		binary[name] = await context.helpers.prepareBinaryData(
			Buffer.from(svg),
			`${name}.svg`,
			'image/svg+xml',
		);
	}
	return binary;
}

function readSettings(context: IExecuteFunctions): BacktestSettings {
	const given = textOf(context.getNodeParameter('options.daysBefore', 0, ''));
	const horizons = given.split(',').map((part) => Number(part.trim() || NaN));
	const parsed = backtestSettingsSchema.safeParse(given === '' ? {} : { horizons });
	if (parsed.success) return parsed.data;
	throw new NodeOperationError(
		context.getNode(),
		`'Days Before' holds '${given}', which are no days from 1 to 730`,
		{ description: 'Write whole numbers separated by commas, such as 90, 60, 30.' },
	);
}
