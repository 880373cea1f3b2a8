import type { CompiledCap } from './caps';
import { compileCurve, pointsOnLine, stepsOf, type PointsOf } from './curve';
import { kindOf, lineOf } from './curveSchema';
import { rangeOf } from './measure';
import type { Signal } from './model';

/** No step is enough. */
export const NONE = -(2 ** 31);

/** Figures that do not count things (or are an NPS) move by hundredths, as sentences show them. */
const FINE_STEPS = 100;
/** Makes a step that is reached but for the last bits count as reached. */
const STEP_SLACK = 1e-9;
const UPWARD = 1;
const DOWNWARD = -1;

/** What is asked: an object that is used again and again, because fractions handed over one by one cost allocations. */
export class Question {
	/** The field's value, days ago for a date, and what it is divided by. */
	raw = 0.5;
	whole = 0.5;
	/** The least points that are enough; caps below `atLeast` stand in the way. */
	needed = 0.5;
	atLeast = 0.5;
}

/**
 * Finds for one signal the smallest change of its field that is enough: among the figures it can have (whole ones where
 * it counts things or days, hundredths else, within its range) the one nearest to what it is.
 */
export class SmallestChange {
	readonly stepsPerUnit: number;
	/** Whether it can have any number of points. */
	readonly isSmooth: boolean;
	private readonly isWord: boolean;
	private readonly min: number;
	private readonly max: number;
	private readonly pointsOf: PointsOf;
	/** Measured values at which points jump: from each on they are others. */
	private readonly jumps: readonly number[];
	/** All points the signal can earn where they are a few levels, lowest first. */
	private readonly levels: readonly number[];
	/** Which way is better (1 up, -1 down) where that is all there is to know; else 0. */
	private readonly way: number;
	/** Of a straight line where it begins and how far it goes; NaN for any other curve. */
	private readonly from: number;
	private readonly span: number;

	/** @param caps those on this signal */
	constructor(
		private readonly signal: Signal,
		private readonly caps: readonly CompiledCap[],
	) {
		const { curve, unit } = signal;
		const kind = kindOf(curve);
		this.isWord = kind === 'yesNo' || kind === 'category';
		const isWhole = unit !== undefined || kind !== 'number' || curve.type === 'nps';
		this.stepsPerUnit = isWhole ? 1 : FINE_STEPS;
		const { min, max } = rangeOf(signal);
		this.min = Math.max(min ?? -Infinity, kind === 'days' ? 0 : -Infinity);
		this.max = max ?? Infinity;
		this.pointsOf = compileCurve(curve);
		this.jumps = stepsOf(curve)?.steps.map(({ atLeast }) => atLeast) ?? [];
		this.levels = levelsOf(signal).sort((a, b) => a - b);
		this.isSmooth = this.levels.length === 0;
		const { from, to } = lineOf(curve) ?? { from: NaN, to: NaN };
		this.from = from;
		this.span = to - from;
		const isPlain = from === from && caps.length === 0;
		this.way = !isPlain ? 0 : to > from ? UPWARD : DOWNWARD;
	}

	/** How many points it would at least have, to have as many as needed; above 100 where it cannot. */
	leastPoints(needed: number): number {
		if (this.isSmooth) return needed;
		return this.levels.find((level) => level >= needed) ?? Infinity;
	}

	/** The field's new value in steps, of which a unit has `stepsPerUnit`; NONE where none is enough. */
	find(question: Question): number {
		if (this.way !== 0) return this.findOnLine(question);
		if (this.isWord) return this.findWord(question);
		const { raw, whole } = question;
		let best = NONE;
		let bestDistance = Infinity;
		for (const { place, way } of this.places(question.needed)) {
			const step = this.nearestEnough(place * whole, way, question);
			const distance = step === NONE ? Infinity : Math.abs(step / this.stepsPerUnit - raw);
			if (distance < bestDistance) {
				best = step;
				bestDistance = distance;
			}
		}
		return best;
	}

	/** The same for a straight line and no caps, which is nearly always: no call in it hands over a fraction. */
	private findOnLine({ raw, whole, needed }: Question): number {
		const { way, stepsPerUnit, from, span } = this;
		const scaled = (from + (span * Math.min(needed, 100)) / 100) * whole * stepsPerUnit;
		const first = way === UPWARD ? Math.ceil(scaled - STEP_SLACK) : Math.floor(scaled + STEP_SLACK);
		for (let step = first - way; (step - first) * way <= 1; step += way) {
			const value = step / stepsPerUnit;
			if (value < this.min || value > this.max || (value - raw) * way <= 0) continue;
			if (pointsOnLine(value / whole, from, span) >= needed) return step;
		}
		return NONE;
	}

	/** Where something changes, in what is measured, and which way from there. */
	private places(needed: number): { place: number; way: number }[] {
		const places = [this.crossing(needed), ...this.jumps]
			.filter((place) => Number.isFinite(place))
			.flatMap((place) => [
				{ place, way: UPWARD },
				{ place, way: DOWNWARD },
			]);
		for (const { from, to } of this.caps) {
			if (from !== -Infinity) places.push({ place: from, way: DOWNWARD });
			if (to !== Infinity) places.push({ place: to, way: UPWARD });
		}
		return places;
	}

	/** Where a curve without jumps earns just the points needed; NaN where there is no such place. */
	private crossing(needed: number): number {
		const { curve } = this.signal;
		const points = Math.min(needed, 100);
		if (curve.type === 'halfLife') return -curve.days * Math.log2(points / 100);
		return this.from + (this.span * points) / 100;
	}

	/** The first step from `place` on, up (1) or down (-1), that is enough and lies that way from where it is. */
	private nearestEnough(place: number, way: number, question: Question): number {
		const scaled = place * this.stepsPerUnit;
		const first = way === UPWARD ? Math.ceil(scaled - STEP_SLACK) : Math.floor(scaled + STEP_SLACK);
		// the place itself may be excluded, or reached but for the last bits
		for (const step of [first - way, first, first + way]) {
			const value = step / this.stepsPerUnit;
			if (value < this.min || value > this.max || (value - question.raw) * way <= 0) continue;
			if (this.isEnough(value / question.whole, question)) return step;
		}
		return NONE;
	}

	private isEnough(measured: number, { needed, atLeast }: Question): boolean {
		const stands = this.caps.some(
			({ from, to, atMost }) => atMost < atLeast && measured >= from && measured <= to,
		);
		return !stands && this.pointsOf(measured) >= needed;
	}

	/** Of the words that are enough the one that earns least, which is the nearest. */
	private findWord(question: Question): number {
		const { curve } = this.signal;
		const count = curve.type === 'categories' ? curve.values.length : 2;
		let best = NONE;
		for (let word = 0; word < count; word++) {
			if (word === question.raw || !this.isEnough(word, question)) continue;
			if (best === NONE || this.pointsOf(word) < this.pointsOf(best)) best = word;
		}
		return best;
	}
}

function levelsOf({ curve }: Signal): number[] {
	if (curve.type === 'yesNo') return [curve.yes, curve.no];
	if (curve.type === 'categories') return curve.values.map(({ points }) => points);
	const steps = stepsOf(curve);
	return steps === undefined ? [] : [steps.below, ...steps.steps.map(({ points }) => points)];
}
