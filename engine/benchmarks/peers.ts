import { Medians } from './median';

/** A team among others. */
export type Member = {
	/** '' where nobody knows it. */
	readonly plan: string;
	readonly size: string;
	/** One for each figure; NaN where it is not known. */
	readonly figures: readonly number[];
	/** Whether others are held against it: not a test account, nor one that has left. */
	readonly counts: boolean;
};

/** Teams of the same plan and size · of the same plan · all. */
export const PEER_GROUPS = ['plan_and_size', 'plan', 'all'] as const;
export type PeerGroup = (typeof PEER_GROUPS)[number];

export type Comparison =
	| { readonly typical: number; readonly group: PeerGroup; readonly count: number }
	/** Not enough others, not even among all: `count` of them. */
	| { readonly tooFew: true; readonly count: number };

/** What similar teams have of a figure; the team itself is never among them. */
export type PeersOf = (member: Member, figure: number) => Comparison;

/** Significant digits that are told. */
const DIGITS = 2;

/**
 * Compiles what teams are held against: the median of those of the same plan and size; where fewer than `least` others have
 * the figure, of the same plan; else of all.
 *
 * Nobody can be recognized in it. The median says where the middle is, so that no large customer shows in it, as one does in a
 * mean; told to two digits, it does not give away by how much large figures moved when somebody came or left, while one below
 * 100 stays the exact middle of at least `least` unnamed others. Each figure asks for enough others that have it.
 */
export function compilePeers(members: readonly Member[], least: number): PeersOf {
	const groups = new Map<string, number[]>();
	for (const member of members) {
		if (!member.counts) continue;
		for (const [figure, value] of member.figures.entries()) {
			if (value !== value) continue;
			for (const group of PEER_GROUPS) {
				const key = keyOf(member, figure, group);
				if (key === undefined) continue;
				const values = groups.get(key);
				if (values === undefined) groups.set(key, [value]);
				else values.push(value);
			}
		}
	}
	// sorted when first asked for: most groups are too small, and never are
	const medians = new Map<string, Medians>();
	const mediansOf = (key: string, values: readonly number[]): Medians => {
		const known = medians.get(key) ?? new Medians(values);
		medians.set(key, known);
		return known;
	};
	return (member, figure) => {
		const own = member.figures[figure] ?? NaN;
		const isAmong = member.counts && own === own;
		let count = 0;
		for (const group of PEER_GROUPS) {
			const key = keyOf(member, figure, group);
			const values = key === undefined ? undefined : groups.get(key);
			if (key === undefined || values === undefined) continue;
			count = values.length - (isAmong ? 1 : 0);
			if (count < least) continue;
			const known = mediansOf(key, values);
			return { typical: rounded(isAmong ? known.without(own) : known.ofAll()), group, count };
		}
		return { tooFew: true, count };
	};
}

/** Undefined where the team is in no such group. */
function keyOf({ plan, size }: Member, figure: number, group: PeerGroup): string | undefined {
	if (group === 'all') return String(figure);
	if (plan === '') return undefined;
	if (group === 'plan') return `${String(figure)}\n${plan}`;
	return size === '' ? undefined : `${String(figure)}\n${plan}\n${size}`;
}

function rounded(value: number): number {
	return Number(value.toPrecision(DIGITS));
}
