import { compileCurve, pointsOnLine, type PointsOf } from './curve';
import type { Health, HealthReason } from './health';
import type { HealthModel } from './model';
import type { ProfileSummary } from './profile';
import { ReasonShelf } from './reasonShelf';

/** The largest cost that is not worth a sentence: just under half a point. */
const NOT_WORTH_NAMING = 0.5 - Number.EPSILON;
/** Makes the one rounding independent of the order in which fractions were added. */
const ROUNDING_SLACK = 1e-9;

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
	private readonly shelves: ReasonShelf[];
	private readonly signals: readonly string[];
	private readonly blank: number[];
	private readonly dataReasons: HealthReason[];
	private readonly model: Health['model'];

	constructor(
		private readonly healthModel: HealthModel,
		readonly profile: ProfileSummary,
	) {
		const { counted } = profile;
		this.indexes = Int32Array.from(counted, ({ index }) => index);
		this.possible = Float64Array.from(counted, ({ possible }) => possible);
		this.fixedPoints = Float64Array.from(counted, ({ fixedPoints }) => fixedPoints);
		const lines = counted.map(({ signal: { curve } }) =>
			'from' in curve ? curve : { from: NaN, to: NaN },
		);
		this.from = Float64Array.from(lines, ({ from }) => from);
		this.span = Float64Array.from(lines, ({ from, to }) => to - from);
		this.curves = counted.map(({ signal }) => compileCurve(signal.curve));
		this.shelves = counted.map(({ signal, possible }) => new ReasonShelf(signal, possible));
		this.signals = counted.map(({ signal }) => signal.id);
		// fractions, so that copies have room for fractions from the start
		this.blank = counted.map(() => 0.5);
		this.dataReasons = [...profile.reasons];
		this.model = Object.freeze({ id: healthModel.id, version: healthModel.version });
	}

	/** @param measured what each signal of the model measured */
	score(measured: Float64Array): Health {
		const { profile, indexes, possible, fixedPoints, from, span } = this;
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
				const value = measured[indexes[place] ?? 0] ?? NaN;
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
		const score = profile.coverage === 0 ? null : Math.round(total + ROUNDING_SLACK);
		return {
			score,
			band: score === null || !profile.bandKnown ? 'unknown' : this.bandOf(score),
			coverage: profile.coverage,
			model: this.model,
			signals: this.signals,
			contributions,
			reasons: this.reasons(first, second, third, measured, contributions),
			missing: profile.missing,
			invalid: profile.invalid,
			stale: profile.stale,
		};
	}

	private bandOf(score: number): 'green' | 'yellow' | 'red' {
		const { green, yellow } = this.healthModel.bands;
		return score >= green ? 'green' : score >= yellow ? 'yellow' : 'red';
	}

	/** What is wrong with the data, then what costs most. Literals, because pushing would reserve room for seventeen. */
	private reasons(
		first: number,
		second: number,
		third: number,
		measured: Float64Array,
		contributions: number[],
	): HealthReason[] {
		const data = this.dataReasons;
		if (first === -1) return data.length === 0 ? [NOTHING_LOWERS_IT] : data;
		const one = this.reason(first, measured, contributions);
		if (second === -1) return data.length === 0 ? [one] : [...data, one];
		const two = this.reason(second, measured, contributions);
		if (third === -1) return data.length === 0 ? [one, two] : [...data, one, two];
		const three = this.reason(third, measured, contributions);
		return data.length === 0 ? [one, two, three] : [...data, one, two, three];
	}

	private reason(place: number, measured: Float64Array, contributions: number[]): HealthReason {
		const shelf = this.shelves[place];
		if (shelf === undefined) return NOTHING_LOWERS_IT;
		// adding 0 turns -0 into 0
		const hundredths = Math.round((measured[this.indexes[place] ?? 0] ?? 0) * 100) + 0;
		return shelf.take(hundredths, Math.round(contributions[place] ?? 0));
	}
}
