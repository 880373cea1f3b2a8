import type { Health } from './health';
import type { Facts, ReaderOf } from './fields';
import { compileMeasure } from './measure';
import type { HealthModel, Signal } from './model';
import { DataProfiles, summarize } from './profile';
import { ProfileScorer } from './profileScorer';

export type Scorer = {
	score(account: Facts): Health;
	/** What the accounts scored so far had, in the model's order. */
	tally(): SignalTally[];
};

/** In how many of `accounts` the signal was missing, invalid and stale. */
export type SignalTally = {
	signal: Signal;
	accounts: number;
	missing: number;
	invalid: number;
	stale: number;
};

export type ScorerOptions = {
	/** Turns a field path into a reader; throws on a path that is none. */
	readerOf: ReaderOf;
	/** The present in ms since 1970. */
	now: number;
};

/** Scores many accounts by one model (R22, P19). Same input, same output; inputs are never changed. */
export function scoreAccounts(
	model: HealthModel,
	accounts: readonly Facts[],
	options: ScorerOptions,
): Health[] {
	const scorer = compileScorer(model, options);
	return accounts.map((account) => scorer.score(account));
}

/**
 * Compiles a model for one pass over many accounts: what costs time is done here, `score` then allocates little more
 * than its result.
 * @throws whatever `readerOf` throws on a signal's field path
 */
export function compileScorer(model: HealthModel, options: ScorerOptions): Scorer {
	// in order of id, so that a score does not depend on the order of the model's list
	const signals = [...model.signals].sort((a, b) => (a.id < b.id ? -1 : 1));
	const measure = compileMeasure(signals, options.readerOf, options.now);
	const profiles = new DataProfiles<ProfileScorer>();
	const measured = new Float64Array(signals.length);
	return {
		score(account) {
			measure(account, measured);
			const profile = profiles.find(measured);
			profile.leaf ??= new ProfileScorer(model, summarize(model, signals, measured));
			return profile.leaf.score(measured);
		},
		tally() {
			const leaves = profiles.leaves();
			const total = (matches: (leaf: ProfileScorer) => boolean): number =>
				leaves.reduce((sum, leaf) => sum + (matches(leaf) ? leaf.scored : 0), 0);
			return model.signals.map((signal) => ({
				signal,
				accounts: total(() => true),
				missing: total(({ profile }) => profile.missing.includes(signal.id)),
				invalid: total(({ profile }) => profile.invalid.includes(signal.id)),
				stale: total(({ profile }) => profile.stale.includes(signal.id)),
			}));
		},
	};
}
