import { bandOf, roundScore } from './band';
import { capReason, holds, type CompiledCap } from './caps';
import { compileCurve, pointsOnLine, type PointsOf } from './curve';
import { lineOf } from './curveSchema';
import type { Health, HealthReason, NextBand, SignalReason } from './health';
import type { Measured } from './measure';
import type { HealthModel, Signal } from './model';
import type { Changes } from './changes';
import { NextBandFinder } from './nextBand';
import { saySignal, toldValue } from './sentences';
import { Shelf } from './shelf';
import type { ProfileSummary } from './summary';

/** The largest cost that is not worth a sentence: just under half a point. */
const NOT_WORTH_NAMING = 0.5 - Number.EPSILON;

/** A shelf takes more room than the reasons of fewer accounts alike. */
const WORTH_A_SHELF = 32;

const NOTHING_LOWERS_IT: HealthReason = Object.freeze({
	code: 'nothing_lowers_it',
	text: 'No signal with data costs as much as half a point',
});

/**
 * Scores the accounts that have data for the same signals. It runs once per account of a whole customer base, hence
 * the plain loops over numbers, one object per account, and everything else shared.
 */
export class ProfileScorer {
	/** Accounts scored here. */
	scored = 0;
	/** By place among the signals that count: their place in what is measured, and what they can earn. */
	private readonly indexes: Int32Array;
	private readonly possible: Float64Array;
	private readonly fixedPoints: Float64Array;
	/** Straight lines are by far the most common curve: `from` and `to - from`, NaN where the curve is another. */
	private readonly from: Float64Array;
	private readonly span: Float64Array;
	private readonly curves: PointsOf[];
	private readonly reasonsOf: MakeReason[];
	private readonly shelves: (Shelf<SignalReason> | undefined)[];
	private readonly signals: readonly string[];
	private readonly possibles: readonly number[];
	private readonly blank: number[];
	private readonly dataReasons: HealthReason[];
	private readonly model: Health['model'];
	private readonly nextBand: NextBandFinder;

	/** @param caps of the model, lowest first; @param changes by place in what is measured */
	constructor(
		private readonly healthModel: HealthModel,
		readonly profile: ProfileSummary,
		private readonly caps: readonly CompiledCap[],
		changes: readonly Changes[],
	) {
		const { counted } = profile;
		this.indexes = Int32Array.from(counted, ({ index }) => index);
		this.possible = Float64Array.from(counted, ({ possible }) => possible);
		this.fixedPoints = Float64Array.from(counted, ({ fixedPoints }) => fixedPoints);
		const lines = counted.map(({ signal: { curve } }) => lineOf(curve) ?? { from: NaN, to: NaN });
		this.from = Float64Array.from(lines, ({ from }) => from);
		this.span = Float64Array.from(lines, ({ from, to }) => to - from);
		this.curves = counted.map(({ signal }) => compileCurve(signal.curve));
		this.reasonsOf = counted.map(({ signal, possible }) => reasonMaker(signal, possible));
		this.shelves = counted.map(() => undefined);
		this.signals = Object.freeze(counted.map(({ signal }) => signal.id));
		this.possibles = Object.freeze(counted.map(({ possible }) => possible));
		this.nextBand = new NextBandFinder(healthModel, counted, caps, changes);
		// fractions, so that copies have room for fractions from the start
		this.blank = counted.map(() => 0.5);
		this.dataReasons = [...profile.reasons];
		this.model = Object.freeze({ id: healthModel.id, version: healthModel.version });
	}

