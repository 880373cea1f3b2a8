import { reach, type Graph, type WaysOut } from '../graph';
import { isConfirm, isJourneyEmail, isLoop, kindOf } from '../kinds';
import type { Rule } from '../finding';
import { at, isList, textAt, textsOf } from '../parameters';
import { handsOut } from '../touches';
import type { WorkflowNode } from '../workflow';

const touchDropped: Rule = {
	code: 'touch-dropped',
	severity: 'error',
	holds: 'Nothing between a journey and what sends leaves out some of what is due.',
	todo: 'Ask before it is claimed: at the gate, in Leaves When or in the conditions of the step. Or wire the other side of an If to what sends.',
	*find({ graph, touches, journeys }) {
		const isStep = new Set(journeys.map(({ node }) => node.name));
		const sends = new Set(touches.senders.map(({ name }) => name));
		const named = new Set<string>();
		for (const { source, reached } of touches.outputs) {
			if (!isStep.has(source.name)) continue;
			for (const node of reached.values()) {
				if (named.has(node.name) || !leavesOut(node, graph)) continue;
				const next = reach(graph, graph.from(node.name), (one): WaysOut =>
					isLoop(one) || isConfirm(one) || isJourneyEmail(one) || handsOut(one) ? [] : 'all',
				);
				const sender = [...next.values()].find((one) => isJourneyEmail(one) || sends.has(one.name));
				if (sender === undefined) continue;
				named.add(node.name);
				yield {
					node: node.name,
					text: `'${node.name}' leaves out some of what '${source.name}' has claimed and '${sender.name}' is to send: nobody gets it, it is claimed again when the lease ends, and then given up.`,
				};
			}
		}
	},
};

const OF_MODE = /\b(journey|execution)\??\.mode\b/;

/** Whether items may end here, with no wire to follow. */
function leavesOut(node: WorkflowNode, graph: Graph): boolean {
	if (node.disabled) return false;
	switch (kindOf(node)) {
		case 'filter':
		case 'limit':
			return true;
		case 'removeDuplicates':
			// as a memory it is another rule's matter
			return textAt(node, ['operation']) !== 'removeItemsSeenInPreviousExecutions';
		case 'if':
			// a test run may well send nothing
			if (textsOf(node).some(({ text }) => OF_MODE.test(text))) return false;
			return [0, 1].some((output) => graph.from(node.name, output).length === 0);
		case 'switch':
			return rulesOf(node).some((_, output) => graph.from(node.name, output).length === 0);
		default:
			return false;
	}
}

/** What a Switch decides by has a list of its own in each version. */
function rulesOf({ parameters }: WorkflowNode): readonly unknown[] {
	const rules = at(parameters, 'rules', 'values') ?? at(parameters, 'rules', 'rules');
	return isList(rules) ? rules : [];
}

export const dropRules: readonly Rule[] = [touchDropped];
