import { ascending, quantileSorted } from 'd3-array';
import { fold, type Curve } from '../curveSchema';

/** Numbers in steps, and points by word, as a health model writes them. */
type LearnedBands = Extract<Curve, { type: 'bands' }>;
type LearnedCategories = Extract<Curve, { type: 'categories' }>;

type Group = { churned: number; accounts: number };

/** Steps of equal numbers of accounts. */
const STEPS = 10;
/** So many average accounts are added to every group, so that a handful that all left is not taken for certainty. */
const PRIOR = 20;

/** Points by category, by the log odds of staying there. Spellings that a model takes for one are one. */
export function learnCategories(
	rows: readonly { readonly value: string; readonly churned: boolean }[],
): LearnedCategories {
	const groups = new Map<string, Group & { spelling: string }>();
	for (const { value, churned } of rows) {
		const word = fold(value);
		const { spelling = value, ...group } = groups.get(word) ?? { churned: 0, accounts: 0 };
		groups.set(word, {
			...count(group, churned),
			spelling: ascending(value, spelling) < 0 ? value : spelling,
		});
	}
	const sorted = [...groups.values()].sort((a, b) => ascending(a.spelling, b.spelling));
	const points = scale(smooth(sorted).map(oddsOf));
	return {
		type: 'categories',
		values: sorted.map(({ spelling }, index) => ({ value: spelling, points: points[index] ?? 50 })),
	};
}

/**
 * Points in steps of ten tenths, never rising and falling both: the direction is the one in which churn goes overall,
 * and neighbors that go against it are made one (isotonic regression by pooling adjacent violators).
 */
export function learnBands(
	rows: readonly { readonly value: number; readonly churned: boolean }[],
): LearnedBands {
	const values = rows.map(({ value }) => value).sort(ascending);
	const edges = [
		...new Set(
			Array.from({ length: STEPS }, (_edge, step) => {
				const at = quantileSorted(values, step / STEPS) ?? 0;
				// the next value that somebody has, so that an edge can be read in the data
				return values.find((value) => value >= at) ?? at;
			}),
		),
	];
	const groups = edges.map((): Group => ({ churned: 0, accounts: 0 }));
	for (const { value, churned } of rows) {
		const step = edges.findLastIndex((edge) => value >= edge);
		const group = groups[step];
		if (group !== undefined) groups[step] = count(group, churned);
	}
	const rises = direction(rows) >= 0;
	const smoothed = smooth(groups);
	const pooled = pool(rises ? smoothed : smoothed.reverse());
	const points = scale((rises ? pooled : pooled.reverse()).map(oddsOf));
	const steps = edges.flatMap((atLeast, index) =>
		index > 0 && points[index] === points[index - 1]
			? []
			: [{ atLeast, points: points[index] ?? 50 }],
	);
	return { type: 'bands', steps, below: points[0] ?? 50 };
}

function count({ churned, accounts }: Group, left: boolean): Group {
	return { churned: churned + (left ? 1 : 0), accounts: accounts + 1 };
}

/** Above 0 where those that stayed have the higher values (a covariance; only its sign is used). */
function direction(rows: readonly { readonly value: number; readonly churned: boolean }[]): number {
	const mean = rows.reduce((sum, { value }) => sum + value, 0) / rows.length;
	return rows.reduce((sum, { value, churned }) => sum + (churned ? mean - value : 0), 0);
}

/** Each group becomes the pool it belongs to, so that the share that left never rises from one to the next. */
function pool(groups: readonly Group[]): Group[] {
	const pools: (Group & { members: number })[] = [];
	for (const group of groups) {
		let last = { ...group, members: 1 };
		for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
			if (last.churned * before.accounts <= before.churned * last.accounts) break;
			pools.pop();
			last = {
				churned: last.churned + before.churned,
				accounts: last.accounts + before.accounts,
				members: last.members + before.members,
			};
		}
		pools.push(last);
	}
	return pools.flatMap(({ members, churned, accounts }) =>
		Array.from({ length: members }, () => ({ churned, accounts })),
	);
}

/** Each group with `PRIOR` accounts more, of which as many left as of all. */
function smooth(groups: readonly Group[]): Group[] {
	const all = groups.reduce((sum, { accounts }) => sum + accounts, 0);
	const left = groups.reduce((sum, { churned }) => sum + churned, 0);
	const base = (left + 0.5) / (all + 1);
	return groups.map(({ churned, accounts }) => ({
		churned: churned + PRIOR * base,
		accounts: accounts + PRIOR,
	}));
}

/** Log odds of staying. */
function oddsOf({ churned, accounts }: Group): number {
	return Math.log((accounts - churned) / churned);
}

/** The lowest becomes 0 points and the highest 100, whole; all 50 where they are the same. */
function scale(odds: readonly number[]): number[] {
	const lowest = Math.min(...odds);
	const span = Math.max(...odds) - lowest;
	return odds.map((one) => (span > 0 ? Math.round(((one - lowest) / span) * 100) : 50));
}
