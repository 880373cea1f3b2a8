import { followBy } from '../backtest/followModel';
import { finish, type Progress, type Steps } from '../backtest/steps';
import type { ReaderOf } from '../fields';
import type { HealthModel } from '../model';
import { calibrateSteps } from './calibrate';
import type { Calibration } from './calibration';
import { compileEarned, weighable } from './earned';
import { propose } from './propose';
import { calibrateSettingsSchema, type Earned } from './rows';
import type { FactsRow } from './split';

/** What was found, and a copy of the model with other weights; null where there is none. */
export type ModelCalibrated = {
	readonly calibration: Calibration;
	readonly proposal: HealthModel | null;
};

/** Accounts looked at between two steps. */
const AT_A_TIME = 500;
/** Share of the work that looking at accounts is, roughly. */
const LOOKING = 0.2;

/**
 * Calibrates a model whose curves, policies, caps and bands stay as they are.
 * @param rows accounts as they were known on a day; `splitByTime` makes them of histories
 * @param atLeast fewer accounts that left (or stayed) teach nothing
 * @throws whatever `readerOf` throws on a signal's field path
 */
export function* calibrateModelSteps(
	model: HealthModel,
	rows: readonly FactsRow[],
	readerOf: ReaderOf,
	atLeast?: number,
): Steps<ModelCalibrated> {
	const follow = followBy(model, readerOf, (now, history) =>
		compileEarned(model, readerOf, now, history),
	);
	const earned: Earned[] = [];
	for (const { past, asOf } of rows) {
		const found = follow(past)(asOf)?.found;
		earned.push(found ?? { points: [], held: {} });
		if (earned.length % AT_A_TIME === 0) yield (earned.length / rows.length) * LOOKING;
	}
	const { bands, coverageFloor } = model;
	const settings = calibrateSettingsSchema.parse({ bands, coverageFloor, atLeast });
	const points = earned.map((one) => one.points);
	const work = calibrateSteps(
		{
			signals: weighable(model),
			rows,
			pointsFrom: () => points,
			held: earned.map((one) => one.held),
		},
		settings,
	);
	let step = work.next();
	while (step.done !== true) {
		yield LOOKING + step.value * (1 - LOOKING);
		step = work.next();
	}
	const calibration = step.value;
	return { calibration, proposal: 'weights' in calibration ? propose(model, calibration) : null };
}

export function calibrateModel(
	model: HealthModel,
	rows: readonly FactsRow[],
	readerOf: ReaderOf,
	progress?: Progress,
): ModelCalibrated {
	return finish(calibrateModelSteps(model, rows, readerOf), progress);
}
