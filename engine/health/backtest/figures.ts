import { rocAuc, type Auc } from './auc';
import { bandTable, type BandRow } from './bandTable';
import { inOrder, scoredRows, type Judged } from './judged';
import { churnPerDecile, gainCurve, worstFirst, type DecileRow, type GainPoint } from './ranking';
import { brierScore, reliabilityTable, type Brier, type ReliabilityRow } from './reliability';

/** All that a score's day of reckoning tells. Shares are 0–1, ARR in the accounts' currency. */
export type Figures = {
	readonly accounts: number;
	readonly churned: number;
	readonly retained: number;
	/** Accounts of which nothing was known, so that they had no score; they are in no figure but the bands'. */
	readonly unscored: number;
	/** Accounts without a revenue; they count 0 in every sum of revenue. */
	readonly withoutArr: number;
	readonly auc: Auc | null;
	readonly bands: readonly BandRow[];
	readonly deciles: readonly DecileRow[];
	readonly gains: readonly GainPoint[];
	readonly reliability: readonly ReliabilityRow[];
	readonly brier: Brier | null;
};

/** The figures of one day of reckoning; the order of `rows` changes nothing. */
export function figuresOf(rows: readonly Judged[]): Figures {
	const all = inOrder(rows);
	const scored = scoredRows(all);
	const ordered = worstFirst(scored);
	const churned = all.filter((row) => row.churned).length;
	return {
		accounts: all.length,
		churned,
		retained: all.length - churned,
		unscored: all.length - scored.length,
		withoutArr: all.filter(({ arr }) => arr === undefined).length,
		auc: rocAuc(scored.map((row) => ({ risk: -row.score, churned: row.churned }))) ?? null,
		bands: bandTable(all),
		deciles: churnPerDecile(ordered),
		gains: gainCurve(ordered),
		reliability: reliabilityTable(ordered),
		brier: brierScore(scored),
	};
}
