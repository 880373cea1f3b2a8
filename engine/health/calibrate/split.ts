import { daysBefore, factsAsOf, knownAt } from '../backtest/asOf';
import { outcomeAt, type DatedFacts, type History } from '../backtest/history';
import type { SnapshotRow } from '../backtest/readOutcomes';
import type { Facts } from '../fields';
import type { OutcomeRow } from './rows';

/** An account with what was known of it some days before its outcome, and the past in which it became known. */
export type FactsRow = OutcomeRow & {
	readonly facts: Facts;
	readonly asOf: number;
	readonly past: readonly DatedFacts[];
};

/** Of every ten rows the first seven, by their number from 1, are fitted on: rows 1–6, 10, 11–16, 20, … */
const FIT_BELOW = 7;
const OF = 10;

/** For a snapshot, which knows no time: whether the row of this number (from 1) is fitted on. */
export function fitsByNumber(number: number): boolean {
	return number % OF < FIT_BELOW;
}

/** A snapshot split by row number. @param asOf when it is taken to have been made, in ms since 1970 */
export function splitByNumber(rows: readonly SnapshotRow[], asOf: number): FactsRow[] {
	return rows.map(({ accountId, churned, number, facts }) => {
		const past = [{ at: asOf, values: facts }];
		return { accountId, churned, fit: fitsByNumber(number), facts, asOf, past };
	});
}

/**
 * Splits histories at the day by which `fitShare` of those that left had left. Fitted on is the world as it was known
 * on that day: who left later is still a customer in it, and nothing written later exists. Judged by are the outcomes
 * after that day. So an account may stand in both, as it was known before and after.
 * @param days how many days before its outcome each account is looked at
 */
export function splitByTime(
	histories: readonly History[],
	days: number,
	fitShare = FIT_BELOW / OF,
): { splitAt: number; rows: FactsRow[] } {
	const exits = histories
		.flatMap(({ outcome }) => (outcome.type === 'churned' ? [outcome.at] : []))
		.sort((a, b) => a - b);
	const splitAt = exits[Math.max(0, Math.ceil(exits.length * fitShare) - 1)] ?? 0;
	const fit = knownAt(histories, splitAt).flatMap((history) => rowAsOf(history, days, true));
	const judge = histories
		.filter(({ outcome }) => outcomeAt(outcome) > splitAt)
		.flatMap((history) => rowAsOf(history, days, false));
	return { splitAt, rows: [...fit, ...judge] };
}

function rowAsOf(history: History, days: number, fit: boolean): FactsRow[] {
	const { accountId, outcome } = history;
	const asOf = daysBefore(outcome, days);
	const facts = factsAsOf(history, asOf);
	return facts === undefined
		? []
		: [{ accountId, churned: outcome.type === 'churned', fit, facts, asOf, past: history.facts }];
}
