import type { Flow, FlowNode } from './flow';

/** Which node of a workflow in n8n is which of the shipped flow. */
export type Pairs = {
	/** The shipped node that this one was. */
	shippedOf: (theirs: FlowNode) => FlowNode | undefined;
	theirsOf: (shipped: FlowNode) => FlowNode | undefined;
};

/**
 * Pairs by id, which n8n keeps while a node is renamed, moved and edited; where a file was imported on the canvas, which
 * gives new ids, by name and type.
 */
export function pairNodes(shipped: Pick<Flow, 'nodes'>, theirs: Pick<Flow, 'nodes'>): Pairs {
	const ids = new Map(theirs.nodes.map((node) => [node.id, node]));
	const forward = new Map<FlowNode, FlowNode>();
	const back = new Map<FlowNode, FlowNode>();
	const pair = (one: FlowNode, other: FlowNode | undefined): void => {
		if (other?.type !== one.type || back.has(other)) return;
		forward.set(one, other);
		back.set(other, one);
	};
	for (const node of shipped.nodes) pair(node, ids.get(node.id));
	const names = new Map(theirs.nodes.map((node) => [node.name, node]));
	for (const node of shipped.nodes) if (!forward.has(node)) pair(node, names.get(node.name));
	return {
		shippedOf: (node) => back.get(node),
		theirsOf: (node) => forward.get(node),
	};
}
