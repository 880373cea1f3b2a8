import { bodyOn, inPlaceOf, markOf, mendedNode, type Surroundings } from './compose';
import { carrierOf, withMark } from './mark';
import type { NodeChange } from './difference';
import type { Connections, Flow, FlowBody, FlowNode, LiveFlow } from './flow';
import { pairNodes } from './pairs';
import { writableSettings } from './writableSettings';

type Taken = { node: FlowNode; from: Flow; original: FlowNode };

/**
 * The new version where the user changed nothing, and the user's where they did: node by node, each with the wires that
 * leave it. Where both changed a node it stays the user's.
 */
export function mergedBody(
	key: string,
	flow: Flow,
	live: LiveFlow,
	changes: readonly NodeChange[],
	around: Surroundings,
	beside = false,
): FlowBody {
	const { theirsOf, shippedOf } = pairNodes(flow, live);
	const yours = new Set(changes.filter(({ by }) => by !== 'us').map(({ term }) => term));
	const carrier = carrierOf(flow.nodes);
	const taken: Taken[] = [];
	for (const node of flow.nodes) {
		const theirs = theirsOf(node);
		if (theirs === undefined) {
			// it carries the mark, so it comes back
			if (!yours.has(node.id) || node === carrier)
				taken.push({ node: inPlaceOf(node, undefined, around), from: flow, original: node });
		} else if (yours.has(node.id)) {
			taken.push({ node: mendedNode(theirs, around), from: live, original: theirs });
		} else {
			taken.push({ node: inPlaceOf(node, theirs, around), from: flow, original: node });
		}
	}
	for (const node of live.nodes) {
		if (shippedOf(node) === undefined && yours.has(node.id))
			taken.push({ node: mendedNode(node, around), from: live, original: node });
	}
	return bodyOn(live, {
		nodes: withMark(
			taken.map(({ node }) => node),
			markOf(key, flow, around, beside),
		),
		connections: wiresOf(taken, (from, name) => {
			const node = from.nodes.find((one) => one.name === name);
			if (node === undefined) return undefined;
			const same = from === flow ? theirsOf(node) : shippedOf(node);
			return taken.find(({ original }) => original === node || original === same)?.node.name;
		}),
		settings: { ...writableSettings(flow.settings), ...writableSettings(live.settings) },
	});
}

/** Each node's wires as they were where it comes from, to what the other end is called now; loose ends are left out. */
function wiresOf(
	taken: readonly Taken[],
	nameOf: (from: Flow, name: string) => string | undefined,
): Connections {
	return Object.fromEntries(
		taken.flatMap(({ node, from, original }): [string, Connections[string]][] => {
			const kinds = from.connections[original.name];
			if (kinds === undefined) return [];
			const mended = Object.entries(kinds).map(
				([kind, outputs]): [string, Connections[string][string]] => [
					kind,
					(outputs ?? []).map((wires) =>
						(wires ?? []).flatMap((wire) => {
							const name = nameOf(from, wire.node);
							return name === undefined ? [] : [{ ...wire, node: name }];
						}),
					),
				],
			);
			return [[node.name, Object.fromEntries(mended)]];
		}),
	);
}
