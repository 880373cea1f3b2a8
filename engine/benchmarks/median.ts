/** Figures of a group, of which the middle is asked many times, each time without one of them. */
export class Medians {
	private readonly sorted: Float64Array;

	constructor(values: readonly number[]) {
		this.sorted = Float64Array.from(values).sort();
	}

	get size(): number {
		return this.sorted.length;
	}

	/** Of all. NaN where there is none. */
	ofAll(): number {
		return middle(this.size, (place) => this.sorted[place] ?? NaN);
	}

	/** Of all but one of this value, which must be there. NaN where nothing is left. */
	without(value: number): number {
		const gap = this.placeOf(value);
		return middle(this.size - 1, (place) => this.sorted[place < gap ? place : place + 1] ?? NaN);
	}

	/** The first place at which the value may stand. */
	private placeOf(value: number): number {
		let [low, high] = [0, this.size];
		while (low < high) {
			const half = (low + high) >> 1;
			if ((this.sorted[half] ?? NaN) < value) low = half + 1;
			else high = half;
		}
		return low;
	}
}

/** The mean of the two in the middle where their number is even. */
function middle(count: number, at: (place: number) => number): number {
	const half = count >> 1;
	return count % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
}
