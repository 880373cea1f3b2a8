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
			/** What absence was taken for; invalid and stale values are always left out. */
			readonly counted: 'leaveOut' | 'neutral' | 'worst';
			/** Share of the model's weight, in percent. */
			readonly weight: number;
			readonly text: string;
	  };

/**
 * A signal that costs the account points. Its figures are rounded as its sentence rounds them; the exact ones are in
 * `contributions` and in the account itself.
 */
export type SignalReason = {
	readonly code: 'signal_lowers';
	readonly signal: string;
	/** As measured, to two decimals: the number, the share of `of`, whole days for a date, 1 or 0 for yes or no. */
	readonly value: number;
	/** Points of 100 that the signal earned, whole, */
	readonly earned: number;
	/** and could have earned, after weights were renormalized over the signals that count. */
	readonly possible: number;
	readonly text: string;
};

/**
 * `signals` names the signals that counted and `contributions`, in the same order, what each earned; these add up to
 * the score before its one rounding. `reasons`: first what is wrong with the data, then up to three signals that cost
 * most. What depends only on which signals had data is made once and shared by all accounts alike, so everything here
 * is read-only. (Two lists, because a list of numbers takes half the memory of an object of numbers.)
 */
export type Health = {
	/** 0–100, null when nothing is known. */
	score: number | null;
	band: Band;
	/** Share of the model's weight (0–1) that had data. */
	coverage: number;
	model: { readonly id: string; readonly version: string };
	signals: readonly string[];
	contributions: readonly number[];
	reasons: readonly HealthReason[];
	/** Ids of the signals that had no value, an impossible one, or one too old. */
	missing: readonly string[];
	invalid: readonly string[];
	stale: readonly string[];
};
