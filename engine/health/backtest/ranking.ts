import { shareOf } from '../../journeys/hash';
import { shareInterval, type Interval } from './interval';
import type { Scored } from './judged';

/** A tenth of the accounts; the first holds the lowest scores. */
export type DecileRow = {
	/** 1 to 10. */
	readonly decile: number;
	readonly accounts: number;
	readonly lowestScore: number;
	readonly highestScore: number;
	readonly churned: number;
	/** Share that left, with its 95 % interval, and against the churn of everybody. */
	readonly churnRate: number;
	readonly interval: Interval | null;
	readonly lift: number | null;
	/** Share of all that left, in this tenth and those before it. */
	readonly caught: number | null;
};

/** Whoever calls on the `accounts` share with the lowest scores meets the `caught` share of those that leave. */
export type GainPoint = { readonly accounts: number; readonly caught: number };

const DECILES = 10;
const PERCENT = 100;

/** Lowest score first. Equals stand in the order of a hash of their id, which favors nobody and never changes. */
export function worstFirst(rows: readonly Scored[]): Scored[] {
	return rows
		.map((row) => ({ row, place: shareOf(row.accountId) }))
		.sort((a, b) => a.row.score - b.row.score || a.place - b.place)
		.map(({ row }) => row);
}

/** @param ordered as `worstFirst` gives them; with fewer than ten accounts some tenths are empty and left out */
export function churnPerDecile(ordered: readonly Scored[]): DecileRow[] {
	const all = countChurned(ordered);
	let before = 0;
	return Array.from({ length: DECILES }, (_decile, index) => {
		const from = Math.floor((index * ordered.length) / DECILES);
		const to = Math.floor(((index + 1) * ordered.length) / DECILES);
		return { decile: index + 1, inside: ordered.slice(from, to) };
	}).flatMap(({ decile, inside }): DecileRow[] => {
		const [first] = inside;
		const last = inside.at(-1);
		if (first === undefined || last === undefined) return [];
		const churned = countChurned(inside);
		before += churned;
		const churnRate = churned / inside.length;
		return [
			{
				decile,
				accounts: inside.length,
				lowestScore: first.score,
				highestScore: last.score,
				churned,
				churnRate,
				interval: shareInterval(churned, inside.length) ?? null,
				lift: all === 0 ? null : churnRate / (all / ordered.length),
				caught: all === 0 ? null : before / all,
			},
		];
	});
}

/**
 * The curve of cumulative gains at every whole percent. Accounts of equal score are taken together: between the curve's
 * corners it is a straight line.
 */
export function gainCurve(ordered: readonly Scored[]): GainPoint[] {
	const all = countChurned(ordered);
	if (all === 0) return [];
	const corners: GainPoint[] = [{ accounts: 0, caught: 0 }];
	let churned = 0;
	ordered.forEach((row, index) => {
		if (row.churned) churned++;
		if (ordered[index + 1]?.score === row.score) return;
		corners.push({ accounts: (index + 1) / ordered.length, caught: churned / all });
	});
	let corner = 1;
	return Array.from({ length: PERCENT + 1 }, (_point, percent) => {
		const accounts = percent / PERCENT;
		while ((corners[corner]?.accounts ?? 1) < accounts) corner++;
		const from = corners[corner - 1] ?? { accounts: 0, caught: 0 };
		const to = corners[corner] ?? { accounts: 1, caught: 1 };
		const along = (accounts - from.accounts) / (to.accounts - from.accounts);
		return { accounts, caught: from.caught + along * (to.caught - from.caught) };
	});
}

function countChurned(rows: readonly Scored[]): number {
	return rows.reduce((sum, { churned }) => sum + (churned ? 1 : 0), 0);
}
