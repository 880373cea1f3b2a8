import type { Band } from './model';

/** Why a score is what it is: one kind of reason for every way in which a signal, or its absence, moves it. */
export type HealthReason =
	| SignalReason
	/** No signal that has data costs as much as half a point. */
	| { readonly code: 'nothing_lowers_it'; readonly text: string }
	| {
			readonly code: 'coverage_below_floor';
			readonly coverage: number;
			readonly floor: number;
			readonly text: string;
	  }
	| {
			readonly code: 'signal_missing' | 'signal_invalid' | 'signal_stale';
			readonly signal: string;
			readonly field: string;
			/** What absence was taken for; `fail`: there is no score for it. */
			readonly counted: 'leaveOut' | 'neutral' | 'worst' | 'lastKnown' | 'fail';
			/** How old the last known value is. */
			readonly daysAgo?: number;
			/** Share of the model's weight, in percent. */
			readonly weight: number;
			readonly text: string;
	  }
	/** A cap lowered the score; `without` is what it would have been, whole. */
	| {
			readonly code: 'score_capped';
			readonly signal: string;
			readonly value: number | string;
			readonly atMost: number;
			readonly without: number;
			readonly text: string;
	  }
	/** A success manager's judgement stands in place of the score; `without` is what the model says. */
	| {
			readonly code: 'judged';
			readonly by: string | null;
			readonly until: string;
			readonly note: string | null;
			readonly without: number | null;
			readonly text: string;
	  }
	/** There is a judgement, and it does not count. */
	| {
			readonly code: 'judgement_ignored';
			readonly why: 'expired' | 'no_end' | 'invalid';
			readonly field: string;
			readonly text: string;
	  }
	/** The band is not the one of the score: it is left upward only for good, and a day's first score decides. */
	| {
			readonly code: 'band_held';
			readonly why: 'not_settled' | 'first_score_of_day';
			readonly band: 'green' | 'yellow' | 'red';
			/** Of the score by itself. */
			readonly without: 'green' | 'yellow' | 'red';
			readonly text: string;
	  }
	/** Of a day before the last one that memory knows, which may once have been ahead of the clock: it moves nothing. */
	| {
			readonly code: 'later_day_known';
			/** Local date. */
			readonly known: string;
			readonly text: string;
	  }
	/** A drop or an alert is not raised today, because something is wrong with all accounts or with the feed (P10). */
	| {
			readonly code: 'trigger_held';
			readonly why: 'implausibly_many' | 'usage_too_old';
			readonly text: string;
	  };

/**
 * A signal that costs the account points. Its figures are rounded as its sentence rounds them; the exact ones are in
 * `contributions` and in the account itself.
 */
export type SignalReason = {
	readonly code: 'signal_lowers';
	readonly signal: string;
	/**
	 * As measured, to two decimals: the number, the share of `of`, whole days for a date, 1 or 0 for yes or no; a
	 * category's word.
	 */
	readonly value: number | string;
	/** Points of 100 that the signal earned, whole, */
	readonly earned: number;
	/** and could have earned, after weights were renormalized over the signals that count. */
	readonly possible: number;
	readonly text: string;
};

/** One signal's smallest change that is enough by itself; `from` is rounded as its sentence is, `to` is exact. */
export type Change = {
	readonly signal: string;
	/** Where the value stands. For a date, `from` and `to` are days ago. */
	readonly field: string;
	readonly from: number | string | boolean;
	readonly to: number | string | boolean;
	readonly text: string;
};

/** What would reach the next band: up to two ways, first the one that moves its signal least along its curve. */
export type NextBand = {
	readonly band: 'green' | 'yellow';
	/** Its lowest score. */
	readonly score: number;
	/** With memory: on so many days in a row, from tomorrow on; `score` is then what it takes on each. */
	readonly days?: number;
	readonly changes: readonly Change[];
	readonly text: string;
};

/**
 * `signals` names the signals that counted and `contributions`, in the same order, what each earned; these add up to
 * the score before its one rounding. A cap that lowers the score stands there as `cap:` and its signal, with what it
 * takes; a judgement as `judgement`, with what it adds or takes. `possible`, again in the same order, is what each could
 * earn of 100. `reasons`: first a judgement, then what is wrong with the data, a cap, and up to three signals that cost
 * most. What depends only on which signals had data is made once and shared by all accounts alike, so everything here
 * is read-only. (Lists, because a list of numbers takes half the memory of an object of numbers.)
 */
export type Health = {
	/** 0–100, null when nothing is known or a signal that must be known is not. */
	score: number | null;
	band: Band;
	/** Share of the model's weight (0–1) that had data. */
	coverage: number;
	model: { readonly id: string; readonly version: string };
	signals: readonly string[];
	contributions: readonly number[];
	possible: readonly number[];
	reasons: readonly HealthReason[];
	/** The smallest change that would reach the next band; null where no single signal can. */
	nextBand: NextBand | null;
	/** Ids of the signals that had no value, an impossible one, or one too old. */
	missing: readonly string[];
	invalid: readonly string[];
	stale: readonly string[];
};
