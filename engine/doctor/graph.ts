import type { Wire, Workflow, WorkflowNode } from './workflow';

/** Who reaches whom over `main` wires. */
export type Graph = {
	readonly find: (name: string) => WorkflowNode | undefined;
	/** Wires of a node, or of one of its outputs. */
	readonly from: (name: string, output?: number) => readonly Wire[];
	readonly into: (name: string) => readonly Wire[];
};

/** Of two nodes with one name the first counts; that there are two is a finding of its own. */
export function compileGraph({ nodes, wires }: Workflow): Graph {
	const byName = new Map<string, WorkflowNode>();
	for (const node of nodes) if (!byName.has(node.name)) byName.set(node.name, node);
	const bySource = grouped(wires, ({ from }) => from);
	const byTarget = grouped(wires, ({ to }) => to);
	return {
		find: (name) => byName.get(name),
		from: (name, output) => {
			const all = bySource.get(name) ?? [];
			return output === undefined ? all : all.filter((wire) => wire.output === output);
		},
		into: (name) => byTarget.get(name) ?? [],
	};
}

function grouped(wires: readonly Wire[], keyOf: (wire: Wire) => string): Map<string, Wire[]> {
	const groups = new Map<string, Wire[]>();
	for (const wire of wires) {
		const group = groups.get(keyOf(wire));
		if (group === undefined) groups.set(keyOf(wire), [wire]);
		else group.push(wire);
	}
	return groups;
}

/** On which outputs a walk goes on behind a node that it came to. */
export type WaysOut = 'all' | readonly number[];

/**
 * Every node that items on these wires can come to, nearest first. `waysOut` says where the walk goes on; a node that is
 * switched off does nothing and hands on what came in, on its first output.
 */
export function reach(
	graph: Graph,
	starts: readonly Wire[],
	waysOut: (node: WorkflowNode) => WaysOut = () => 'all',
): Map<string, WorkflowNode> {
	const reached = new Map<string, WorkflowNode>();
	const queue = starts.map(({ to }) => to);
	for (const name of queue) {
		const node = graph.find(name);
		if (node === undefined || reached.has(name)) continue;
		reached.set(name, node);
		const ways = waysOut(node);
		for (const wire of graph.from(name))
			if (ways === 'all' || ways.includes(wire.output)) queue.push(wire.to);
	}
	return reached;
}

/** Every node from which items can come to this one; `goesOn` says whether to look behind a node found. */
export function origins(
	graph: Graph,
	name: string,
	goesOn: (node: WorkflowNode) => boolean = () => true,
): Map<string, WorkflowNode> {
	const found = new Map<string, WorkflowNode>();
	const queue = graph.into(name).map(({ from }) => from);
	for (const before of queue) {
		const node = graph.find(before);
		if (node === undefined || found.has(before)) continue;
		found.set(before, node);
		if (goesOn(node)) queue.push(...graph.into(before).map(({ from }) => from));
	}
	return found;
}
