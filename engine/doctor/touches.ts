import { sendsOf } from './channels';
import { reach, type Graph, type WaysOut } from './graph';
import type { JourneyNode } from './journeys';
import {
	advances,
	isConfirm,
	isJourney,
	isJourneyEmail,
	isLoop,
	isOurs,
	isRouter,
	isSelector,
	isSubWorkflow,
	isTrigger,
	loopOutputs,
	mentionsTouch,
	onlyHandsOn,
} from './kinds';
import { textAt } from './parameters';
import type { Workflow, WorkflowNode } from './workflow';

/** An output on which touches of a journey, or notices of a case, leave: claimed, and to be confirmed. */
export type TouchOutput = {
	readonly source: WorkflowNode;
	readonly output: number;
	/** What leaves there, in words: `'Welcome'`. */
	readonly what: string;
	/** Messages to customers; otherwise hand-overs, alerts and notices to colleagues. */
	readonly toCustomers: boolean;
	/** Where items can come to from there before a touch is confirmed. */
	readonly reached: ReadonlyMap<string, WorkflowNode>;
};

export type Touches = {
	readonly outputs: readonly TouchOutput[];
	/** Nodes other than Journey Email that send what was handed out, wired or not. */
	readonly senders: readonly WorkflowNode[];
};

/** Notices leave here; the other outputs of the node are for what is not sent. */
const NOTICES: Readonly<Record<string, readonly { output: number; what: string }[]>> = {
	route: [
		{ output: 0, what: 'new cases' },
		{ output: 1, what: 'updated cases' },
		{ output: 3, what: 'the digest' },
	],
	checkDeadlines: [
		{ output: 0, what: 'what is overdue' },
		{ output: 1, what: 'the digest' },
	],
	reassign: [{ output: 0, what: 'cases with a new owner' }],
};

const TO_CUSTOMERS: ReadonlySet<string> = new Set(['email', 'inApp']);

/** Finds where touches leave, and what sends them. */
export function findTouches(
	workflow: Workflow,
	graph: Graph,
	journeys: readonly JourneyNode[],
): Touches {
	const outputs = [
		...journeys.flatMap((journey) => stepOutputs(journey, graph)),
		...workflow.nodes.filter(isRouter).flatMap((router) => noticeOutputs(router, graph)),
	];
	const behind = new Set(outputs.flatMap(({ reached }) => [...reached.keys()]));
	const anywhereBehind = new Set(
		outputs.flatMap(({ source }) => [...reach(graph, graph.from(source.name)).keys()]),
	);
	// what comes after a Journey Email may well write down which touch it was
	const isBeforeConfirmed = ({ name }: WorkflowNode): boolean =>
		behind.has(name) || !anywhereBehind.has(name);
	const senders = workflow.nodes.filter(
		(node) =>
			(writesToPersons(node) && behind.has(node.name)) ||
			(mentionsTouch(node) && isBeforeConfirmed(node)) ||
			leadsToConfirm(node, graph),
	);
	return { outputs, senders };
}

/** A word in a team's room may come beside the message. */
function writesToPersons(node: WorkflowNode): boolean {
	const sends = sendsOf(node);
	return sends !== undefined && sends.channel !== 'room';
}

function stepOutputs({ node, steps }: JourneyNode, graph: Graph): TouchOutput[] {
	const numbers = [...new Set(steps.map(({ output }) => output))].filter(Number.isInteger);
	return numbers.map((output) => {
		const here = steps.filter((step) => step.output === output);
		return {
			source: node,
			output,
			what: here.map(({ name }) => `'${name}'`).join(', '),
			toCustomers: here.some(({ channel }) => TO_CUSTOMERS.has(channel)),
			reached: beforeConfirmed(graph, node.name, output),
		};
	});
}

function noticeOutputs(source: WorkflowNode, graph: Graph): TouchOutput[] {
	const notices = NOTICES[textAt(source, ['operation'], 'route')] ?? [];
	return notices.map(({ output, what }) => ({
		source,
		output,
		what,
		toCustomers: false,
		reached: beforeConfirmed(graph, source.name, output),
	}));
}

/** A Journey Email confirms by itself, and another journey or router hands out its own. */
function beforeConfirmed(graph: Graph, name: string, output: number): Map<string, WorkflowNode> {
	return reach(graph, graph.from(name, output), (node): WaysOut => {
		if (isJourneyEmail(node) || isConfirm(node) || handsOut(node)) return [];
		return isSelector(node) ? [0] : 'all';
	});
}

/** Whether a node hands out touches or notices of its own. */
export function handsOut(node: WorkflowNode): boolean {
	return isRouter(node) || (isJourney(node) && advances(node));
}

/** What stands right before a Confirm Touch is taken to have sent. */
function leadsToConfirm(node: WorkflowNode, graph: Graph): boolean {
	if (isOurs(node) || onlyHandsOn(node) || isSubWorkflow(node) || isTrigger(node)) return false;
	return graph.from(node.name, 0).some(({ to }) => {
		const next = graph.find(to);
		return next !== undefined && isConfirm(next);
	});
}

/** Whether what a sender sent comes to a Confirm Touch: in its batch, or when the loop around it is done, or never. */
export function confirmedIn(sender: WorkflowNode, graph: Graph): 'batch' | 'done' | 'never' {
	const confirmed = (ends: (node: WorkflowNode) => boolean): boolean => {
		const behind = reach(graph, graph.from(sender.name, 0), (node): WaysOut => {
			if (isJourneyEmail(node) || handsOut(node)) return [];
			return ends(node) ? [] : 'all';
		});
		return [...behind.values()].some(isConfirm);
	};
	const isAround = (node: WorkflowNode): boolean =>
		isLoop(node) && reach(graph, graph.from(node.name, loopOutputs(node).loop)).has(sender.name);
	if (confirmed(isAround)) return 'batch';
	return confirmed(() => false) ? 'done' : 'never';
}
