import type { LiveFlow, ShippedFlow } from './flow';
import { readMark, type Mark } from './mark';

/** How a workflow is known to be ours: by its mark, the file's own id, its nodes' ids, or its name and nodes. */
export type Sign = 'mark' | 'id' | 'nodes' | 'name';

export type Found = { live: LiveFlow; sign: Sign; mark: Mark | undefined };

/** What there is of a shipped flow in an n8n. */
export type Standing = {
	/** The one that is kept up to date. */
	main: Found | undefined;
	/** One that was installed beside a changed one. */
	beside: Found | undefined;
	/** Further workflows of the same flow: left alone. */
	copies: LiveFlow[];
};

const SIGNS: readonly Sign[] = ['mark', 'id', 'nodes', 'name'];
/** The share of a flow's nodes that has to be there without a mark. */
const ENOUGH = 0.5;

/** Finds each shipped flow among the workflows of an n8n; archived ones count as deleted. */
export function recognize(
	shipped: readonly ShippedFlow[],
	workflows: readonly LiveFlow[],
): Map<string, Standing> {
	const found = new Map<string, Found[]>(shipped.map(({ key }) => [key, []]));
	for (const live of workflows) {
		if (live.isArchived === true) continue;
		const mark = readMark(live);
		// one that is marked as another flow is that, whatever it looks like
		const candidates = shipped.filter(({ key }) => mark === undefined || mark.flow === key);
		const [best] = candidates
			.flatMap(({ key, flow }) => {
				const sign = signOf(live, flow, mark);
				return sign === undefined ? [] : [{ key, live, sign, mark }];
			})
			.sort((one, other) => SIGNS.indexOf(one.sign) - SIGNS.indexOf(other.sign));
		if (best !== undefined) found.get(best.key)?.push(best);
	}
	return new Map([...found].map(([key, all]) => [key, standingOf(all)]));
}

function signOf(
	live: LiveFlow,
	flow: ShippedFlow['flow'],
	mark: Mark | undefined,
): Sign | undefined {
	if (mark !== undefined) return 'mark';
	if (live.id === flow.id) return 'id';
	const enough = flow.nodes.length * ENOUGH;
	const count = (values: string[], wanted: string[]): number => {
		const there = new Set(values);
		return wanted.filter((value) => there.has(value)).length;
	};
	const ids = (nodes: { id: string }[]): string[] => nodes.map(({ id }) => id);
	if (count(ids(live.nodes), ids(flow.nodes)) >= enough) return 'nodes';
	const names = (nodes: { name: string; type: string }[]): string[] =>
		nodes.map(({ name, type }) => `${type} ${name}`);
	if (live.name !== flow.name) return undefined;
	return count(names(live.nodes), names(flow.nodes)) >= enough ? 'name' : undefined;
}

function standingOf(all: readonly Found[]): Standing {
	const ranked = [...all].sort(
		(one, other) =>
			SIGNS.indexOf(one.sign) - SIGNS.indexOf(other.sign) ||
			Number(other.live.active) - Number(one.live.active) ||
			one.live.createdAt.localeCompare(other.live.createdAt) ||
			one.live.id.localeCompare(other.live.id),
	);
	const besides = ranked.filter(({ mark }) => mark?.beside === true);
	const mains = ranked.filter(({ mark }) => mark?.beside !== true);
	// where the changed one has been deleted, the one beside it takes its place
	const main = mains[0] ?? besides[0];
	const beside = mains.length === 0 ? undefined : besides[0];
	const copies = ranked.filter((one) => one !== main && one !== beside).map(({ live }) => live);
	return { main, beside, copies };
}
