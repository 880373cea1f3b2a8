import { reach, type Graph } from '../graph';
import { isConfirm, isLoop, kindOf, loopOutputs, outputsOfSwitch } from '../kinds';
import type { Rule } from '../finding';
import type { WorkflowNode } from '../workflow';

function comesBack(graph: Graph, loop: WorkflowNode, output: number): boolean {
	const body = reach(graph, graph.from(loop.name, output), (node) =>
		node.name === loop.name ? [] : 'all',
	);
	return body.has(loop.name);
}

const loopOnDone: Rule = {
	code: 'loop-on-done',
	severity: 'error',
	holds:
		'What is to be done for each batch hangs on the output loop of Loop Over Items, not on done.',
	todo: 'Wire the output loop (the second since version 3) to what is to be done for each batch.',
	*find({ workflow, graph }) {
		for (const loop of workflow.nodes.filter(isLoop)) {
			const { loop: output, done } = loopOutputs(loop);
			if (comesBack(graph, loop, done))
				yield {
					node: loop.name,
					text: `The body of '${loop.name}' hangs on its output done (${String(done)}) and leads back into it: it runs once, after everything, with nothing in it or for ever.`,
				};
			else if (graph.from(loop.name, output).length === 0)
				yield {
					node: loop.name,
					text: `The output loop (${String(output)}) of '${loop.name}' is wired to nothing: no batch is worked on.`,
				};
		}
	},
};

const loopNotClosed: Rule = {
	code: 'loop-not-closed',
	severity: 'error',
	holds: 'Every way through a loop leads back to it, also when a whole batch fails.',
	todo: 'Wire the end of the body, its error outputs included, back to the loop.',
	*find({ workflow, graph }) {
		for (const loop of workflow.nodes.filter(isLoop)) {
			const { loop: output, done } = loopOutputs(loop);
			if (graph.from(loop.name, output).length === 0 || comesBack(graph, loop, done)) continue;
			if (!comesBack(graph, loop, output)) {
				yield {
					node: loop.name,
					text: `What hangs on the output loop of '${loop.name}' never leads back into it: only the first batch is worked on.`,
				};
				continue;
			}
			for (const node of bodyOf(graph, loop, output)) {
				if (kindOf(node) === 'filter' && !node.alwaysOutputData)
					yield {
						node: node.name,
						todo: 'Switch Always Output Data on in its settings.',
						text: `Where '${node.name}' lets nothing of a batch through, nothing comes back to '${loop.name}': the batches behind it never have their turn.`,
					};
				for (const end of waysOut(node))
					if (!leadsBack(graph, node, end, loop))
						yield {
							node: node.name,
							text: `Output ${String(end)} of '${node.name}' does not lead back to '${loop.name}': where all of a batch leave there, the batches behind it never have their turn.`,
						};
			}
		}
	},
};

/** Nodes between the loop and itself. */
function bodyOf(graph: Graph, loop: WorkflowNode, output: number): WorkflowNode[] {
	const body = reach(graph, graph.from(loop.name, output), (node) =>
		node.name === loop.name ? [] : 'all',
	);
	return [...body.values()].filter(
		(node) => node.name !== loop.name && leadsBack(graph, node, undefined, loop),
	);
}

function leadsBack(
	graph: Graph,
	node: WorkflowNode,
	output: number | undefined,
	loop: WorkflowNode,
): boolean {
	const behind = reach(graph, graph.from(node.name, output), (one) =>
		one.name === loop.name ? [] : 'all',
	);
	return behind.has(loop.name);
}

/** Outputs on which all of a batch may leave. */
function waysOut(node: WorkflowNode): number[] {
	if (kindOf(node) === 'if' || isConfirm(node)) return [0, 1];
	if (kindOf(node) === 'switch') return outputsOfSwitch(node);
	return node.onError === 'continueErrorOutput' ? [0, 1] : [];
}

export const loopRules: readonly Rule[] = [loopOnDone, loopNotClosed];
