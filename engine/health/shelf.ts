/** Things kept; beyond them they are made afresh. */
const KEPT = 4096;
/** Multiplications that scatter keys over the slots (Knuth), of which there are 2 to the power of 9. */
const SCATTER = 0x9e3779b1;
const SCATTER_AGAIN = 0x85ebca6b;
const FRONT = 512;
const FRONT_SHIFT = 23;
/** Keys must stay small integers, and two of them together an exact number. */
const MOST_KEPT = 2 ** 25;

/**
 * Things that follow from two whole numbers. Accounts that share a sentence share its reason, whose figures are rounded
 * as the sentence rounds them; so a base of accounts needs a few hundred reasons instead of one for each. What is made
 * must not be changed by whoever takes it.
 */
export class Shelf<T> {
	private readonly kept = new Map<number, T>();
	/** In front of it, the last thing taken for each of a few hundred slots. */
	private readonly firstKeys = new Int32Array(FRONT);
	private readonly secondKeys = new Int32Array(FRONT);
	private readonly front: (T | undefined)[] = Array.from({ length: FRONT });

	constructor(private readonly make: (first: number, second: number) => T) {}

	take(first: number, second: number): T {
		if (isTooLarge(first) || isTooLarge(second)) return this.make(first, second);
		const slot = (Math.imul(first, SCATTER) ^ Math.imul(second, SCATTER_AGAIN)) >>> FRONT_SHIFT;
		const last = this.front[slot];
		if (last !== undefined && this.firstKeys[slot] === first && this.secondKeys[slot] === second) {
			return last;
		}
		const thing = this.fetch(first, second);
		this.firstKeys[slot] = first;
		this.secondKeys[slot] = second;
		this.front[slot] = thing;
		return thing;
	}

	private fetch(first: number, second: number): T {
		const key = first * 2 * MOST_KEPT + second;
		const found = this.kept.get(key);
		if (found !== undefined) return found;
		const thing = this.make(first, second);
		if (this.kept.size < KEPT) this.kept.set(key, thing);
		return thing;
	}
}

function isTooLarge(key: number): boolean {
	return !(key > -MOST_KEPT && key < MOST_KEPT);
}
