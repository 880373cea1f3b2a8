import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { calibrateModelSteps } from '../../engine/health/calibrate/calibrateModel';
import type { Calibration } from '../../engine/health/calibrate/calibration';
import { sayCalibration } from '../../engine/health/calibrate/sentences';
import { splitByNumber, splitByTime, type FactsRow } from '../../engine/health/calibrate/split';
import { compileFieldPath } from '../platform/fieldPath';
import { inTurns } from '../platform/inTurns';
import { readStudy, type Study } from './readStudy';
import { sayLeftOut, studyItem } from './studyItem';

/** Accounts that change band are counted all, and listed as far as anybody reads; the farthest move first. */
const MOST_LISTED = 100;
const DEFAULT_DAYS_BEFORE = 30;
const HOW_TO_USE =
	'Nothing is applied: whoever wants these weights chooses Model as JSON and pastes proposedModel';

/** One item: proposed weights, what they would change, and the model with them. Nothing is applied. */
export async function calibrateModel(context: IExecuteFunctions): Promise<INodeExecutionData> {
	const study = readStudy(context);
	const { model, read } = study;
	const rows = split(context, study);
	const steps = calibrateModelSteps(model, rows, compileFieldPath);
	const { calibration, proposal } = await inTurns(steps);
	context.addExecutionHints(...sayLeftOut(read), ...sayVerdict(calibration));
	const found = {
		calibration: {
			sentences: [...sayCalibration(calibration), ...(proposal === null ? [] : [HOW_TO_USE])],
			model: { id: model.id, version: model.version },
			...shorten(calibration),
		},
		proposedModel: proposal,
	};
	return studyItem(context, found, read);
}

function split(context: IExecuteFunctions, { read, now }: Study): FactsRow[] {
	const days = context.getNodeParameter('options.learnDaysBefore', 0, DEFAULT_DAYS_BEFORE);
	if (typeof days !== 'number' || !Number.isInteger(days) || days < 1) {
		throw new NodeOperationError(
			context.getNode(),
			"'Learn From Days Before' is not a whole number of days",
			{ description: 'Write a number such as 30.' },
		);
	}
	if (read.kind === 'snapshot') return splitByNumber(read.rows, now);
	return splitByTime(read.histories, days).rows;
}

function shorten(calibration: Calibration): object {
	if (!('moves' in calibration)) return calibration;
	const { moves } = calibration;
	const far = ({ from, to }: (typeof moves)[number]): number =>
		Math.abs((from.score ?? 0) - (to.score ?? 0));
	const listed = [...moves].sort((a, b) => far(b) - far(a)).slice(0, MOST_LISTED);
	return { ...calibration, moves: listed, movesNotListed: moves.length - listed.length };
}

/** Where there is no proposal to look at, the editor says so. */
function sayVerdict(calibration: Calibration): NodeExecutionHint[] {
	if ('weights' in calibration) return [];
	const [first] = calibration.reasons;
	return first === undefined
		? []
		: [{ message: `${first.text}.`, type: 'info', location: 'outputPane' }];
}
