import { INVALID, STALE } from './cells';

/** The three ways in which a signal says nothing. */
export type Absence = 'missing' | 'invalid' | 'stale';

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

/** What a signal's measured value is. */
export function stateOf(measured: number): 'present' | Absence {
	if (Number.isFinite(measured)) return 'present';
	return measured === INVALID ? 'invalid' : measured === STALE ? 'stale' : 'missing';
}

function newNode<Leaf>(): ProfileNode<Leaf> {
	const ways = 1 << (SIGNALS_PER_STEP * STATE_BITS);
	return { next: Array.from({ length: ways }, () => undefined), leaf: undefined };
}

function leavesOf<Leaf>({ leaf, next }: ProfileNode<Leaf>): Leaf[] {
	const below = next.flatMap((child) => (child === undefined ? [] : leavesOf(child)));
	return leaf === undefined ? below : [leaf, ...below];
}