	/** @param recalled why signals that have no value today count all the same */
	score(measured: Measured, recalled: readonly HealthReason[]): Health {
		const { profile, indexes, possible, fixedPoints, from, span } = this;
		const { values } = measured;
		this.scored++;
		const contributions = this.blank.slice();
		let total = 0;
		// the three places that cost most, dearest first; a later one must cost more to come before an earlier one
		let first = -1;
		let second = -1;
		let third = -1;
		let firstCost = NOT_WORTH_NAMING;
		let secondCost = NOT_WORTH_NAMING;
		let thirdCost = NOT_WORTH_NAMING;
		for (let place = 0; place < contributions.length; place++) {
			const share = possible[place] ?? 0;
			let points = fixedPoints[place] ?? NaN;
			if (points !== points) {
				const value = values[indexes[place] ?? 0] ?? NaN;
				const length = span[place] ?? NaN;
				points =
					length === length
						? pointsOnLine(value, from[place] ?? NaN, length)
						: (this.curves[place]?.(value) ?? 0);
				const cost = share * (1 - points / 100);
				if (cost > thirdCost) {
					if (cost > secondCost) {
						third = second;
						thirdCost = secondCost;
						if (cost > firstCost) {
							second = first;
							secondCost = firstCost;
							first = place;
							firstCost = cost;
						} else {
							second = place;
							secondCost = cost;
						}
					} else {
						third = place;
						thirdCost = cost;
					}
				}
			}
			const contribution = (share * points) / 100;
			contributions[place] = contribution;
			total += contribution;
		}
		const cap = this.capOf(total, values);
		const score = profile.scored ? roundScore(cap === undefined ? total : cap.atMost) : null;
		const band =
			score === null || !profile.bandKnown ? 'unknown' : bandOf(score, this.healthModel.bands);
		let data = this.dataReasons;
		if (recalled.length > 0) data = [...data, ...recalled];
		if (cap !== undefined) data = [...data, capReason(cap, values, total)];
		// what people read first comes first
		const health: Health = {
			score,
			band,
			coverage: profile.coverage,
			reasons: this.reasons(first, second, third, values, contributions, data),
			nextBand:
				band === 'red' || band === 'yellow'
					? this.nextBand.find(band, total, contributions, measured)
					: null,
			signals: this.signals,
			contributions,
			possible: this.possibles,
			missing: profile.missing,
			invalid: profile.invalid,
			stale: profile.stale,
			model: this.model,
		};
		if (cap !== undefined) {
			health.signals = [...this.signals, cap.name];
			health.contributions = [...contributions, cap.atMost - total];
			health.possible = [...this.possibles, 0];
		}
		return health;
	}

	/**
	 * What takes the account scored last out of `band` for good, where memory holds it there; null where it need only
	 * stay as it is.
	 */
	wayOut(band: 'red' | 'yellow', health: Health, measured: Measured): NextBand | null {
		const { length } = this.blank;
		let total = 0;
		for (let place = 0; place < length; place++) total += health.contributions[place] ?? 0;
		const way = this.nextBand.find(band, total, health.contributions, measured, true);
		return way !== null && (health.score ?? NaN) >= way.score ? null : way;
	}

	/** The lowest cap that holds and lowers the score. */
	private capOf(total: number, values: Float64Array): CompiledCap | undefined {
		if (!this.profile.scored) return undefined;
		for (const cap of this.caps)
			if (holds(cap, values)) return cap.atMost < total ? cap : undefined;
		return undefined;
	}

	/** What else there is to say, then what costs most. Literals, because pushing would reserve room for seventeen. */
	private reasons(
		first: number,
		second: number,
		third: number,
		values: Float64Array,
		contributions: number[],
		data: HealthReason[],
	): HealthReason[] {
		if (first === -1) {
			return data.length === 0 && this.profile.scored ? [NOTHING_LOWERS_IT] : data;
		}
		const one = this.reason(first, values, contributions);
		if (second === -1) return data.length === 0 ? [one] : [...data, one];
		const two = this.reason(second, values, contributions);
		if (third === -1) return data.length === 0 ? [one, two] : [...data, one, two];
		const three = this.reason(third, values, contributions);
		return data.length === 0 ? [one, two, three] : [...data, one, two, three];
	}

	private reason(place: number, values: Float64Array, contributions: number[]): HealthReason {
		const make = this.reasonsOf[place];
		if (make === undefined) return NOTHING_LOWERS_IT;
		// adding 0 turns -0 into 0
		const hundredths = Math.round((values[this.indexes[place] ?? 0] ?? 0) * 100) + 0;
		const earned = Math.round(contributions[place] ?? 0);
		if (this.scored < WORTH_A_SHELF) return make(hundredths, earned);
		return (this.shelves[place] ??= new Shelf(make)).take(hundredths, earned);
	}
}

type MakeReason = (hundredths: number, earned: number) => SignalReason;

/** From hundredths of what was measured and points earned, rounded. @param possible what the signal can earn, of 100 */
function reasonMaker(signal: Signal, possible: number): MakeReason {
	return (hundredths, earned) =>
		Object.freeze({
			code: 'signal_lowers',
			signal: signal.id,
			value: toldValue(signal, hundredths),
			earned,
			possible,
			text: saySignal(signal, hundredths, earned, possible),
		});
}
