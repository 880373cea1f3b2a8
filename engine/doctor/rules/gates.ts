import { origins, reach, type WaysOut } from '../graph';
import {
	advances,
	isDatabase,
	isGate,
	isHealth,
	isOurs,
	isProfile,
	isTrigger,
	kindOf,
	onlyHandsOn,
} from '../kinds';
import type { Rule } from '../finding';
import { textAt } from '../parameters';
import type { Patient } from '../patient';
import type { WorkflowNode } from '../workflow';

/** Hold is the first output of the gate, Pass the second. */
const HOLD = [0];

const motionNotGated: Rule = {
	code: 'motion-not-gated',
	severity: 'error',
	holds: 'Each Customer Journey stands behind the Pass output of a Tier Gate, Gate Motion.',
	todo: 'Put a Tier Gate with the operation Gate Motion right before the journey, and wire its Pass output.',
	*find(patient) {
		const open = reachedFromTriggers(patient, (gate) => (gate.disabled ? [0] : []));
		const held = reachedFromTriggers(patient, (gate) => (gate.disabled ? [0] : HOLD));
		for (const { node } of patient.journeys) {
			if (open.has(node.name)) yield { node: node.name, text: ungated(patient, node) };
			else if (held.has(node.name))
				yield {
					node: node.name,
					text: `Accounts come to '${node.name}' over the Hold output of a gate: those who must not get the journey do.`,
				};
			else {
				const off = disabledGate(patient, node);
				if (off !== undefined && patient.live.has(node.name))
					yield {
						node: node.name,
						todo: 'Switch the gate on.',
						text: `The gate '${off.name}' before '${node.name}' is switched off and hands everybody to its first output, Hold: the journey gets nobody.`,
					};
			}
		}
	},
};

function disabledGate({ graph }: Patient, { name }: WorkflowNode): WorkflowNode | undefined {
	return [...origins(graph, name).values()].find((node) => isGate(node) && node.disabled);
}

function ungated(patient: Patient, node: WorkflowNode): string {
	const { name } = node;
	const off = disabledGate(patient, node);
	return off === undefined
		? `Accounts come to '${name}' past no Tier Gate, Gate Motion: a list for everybody, whatever their tier and health.`
		: `The gate '${off.name}' before '${name}' is switched off, and lets everybody through.`;
}

function reachedFromTriggers(
	{ workflow, graph }: Patient,
	waysOutOfGate: (gate: WorkflowNode) => readonly number[],
): ReadonlyMap<string, WorkflowNode> {
	const starts = workflow.nodes.filter(isTrigger).flatMap(({ name }) => graph.from(name));
	return reach(graph, starts, (node): WaysOut => (isGate(node) ? waysOutOfGate(node) : 'all'));
}

/** n8n works out an expression for each item in these: minutes for a customer base. */
const PER_ITEM: ReadonlySet<string> = new Set(['filter', 'if', 'merge', 'set', 'switch']);

function worksPerItem(node: WorkflowNode): boolean {
	if (node.disabled) return false;
	return (
		PER_ITEM.has(kindOf(node)) ||
		(kindOf(node) === 'code' && textAt(node, ['mode']) === 'runOnceForEachItem') ||
		kindOf(node) === 'functionItem'
	);
}

/** What a gate let through is no longer everybody, and before a source asks for customers there are none yet. */
function isOnTheWay(node: WorkflowNode): boolean {
	return !isGate(node) && (isOurs(node) || !givesAccounts(node));
}

/** Where many accounts come from. */
function givesAccounts(node: WorkflowNode): boolean {
	if (isProfile(node) || isHealth(node) || isDatabase(node)) return true;
	return !isOurs(node) && !isTrigger(node) && !onlyHandsOn(node);
}

const slowNode: Rule = {
	code: 'slow-node-before-gate',
	severity: 'error',
	holds:
		'No If, Filter, Set, Switch, Merge or per-item Code stands in front of the whole customer base.',
	todo: 'Move it behind the gate, or let Account Profile (own mapping, several sources) and Tier Gate do it: they read their settings once.',
	*find({ workflow, graph, live }) {
		const named = new Set<string>();
		for (const end of workflow.nodes.filter((node) => advances(node) || isGate(node))) {
			if (!live.has(end.name)) continue;
			for (const node of origins(graph, end.name, isOnTheWay).values()) {
				if (!worksPerItem(node) || named.has(node.name)) continue;
				const before = [...origins(graph, node.name, (one) => !isGate(one)).values()];
				if (!before.some(givesAccounts)) continue;
				named.add(node.name);
				yield {
					node: node.name,
					text: `'${node.name}' works through the whole customer base item by item before '${end.name}': some 30 seconds for 100,000 accounts where the nodes of the pack take a tenth of one.`,
				};
			}
		}
	},
};

export const gateRules: readonly Rule[] = [motionNotGated, slowNode];
