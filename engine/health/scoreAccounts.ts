import { compileCaps } from './caps';
import { Changes } from './changes';
import type { Facts, ReaderOf } from './fields';
import type { Health, HealthReason, NextBand } from './health';
import { compileJudge } from './judgement';
import { compileMeasure } from './measure';
import type { HealthModel, Signal } from './model';
import { DataProfiles } from './profile';
import { ProfileScorer } from './profileScorer';
import { compileRecall, NOTHING_RECALLED, reasonOf, type Recalled } from './recall';
import { compileToday, rememberedOf, type HistoryOf, type Remembered } from './remembered';
import { summarize } from './summary';

export type Scorer = {
	score(account: Facts): Health;
	/** What the accounts scored so far had, in the model's order. */
	tally(): SignalTally[];
	/** What of them could not be read though it is no signal. */
	unread(): Unread[];
	/**
	 * What takes the account scored last, whose health this is, out of a band in which memory holds it; null where no
	 * single signal can, nothing needs to change, or a judgment stands in place of the score.
	 */
	wayOut(band: Health['band'], health: Health): NextBand | null;
	/** What a memory has to keep for this model, */
	remembered: readonly Remembered[];
	/** and, in the same order, what of it the account scored last has today; NaN where it has nothing. */
	today: Float64Array;
	/**
	 * Of the account scored last, the closed week as a share of the one before (P03): the worst of what the model's
	 * signals that compare weeks of usage say; NaN where they say nothing. Undefined in a model without one, and without
	 * memory, which asks.
	 */
	weekChange: Float64Array | undefined;
};

const NO_REASONS: readonly HealthReason[] = Object.freeze([]);

/** In how many of `accounts` the signal was missing, invalid and stale. */
export type SignalTally = {
	signal: Signal;
	accounts: number;
	missing: number;
	invalid: number;
	stale: number;
};

/** Something beside the signals that could not be read in so many accounts. */
export type Unread =
	| { readonly what: 'asOf'; readonly field: string; readonly accounts: number }
	/** The text says why it does not count. */
	| { readonly what: 'judgement'; readonly text: string; readonly accounts: number };

export type ScorerOptions = {
	/** Turns a field path into a reader; throws on a path that is none. */
	readerOf: ReaderOf;
	/** The present in ms since 1970. */
	now: number;
	/** IANA zone of the program: its days and weeks begin there (P03). Default UTC. */
	zone?: string;
	/** What memory knows; without it, whatever needs memory counts as missing and says so. */
	history?: HistoryOf;
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
	const { history, now, readerOf, zone = 'UTC' } = options;
	// in order of id, so that a score does not depend on the order of the model's list
	const signals = [...model.signals].sort((a, b) => (a.id < b.id ? -1 : 1));
	const { measured, measure } = compileMeasure(signals, { readerOf, now, zone });
	const { values } = measured;
	const recall = compileRecall(signals, measured);
	const caps = compileCaps(model, signals);
	const changes = signals.map((signal, index) => {
		const own = caps.filter((cap) => cap.index === index);
		return new Changes(signal, own);
	});
	const judge = compileJudge(model, readerOf, now, zone);
	const leaves = new ProfileLeaves(
		(recalled) =>
			new ProfileScorer(
				model,
				summarize(model, signals, values, recalled, history !== undefined),
				caps,
				changes,
			),
	);
	const remembered = rememberedOf(signals);
	const today = new Float64Array(remembered.length);
	const keep = compileToday(signals, remembered, measured, today);
	const compared =
		history === undefined
			? []
			: signals.flatMap((signal, index) => (comparesUsage(signal) ? [index] : []));
	const weekChange = compared.length === 0 ? undefined : new Float64Array(1);
	const weights = signals.reduce((sum, { weight }) => sum + weight, 0);
	let last: ProfileScorer | undefined;
	return {
		score(account) {
			const known = history?.(account);
			measure(account, known);
			if (remembered.length > 0) keep();
			if (weekChange !== undefined) {
				let worst = NaN;
				for (const index of compared) {
					const share = values[index] ?? NaN;
					if (share - share === 0 && !(share >= worst)) worst = share;
				}
				weekChange[0] = worst;
			}
			const recalled = recall === undefined ? NOTHING_RECALLED : recall(known);
			const reasons =
				recalled.length === 0 ? NO_REASONS : recalled.map((one) => reasonOf(signals, one, weights));
			last = leaves.find(values, recalled);
			const health = last.score(measured, reasons);
			judge?.judge(account, health);
			return health;
		},
		wayOut(band, health) {
			if (band !== 'red' && band !== 'yellow') return null;
			if (health.reasons[0]?.code === 'judged') return null;
			return last?.wayOut(band, health, measured) ?? null;
		},
		tally() {
			const all = leaves.all();
			const total = (matches: (leaf: ProfileScorer) => boolean): number =>
				all.reduce((sum, leaf) => sum + (matches(leaf) ? leaf.scored : 0), 0);
			return model.signals.map((signal) => ({
				signal,
				accounts: total(() => true),
				missing: total(({ profile }) => profile.missing.includes(signal.id)),
				invalid: total(({ profile }) => profile.invalid.includes(signal.id)),
				stale: total(({ profile }) => profile.stale.includes(signal.id)),
			}));
		},
		unread() {
			const undated = [...measured.undated()].map(([field, accounts]): Unread => {
				return { what: 'asOf', field, accounts };
			});
			const ignored = [...(judge?.ignored ?? [])].map(([text, accounts]): Unread => {
				return { what: 'judgement', text, accounts };
			});
			return [...undated, ...ignored].filter(({ accounts }) => accounts > 0);
		},
		remembered,
		today,
		weekChange,
	};
}

/** Whether it compares weeks of usage, of which more is better: fewer new tickets are no fall of usage. */
function comparesUsage({ curve, direction, field }: Signal): boolean {
	return (
		curve.type === 'weekChange' &&
		curve.to > curve.from &&
		(direction ?? 'up') === 'up' &&
		/^usage(?:$|[.[])/.test(field)
	);
}

/** The scorers of accounts alike; those with recalled values apart, by which were recalled and why. */
class ProfileLeaves {
	private readonly fresh = new DataProfiles<ProfileScorer>();
	private readonly recalled = new Map<string, DataProfiles<ProfileScorer>>();

	constructor(private readonly make: (recalled: readonly Recalled[]) => ProfileScorer) {}

	find(values: Float64Array, recalled: readonly Recalled[]): ProfileScorer {
		const leaf = this.profilesOf(recalled).find(values);
		return (leaf.leaf ??= this.make(recalled));
	}

	all(): ProfileScorer[] {
		return [this.fresh, ...this.recalled.values()].flatMap((profiles) => profiles.leaves());
	}

	private profilesOf(recalled: readonly Recalled[]): DataProfiles<ProfileScorer> {
		if (recalled.length === 0) return this.fresh;
		const key = recalled.map(({ index, absence }) => `${index} ${absence}`).join();
		const found = this.recalled.get(key) ?? new DataProfiles<ProfileScorer>();
		this.recalled.set(key, found);
		return found;
	}
}
