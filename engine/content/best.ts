/** One of the best: where it stands in what was offered, its points, and how often its kind was sent lately. */
export type Candidate = { readonly index: number; readonly sum: number; readonly times: number };

/**
 * Keeps the best few of many: more points first, then the kind that was sent less lately, then what was offered first.
 * Made once and begun anew for each account.
 */
export class Best {
	private readonly sums: Int32Array;
	private readonly times: Int32Array;
	private readonly indexes: Int32Array;
	private size = 0;

	constructor(private readonly most: number) {
		this.sums = new Int32Array(most);
		this.times = new Int32Array(most);
		this.indexes = new Int32Array(most);
	}

	begin(): void {
		this.size = 0;
	}

	offer(index: number, sum: number, times: number): void {
		const { sums, most } = this;
		let place = this.size;
		if (place === most) {
			if (!this.isBetter(sum, times, most - 1)) return;
			place--;
		} else this.size++;
		while (place > 0 && this.isBetter(sum, times, place - 1)) {
			sums[place] = sums[place - 1] ?? 0;
			this.times[place] = this.times[place - 1] ?? 0;
			this.indexes[place] = this.indexes[place - 1] ?? 0;
			place--;
		}
		sums[place] = sum;
		this.times[place] = times;
		this.indexes[place] = index;
	}

	inOrder(): Candidate[] {
		return Array.from({ length: this.size }, (_, place) => ({
			index: this.indexes[place] ?? 0,
			sum: this.sums[place] ?? 0,
			times: this.times[place] ?? 0,
		}));
	}

	private isBetter(sum: number, times: number, place: number): boolean {
		const other = this.sums[place] ?? 0;
		return sum > other || (sum === other && times < (this.times[place] ?? 0));
	}
}
