import { solveQP } from 'quadprog';

/** A table of numbers, row by row. */
export type Design = {
	readonly rows: number;
	readonly columns: number;
	readonly values: Float64Array;
};

export type LogisticFit = {
	readonly intercept: number;
	readonly coefficients: readonly number[];
};

export type LogisticOptions = {
	/** Ridge: this half times the sum of squared coefficients is added to the mean log loss. The intercept is free. */
	readonly penalty: number;
	/** Whether coefficients may only be 0 or more. */
	readonly nonNegative: boolean;
	/** Where to begin; a fit of nearly the same data saves steps. */
	readonly start?: LogisticFit;
};

const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
const CLOSE_ENOUGH = 1e-12;
/** Keeps a curvature that is flat in some direction (a column that repeats another) solvable. */
const JITTER = 1e-9;

export function designOf(rows: readonly (readonly number[])[]): Design {
	const columns = rows[0]?.length ?? 0;
	const values = new Float64Array(rows.length * columns);
	rows.forEach((row, index) => values.set(row, index * columns));
	return { rows: rows.length, columns, values };
}

/**
 * Logistic regression by Newton's method: each step minimizes the quadratic that fits the loss where it stands, with
 * the signs held, which is a quadratic program; then goes as far as the loss falls.
 * @param outcome one per row; coefficients say what makes `true` more likely
 * @throws when a step cannot be computed, which the jitter should prevent
 */
export function fitLogistic(
	design: Design,
	outcome: readonly boolean[],
	options: LogisticOptions,
): LogisticFit {
	const steps = fitLogisticSteps(design, outcome, options);
	let step = steps.next();
	while (step.done !== true) step = steps.next();
	return step.value;
}

/** The same, Newton step by Newton step. */
export function* fitLogisticSteps(
	design: Design,
	outcome: readonly boolean[],
	{ penalty, nonNegative, start }: LogisticOptions,
): Generator<undefined, LogisticFit, void> {
	let fit = start ?? { intercept: 0, coefficients: zeros(design.columns) };
	let cost = costOf(design, outcome, fit, penalty);
	for (let step = 0; step < MOST_STEPS; step++) {
		yield;
		const aim = newtonStep(design, outcome, fit, penalty, nonNegative);
		let length = 1;
		let next = aim;
		let nextCost = costOf(design, outcome, next, penalty);
		for (let halving = 0; !(nextCost <= cost) && halving < MOST_HALVINGS; halving++) {
			length /= 2;
			next = between(fit, aim, length);
			nextCost = costOf(design, outcome, next, penalty);
		}
		if (!(nextCost <= cost)) return fit;
		const gain = cost - nextCost;
		fit = next;
		cost = nextCost;
		if (gain <= CLOSE_ENOUGH * (1 + cost)) return fit;
	}
	return fit;
}

/** Log odds of `true` for one row of the design. */
export function logOdds({ values, columns }: Design, row: number, fit: LogisticFit): number {
	let sum = fit.intercept;
	for (let column = 0; column < columns; column++) {
		sum += (values[row * columns + column] ?? 0) * (fit.coefficients[column] ?? 0);
	}
	return sum;
}

export function probability(odds: number): number {
	return odds >= 0 ? 1 / (1 + Math.exp(-odds)) : 1 - 1 / (1 + Math.exp(odds));
}

/** Mean of −ln of the probability that was given to what happened. */
export function logLoss(design: Design, outcome: readonly boolean[], fit: LogisticFit): number {
	let total = 0;
	for (let row = 0; row < design.rows; row++) {
		total += surprise(logOdds(design, row, fit), outcome[row] === true);
	}
	return total / design.rows;
}

/** −ln of the probability of what happened, without overflow. */
export function surprise(odds: number, happened: boolean): number {
	const against = happened ? -odds : odds;
	return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
}

function costOf(
	design: Design,
	outcome: readonly boolean[],
	fit: LogisticFit,
	penalty: number,
): number {
	const squares = fit.coefficients.reduce((sum, one) => sum + one * one, 0);
	return logLoss(design, outcome, fit) + (penalty / 2) * squares;
}

function newtonStep(
	design: Design,
	outcome: readonly boolean[],
	fit: LogisticFit,
	penalty: number,
	nonNegative: boolean,
): LogisticFit {
	const { columns } = design;
	const size = columns + 1;
	const { slope, curvature } = derivatives(design, outcome, fit);
	const held = nonNegative && columns > 0;
	const here = [fit.intercept, ...fit.coefficients];
	// the package counts from 1: place 0 of every list stays empty
	const D: (number | undefined)[][] = [[]];
	const d: (number | undefined)[] = [undefined];
	const A: (number | undefined)[][] = [[]];
	for (let a = 0; a < size; a++) {
		const ridge = a === 0 ? 0 : penalty;
		const row: (number | undefined)[] = [undefined];
		let aim = -(slope[a] ?? 0) - ridge * (here[a] ?? 0);
		for (let b = 0; b < size; b++) {
			const bend = (curvature[a * size + b] ?? 0) + (a === b ? ridge + JITTER : 0);
			row.push(bend);
			aim += bend * (here[b] ?? 0);
		}
		D.push(row);
		d.push(aim);
		// one column of A per constraint "coefficient ≥ 0"; a free fit has one that constrains nothing: 0 ≥ -1
		A.push([undefined, ...(held ? unit(columns, a - 1) : [0])]);
	}
	const bounds = held ? zeros(columns) : [-1];
	const { solution, message } = solveQP(D, d, A, [undefined, ...bounds]);
	if (message !== '') throw new Error(`The weights could not be fitted: ${message}`);
	const [, intercept = 0, ...coefficients] = solution;
	return {
		intercept,
		// a bound is met to rounding only
		coefficients: coefficients.map((one = 0) => (nonNegative && one < JITTER ? 0 : one)),
	};
}

/** Slope and curvature of the mean log loss; place 0 is the intercept. */
function derivatives(
	design: Design,
	outcome: readonly boolean[],
	fit: LogisticFit,
): { slope: Float64Array; curvature: Float64Array } {
	const { rows, columns, values } = design;
	const size = columns + 1;
	const slope = new Float64Array(size);
	const curvature = new Float64Array(size * size);
	const row = new Float64Array(size);
	row[0] = 1;
	for (let index = 0; index < rows; index++) {
		const chance = probability(logOdds(design, index, fit));
		const error = (chance - (outcome[index] === true ? 1 : 0)) / rows;
		const weight = (chance * (1 - chance)) / rows;
		row.set(values.subarray(index * columns, (index + 1) * columns), 1);
		for (let a = 0; a < size; a++) {
			const value = row[a] ?? 0;
			slope[a] = (slope[a] ?? 0) + error * value;
			const weighted = weight * value;
			for (let b = 0; b <= a; b++) {
				curvature[a * size + b] = (curvature[a * size + b] ?? 0) + weighted * (row[b] ?? 0);
			}
		}
	}
	for (let a = 0; a < size; a++) {
		for (let b = 0; b < a; b++) curvature[b * size + a] = curvature[a * size + b] ?? 0;
	}
	return { slope, curvature };
}

function between(from: LogisticFit, to: LogisticFit, share: number): LogisticFit {
	return {
		intercept: from.intercept + share * (to.intercept - from.intercept),
		coefficients: from.coefficients.map(
			(one, at) => one + share * ((to.coefficients[at] ?? 0) - one),
		),
	};
}

function unit(length: number, place: number): number[] {
	return Array.from({ length }, (_one, index) => (index === place ? 1 : 0));
}

function zeros(length: number): number[] {
	return Array.from({ length }, () => 0);
}
