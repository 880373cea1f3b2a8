import { columnReader } from '../backtest/columnReader';
import { finish, type Progress, type Steps } from '../backtest/steps';
import type { Facts } from '../fields';
import { calibrateSteps } from './calibrate';
import type { Calibration } from './calibration';
import type { Column } from './columns';
import { draftModel, draftSignals, type DraftSignal } from './draft';
import { compileEarned } from './earned';
import type { CalibrateSettings, OutcomeRow, Points } from './rows';

export type Drafted = {
	/** Curves learned from all fitting rows; without weights. */
	readonly signals: readonly DraftSignal[];
	/** "The weights there are" are equal ones: all columns count alike. */
	readonly calibration: Calibration;
};

/** Drafted curves know no dates, so that it does not matter when they are looked at. */
const ANY_TIME = 0;

/**
 * A model from nothing but columns and outcomes: a signal per column, curves and weights learned from the fitting rows.
 * While the penalty is chosen, curves are learned anew from the rows that are not held back, so that no row helps to
 * make the points it is then tested by.
 */
export function* calibrateDraftSteps(
	columns: readonly Column[],
	rows: readonly (OutcomeRow & { readonly facts: Facts })[],
	settings: CalibrateSettings,
): Steps<Drafted> {
	const learn = (places: readonly number[]): DraftSignal[] =>
		draftSignals(
			columns,
			places.flatMap((place) => rows[place] ?? []),
		);
	const pointsFrom = (places: readonly number[]): Points[] => {
		const model = draftModel('draft', equally(learn(places)));
		const earn = compileEarned(model, columnReader, ANY_TIME);
		return rows.map(({ facts }) => earn(facts).points);
	};
	const signals = learn(rows.flatMap(({ fit }, place) => (fit ? [place] : [])));
	const toCalibrate = { signals: equally(signals), rows, pointsFrom };
	return { signals, calibration: yield* calibrateSteps(toCalibrate, settings) };
}

export function calibrateDraft(
	columns: readonly Column[],
	rows: readonly (OutcomeRow & { readonly facts: Facts })[],
	settings: CalibrateSettings,
	progress?: Progress,
): Drafted {
	return finish(calibrateDraftSteps(columns, rows, settings), progress);
}

function equally(signals: readonly DraftSignal[]): (DraftSignal & { weight: number })[] {
	return signals.map((signal) => ({ ...signal, weight: 1 }));
}
