const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
/** Below it a figure needs no thousands separator. */
const PLAIN = 1000;

export function sayWhole(value: number): string {
	return Number.isInteger(value) && Math.abs(value) < PLAIN ? String(value) : whole.format(value);
}

/** To two decimals. */
export function sayExact(value: number): string {
	// a figure of two decimals is written as everybody writes it, a hundred times faster
	const isPlain = Math.abs(value) < PLAIN && Math.round(value * 100) / 100 === value;
	return isPlain ? String(value) : exact.format(value);
}
