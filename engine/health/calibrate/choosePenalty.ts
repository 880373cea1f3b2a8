import { shareOf } from '../../journeys/hash';
import { staying, type Steps } from '../backtest/steps';
import { fitLogisticSteps, logOdds, surprise, type LogisticFit } from './logistic';
import type { OutcomeRow, Points, PointsFrom } from './rows';
import { spreadOf, standardize } from './standardize';

/** From "next to no weights" to "next to no penalty", heaviest first, half a power of ten apart. */
export const PENALTIES: readonly number[] = Array.from(
	{ length: 11 },
	(_one, step) => 10 ** (1 - step / 2),
);

export type ChosenPenalty = {
	readonly penalty: number;
	/** Mean log loss of each penalty on the rows held back. */
	readonly losses: readonly { readonly penalty: number; readonly loss: number }[];
	/** For each fitting row (by its place among all rows) the risk it was given by weights that had not seen it. */
	readonly heldBack: readonly { readonly place: number; readonly risk: number }[];
};

/**
 * Chooses how strongly weights are held back, by cross-validation on the fitting rows alone: each part in turn is left
 * out of everything that is learned, curves included, and then predicted. The lowest loss wins; of equals the heavier.
 * @param places the fitting rows' places among all rows, in the order of their ids
 */
export function* choosePenalty(
	rows: readonly OutcomeRow[],
	places: readonly number[],
	pointsFrom: PointsFrom,
	folds: number,
): Steps<ChosenPenalty> {
	const parts = dealOut(rows, places, folds);
	const odds = PENALTIES.map(() => new Map<number, number>());
	for (let part = 0; part < folds; part++) {
		const learn = places.filter((place) => parts.get(place) !== part);
		const hold = places.filter((place) => parts.get(place) === part);
		const points = pointsFrom(learn);
		const pick = (wanted: readonly number[]): Points[] =>
			wanted.map((place) => points[place] ?? []);
		const signals = points[0]?.length ?? 0;
		const spread = spreadOf(pick(learn), signals);
		const design = standardize(pick(learn), spread);
		const unseen = standardize(pick(hold), spread);
		const stayed = learn.map((place) => rows[place]?.churned === false);
		let start: LogisticFit | undefined;
		for (const [step, penalty] of PENALTIES.entries()) {
			const done = (part + step / PENALTIES.length) / folds;
			const options = { penalty, nonNegative: true, start };
			const fit = yield* staying(done, fitLogisticSteps(design, stayed, options));
			hold.forEach((place, at) => odds[step]?.set(place, logOdds(unseen, at, fit)));
			start = fit;
		}
	}
	const losses = PENALTIES.map((penalty, step) => {
		const total = places.reduce(
			(sum, place) => sum + surprise(odds[step]?.get(place) ?? 0, rows[place]?.churned === false),
			0,
		);
		return { penalty, loss: total / places.length };
	});
	const best = losses.reduce(
		(found, { loss }, step) => (loss < (losses[found]?.loss ?? Infinity) ? step : found),
		0,
	);
	return {
		penalty: PENALTIES[best] ?? 1,
		losses,
		heldBack: places.map((place) => ({ place, risk: -(odds[best]?.get(place) ?? 0) })),
	};
}

/** Which part each row is in: by a hash of its id, those that left and those that stayed each spread evenly. */
function dealOut(
	rows: readonly OutcomeRow[],
	places: readonly number[],
	folds: number,
): Map<number, number> {
	const parts = new Map<number, number>();
	for (const churned of [true, false]) {
		places
			.filter((place) => rows[place]?.churned === churned)
			.map((place) => ({ place, hash: shareOf(`fold ${rows[place]?.accountId ?? ''}`) }))
			.sort((a, b) => a.hash - b.hash)
			.forEach(({ place }, index) => parts.set(place, index % folds));
	}
	return parts;
}
