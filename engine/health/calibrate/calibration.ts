import type { Auc } from '../backtest/auc';
import type { Interval } from '../backtest/interval';
import type { Brier } from '../backtest/reliability';
import type { Weighed } from './weigh';

/** What came of it. Only the last two come with weights, and nothing applies them. */
export type Calibration = Refused | NothingToLearn | Proposed;

export type Reason = { readonly code: string; readonly text: string };

export type Refused = {
	readonly verdict: 'refused';
	readonly churned: number;
	readonly retained: number;
	readonly reasons: readonly Reason[];
};

export type NothingToLearn = {
	readonly verdict: 'nothing_to_learn';
	readonly reasons: readonly Reason[];
	readonly fitted: Fitted;
	/** How the best weights did on the rows set aside; null where no signal got any weight. */
	readonly judged: JudgedWeights | null;
};

export type Proposed = {
	/** `no_better`: the rows set aside do not show that these weights beat the ones there are. */
	readonly verdict: 'better' | 'no_better';
	readonly reasons: readonly Reason[];
	readonly fitted: Fitted;
	readonly judged: JudgedWeights;
	readonly weights: readonly WeightRow[];
	readonly risk: RiskOfScore;
	/** Where bands would begin if they meant a risk; null where the score tells none. */
	readonly bandsByRisk: { readonly green: number; readonly yellow: number } | null;
	/** Accounts whose band differs between the weights there are and the proposed ones, the bands left where they are. */
	readonly moves: readonly BandMove[];
	/** From which band to which, with how many accounts and how many of them left. */
	readonly moved: readonly MoveCount[];
};

export type Fitted = {
	readonly accounts: number;
	readonly churned: number;
	readonly penalty: number;
	readonly losses: readonly { readonly penalty: number; readonly loss: number }[];
	/** On the fitting rows, each ranked by weights that had not seen it. */
	readonly heldBackAuc: Auc | null;
};

export type JudgedWeights = {
	readonly accounts: number;
	readonly churned: number;
	readonly auc: Auc | null;
	readonly brier: Brier | null;
	/** The weights there are, on the same rows, and what the new ones add. */
	readonly currentAuc: Auc | null;
	readonly gain: (Interval & { readonly value: number }) | null;
};

export type WeightRow = {
	readonly id: string;
	readonly label: string;
	/** Shares of all weight, in percent. */
	readonly current: number;
	readonly proposed: number;
	readonly why: 'learned' | 'adds_nothing' | 'same_for_all' | 'never_known';
	readonly text: string;
};

/** Probability of leaving by score: 1 / (1 + e^-(intercept + slope × score / 100)). */
export type RiskOfScore = { readonly intercept: number; readonly slope: number };

export type BandMove = {
	readonly accountId: string;
	readonly from: Weighed;
	readonly to: Weighed;
	readonly churned: boolean;
};

export type MoveCount = {
	readonly from: Weighed['band'];
	readonly to: Weighed['band'];
	readonly accounts: number;
	readonly churned: number;
};
