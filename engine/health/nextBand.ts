import { bandOf, leastToShow } from './band';
import { wayOutOf } from './history/hysteresis';
import { holds, type CompiledCap } from './caps';
import type { Changes } from './changes';
import type { Change, NextBand } from './health';
import type { Measured } from './measure';
import type { HealthModel } from './model';
import { NONE, Question } from './smallestChange';
import type { CountedSignal } from './summary';

const NO_SIGNAL = -1;
/** Beyond it a figure in hundredths is no small integer any more, and nobody needs to be told. */
const TOO_FAR = 2 ** 30;

const STARTS = { green: 'Green with ', yellow: 'Yellow with ' };

type Way = {
	band: 'green' | 'yellow';
	score: number;
	least: number;
	start: string;
	/** With memory only. */
	days?: number;
};

/**
 * Finds what would reach the next band (two ways, for more would be a list of everything), for the accounts that have
 * data for the same signals.
 */
export class NextBandFinder {
	private readonly ways: { red: Way; yellow: Way };
	/** The same where memory holds the band, */
	private readonly lastingWays: { red: Way; yellow: Way };
	/** 1: the place was tried, or cannot change at all. */
	private readonly tried: Uint8Array;
	private readonly fixed: Uint8Array;
	/** The places that can change and weigh something, heaviest first; whether all their curves are smooth. */
	private readonly heaviest: Int32Array;
	private readonly isSmooth: boolean;
	private readonly question = new Question();
	/** What is missing to the next band. */
	private gap = 0.5;

	/** @param changes by place in what is measured */
	constructor(
		model: HealthModel,
		private readonly counted: readonly CountedSignal[],
		private readonly caps: readonly CompiledCap[],
		private readonly changes: readonly Changes[],
	) {
		const { bands } = model;
		const way = (from: number): Way => {
			const score = Math.ceil(from);
			const band = bandOf(score, bands) === 'green' ? 'green' : 'yellow';
			return { band, score, least: leastToShow(score), start: STARTS[band] };
		};
		const lasting = (from: 'red' | 'yellow'): Way => {
			const out = wayOutOf(from, model);
			return { ...out, least: leastToShow(out.score), start: STARTS[out.band] };
		};
		this.lastingWays = { red: lasting('red'), yellow: lasting('yellow') };
		this.ways = { red: way(bands.yellow), yellow: way(bands.green) };
		this.fixed = Uint8Array.from(counted, ({ fixedPoints, recalled }) =>
			recalled || fixedPoints === fixedPoints ? 1 : 0,
		);
		this.tried = new Uint8Array(counted.length);
		const movable = counted
			.map((one, place) => ({ ...one, place }))
			.filter(({ place, possible }) => this.fixed[place] === 0 && possible > 0);
		this.heaviest = Int32Array.from(
			movable.sort((a, b) => b.possible - a.possible || a.place - b.place),
			({ place }) => place,
		);
		this.isSmooth = movable.every(({ index }) => changes[index]?.smallest.isSmooth === true);
	}

	/**
	 * @param total the exact score before caps; @param contributions what each place earned
	 * @param lasts whether memory holds the band, so that it takes more, and some days in a row, to leave it
	 */
	find(
		band: 'red' | 'yellow',
		total: number,
		contributions: readonly number[],
		measured: Measured,
		lasts = false,
	): NextBand | null {
		const way = (lasts ? this.lastingWays : this.ways)[band];
		this.gap = way.least - total;
		this.question.atLeast = way.least;
		const only = this.caps.length === 0 ? NO_SIGNAL : this.capping(way.least, measured.values);
		if (only === undefined) return null;
		return this.isSmooth && only === NO_SIGNAL
			? this.findSmooth(way, contributions, measured)
			: this.findAny(way, contributions, measured, only);
	}

