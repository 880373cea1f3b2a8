/** A measured value, and what the alternatives took in the same run. */
export type Figure = {
	/** Dotted name, `nodes.healthScore.100k`. */
	figure: string;
	value: number;
	unit: 'ms' | 's' | 'MB' | 'per second' | 'exponent' | 'requests' | 'answers' | '$';
	peers?: Record<string, number>;
};

/** One JSON line on standard output; everything a person wants to read meanwhile goes through `note`. */
export function report(figure: Figure): void {
	process.stdout.write(`${JSON.stringify(figure)}\n`);
}

export function note(text: string): void {
	process.stderr.write(`${text}\n`);
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? NaN;
	const lower = sorted[Math.ceil(middle) - 1] ?? NaN;
	return (upper + lower) / 2;
}
