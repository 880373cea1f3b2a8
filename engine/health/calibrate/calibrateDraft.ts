import type { Progress } from '../backtest/backtest';
import type { Facts } from '../fields';
import { calibrate } from './calibrate';
import type { Calibration } from './calibration';
import type { Column } from './columns';
import { draftPoints, draftSignals, type DraftSignal } from './draft';
import type { CalibrateSettings, OutcomeRow, Points } from './rows';

export type Drafted = {
	/** Curves learned from all fitting rows; without weights. */
	readonly signals: readonly DraftSignal[];
	/** "The weights there are" are equal ones: all columns count alike. */
	readonly calibration: Calibration;
};

/**
 * A model from nothing but columns and outcomes: a signal per column, curves and weights learned from the fitting rows.
 * While the penalty is chosen, curves are learned anew from the rows that are not held back, so that no row helps to
 * make the points it is then tested by.
 */
export function calibrateDraft(
	columns: readonly Column[],
	rows: readonly (OutcomeRow & { readonly facts: Facts })[],
	settings: CalibrateSettings,
	progress?: Progress,
): Drafted {
	const learn = (places: readonly number[]): DraftSignal[] =>
		draftSignals(
			columns,
			places.flatMap((place) => rows[place] ?? []),
		);
	const pointsFrom = (places: readonly number[]): Points[] => {
		const signals = learn(places);
		return rows.map(({ facts }) => draftPoints(signals, facts));
	};
	const signals = learn(rows.flatMap(({ fit }, place) => (fit ? [place] : [])));
	const weighed = signals.map(({ id, label }) => ({ id, label, weight: 1 }));
	return {
		signals,
		calibration: calibrate({ signals: weighed, rows, pointsFrom }, settings, progress),
	};
}
