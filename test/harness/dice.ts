/** A small generator of pseudo-random numbers in [0, 1): the same story for the same seed. */
export function dice(seed: number): () => number {
	let state = Math.imul(seed, 0x9e3779b1) >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const pick = <T>(roll: () => number, list: readonly [T, ...T[]]): T =>
	list[Math.floor(roll() * list.length)] ?? list[0];
