import { origins, reach, type Graph, type WaysOut } from '../graph';
import {
	advances,
	isCalled,
	isDatabase,
	isGate,
	isHealth,
	isOurs,
	isProfile,
	isSubWorkflow,
	isTrigger,
	kindOf,
	onlyHandsOn,
} from '../kinds';
import type { Rule } from '../finding';
import type { JourneyNode } from '../journeys';
import { at, isExpression, isList, textAt, textsOf } from '../parameters';
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

/** Conditions of the gate, each with all that can be ticked. */
const CHOICES = { tiers: 7, bands: 4, stages: 4 } as const;

/** Whether the gate asks anything but for accounts that are excluded, paused or churned. */
function asksSomething(gate: WorkflowNode): boolean {
	const set = (name: string): unknown => at(gate.parameters, name);
	return (
		Object.entries(CHOICES).some(([name, all]) => {
			const chosen = set(name);
			return isList(chosen) ? chosen.length > 0 && chosen.length < all : isExpression(chosen);
		}) ||
		textAt(gate, ['otherTiers']) !== '' ||
		['minimumCoverage', 'reachableContact', 'consentRequired'].some((name) => Boolean(set(name)))
	);
}

/** Logistics and education are for every tier (P31), and a preset chooses by itself. */
const FOR_ALL: ReadonlySet<string> = new Set(['education', 'onboarding']);

function writesToAll({ preset, type, enters, steps }: JourneyNode): boolean {
	if (preset !== undefined || FOR_ALL.has(type) || enters.length > 0) return false;
	return steps.some(
		({ channel, when, conditions }) =>
			channel === 'email' && conditions.length === 0 && when.startsWith('days'),
	);
}

const gateOpen: Rule = {
	code: 'gate-open',
	severity: 'warning',
	holds: 'Where a journey of your own takes everybody, the gate before it chooses.',
	todo: 'Choose tiers, health bands or lifecycle stages at the gate, or fill in Enters When of the journey.',
	*find({ graph, journeys, live }) {
		const named = new Set<string>();
		for (const journey of journeys) {
			const { name } = journey.node;
			if (!live.has(name) || !writesToAll(journey)) continue;
			const gates = [...origins(graph, name, (node) => !isGate(node)).values()].filter(isGate);
			if (gates.some((gate) => gate.disabled || asksSomething(gate))) continue;
			for (const gate of gates) {
				if (named.has(gate.name)) continue;
				named.add(gate.name);
				yield {
					node: gate.name,
					text: `'${gate.name}' lets every tier, health and stage through, and '${name}' asks for nothing either: its mail goes to every customer.`,
				};
			}
		}
	},
};

const holdsForOther: Rule = {
	code: 'holds-for-other-journey',
	severity: 'warning',
	holds: 'A gate that remembers whom it holds does so for the journeys behind it, all of them.',
	todo: 'Write the Journey IDs behind the gate into Remember for Journeys, separated by commas.',
	*find({ workflow, graph, journeys }) {
		for (const gate of workflow.nodes.filter(isGate)) {
			const given = textAt(gate, ['rememberForJourneys']);
			const remembered = rememberedIn(given);
			if (remembered.length === 0 || isExpression(given)) continue;
			const idsIn = (nodes: ReadonlyMap<string, WorkflowNode>): string[] =>
				journeys.filter(({ node }) => nodes.has(node.name)).map(({ id }) => id);
			const behind = reach(graph, graph.from(gate.name));
			const known = idsIn(behind);
			// what is called may hold journeys, and an ID may be worked out
			const isAllSeen = ![...behind.values()].some(isSubWorkflow) && !known.some(isExpression);
			const other = remembered.find((id) => isAllSeen && !known.includes(id));
			if (other !== undefined)
				yield {
					node: gate.name,
					text: `'${gate.name}' remembers whom it holds for the journey '${other}', which is not behind it: Look Up says that it kept people from a journey that they never came near.`,
				};
			// behind another gate it is that one's matter
			const next = idsIn(reach(graph, graph.from(gate.name), (one) => (isGate(one) ? [] : 'all')));
			const missing = next.find((id) => !isExpression(id) && !remembered.includes(id));
			if (missing !== undefined)
				yield {
					node: gate.name,
					text: `'${gate.name}' does not remember whom it holds for the journey '${missing}' behind it: Look Up cannot say why they got nothing.`,
				};
		}
	},
};

