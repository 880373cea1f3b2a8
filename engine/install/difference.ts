import { leavesOf } from './canonical';
import { noteKey, type Mark } from './mark';
import { isAsInstalled, isSame, type Saving, type Savings, type Substance } from './substance';

/** A setting that is not the same, where a side without it has no value here; or a wire that one side has. */
export type Detail =
	| { place: string; yours?: unknown; shipped?: unknown }
	| { wire: string; where: 'yours' | 'shipped' };

/**
 * A node that is not the same in the workflow as in the shipped flow. `by`: who changed it since it was installed; not
 * known where nothing was noted then.
 */
export type NodeChange = {
	term: string;
	node: string;
	/** Where it is: in the workflow only, in the shipped flow only, or in both, apart. */
	where: 'yours' | 'shipped' | 'both';
	by: 'you' | 'us' | 'both' | 'unknown';
	details: Detail[];
};

type Sides = {
	theirs: ReadonlyMap<string, Substance>;
	shipped: ReadonlyMap<string, Substance>;
	mark: Mark | undefined;
	/** What the editor makes of the shipped flow. */
	unsaved: Savings;
};

/** What is not the same, in the order of the shipped flow, then what only the workflow has. */
export function differencesOf({ theirs, shipped, mark, unsaved }: Sides): NodeChange[] {
	const names = new Map([...theirs, ...shipped].map(([term, { name }]) => [term, name]));
	const terms = [...new Set([...shipped.keys(), ...theirs.keys()])];
	return terms.flatMap((term): NodeChange[] => {
		const yours = theirs.get(term);
		const ours = shipped.get(term);
		if (yours !== undefined && ours !== undefined && isSame(yours, ours)) return [];
		const by = changedBy(yours, ours, mark, term);
		const node = yours?.name ?? ours?.name ?? term;
		if (yours === undefined) return [{ term, node, where: 'shipped', by, details: [] }];
		if (ours === undefined) return [{ term, node, where: 'yours', by, details: [] }];
		const details = detailsOf(yours, ours, unsaved[term] ?? {}, names);
		return [{ term, node, where: 'both', by, details }];
	});
}

function changedBy(
	yours: Substance | undefined,
	ours: Substance | undefined,
	mark: Mark | undefined,
	term: string,
): NodeChange['by'] {
	if (mark === undefined) return 'unknown';
	const noted = mark.nodes[noteKey(term)];
	const youDid = yours === undefined ? noted !== undefined : !isAsInstalled(yours, noted);
	const weDid = ours === undefined ? noted !== undefined : !isAsInstalled(ours, noted);
	if (youDid && weDid) return 'both';
	return youDid ? 'you' : 'us';
}

function detailsOf(
	yours: Substance,
	ours: Substance,
	{ leavesOut = [], putsIn }: Saving,
	names: ReadonlyMap<string, string>,
): Detail[] {
	const leaves = ({ name, does }: Substance): Map<string, unknown> =>
		new Map(leavesOf({ name, ...does }));
	const here = leaves(yours);
	const there = leaves(ours);
	const byEditor = new Map(leavesOf({ parameters: putsIn }));
	const places = [...new Set([...there.keys(), ...here.keys()])].filter((place) => {
		if (!here.has(place) && leavesOut.includes(place.replace(/^parameters\./, ''))) return false;
		if (!there.has(place) && byEditor.get(place) === here.get(place)) return false;
		return here.get(place) !== there.get(place);
	});
	const wire = (text: string): string =>
		text.replace(/→ (\S+)/, (_all, term: string) => `→ ${names.get(term) ?? term}`);
	const lost = ours.wires.filter((one) => !yours.wires.includes(one));
	const won = yours.wires.filter((one) => !ours.wires.includes(one));
	return [
		...places.map((place) => ({ place, yours: here.get(place), shipped: there.get(place) })),
		...won.map((one) => ({ wire: wire(one), where: 'yours' as const })),
		...lost.map((one) => ({ wire: wire(one), where: 'shipped' as const })),
	];
}
