import { reach, type Graph, type WaysOut } from '../graph';
import {
	endsWhatFitsNoRule,
	isConfirm,
	isJourneyEmail,
	isLoop,
	kindOf,
	outputsOfSwitch,
} from '../kinds';
import type { Found, Rule } from '../finding';
import { textAt, textsOf } from '../parameters';
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
				const found = lossAt(node, graph);
				if (named.has(node.name) || found === undefined) continue;
				const next = reach(graph, graph.from(node.name), (one): WaysOut =>
					isLoop(one) || isConfirm(one) || isJourneyEmail(one) || handsOut(one) ? [] : 'all',
				);
				const sender = [...next.values()].find((one) => isJourneyEmail(one) || sends.has(one.name));
				if (sender === undefined) continue;
				named.add(node.name);
				yield { node: node.name, ...found(source.name, sender.name) };
			}
		}
	},
};

type Loss = (source: string, sender: string) => Omit<Found, 'node'>;

/** What becomes of touches at a node, in words; undefined where all of them go on. */
function lossAt(node: WorkflowNode, graph: Graph): Loss | undefined {
	const { name, disabled } = node;
	// a test run may well send nothing
	if (disabled || (/^(if|switch)$/.test(kindOf(node)) && asksForMode(node))) return undefined;
	const after = 'claimed again when the lease ends, and then given up';
	if (leavesOut(node, graph))
		return (source, sender) => ({
			text: `'${name}' leaves out some of what '${source}' has claimed and '${sender}' is to send: nobody gets it, it is ${after}.`,
		});
	if (kindOf(node) === 'switch' && endsWhatFitsNoRule(node))
		return (source, sender) => ({
			// its rules may well leave nothing over
			severity: 'warning',
			todo: 'Choose a Fallback Output in its options, and wire it to what sends.',
			text: `'${name}' has no output for what meets none of its rules, and '${source}' has claimed that too: '${sender}' never gets it, it is ${after}.`,
		});
	if (kindOf(node) === 'aggregate' || kindOf(node) === 'summarize')
		return (source, sender) => ({
			todo: 'Take it out, or sum up in another branch than the one that sends.',
			text: `'${name}' makes one item of all that '${source}' has claimed, and '${sender}' sends one message at most: the others are ${after}.`,
		});
	return undefined;
}

const OF_MODE = /\b(journey|execution)\??\.mode\b/;

function asksForMode(node: WorkflowNode): boolean {
	return textsOf(node).some(({ text }) => OF_MODE.test(text));
}

/** Whether items may end here, with no wire to follow. */
function leavesOut(node: WorkflowNode, graph: Graph): boolean {
	switch (kindOf(node)) {
		case 'filter':
		case 'limit':
			return true;
		case 'removeDuplicates':
			// as a memory it is another rule's matter
			return textAt(node, ['operation']) !== 'removeItemsSeenInPreviousExecutions';
		case 'if':
			return [0, 1].some((output) => graph.from(node.name, output).length === 0);
		case 'switch':
			return outputsOfSwitch(node).some((output) => graph.from(node.name, output).length === 0);
		default:
			return false;
	}
}

export const dropRules: readonly Rule[] = [touchDropped];
