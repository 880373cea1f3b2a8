import { fingerprintOf } from './canonical';
import { markOf, mendedNode, type Surroundings, type Unsaved } from './compose';
import type { Keyring } from './credentials';
import { differencesOf, type NodeChange } from './difference';
import type { Flow, LiveFlow, ShippedFlow } from './flow';
import { flowsMeantBy, inOrderOfNeed, shippedLinks, type Links } from './links';
import { noteKey, type Mark } from './mark';
import { pairNodes } from './pairs';
import { recognize, type Found, type Standing } from './recognize';
import { substancesOf } from './substance';

/** What the user wants of whole flows, each by the name of its file. */
export type Wishes = {
	/** Only these; all where there is none. */
	only: ReadonlySet<string>;
	/** Changed flows in whose place the shipped one goes. */
	overwrite: ReadonlySet<string>;
	/** Changed flows that take over what is new, and keep what the user changed. */
	merge: ReadonlySet<string>;
	/** Changed flows beside which the shipped one goes. */
	beside: ReadonlySet<string>;
	/** Whether published workflows are changed, and published again. */
	updateActive: boolean;
};

/** What is mended in a flow that is otherwise left as it is. */
export type Mend = 'links' | 'credentials' | 'mark';

/** What happens to one flow. `changes` is what is not the same in the n8n and as shipped. */
export type Decision = { key: string; flow: Flow; copies: LiveFlow[] } & (
	| { do: 'create'; beside: boolean }
	| {
			do: 'update';
			how: 'upgrade' | 'overwrite' | 'merge';
			found: Found;
			changes: NodeChange[];
	  }
	| { do: 'mend'; what: Mend[]; found: Found; changes: NodeChange[] }
	| { do: 'keep'; why: 'upToDate' | 'yours'; found: Found; changes: NodeChange[] }
	| { do: 'skip'; why: 'changed' | 'unmarked' | Held; found: Found; changes: NodeChange[] }
);

/** Why a published workflow is left alone; `draft`: its user has changes in it that are not published yet. */
type Held = 'active' | 'draft';

export type Situation = {
	shipped: readonly ShippedFlow[];
	workflows: readonly LiveFlow[];
	keyring: Keyring;
	version: string;
	unsaved: Unsaved;
};

/** What is known before anything is done. */
export type Plan = {
	decisions: Decision[];
	/** The flows that are there already, by id. */
	ids: ReadonlyMap<string, string>;
	/** Which flow each id stands for. */
	links: Links;
};

/**
 * Decides for each flow, those that others call first. It changes nothing and asks nothing.
 * @returns one decision for each flow that was asked for, and one for each that stands beside a changed one
 */
export function planInstall(situation: Situation, wishes: Wishes): Plan {
	const { shipped, workflows, version, unsaved, keyring } = situation;
	const standings = recognize(shipped, workflows);
	const ids = new Map(
		[...standings].flatMap(([key, { main }]): [string, string][] =>
			main === undefined ? [] : [[key, main.live.id]],
		),
	);
	const chosen = inOrderOfNeed(shipped).filter(
		({ key }) => wishes.only.size === 0 || wishes.only.has(key),
	);
	const coming = new Set(chosen.map(({ key }) => key).filter((key) => !ids.has(key)));
	const links = linksOf(shipped, standings);
	const around = { version, links, ids, keyring, unsaved };
	const decisions = chosen.flatMap((one) => {
		const standing = standings.get(one.key);
		return decide(one, standing, { around, coming, wishes });
	});
	return { decisions, ids, links };
}

/** All ids that are known to stand for a flow: as shipped, as found, and as noted when it was installed. */
function linksOf(shipped: readonly ShippedFlow[], standings: ReadonlyMap<string, Standing>): Links {
	const all = [...standings].flatMap(([key, { main, beside }]): [string, string][] => [
		...Object.entries(main?.mark?.links ?? {}),
		...Object.entries(beside?.mark?.links ?? {}),
		...(main === undefined ? [] : [[main.live.id, key] as [string, string]]),
	]);
	return new Map([...all, ...shippedLinks(shipped)]);
}

type Context = { around: Surroundings; coming: ReadonlySet<string>; wishes: Wishes };

