import { credentialsOf, withCredentials, type Keyring } from './credentials';
import {
	isNote,
	type Connections,
	type Flow,
	type FlowBody,
	type FlowNode,
	type LiveFlow,
} from './flow';
import { linked, needsOf, type Links } from './links';
import { noteKey, withMark, type Mark } from './mark';
import { pairNodes } from './pairs';
import { noteOf, substancesOf, type Savings } from './substance';
import { writableSettings } from './writableSettings';

/** What a flow is put together with: what is in this n8n, and what is noted of it. */
export type Surroundings = {
	version: string;
	links: Links;
	/** The ids of the flows that are in this n8n by now. */
	ids: ReadonlyMap<string, string>;
	keyring: Keyring;
	/** What the editor makes of the shipped flows, by flow. */
	unsaved: Unsaved;
};
export type Unsaved = Readonly<Record<string, Savings | undefined>>;

/** The flow as it is created: without webhook ids, so that n8n gives each of two its own. */
export function newBody(key: string, flow: Flow, around: Surroundings, beside = false): FlowBody {
	const nodes = flow.nodes.map(({ webhookId: _ours, ...node }) =>
		linked(withCredentials(node, undefined, around.keyring), around.links, around.ids),
	);
	const mark = markOf(key, flow, around, beside);
	return {
		name: beside ? `${flow.name} (${around.version})` : flow.name,
		nodes: withMark(nodes, mark),
		connections: flow.connections,
		settings: writableSettings(flow.settings),
	};
}

/**
 * The shipped flow in place of the one that is there, which keeps its name, its settings, each node's place,
 * credentials, webhook id and whether it is switched on.
 */
export function upgradedBody(
	key: string,
	flow: Flow,
	live: LiveFlow,
	around: Surroundings,
	beside = false,
): FlowBody {
	const { theirsOf } = pairNodes(flow, live);
	const nodes = flow.nodes.map((node) => inPlaceOf(node, theirsOf(node), around));
	return bodyOn(live, {
		nodes: withMark(nodes, markOf(key, flow, around, beside)),
		connections: flow.connections,
		settings: { ...writableSettings(flow.settings), ...writableSettings(live.settings) },
	});
}

/** The flow as it is, with links that were open, credentials that were open, and its mark. */
export function mendedBody(live: LiveFlow, mark: Mark | undefined, around: Surroundings): FlowBody {
	const nodes = live.nodes.map((node) => mendedNode(node, around));
	return bodyOn(live, {
		nodes: mark === undefined ? nodes : withMark(nodes, mark),
		connections: live.connections,
		settings: writableSettings(live.settings),
	});
}

/** Points at the flows that are there by now, and puts in credentials that were open. */
export function mendedNode(node: FlowNode, { keyring, links, ids }: Surroundings): FlowNode {
	const isOpen = credentialsOf(node).some(({ id }) => id === undefined);
	return linked(isOpen ? withCredentials(node, node, keyring) : node, links, ids);
}

/** What is noted of a flow as shipped. */
export function markOf(
	key: string,
	flow: Flow,
	{ version, links, ids, unsaved }: Surroundings,
	beside = false,
): Mark {
	const view = { termOf: ({ id }: FlowNode) => id, links, unsaved: unsaved[key] };
	const nodes = [...substancesOf(flow, view)].map(([term, substance]): [string, string] => [
		noteKey(term),
		noteOf(substance),
	]);
	const needed = needsOf(flow, links);
	const meant = [...ids].map(([flowKey, id]): [string, string] => [id, flowKey]);
	return {
		flow: key,
		version,
		...(beside ? { beside } : {}),
		links: Object.fromEntries(meant.filter(([, flowKey]) => needed.includes(flowKey))),
		nodes: Object.fromEntries(nodes),
	};
}

/** The shipped node where theirs was. */
export function inPlaceOf(
	shipped: FlowNode,
	theirs: FlowNode | undefined,
	around: Surroundings,
): FlowNode {
	const {
		webhookId: _ours,
		disabled: _off,
		...node
	} = withCredentials(shipped, theirs, around.keyring);
	const ready = linked(node, around.links, around.ids);
	if (theirs === undefined) return shipped.disabled === true ? { ...ready, disabled: true } : ready;
	const { width, height, color } = theirs.parameters;
	return {
		...ready,
		...(isNote(ready) && width !== undefined
			? { parameters: { ...ready.parameters, width, height, color } }
			: {}),
		id: theirs.id,
		position: theirs.position,
		...(typeof theirs.webhookId === 'string' ? { webhookId: theirs.webhookId } : {}),
		...(theirs.disabled === true ? { disabled: true } : {}),
	};
}

/** The body for a workflow that is there, with the groups of the nodes that still are. */
export function bodyOn(
	live: LiveFlow,
	body: { nodes: FlowNode[]; connections: Connections; settings: Record<string, unknown> },
): FlowBody {
	const there = new Set(body.nodes.map(({ id }) => id));
	const groups = (live.nodeGroups ?? [])
		.map((group) => ({ ...group, nodeIds: group.nodeIds.filter((id) => there.has(id)) }))
		.filter(({ nodeIds }) => nodeIds.length > 0);
	return { name: live.name, ...body, ...(groups.length === 0 ? {} : { nodeGroups: groups }) };
}
