import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INode,
	type Workflow,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { handsOut, isLoop } from './nodeKinds';

/** The nearest enabled nodes before a node that hand out what is sent, on every way that leads there. */
export function handingOutBefore(workflow: Workflow, name: string): INode[] {
	const found = new Map<string, INode>();
	const visited = new Set<string>();
	const follow = (before: string): void => {
		for (const parent of workflow.getParentNodes(before, NodeConnectionTypes.Main, 1)) {
			const node = workflow.getNode(parent);
			if (node === null || visited.has(parent)) continue;
			visited.add(parent);
			if (node.disabled !== true && handsOut(node)) found.set(parent, node);
			else follow(parent);
		}
	};
	follow(name);
	return [...found.values()];
}

const sourceSchema = z.looseObject({
	previousNode: z.string(),
	previousNodeRun: z.number().default(0),
});
type Source = { previousNode: string; previousNodeRun?: number };

/**
 * Whether items that arrive from `from` passed enabled nodes only on their way from a node for which `isStart` holds.
 * Two senders may lead on to one node, so it is the way that this run took that counts, as far as n8n knows it.
 */
export function cameOverEnabledNodes(
	context: IExecuteFunctions,
	workflow: Workflow,
	from: Source,
	isStart: (node: INode) => boolean,
): boolean {
	const visited = new Set<string>();
	const reaches = ({ previousNode: name, previousNodeRun: run = 0 }: Source): boolean => {
		const node = workflow.getNode(name);
		const here = `${String(run)} ${name}`;
		if (node === null || visited.has(here)) return false;
		visited.add(here);
		if (isStart(node)) return true;
		if (node.disabled === true) return false;
		// what a loop hands on came in with its first run, not with what came back
		const sources = isLoop(node) ? [] : sourcesOf(context, name, run);
		if (sources.length > 0) return sources.some(reaches);
		return workflow
			.getParentNodes(name, NodeConnectionTypes.Main, 1)
			.some((parent) => reaches({ previousNode: parent }));
	};
	return reaches(from);
}

/** Where a node's items came from in one of its runs; nothing where n8n does not let a node see it. */
function sourcesOf(context: IExecuteFunctions, name: string, run: number): Source[] {
	let found: unknown = context;
	for (const key of ['runExecutionData', 'resultData', 'runData', name, run, 'source'])
		found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
	const sources = z.array(sourceSchema.nullable()).safeParse(found);
	return (sources.data ?? []).filter((source) => source !== null);
}
