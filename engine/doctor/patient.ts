import { compileGraph, reach, type Graph } from './graph';
import { isSchedule, isTrigger, kindOf, takesEvents } from './kinds';
import { readJourneys, type JourneyNode } from './journeys';
import { findTouches, type Touches } from './touches';
import type { Workflow, WorkflowNode } from './workflow';

/** A workflow, and what most rules ask about it, worked out once. */
export type Patient = {
	readonly source: string;
	readonly workflow: Workflow;
	readonly graph: Graph;
	readonly journeys: readonly JourneyNode[];
	readonly touches: Touches;
	/** Names of the nodes that some trigger leads to, the triggers included, switched off or not. */
	readonly live: ReadonlySet<string>;
	/** Whether it takes in events that tell who engaged. */
	readonly reports: boolean;
};

/** All workflows that are looked at together. */
export type Programme = {
	readonly patients: readonly Patient[];
	/** ms since 1970 */
	readonly now: number;
	/** Whether these are all there are, so that what is missing is missing. */
	readonly whole: boolean;
};

export function examinable(source: string, workflow: Workflow): Patient {
	const graph = compileGraph(workflow);
	const journeys = readJourneys(workflow);
	return {
		source,
		workflow,
		graph,
		journeys,
		touches: findTouches(workflow, graph, journeys),
		live: liveIn(workflow.nodes, graph),
		reports: takesInEvents(workflow.nodes, graph),
	};
}

function liveIn(nodes: readonly WorkflowNode[], graph: Graph): Set<string> {
	const triggers = nodes.filter(isTrigger);
	const behind = reach(
		graph,
		triggers.flatMap(({ name }) => graph.from(name)),
	);
	return new Set([...triggers.map(({ name }) => name), ...behind.keys()]);
}

function takesInEvents(nodes: readonly WorkflowNode[], graph: Graph): boolean {
	const triggers = nodes.filter((node) => isTrigger(node) && !node.disabled);
	return triggers.some((trigger) =>
		[trigger, ...reach(graph, graph.from(trigger.name)).values()].some(
			(node) => takesEvents(node) && !node.disabled && !isSweep(trigger),
		),
	);
}

/** It begins by the clock or by hand, and so brings nothing that a customer did. */
function isSweep(trigger: WorkflowNode): boolean {
	return isSchedule(trigger) || kindOf(trigger) === 'manualTrigger';
}
