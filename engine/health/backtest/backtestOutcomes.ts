import { backtestSnapshot, backtestSteps, type Backtest, type BacktestSettings } from './backtest';
import type { Follow, Verdict } from './follow';
import { judgedOf, type Judged } from './judged';
import type { OutcomesRead } from './readOutcomes';
import type { Steps } from './steps';

/** Accounts looked at between two steps. */
const AT_A_TIME = 500;

/**
 * Backtests a score on accounts as they were read: by horizons where they come with dates, else as they stand.
 * @param now as of when a snapshot is taken to be, in ms since 1970
 */
export function* backtestOutcomes(
	read: OutcomesRead,
	follow: Follow<Verdict>,
	settings: BacktestSettings,
	now: number,
): Steps<Backtest> {
	if (read.kind === 'histories') return yield* backtestSteps(read.histories, follow, settings);
	const judged: Judged[] = [];
	for (const [place, { accountId, churned, facts }] of read.rows.entries()) {
		if (place % AT_A_TIME === 0) yield place / read.rows.length;
		const seen = follow([{ at: now, values: facts }])(now);
		if (seen !== undefined) judged.push(judgedOf(accountId, churned, seen));
	}
	yield 1;
	return backtestSnapshot(judged);
}
