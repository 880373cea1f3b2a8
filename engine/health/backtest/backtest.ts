import { z } from 'zod/v4';
import { daysBefore } from './asOf';
import { limitsOfHistory, limitsOfSnapshot, type Limit } from './cannotTell';
import { figuresOf, type Figures } from './figures';
import type { Follow, Verdict } from './follow';
import { outcomeAt, type History } from './history';
import { judgedOf, type Judged } from './judged';
import { leadTimeSteps, type LeadTime } from './leadTime';
import { finish, type Progress, type Steps } from './steps';

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

/** Accounts looked at between two steps. */
const AT_A_TIME = 200;

export type Backtest = {
	/** The earliest first. */
	readonly horizons: readonly Horizon[];
	readonly leadTime: LeadTime | null;
	readonly cannotTell: readonly Limit[];
};

/**
 * Scores accounts as of some days before what became of them, with nothing that became known later, and compares. Facts
 * written after that day change no figure. The order of accounts changes nothing.
 */
export function* backtestSteps(
	histories: readonly History[],
	follow: Follow<Verdict>,
	settings: BacktestSettings,
): Steps<Backtest> {
	const accounts = inOrderOfOutcome(histories);
	const days = [...new Set(settings.horizons)].sort((a, b) => b - a);
	const judged: (Judged | undefined)[][] = [];
	for (const history of accounts) {
		judged.push(judge(history, follow, days));
		if (judged.length % AT_A_TIME === 0) yield judged.length / (2 * accounts.length);
	}
	const horizons: (Horizon & { readonly daysBefore: number })[] = [];
	for (const [place, before] of days.entries()) {
		yield 1 / 2;
		const known = judged.flatMap((row) => row[place] ?? []);
		const figures = figuresOf(known);
		horizons.push({ daysBefore: before, figures, notKnownThen: accounts.length - known.length });
	}
	const lead = yield* leadTimeSteps(accounts, follow, settings);
	yield 1;
	return { horizons, leadTime: lead, cannotTell: limitsOfHistory(horizons, lead) };
}

export function backtest(
	histories: readonly History[],
	follow: Follow<Verdict>,
	settings: BacktestSettings,
	progress?: Progress,
): Backtest {
	return finish(backtestSteps(histories, follow, settings), progress);
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

/** Accounts whose days overlap one after the other, so that a day's scorer serves them all. */
function inOrderOfOutcome(histories: readonly History[]): History[] {
	return [...histories].sort(
		(a, b) => outcomeAt(a.outcome) - outcomeAt(b.outcome) || (a.accountId < b.accountId ? -1 : 1),
	);
}

/** One row per horizon, earliest first; undefined where nothing was known yet. */
function judge(
	{ accountId, outcome, facts }: History,
	follow: Follow<Verdict>,
	days: readonly number[],
): (Judged | undefined)[] {
	const at = follow(facts);
	return days.map((before) => {
		const seen = at(daysBefore(outcome, before));
		if (seen === undefined) return undefined;
		return judgedOf(accountId, outcome.type === 'churned', seen);
	});
}
