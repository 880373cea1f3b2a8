import { compileCurve, pointsOnLine, type PointsOf } from './curve';
import type { Health, HealthReason, SignalReason } from './health';
import type { HealthModel, Signal } from './model';
import type { ProfileSummary } from './profile';
import { saySignal } from './sentences';

/** A signal that costs less than this many points is not worth a sentence. */
const WORTH_NAMING = 0.5;
/** Makes the one rounding independent of the order in which fractions were added. */
const ROUNDING_SLACK = 1e-9;
const MOST_POINTS = 100;
/** Reasons kept per signal; beyond it they are made afresh. */
const KEPT = 4096;
/** Largest value, in hundredths, whose reason is kept: its key must stay a small integer. */
const MOST_KEPT = 20_000_000;

const NOTHING_LOWERS_IT: HealthReason = Object.freeze({
	code: 'nothing_lowers_it',
	text: 'No signal with data costs as much as half a point',
});

/**
 * Scores the accounts that have data for the same signals. It runs once per account of a whole customer base, hence
 * the plain loops, the reused arrays and the reasons that accounts with the same value share.
 */
export class ProfileScorer {
	/** Accounts scored here. */
	scored = 0;
	private readonly ids: string[];
	private readonly curves: PointsOf[];
	/** Straight lines are by far the most common curve: `from` and `to - from`, NaN where the curve is another. */
	private readonly from: Float64Array;
	private readonly span: Float64Array;
	private readonly costs: Float64Array;
	private readonly earned: Float64Array;
	private readonly kept: Map<number, SignalReason>[];
	private readonly model: Health['model'];

	/** @param signals the model's signals in the order of what is measured */
	constructor(
		private readonly healthModel: HealthModel,
		private readonly signals: readonly Signal[],
		readonly profile: ProfileSummary,
	) {
		this.ids = signals.map(({ id }) => id);
		this.curves = signals.map(({ curve }) => compileCurve(curve));
		const lines = signals.map(({ curve }) => ('from' in curve ? curve : { from: NaN, to: NaN }));
		this.from = Float64Array.from(lines, ({ from }) => from);
		this.span = Float64Array.from(lines, ({ from, to }) => to - from);
		this.costs = new Float64Array(signals.length);
		this.earned = new Float64Array(signals.length);
		this.kept = signals.map(() => new Map<number, SignalReason>());
		this.model = Object.freeze({ id: healthModel.id, version: healthModel.version });
	}

	/** @param measured what each signal measured, in the scorer's order */
	score(measured: Float64Array): Health {
		const { profile } = this;
		this.scored++;
		const contributions = { ...profile.contributions };
		const total = this.fill(contributions, measured);
		const score = profile.coverage === 0 ? null : Math.round(total + ROUNDING_SLACK);
		return {
			score,
			band: score === null || !profile.bandKnown ? 'unknown' : this.bandOf(score),
			coverage: profile.coverage,
			model: this.model,
			contributions,
			reasons: this.reasons(measured),
			missing: profile.missing,
			invalid: profile.invalid,
			stale: profile.stale,
		};
	}

	private bandOf(score: number): 'green' | 'yellow' | 'red' {
		const { green, yellow } = this.healthModel.bands;
		return score >= green ? 'green' : score >= yellow ? 'yellow' : 'red';
	}

	/** Writes every contribution and returns their sum; notes what each measured signal earns and costs. */
	private fill(contributions: Record<string, number>, measured: Float64Array): number {
		const { possible, fixedPoints, coverage } = this.profile;
		const { from, span, costs, earned, ids } = this;
		if (coverage === 0) return 0;
		let total = 0;
		for (let index = 0; index < costs.length; index++) {
			const share = possible[index] ?? 0;
			if (share === 0) continue;
			let points = fixedPoints[index] ?? NaN;
			if (points !== points) {
				points = this.pointsOf(
					index,
					measured[index] ?? NaN,
					from[index] ?? NaN,
					span[index] ?? NaN,
				);
				costs[index] = share * (1 - points / 100);
			}
			const contribution = (share * points) / 100;
			earned[index] = contribution;
			contributions[ids[index] ?? ''] = contribution;
			total += contribution;
		}
		return total;
	}

	private pointsOf(index: number, value: number, from: number, span: number): number {
		if (span !== span) return this.curves[index]?.(value) ?? 0;
		return pointsOnLine(value, from, span);
	}

	/** What is wrong with the data, then the signals that cost most, dearest first; ties in order of id. */
	private reasons(measured: Float64Array): HealthReason[] {
		const { costs } = this;
		let first = -1;
		let second = -1;
		let third = -1;
		for (let index = 0; index < costs.length; index++) {
			const cost = costs[index] ?? 0;
			if (cost < WORTH_NAMING) continue;
			if (first === -1 || cost > (costs[first] ?? 0)) {
				third = second;
				second = first;
				first = index;
			} else if (second === -1 || cost > (costs[second] ?? 0)) {
				third = second;
				second = index;
			} else if (third === -1 || cost > (costs[third] ?? 0)) {
				third = index;
			}
		}
		const data = this.profile.reasons;
		if (first === -1) return data.length === 0 ? [NOTHING_LOWERS_IT] : data.slice();
		const one = this.reasonFor(first, measured);
		if (second === -1) return data.length === 0 ? [one] : [...data, one];
		const two = this.reasonFor(second, measured);
		if (third === -1) return data.length === 0 ? [one, two] : [...data, one, two];
		const three = this.reasonFor(third, measured);
		// literals: pushing would reserve room for seventeen
		return data.length === 0 ? [one, two, three] : [...data, one, two, three];
	}

	/** Accounts that share a sentence share its reason, whose figures are rounded as the sentence rounds them. */
	private reasonFor(index: number, measured: Float64Array): SignalReason {
		// adding 0 turns -0 into 0
		const hundredths = Math.round((measured[index] ?? 0) * 100) + 0;
		const earned = Math.round(this.earned[index] ?? 0);
		const kept = this.kept[index];
		if (kept === undefined || hundredths > MOST_KEPT || hundredths < -MOST_KEPT) {
			return this.makeReason(index, hundredths, earned);
		}
		const key = (hundredths * (MOST_POINTS + 1) + earned) | 0;
		const alike = kept.get(key);
		if (alike !== undefined) return alike;
		const reason = this.makeReason(index, hundredths, earned);
		if (kept.size < KEPT) kept.set(key, reason);
		return reason;
	}

	private makeReason(index: number, hundredths: number, earned: number): SignalReason {
		const signal = this.signals[index];
		if (signal === undefined) throw new RangeError(`No signal ${String(index)}`);
		const possible = this.profile.possible[index] ?? 0;
		return Object.freeze({
			code: 'signal_lowers',
			signal: signal.id,
			value: hundredths / 100,
			earned,
			possible,
			text: saySignal(signal, hundredths, earned, possible),
		});
	}
}
