import { z } from 'zod/v4';
import { daysBefore, followFacts } from './asOf';
import { limitsOfHistory, limitsOfSnapshot, type Limit } from './cannotTell';
import { figuresOf, type Figures } from './figures';
import type { History } from './history';
import { inOrder, type Judged } from './judged';
import { leadTime, type LeadTime } from './leadTime';
import type { ScoreAsOf } from './scoreAsOf';

export const backtestSettingsSchema = z.object({
	/** Days before the outcome as of which accounts are scored. */
	horizons: z.array(z.number().int().min(1).max(730)).min(1).default([90, 60, 30]),
	/** Days before the outcome in which warnings are looked for. */
	windowDays: z.number().int().min(2).max(730).default(180),
	/** Facts that come more seldom than this, on average, do not say on which day a warning began. */
	maxGapDays: z.number().positive().default(7),
});
export type BacktestSettings = z.infer<typeof backtestSettingsSchema>;

/** `null` days before: a snapshot, of which nobody knows how long before the outcome it was taken. */
export type Horizon = {
	readonly daysBefore: number | null;
	readonly figures: Figures;
	/** Accounts of which nothing was known then; they are in no figure. */
	readonly notKnownThen: number;
};

export type Backtest = {
	/** The earliest first. */
	readonly horizons: readonly Horizon[];
	readonly leadTime: LeadTime | null;
	readonly cannotTell: readonly Limit[];
};

/** Called now and then with the share done (0–1). */
export type Progress = (done: number) => void;

/**
 * Scores accounts as of some days before what became of them, with nothing that became known later, and compares. Facts
 * written after that day change no figure. The order of accounts changes nothing.
 */
export function backtest(
	histories: readonly History[],
	score: ScoreAsOf,
	settings: BacktestSettings,
	progress: Progress = () => undefined,
): Backtest {
	const accounts = inOrder(histories);
	const days = [...new Set(settings.horizons)].sort((a, b) => b - a);
	let done = 0;
	const each = (): void => progress(++done / (2 * accounts.length));
	const judged = accounts.map((history) => {
		each();
		return judge(history, score, days);
	});
	const horizons = days.map((before, place) => {
		const known = judged.flatMap((row) => row[place] ?? []);
		return {
			daysBefore: before,
			figures: figuresOf(known),
			notKnownThen: accounts.length - known.length,
		};
	});
	const lead = leadTime(accounts, score, settings, each);
	return { horizons, leadTime: lead, cannotTell: limitsOfHistory(horizons, lead) };
}

/** A backtest of scores without dates: one set of figures, and what they cannot tell. */
export function backtestSnapshot(rows: readonly Judged[]): Backtest {
	const figures = figuresOf(rows);
	return {
		horizons: [{ daysBefore: null, figures, notKnownThen: 0 }],
		leadTime: null,
		cannotTell: limitsOfSnapshot(figures),
	};
}

/** One row per horizon, earliest first; undefined where nothing was known yet. */
function judge(
	{ accountId, outcome, facts }: History,
	score: ScoreAsOf,
	days: readonly number[],
): (Judged | undefined)[] {
	const at = followFacts(facts);
	return days.map((before) => {
		const asOf = daysBefore(outcome, before);
		const known = at(asOf);
		if (known === undefined) return undefined;
		const { score: points, band, risk } = score(known, asOf);
		const { arr } = known;
		return {
			accountId,
			churned: outcome.type === 'churned',
			score: points,
			band,
			...(risk === undefined ? {} : { risk }),
			...(typeof arr === 'number' && arr >= 0 ? { arr } : {}),
		};
	});
}
