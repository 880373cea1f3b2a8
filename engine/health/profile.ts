import type { HealthReason } from './health';
import { INVALID, STALE } from './measure';
import type { HealthModel, Signal } from './model';
import { sayCoverage, sayNothing } from './sentences';

/** What a signal counts for under a policy that does not leave it out. */
const FIXED_POINTS = { neutral: 50, worst: 0 } as const;
type State = 'present' | 'missing' | 'invalid' | 'stale';

/** Coverages are sums of weights; two that differ by less than this are the same figure. */
const ROUNDING_SLACK = 1e-9;

/** Signals taken in one step down the tree: four states each are 256 ways to go on. */
const SIGNALS_PER_STEP = 4;
const STATE_BITS = 2;

/** A place in the tree: one more step of signals known, missing, invalid or stale. */
type ProfileNode<Leaf> = { next: (ProfileNode<Leaf> | undefined)[]; leaf: Leaf | undefined };

/**
 * The tree of "which signals had data". Everything that follows from that alone (weights, coverage, what is missing,
 * and why) hangs at a leaf and is worked out once instead of once per account. It takes no room for combinations
 * that no account has.
 */
export class DataProfiles<Leaf> {
	private readonly root = newNode<Leaf>();

	/** Where accounts meet whose signals are known, missing, invalid and stale just as in `measured`. */
	find(measured: Float64Array): { leaf: Leaf | undefined } {
		let found = this.root;
		for (let start = 0; start < measured.length; start += SIGNALS_PER_STEP) {
			const end = Math.min(start + SIGNALS_PER_STEP, measured.length);
			let step = 0;
			for (let index = start; index < end; index++) {
				const value = measured[index] ?? NaN;
				const state = value - value === 0 ? 0 : value === INVALID ? 2 : value === STALE ? 3 : 1;
				step = (step << STATE_BITS) | state;
			}
			found = found.next[step] ??= newNode<Leaf>();
		}
		return found;
	}

	/** Every leaf reached so far. */
	leaves(): Leaf[] {
		return leavesOf(this.root);
	}
}

function newNode<Leaf>(): ProfileNode<Leaf> {
	const ways = 1 << (SIGNALS_PER_STEP * STATE_BITS);
	return { next: Array.from({ length: ways }, () => undefined), leaf: undefined };
}

function leavesOf<Leaf>({ leaf, next }: ProfileNode<Leaf>): Leaf[] {
	const below = next.flatMap((child) => (child === undefined ? [] : leavesOf(child)));
	return leaf === undefined ? below : [leaf, ...below];
}

/** What accounts with the same signals known have in common. */
export type ProfileSummary = {
	/** The signals that count, in the scorer's order: measured ones, and those whose absence has a price. */
	readonly counted: readonly CountedSignal[];
	readonly coverage: number;
	readonly bandKnown: boolean;
	readonly reasons: readonly HealthReason[];
	readonly missing: readonly string[];
	readonly invalid: readonly string[];
	readonly stale: readonly string[];
};

export type CountedSignal = {
	readonly signal: Signal;
	/** Its place in what is measured. */
	readonly index: number;
	/** What it can earn, of 100. */
	readonly possible: number;
	/** NaN: it is measured; else the points its absence counts for. */
	readonly fixedPoints: number;
};

/** @param signals the model's signals in the scorer's order; `measured` what each said */
export function summarize(
	model: HealthModel,
	signals: readonly Signal[],
	measured: ArrayLike<number>,
): ProfileSummary {
	const states = signals.map((_signal, index) => stateOf(measured[index] ?? NaN));
	const pointsIfAbsent = ({ missing }: Signal): number =>
		missing === 'leaveOut' ? NaN : FIXED_POINTS[missing];
	const counts = signals.map(
		({ missing }, index) =>
			states[index] === 'present' || (states[index] === 'missing' && missing !== 'leaveOut'),
	);
	const all = sum(signals.map(({ weight }) => weight));
	const counted = sum(signals.map(({ weight }, index) => (counts[index] === true ? weight : 0)));
	const covered = sum(
		signals.map(({ weight }, index) => (states[index] === 'present' ? weight : 0)),
	);
	const coverage = covered / all;
	const bandKnown = coverage > 0 && coverage + ROUNDING_SLACK >= model.coverageFloor;
	const having = (state: State): Signal[] =>
		model.signals.filter((signal) => states[signals.indexOf(signal)] === state);
	const lacking = (['missing', 'invalid', 'stale'] as const).flatMap((state) =>
		having(state).map((signal): HealthReason =>
			Object.freeze({
				code: `signal_${state}` as const,
				signal: signal.id,
				field: signal.field,
				counted: state === 'missing' ? signal.missing : 'leaveOut',
				weight: (signal.weight / all) * 100,
				text: sayNothing(signal, state),
			}),
		),
	);
	const uncovered: HealthReason[] = bandKnown
		? []
		: [
				Object.freeze({
					code: 'coverage_below_floor',
					coverage,
					floor: model.coverageFloor,
					text: sayCoverage(coverage, model.coverageFloor),
				}),
			];
	return {
		counted: signals.flatMap((signal, index) => {
			if (coverage === 0 || counts[index] !== true) return [];
			const possible = (signal.weight / counted) * 100;
			const fixedPoints = states[index] === 'missing' ? pointsIfAbsent(signal) : NaN;
			return [{ signal, index, possible, fixedPoints }];
		}),
		coverage,
		bandKnown,
		reasons: [...uncovered, ...lacking],
		missing: having('missing').map(({ id }) => id),
		invalid: having('invalid').map(({ id }) => id),
		stale: having('stale').map(({ id }) => id),
	};
}

function stateOf(measured: number): State {
	if (Number.isFinite(measured)) return 'present';
	return measured === INVALID ? 'invalid' : measured === STALE ? 'stale' : 'missing';
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
