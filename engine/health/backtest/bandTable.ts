import { fsum } from 'd3-array';
import { shareInterval, type Interval } from './interval';
import type { Judged } from './judged';

/**
 * A band, read as an alarm that says "these will leave". `yellowOrRed` is both together, as P19's "under 75" would ring.
 * Shares are 0–1 and null where there is nobody to take a share of.
 */
export type BandRow = {
	readonly band: (typeof BANDS)[number]['band'];
	readonly accounts: number;
	readonly churned: number;
	/** Share of the band's accounts that left, with its 95 % interval. */
	readonly precision: number | null;
	readonly interval: Interval | null;
	/** Share of all that left which the band held. */
	readonly recall: number | null;
	/** Precision against the churn of everybody: 2 means that twice as many leave. */
	readonly lift: number | null;
	/** Revenue a year of the band's accounts, of those of them that left, and its share of all revenue that left. */
	readonly arr: number;
	readonly churnedArr: number;
	readonly arrCaught: number | null;
};

const BANDS = [
	{ band: 'red', members: ['red'] },
	{ band: 'yellow', members: ['yellow'] },
	{ band: 'green', members: ['green'] },
	{ band: 'unknown', members: ['unknown'] },
	{ band: 'yellowOrRed', members: ['yellow', 'red'] },
] as const;

export function bandTable(rows: readonly Judged[]): BandRow[] {
	const allChurned = rows.filter(({ churned }) => churned);
	const allArr = revenue(allChurned);
	return BANDS.map(({ band, members }) => {
		const inside = rows.filter((row) => members.some((member) => member === row.band));
		const churned = inside.filter((row) => row.churned);
		const precision = share(churned.length, inside.length);
		const base = share(allChurned.length, rows.length);
		const churnedArr = revenue(churned);
		return {
			band,
			accounts: inside.length,
			churned: churned.length,
			precision,
			interval: shareInterval(churned.length, inside.length) ?? null,
			recall: share(churned.length, allChurned.length),
			lift: precision === null || base === null ? null : share(precision, base),
			arr: revenue(inside),
			churnedArr,
			arrCaught: share(churnedArr, allArr),
		};
	});
}

function revenue(rows: readonly Judged[]): number {
	return fsum(rows, ({ arr }) => arr ?? 0);
}

function share(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