	/** On smooth curves the heaviest signal has to move least. */
	private findSmooth(
		way: Way,
		contributions: readonly number[],
		measured: Measured,
	): NextBand | null {
		const { heaviest, counted, gap } = this;
		let first: Change | undefined;
		for (const place of heaviest) {
			const one = counted[place];
			if (one === undefined || (contributions[place] ?? 0) + gap > one.possible) continue;
			const change = this.changeOf(one, place, contributions, measured);
			if (change === undefined) continue;
			if (first !== undefined) return put(way, first, change);
			first = change;
		}
		return first === undefined ? null : put(way, first, undefined);
	}

	private findAny(
		way: Way,
		contributions: readonly number[],
		measured: Measured,
		only: number,
	): NextBand | null {
		let first: Change | undefined;
		this.tried.set(this.fixed);
		for (;;) {
			const place = this.next(contributions, only);
			const one = this.counted[place];
			if (one === undefined) return first === undefined ? null : put(way, first, undefined);
			this.tried[place] = 1;
			const change = this.changeOf(one, place, contributions, measured);
			if (change === undefined) continue;
			if (first !== undefined) return put(way, first, change);
			first = change;
		}
	}

	/** The only signal that can help because its cap stands in the way; undefined where two signals' caps do. */
	private capping(least: number, values: Float64Array): number | undefined {
		let only = NO_SIGNAL;
		for (const cap of this.caps) {
			if (cap.atMost >= least || !holds(cap, values)) continue;
			if (only !== NO_SIGNAL && only !== cap.index) return undefined;
			only = cap.index;
		}
		return only;
	}

	/** The place not tried yet that has to move least along its curve; -1 where none can. */
	private next(contributions: readonly number[], only: number): number {
		let best = -1;
		let bestMove = Infinity;
		for (let place = 0; place < this.counted.length; place++) {
			const one = this.counted[place];
			if (one === undefined || this.tried[place] === 1) continue;
			if (only !== NO_SIGNAL && one.index !== only) continue;
			const earned = contributions[place] ?? 0;
			const needed = neededPoints(one.possible, this.gap, earned);
			const least = this.changes[one.index]?.smallest.leastPoints(needed) ?? NaN;
			if (!(least <= 100)) continue;
			const move = one.possible === 0 ? 0 : least - (earned / one.possible) * 100;
			if (move < bestMove) {
				best = place;
				bestMove = move;
			}
		}
		return best;
	}

	private changeOf(
		{ index, possible }: CountedSignal,
		place: number,
		contributions: readonly number[],
		{ values, raws, wholes }: Measured,
	): Change | undefined {
		const changes = this.changes[index];
		if (changes === undefined) return undefined;
		const { question } = this;
		const { smallest } = changes;
		const raw = (changes.isQuotient ? raws[index] : values[index]) ?? NaN;
		const whole = wholes[index] ?? NaN;
		// a quotient of closed weeks is past: nothing the field shows can change it
		if (whole !== whole) return undefined;
		question.raw = raw;
		question.whole = whole;
		question.needed = neededPoints(possible, this.gap, contributions[place] ?? 0);
		const step = smallest.find(question);
		const to = smallest.stepsPerUnit === 1 ? step * 100 : step;
		if (step === NONE || to > TOO_FAR || to < -TOO_FAR) return undefined;
		// adding 0 turns -0 into 0
		return changes.make(Math.round(raw * 100) + 0, to + 0, whole);
	}
}

/** The points a signal needs to close the gap by itself. */
function neededPoints(possible: number, gap: number, earned: number): number {
	if (possible === 0) return gap <= 0 ? -Infinity : Infinity;
	return ((earned + gap) / possible) * 100;
}

function put(way: Way, first: Change, second: Change | undefined): NextBand {
	const { band, score, start, days } = way;
	const changes = second === undefined ? [first] : [first, second];
	const text =
		second === undefined ? start + first.text : `${start}${first.text}, or with ${second.text}`;
	if (days === undefined) return { band, score, changes, text };
	return { band, score, days, changes, text: text + sayDays(days, changes.length) };
}

/** Where there are two ways it belongs to both. */
function sayDays(days: number, ways: number): string {
	if (days === 1) return '';
	return `${ways === 1 ? '' : ','} on ${days} days in a row`;
}
