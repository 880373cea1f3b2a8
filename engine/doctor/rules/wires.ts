import { reach, type Graph } from '../graph';
import { chooses, isMerge, isOurs, isProfile, isTrigger } from '../kinds';
import type { Rule } from '../finding';
import { at } from '../parameters';
import type { Patient } from '../patient';
import { handsOut } from '../touches';
import type { Wire, WorkflowNode } from '../workflow';

const wiredTwice: Rule = {
	code: 'wired-twice',
	severity: 'error',
	holds: 'No input gets the same items, or the items of one run, over two wires.',
	todo: 'Keep one wire per input: join what belongs together first (Account Profile takes up to five sources), or let the other source go through the same node.',
	*find(patient) {
		for (const node of patient.workflow.nodes) {
			if (!isOurs(node) && !isMerge(node)) continue;
			const inputs = new Set(patient.graph.into(node.name).map(({ input }) => input));
			for (const input of inputs) {
				const wires = patient.graph
					.into(node.name)
					.filter((wire) => wire.input === input && patient.live.has(wire.from));
				const twice = hasSeveralInputs(node)
					? twoOfOneRun(patient, wires)
					: twoOfOneItem(patient.graph, patient.workflow.wires, wires);
				if (twice === undefined) continue;
				const [one, other] = twice;
				yield {
					node: node.name,
					text: `Input ${String(input)} of '${node.name}' gets ${one.from === other.from ? `two outputs of '${one.from}'` : `'${one.from}' and '${other.from}'`} in the same run: n8n runs the node once for each wire, ${hasSeveralInputs(node) ? 'the second time with its other inputs empty' : 'with the same items twice'}.`,
				};
			}
		}
	},
};

/** Nodes that wait for all their inputs; a second run of theirs finds the others empty. */
function hasSeveralInputs(node: WorkflowNode): boolean {
	if (isMerge(node) || chooses(node)) return true;
	return isProfile(node) && Number(at(node.parameters, 'numberOfSources') ?? 1) > 1;
}

type Pair = readonly [Wire, Wire];

/** Two wires that one trigger serves. */
function twoOfOneRun({ workflow, graph }: Patient, wires: readonly Wire[]): Pair | undefined {
	if (wires.length < 2) return undefined;
	for (const trigger of workflow.nodes.filter(isTrigger)) {
		const reached = reach(graph, graph.from(trigger.name));
		const [one, other] = wires.filter(({ from }) => from === trigger.name || reached.has(from));
		if (one !== undefined && other !== undefined) return [one, other];
	}
	return undefined;
}

/**
 * Two wires that bring the same items: some output has two wires before, and each leads to one of them. A node that hands
 * out touches makes items of its own. Outputs of one node, as an If has two, share the items out.
 */
function twoOfOneItem(
	graph: Graph,
	all: readonly Wire[],
	wires: readonly Wire[],
): Pair | undefined {
	if (wires.length < 2) return undefined;
	const leadsTo = (start: Wire): Wire[] => {
		const reached = reach(graph, [start], (node) => (handsOut(node) ? [] : 'all'));
		const carries = ({ from }: Wire): boolean => {
			const node = reached.get(from);
			return node !== undefined && !handsOut(node);
		};
		return wires.filter((wire) => sameWire(wire, start) || carries(wire));
	};
	const forks = new Map<string, Wire[]>();
	for (const wire of all) {
		const fork = `${wire.from}\u0000${String(wire.output)}`;
		forks.set(fork, [...(forks.get(fork) ?? []), wire]);
	}
	for (const fork of forks.values()) {
		if (fork.length < 2) continue;
		const ends = fork.map(leadsTo);
		for (const [index, mine] of ends.entries())
			for (const theirs of ends.slice(index + 1))
				for (const one of mine)
					for (const other of theirs) if (!sameWire(one, other)) return [one, other];
	}
	return undefined;
}

function sameWire(one: Wire, other: Wire): boolean {
	return one.from === other.from && one.output === other.output && one.to === other.to;
}

const OLD_FIELDS = ['combinationMode', 'mergeByFields', 'propertyName1', 'propertyName2', 'join'];
const OLD_MODES: ReadonlySet<unknown> = new Set([
	'keepKeyMatches',
	'mergeByIndex',
	'mergeByKey',
	'multiplex',
	'passThrough',
	'removeKeyMatches',
	'wait',
]);

const mergeOfOldVersion: Rule = {
	code: 'merge-of-old-version',
	severity: 'error',
	holds: 'A Merge of version 3 has the settings of version 3.',
	todo: 'Open the node and choose Mode and Combine By again; nothing of the old settings counts.',
	*find({ workflow }) {
		for (const node of workflow.nodes) {
			if (!isMerge(node) || node.version < 3) continue;
			const old = OLD_FIELDS.filter((name) => Object.hasOwn(node.parameters, name));
			if (old.length === 0 && !OLD_MODES.has(node.parameters.mode)) continue;
			const what = old.length === 0 ? `mode ${String(node.parameters.mode)}` : old.join(', ');
			yield {
				node: node.name,
				text: `'${node.name}' is a Merge of version ${String(node.version)} with settings of an older one (${what}), which n8n passes over: it joins by something else, or nothing.`,
			};
		}
	},
};

export const wireRules: readonly Rule[] = [wiredTwice, mergeOfOldVersion];