function rememberedIn(text: string): string[] {
	const ids = text.split(/[,;\n]/).map((id) => id.trim());
	return ids.filter((id) => id !== '');
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

/** A field that says which account it is. */
const ACCOUNT =
	/\$json\??\.(\w+\??\.)*((account|customer|company|organi[sz]ation|org|tenant|workspace)_?id|hs_object_id|domain|e-?mail|id)\b/i;
/** What was begun by a request before is asked for until it is there. */
const JOB = /export|job|report|download|batch|quer(y|ies)|token/i;
/** It names a customer, and not the tenant or the job that a log-in or a request gave. */
const CUSTOMER = /\$json\??\.(\w+\??\.)*((account|customer|company)_?id|domain|e-?mail)\b/i;

function asksForJob(node: WorkflowNode): boolean {
	const url = textAt(node, ['url']);
	return JOB.test(url) && !CUSTOMER.test(url);
}

/** A request for one account, of as many as come in. */
function asksPerAccount(node: WorkflowNode, graph: Graph): boolean {
	if (node.disabled || kindOf(node) !== 'httpRequest' || asksForJob(node)) return false;
	// what Code, a Loop or a summary made of the accounts may be one item for many
	const before = graph.into(node.name).flatMap(({ from }) => graph.find(from) ?? []);
	if (!before.some(givesAccounts)) return false;
	return textsOf(node).some(({ text }) => isExpression(text) && ACCOUNT.test(text));
}

/** What a gate let through is no longer everybody, and before a source asks for customers there are none yet. */
function isOnTheWay(node: WorkflowNode): boolean {
	return !isGate(node) && (isOurs(node) || !givesAccounts(node));
}

/** Where many accounts come from. */
function givesAccounts(node: WorkflowNode): boolean {
	if (isProfile(node) || isHealth(node) || isDatabase(node)) return true;
	// whoever calls may hand over all of them, and a webhook bring all in one body
	if (isCalled(node) || kindOf(node) === 'splitOut') return true;
	return !isOurs(node) && !isTrigger(node) && !onlyHandsOn(node);
}

const slowNode: Rule = {
	code: 'slow-node-before-gate',
	severity: 'error',
	holds:
		'No If, Filter, Set, Switch, Merge, per-item Code and no request per account stands in front of the whole customer base.',
	todo: 'Move it behind the gate, or let Account Profile (own mapping, several sources) and Tier Gate do it: they read their settings once.',
	*find({ workflow, graph, live }) {
		const named = new Set<string>();
		const ends = workflow.nodes.filter((node) => advances(node) || isGate(node) || isHealth(node));
		for (const end of ends) {
			if (!live.has(end.name)) continue;
			for (const node of origins(graph, end.name, isOnTheWay).values()) {
				const asks = asksPerAccount(node, graph);
				if (!(asks || worksPerItem(node)) || named.has(node.name)) continue;
				const before = [...origins(graph, node.name, (one) => !isGate(one)).values()];
				if (!before.some(givesAccounts)) continue;
				named.add(node.name);
				if (asks)
					yield {
						node: node.name,
						todo: 'Ask for many accounts in one request (a list, a search, an export), join by Account Profile (several sources); or ask behind the gate, for the few that pass.',
						text: `'${node.name}' asks once for each customer before '${end.name}': with 100,000 accounts a run takes hours, and the service refuses long before.`,
					};
				else
					yield {
						node: node.name,
						text: `'${node.name}' works through the whole customer base item by item before '${end.name}': some 30 seconds for 100,000 accounts where the nodes of the pack take a tenth of one.`,
					};
			}
		}
	},
};

export const gateRules: readonly Rule[] = [motionNotGated, gateOpen, holdsForOther, slowNode];
