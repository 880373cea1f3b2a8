import { changesIn } from './plan';
import type { Unsaved } from './compose';
import type { NodeChange } from './difference';
import type { LiveFlow, ShippedFlow } from './flow';
import { flowsMeantBy, shippedLinks } from './links';
import { recognize, type Found } from './recognize';

/** What happens to a workflow of ours when the pack goes. */
export type Removal = { key: string; live: LiveFlow } & (
	| { do: 'remove' }
	| { do: 'keep'; why: 'active' | 'changed' | 'unmarked' | 'copy'; changes: NodeChange[] }
	/** Workflows that stay call it. */
	| { do: 'keep'; why: 'called'; by: string[]; changes: NodeChange[] }
);

/**
 * Decides which workflows go: those that are as they were installed, inactive, and called by none that stays. Of the flows
 * that are named, by the name of their file, all go.
 */
export function planUninstall(
	shipped: readonly ShippedFlow[],
	workflows: readonly LiveFlow[],
	{ unsaved, named }: { unsaved: Unsaved; named: ReadonlySet<string> },
): Removal[] {
	const standings = recognize(shipped, workflows);
	const links = new Map([
		...[...standings].flatMap(([key, { main }]): [string, string][] => [
			...Object.entries(main?.mark?.links ?? {}),
			...(main === undefined ? [] : [[main.live.id, key] as [string, string]]),
		]),
		...shippedLinks(shipped),
	]);
	const chosen = shipped.filter(({ key }) => named.size === 0 || named.has(key));
	const removals = chosen.flatMap(({ key, flow }): Removal[] => {
		const { main, beside, copies = [] } = standings.get(key) ?? {};
		const found = [main, beside].filter((one) => one !== undefined);
		const first = found.map((one): Removal => {
			const { live } = one;
			if (named.has(key)) return { key, live, do: 'remove' };
			const changes = changesIn(one, key, flow, { links, unsaved });
			const why = whyKept(one, changes);
			return why === undefined
				? { key, live, do: 'remove' }
				: { key, live, do: 'keep', why, changes };
		});
		return [
			...first,
			...copies.map((live): Removal => ({ key, live, do: 'keep', why: 'copy', changes: [] })),
		];
	});
	return withCalledKept(removals, workflows, named);
}

function whyKept(
	{ live, mark }: Found,
	changes: readonly NodeChange[],
): 'active' | 'changed' | 'unmarked' | undefined {
	if (live.active) return 'active';
	if (changes.every(({ by }) => by === 'us')) return undefined;
	return mark === undefined ? 'unmarked' : 'changed';
}

/** Whoever is called by a switched-on node of a workflow that stays has to stay as well, and so on. */
function withCalledKept(
	removals: readonly Removal[],
	workflows: readonly LiveFlow[],
	named: ReadonlySet<string>,
): Removal[] {
	const going = new Map(
		removals.filter((one) => one.do === 'remove').map(({ live }) => [live.id, live.id]),
	);
	const staying = workflows.filter(({ id, isArchived }) => !going.has(id) && isArchived !== true);
	const next = removals.map((one): Removal => {
		if (one.do === 'keep' || named.has(one.key)) return one;
		const links = new Map([[one.live.id, one.key]]);
		const by = staying
			.filter(({ nodes }) =>
				nodes.some((node) => node.disabled !== true && flowsMeantBy(node, links).length > 0),
			)
			.map(({ name }) => name);
		if (by.length === 0) return one;
		return { key: one.key, live: one.live, do: 'keep', why: 'called', by, changes: [] };
	});
	const isSettled = next.every((one, place) => one.do === removals[place]?.do);
	return isSettled ? next : withCalledKept(next, workflows, named);
}
