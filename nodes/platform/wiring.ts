import { NodeConnectionTypes, Workflow, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { z } from 'zod/v4';

/** The workflow around a node, as far as n8n lets a node see it; undefined where it does not. */
export function workflowOf(context: IExecuteFunctions): Workflow | undefined {
	return 'workflow' in context && context.workflow instanceof Workflow
		? context.workflow
		: undefined;
}

const JOURNEY_EMAIL = '.journeyEmail';
/** Loop Over Items: `done`, then `loop`. */
const LOOP = '.splitInBatches';
/** Nodes that send a mail by themselves. Two of them behind one output would send every touch twice. */
const SENDERS = [
	JOURNEY_EMAIL,
	'.emailSend',
	'.gmail',
	'.sendGrid',
	'.mailgun',
	'.mailjet',
	'.awsSes',
	'.microsoftOutlook',
];

function isSender(node: INode): boolean {
	return SENDERS.some((type) => node.type.endsWith(type));
}

/** Nodes wired to one output, disabled ones included. */
function nodesAt(workflow: Workflow, name: string, output: number): INode[] {
	const wires = workflow.connectionsBySourceNode[name]?.main?.[output] ?? [];
	return wires.flatMap((wire) => workflow.getNode(wire.node) ?? []);
}

/**
 * Whether something that an output emits can arrive anywhere. A disabled node hands its items on without doing its
 * work, so whatever lies behind it must not count: the path has to reach a Journey Email or a last node over enabled
 * nodes only. Out of a Loop Over Items it leads on `done` only after it has come round on `loop`.
 */
export function leadsSomewhere(workflow: Workflow, name: string, output: number): boolean {
	const visited = new Set<string>();
	const reaches = (node: INode): boolean => {
		if (node.disabled === true) return false;
		const isLoop = node.type.endsWith(LOOP);
		const again = visited.has(node.name);
		const exit = `${node.name} done`;
		if (again && (!isLoop || visited.has(exit))) return false;
		visited.add(again ? exit : node.name);
		if (node.type.endsWith(JOURNEY_EMAIL)) return true;
		const outputs = workflow.connectionsBySourceNode[node.name]?.main ?? [];
		const next = (isLoop ? [again ? 0 : 1] : [...outputs.keys()]).flatMap((index) =>
			nodesAt(workflow, node.name, index),
		);
		return next.length === 0 || next.some(reaches);
	};
	return nodesAt(workflow, name, output).some(reaches);
}

/** Whether everything that is enabled behind an output is a Journey Email, which marks each touch before it leaves. */
export function leadsToMailOnly(workflow: Workflow, name: string, output: number): boolean {
	const enabled = nodesAt(workflow, name, output).filter(({ disabled }) => disabled !== true);
	return enabled.length > 0 && enabled.every(({ type }) => type.endsWith(JOURNEY_EMAIL));
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

/** Where a node that does nothing to its items hands them on; Loop Over Items does on `loop`, the second. */
function outputPassingOn(node: INode): number | undefined {
	if (node.disabled === true || node.type.endsWith('.noOp')) return 0;
	return node.type.endsWith(LOOP) ? 1 : undefined;
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
		return isSender(node) || next.some((child) => isConfirm(workflow.getNode(child))) ? [node] : [];
	});
}

function isConfirm(node: INode | null): boolean {
	return (
		node?.type.endsWith('.journeyLedger') === true && node.parameters.operation === 'confirmTouch'
	);
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
		const sources = node.type.endsWith(LOOP) ? [] : sourcesOf(context, name, run);
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