function decide(one: ShippedFlow, standing: Standing | undefined, context: Context): Decision[] {
	const { main, beside, copies = [] } = standing ?? {};
	const basis = { ...one, copies };
	if (main === undefined) return [{ ...basis, do: 'create', beside: false }];
	const first = decideOn(main, basis, context);
	if (beside !== undefined) return [first, decideOn(beside, { ...basis, copies: [] }, context)];
	const isStuck = first.do === 'skip' || (first.do === 'keep' && first.why === 'yours');
	return isStuck && context.wishes.beside.has(one.key)
		? [first, { ...basis, copies: [], do: 'create', beside: true }]
		: [first];
}

type Basis = { key: string; flow: Flow; copies: LiveFlow[] };

function decideOn(found: Found, basis: Basis, { around, coming, wishes }: Context): Decision {
	const { live, mark } = found;
	const { key, flow } = basis;
	const changes = changesIn(found, key, flow, around);
	const all = { ...basis, found, changes };
	const youDid = changes.some(({ by }) => by !== 'us');
	const weDid = changes.some(({ by }) => by !== 'you');
	const held = heldBy(live, wishes);
	const wished = wishes.overwrite.has(key)
		? 'overwrite'
		: wishes.merge.has(key)
			? 'merge'
			: undefined;
	if (changes.length > 0 && wished === 'overwrite')
		return held === undefined
			? { ...all, do: 'update', how: 'overwrite' }
			: { ...all, do: 'skip', why: held };
	if (youDid && weDid) {
		if (wished === undefined) return { ...all, do: 'skip', why: 'changed' };
		// without a mark nobody knows who changed what
		if (mark === undefined) return { ...all, do: 'skip', why: 'unmarked' };
		return held === undefined
			? { ...all, do: 'update', how: 'merge' }
			: { ...all, do: 'skip', why: held };
	}
	if (weDid)
		return held === undefined
			? { ...all, do: 'update', how: 'upgrade' }
			: { ...all, do: 'skip', why: held };
	const what = mendsOf(found, basis, changes, around, coming);
	if (what.length > 0 && held === undefined) return { ...all, do: 'mend', what };
	if (what.includes('links') && held !== undefined) return { ...all, do: 'skip', why: held };
	return { ...all, do: 'keep', why: youDid ? 'yours' : 'upToDate' };
}

/** To publish what we save would publish what its user has in the making as well, perhaps a sender switched on. */
function heldBy(
	{ active, versionId, activeVersionId }: LiveFlow,
	wishes: Wishes,
): Held | undefined {
	if (!active) return undefined;
	const hasDraft = (activeVersionId ?? versionId) !== versionId;
	if (hasDraft) return 'draft';
	return wishes.updateActive ? undefined : 'active';
}

/** What is not the same in a workflow and in the shipped flow. */
export function changesIn(
	{ live, mark }: Found,
	key: string,
	flow: Flow,
	{ links, unsaved }: Pick<Surroundings, 'links' | 'unsaved'>,
): NodeChange[] {
	const { shippedOf } = pairNodes(flow, live);
	const theirs = substancesOf(live, { termOf: (node) => shippedOf(node)?.id ?? node.id, links });
	const ours = { termOf: ({ id }: { id: string }) => id, links, unsaved: unsaved[key] };
	const shipped = substancesOf(flow, ours);
	return differencesOf({ theirs, shipped, mark, unsaved: unsaved[key] ?? {} });
}

function mendsOf(
	{ live, mark }: Found,
	{ key, flow }: Basis,
	changes: readonly NodeChange[],
	around: Surroundings,
	coming: ReadonlySet<string>,
): Mend[] {
	const nodes = live.nodes.map((node) => ({ node, mended: mendedNode(node, around) }));
	const isOpen = nodes.some(
		({ node, mended }) =>
			fingerprintOf(node.parameters) !== fingerprintOf(mended.parameters) ||
			flowsMeantBy(node, around.links).some((one) => coming.has(one)),
	);
	const hasNew = nodes.some(
		({ node, mended }) => fingerprintOf(node.credentials) !== fingerprintOf(mended.credentials),
	);
	const isNoted =
		changes.length > 0 || (mark !== undefined && isNow(mark, markOf(key, flow, around)));
	return [
		...(isOpen ? (['links'] as const) : []),
		...(hasNew ? (['credentials'] as const) : []),
		...(isNoted ? [] : (['mark'] as const)),
	];
}

/** Whether a mark notes the nodes as they are shipped now. */
function isNow(mark: Mark, now: Mark): boolean {
	const terms = new Set([...Object.keys(mark.nodes), ...Object.keys(now.nodes)].map(noteKey));
	return [...terms].every((term) => mark.nodes[term] === now.nodes[term]);
}
