import Table from 'cli-table3';

const percent = (share: number, digits: number): string => `${(share * 100).toFixed(digits)} %`;

/** `26.5 %`; a dash where there is nothing to take a share of. */
export function share(value: number | null, digits = 1): string {
	return value === null ? '–' : percent(value, digits);
}

export function range(interval: { low: number; high: number } | null): string {
	return interval === null ? '–' : `${percent(interval.low, 1)} to ${percent(interval.high, 1)}`;
}

export function figure(value: number | null | undefined, digits = 3): string {
	return value === null || value === undefined ? '–' : value.toFixed(digits);
}

export function count(value: number): string {
	return Math.round(value).toLocaleString('en-US');
}

/** A plain table: the first column is words, all others are figures and stand to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const table = new Table({
		head: [...head],
		colAligns: head.map((_title, index) => (index === 0 ? 'left' : 'right')),
		style: { head: [], border: [], compact: true },
	});
	table.push(...rows.map((row) => [...row]));
	return table.toString();
}
