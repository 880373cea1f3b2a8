import { compareAuc, rocAuc, type Ranked } from '../backtest/auc';
import { brierScore } from '../backtest/reliability';
import { finish, staying, type Progress, type Steps } from '../backtest/steps';
import type { Calibration, JudgedWeights } from './calibration';
import { choosePenalty } from './choosePenalty';
import { fitLogisticSteps } from './logistic';
import { countMoves, movesBetween } from './moves';
import { refusals } from './refuse';
import { bandsByRisk, riskAt, riskOfScore } from './riskOfScore';
import type {
	CalibrateSettings,
	Held,
	OutcomeRow,
	Points,
	PointsFrom,
	WeighedSignal,
} from './rows';
import { sayGain, sayNoWeights, sayCoins } from './sentences';
import { spreadOf, standardize } from './standardize';
import { weightRows } from './weightRows';
import { weigh } from './weigh';

export type ToCalibrate = {
	readonly signals: readonly WeighedSignal[];
	readonly rows: readonly OutcomeRow[];
	readonly pointsFrom: PointsFrom;
	/** By row; without it nothing holds any score. */
	readonly held?: readonly Held[];
};

/**
 * Proposes weights: ridge logistic regression of staying on the points of each signal, no weight below 0, the penalty
 * chosen by cross-validation on the fitting rows. Judged on the others, which had no part in anything. It proposes and
 * never applies. Refuses below 50 accounts that left, and says so when there is nothing to learn. The order of rows
 * changes nothing.
 */
export function* calibrateSteps(
	given: ToCalibrate,
	settings: CalibrateSettings,
): Steps<Calibration> {
	const { signals, rows, pointsFrom, held = [] } = given;
	const refused = refusals(rows, settings);
	if (refused !== undefined) return refused;

	const order = rows.map((_row, place) => place).sort((a, b) => compareRows(rows[a], rows[b]));
	const fitting = order.filter((place) => rows[place]?.fit === true);
	const judging = order.filter((place) => rows[place]?.fit === false);
	const chosen = yield* choosePenalty(rows, fitting, pointsFrom, settings.folds);
	const points = pointsFrom(fitting);
	const weights = yield* staying(
		1,
		fitWeights(rows, fitting, points, chosen.penalty, signals.length),
	);

	const has = (place: number): boolean => rows[place]?.churned === true;
	const heldBack = chosen.heldBack.map(({ place, risk }) => ({ risk, churned: has(place) }));
	const fitted = {
		accounts: fitting.length,
		churned: fitting.filter(has).length,
		penalty: chosen.penalty,
		losses: chosen.losses,
		heldBackAuc: rocAuc(heldBack) ?? null,
	};
	if (weights.every((weight) => weight === 0)) {
		return { verdict: 'nothing_to_learn', reasons: sayNoWeights(), fitted, judged: null };
	}

	const scoreOf = (place: number, by: readonly number[]): number | null =>
		weigh(points[place] ?? [], by, settings, held[place]).score;
	yield 1;
	const risk = riskOfScore(
		fitting.flatMap((place) => {
			const score = scoreOf(place, weights);
			return score === null ? [] : [{ score, churned: has(place) }];
		}),
	);
	const current = signals.map(({ weight }) => weight);
	yield 1;
	const judged = judge(
		judging.map((place) => ({
			accountId: rows[place]?.accountId ?? '',
			churned: has(place),
			proposed: scoreOf(place, weights),
			current: scoreOf(place, current),
		})),
		(score) => riskAt(risk, score),
	);
	const coins = sayCoins(fitted.heldBackAuc, judged.auc);
	if (coins.length > 0) {
		return { verdict: 'nothing_to_learn', reasons: coins, fitted, judged };
	}
	yield 1;
	const moves = movesBetween(order, rows, points, held, current, weights, settings);
	return {
		verdict: judged.gain !== null && judged.gain.low > 0 ? 'better' : 'no_better',
		reasons: [sayGain(judged)],
		fitted,
		judged,
		weights: weightRows(
			signals,
			weights,
			fitting.map((place) => points[place] ?? []),
		),
		risk,
		bandsByRisk: bandsByRisk(risk, fitted.churned / fitted.accounts),
		moves: moves.filter(({ from, to }) => from.band !== to.band),
		moved: countMoves(moves),
	};
}

export function calibrate(
	given: ToCalibrate,
	settings: CalibrateSettings,
	progress?: Progress,
): Calibration {
	return finish(calibrateSteps(given, settings), progress);
}

/** Shares of 100, to two decimals: what is judged is what would be typed into the model. */
function* fitWeights(
	rows: readonly OutcomeRow[],
	fitting: readonly number[],
	points: readonly Points[],
	penalty: number,
	signals: number,
): Generator<undefined, number[], void> {
	const own = fitting.map((place) => points[place] ?? []);
	const spread = spreadOf(own, signals);
	const stayed = fitting.map((place) => rows[place]?.churned === false);
	const { coefficients } = yield* fitLogisticSteps(standardize(own, spread), stayed, {
		penalty,
		nonNegative: true,
	});
	const raw = coefficients.map((one, signal) => {
		const deviation = spread.deviations[signal] ?? 0;
		return one === 0 ? 0 : one / deviation;
	});
	const all = raw.reduce((sum, one) => sum + one, 0);
	return raw.map((one) => (all === 0 ? 0 : Math.round((one / all) * 10_000) / 100));
}

type Pair = {
	readonly accountId: string;
	readonly churned: boolean;
	readonly proposed: number | null;
	readonly current: number | null;
};

function judge(pairs: readonly Pair[], riskOf: (score: number) => number): JudgedWeights {
	const scored = pairs.flatMap(({ accountId, churned, proposed, current }) =>
		proposed === null ? [] : [{ accountId, churned, score: proposed, current }],
	);
	const both = scored.flatMap(({ churned, score, current }) =>
		current === null ? [] : [{ churned, score, current }],
	);
	const ranked = (list: readonly { churned: boolean; score: number }[]): Ranked[] =>
		list.map(({ score, churned }) => ({ risk: -score, churned }));
	const now = both.map(({ churned, current }) => ({ churned, score: current }));
	return {
		accounts: scored.length,
		churned: scored.filter(({ churned }) => churned).length,
		auc: rocAuc(ranked(scored)) ?? null,
		brier: brierScore(
			scored.map((row) => ({ ...row, band: 'unknown', risk: riskOf(row.score) }) as const),
		),
		currentAuc: rocAuc(ranked(now)) ?? null,
		gain: compareAuc(ranked(both), ranked(now)) ?? null,
	};
}

function compareRows(a: OutcomeRow | undefined, b: OutcomeRow | undefined): number {
	if (a === undefined || b === undefined) return 0;
	if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
	return Number(b.fit) - Number(a.fit);
}
