import { NodeConnectionTypes, Workflow, type IExecuteFunctions, type INode } from 'n8n-workflow';
import {
	asksBeforehand,
	handsOut,
	isConfirm,
	isJourneyEmail,
	isLoop,
	isSelector,
	isSender,
	tellsSomebody,
} from './nodeKinds';

/** The workflow around a node, as far as n8n lets a node see it; undefined where it does not. */
export function workflowOf(context: IExecuteFunctions): Workflow | undefined {
	return 'workflow' in context && context.workflow instanceof Workflow
		? context.workflow
		: undefined;
}

/** Nodes wired to one output, disabled ones included. */
function nodesAt(workflow: Workflow, name: string, output: number): INode[] {
	const wires = workflow.connectionsBySourceNode[name]?.main?.[output] ?? [];
	return wires.flatMap((wire) => workflow.getNode(wire.node) ?? []);
}

/** An enabled node that items can arrive at; `isLast` where they arrive nowhere else from there, disabled nodes included. */
type Reached = { node: INode; isLast: boolean };

/**
 * Every node that what `starts` receive can arrive at over enabled nodes only: a disabled node hands its items on without
 * doing its work, so whatever lies behind it must not count. Out of a Loop Over Items it leads on `done` only where it
 * comes round on `loop`; out of a Content Selector on what was selected. Nodes of `closed` are arrived at, and not gone
 * through.
 */
function reachedFrom(
	workflow: Workflow,
	starts: readonly INode[],
	closed: ReadonlySet<string> = new Set(),
): Map<string, Reached> {
	const reached = new Map<string, Reached>();
	const comesRound = (loop: INode): boolean =>
		reachedFrom(workflow, nodesAt(workflow, loop.name, 1), new Set([...closed, loop.name])).has(
			loop.name,
		);
	const waysOut = (node: INode): number[] => {
		if (isSelector(node)) return [0];
		if (isLoop(node)) return comesRound(node) ? [1, 0] : [1];
		return [...(workflow.connectionsBySourceNode[node.name]?.main ?? []).keys()];
	};
	const follow = (node: INode): void => {
		if (node.disabled === true || asksBeforehand(node) || reached.has(node.name)) return;
		const here: Reached = { node, isLast: false };
		reached.set(node.name, here);
		if (closed.has(node.name)) return;
		const next = waysOut(node).map((output) => nodesAt(workflow, node.name, output));
		here.isLast = isLoop(node)
			? next.some(({ length }) => length === 0)
			: next.every(({ length }) => length === 0);
		next.flat().forEach(follow);
	};
	starts.forEach(follow);
	return reached;
}

/** Whether something that an output emits can arrive anywhere: at a Journey Email or a last node, over enabled nodes only. */
export function leadsSomewhere(workflow: Workflow, name: string, output: number): boolean {
	return [...reachedFrom(workflow, nodesAt(workflow, name, output)).values()].some(
		({ node, isLast }) => isLast || isJourneyEmail(node),
	);
}

/** Whether anybody hears of what an output emits: over enabled nodes only it arrives at one that tells it on. */
export function isHeardOf(workflow: Workflow, name: string, output: number): boolean {
	return [...reachedFrom(workflow, nodesAt(workflow, name, output)).values()].some(({ node }) =>
		tellsSomebody(node),
	);
}

/**
 * What an output is wired to. nothing: no wire at all, so that nobody meant to hear of it there · disabled: every way ends
 * at a node that is switched off · enabled: what it emits can arrive somewhere
 */
export function wiringAt(
	workflow: Workflow,
	name: string,
	output: number,
): 'nothing' | 'disabled' | 'enabled' {
	if (nodesAt(workflow, name, output).length === 0) return 'nothing';
	return leadsSomewhere(workflow, name, output) ? 'enabled' : 'disabled';
}

/**
 * Whether anything enabled behind an output confirms what it emits: a Journey Email, or a Journey Ledger that does so. What
 * lies behind another node that hands out is that one's. What a workflow does that is called from here cannot be seen.
 */
export function leadsToConfirm(workflow: Workflow, name: string, output: number): boolean {
	const others = Object.values(workflow.nodes).filter(handsOut);
	const closed = new Set(others.map((node) => node.name));
	return [...reachedFrom(workflow, nodesAt(workflow, name, output), closed).values()].some(
		({ node }) => isJourneyEmail(node) || isConfirm(node),
	);
}

/** Whether everything that is enabled behind an output is a Journey Email, which marks each touch before it leaves. */
export function leadsToMailOnly(workflow: Workflow, name: string, output: number): boolean {
	const enabled = nodesAt(workflow, name, output).filter(({ disabled }) => disabled !== true);
	return enabled.length > 0 && enabled.every(isJourneyEmail);
}

/** Enabled nodes that send mail behind an output: wired to it, or to a node that only passes its items on. */
export function sendersAt(workflow: Workflow, name: string, output: number): INode[] {
	const senders = new Map<string, INode>();
	const visited = new Set<string>();
	const follow = (node: INode): void => {
		if (visited.has(node.name)) return;
		visited.add(node.name);
		const passes = outputPassingOn(node);
		if (passes !== undefined) nodesAt(workflow, node.name, passes).forEach(follow);
		else if (isSender(node)) senders.set(node.name, node);
	};
	nodesAt(workflow, name, output).forEach(follow);
	return [...senders.values()];
}

/** Where a node that sends nothing hands its items on; Loop Over Items does on `loop`, the second. */
function outputPassingOn(node: INode): number | undefined {
	if (node.disabled === true || node.type.endsWith('.noOp') || isSelector(node)) return 0;
	return isLoop(node) ? 1 : undefined;
}

/**
 * Enabled nodes anywhere behind an output that send and have n8n's Retry On Fail on: the mail senders, and whatever hands
 * its items to a Confirm Touch.
 */
export function retryingSendersAt(workflow: Workflow, name: string, output: number): INode[] {
	const first = nodesAt(workflow, name, output).map((node) => node.name);
	const behind = new Set(
		first.flatMap((node) => [node, ...workflow.getChildNodes(node, NodeConnectionTypes.Main)]),
	);
	return [...behind].flatMap((one) => {
		const node = workflow.getNode(one);
		if (node === null || node.disabled === true || node.retryOnFail !== true) return [];
		const next = workflow.getChildNodes(one, NodeConnectionTypes.Main, 1);
		return isSender(node) || next.some((child) => confirms(workflow, child)) ? [node] : [];
	});
}

function confirms(workflow: Workflow, name: string): boolean {
	const node = workflow.getNode(name);
	return node !== null && isConfirm(node);
}
