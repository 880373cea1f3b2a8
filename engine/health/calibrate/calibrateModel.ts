import type { Progress } from '../backtest/backtest';
import type { Facts } from '../fields';
import { calibrate } from './calibrate';
import type { Calibration } from './calibration';
import { propose } from './propose';
import type { CalibrateSettings, OutcomeRow, Points, WeighedSignal } from './rows';

/** A model whose signals can be told in a sentence. */
export type Labeled = {
	readonly version: string;
	readonly signals: readonly WeighedSignal[];
};

/** What each signal earns, 0–100 in the model's order; null where the score would leave it out. */
export type PointsOf = (facts: Facts, asOf: number) => Points;

/**
 * Calibrates a model whose curves stay as they are.
 * @param rows accounts as they were known at `asOf`; `splitByTime` makes them of histories
 * @returns the proposal is a copy of the model with other weights; null where there is none
 */
export function calibrateModel<Model extends Labeled>(
	model: Model,
	rows: readonly (OutcomeRow & { readonly facts: Facts; readonly asOf: number })[],
	pointsOf: PointsOf,
	settings: CalibrateSettings,
	progress?: Progress,
): { calibration: Calibration; proposal: Model | null } {
	const points = rows.map(({ facts, asOf }) => pointsOf(facts, asOf));
	const calibration = calibrate(
		{ signals: model.signals, rows, pointsFrom: () => points },
		settings,
		progress,
	);
	const proposal = 'weights' in calibration ? propose(model, calibration) : null;
	return { calibration, proposal };
}
