import { goesToCustomers, sendsOf } from '../channels';
import { origins, reach, type Graph } from '../graph';
import {
	isCalled,
	isConfirm,
	isJourneyEmail,
	isLoop,
	isRouter,
	isSelector,
	isSubWorkflow,
	kindOf,
} from '../kinds';
import type { Found, Rule } from '../finding';
import { isExpression, isObject, rowOf, textAt, textsOf } from '../parameters';
import type { Patient } from '../patient';
import { confirmedIn, type TouchOutput } from '../touches';
import type { WorkflowNode } from '../workflow';

const OF_ITEM = /journey\s*(\?\.|\.)\s*to\b|\bcontacts?\b|\be-?mail\b/i;

/** Whether a sender writes to whomever its items name, as to a colleague's fixed address it does not. */
function writesToCustomers(node: WorkflowNode, graph: Graph): boolean {
	if (isJourneyEmail(node)) return true;
	const sends = sendsOf(node);
	if (sends !== undefined) {
		const recipients = sends.recipients.map(({ path, text }) => ({
			path,
			text: withoutSettings(text, graph),
		}));
		return goesToCustomers({ ...sends, recipients });
	}
	return textsOf(node).some(
		({ text }) => isExpression(text) && OF_ITEM.test(withoutColleagues(text)),
	);
}

/** `$('Journey').params[…]` is a setting of another node: an address of the team; nor is an owner a customer. */
function withoutColleagues(text: string): string {
	return text
		.replace(/\.params\b[^}]*/g, '')
		.replace(/\b(owner|csm|assignee|manager|colleague|team)\w*\??\.e-?mail\b/gi, '');
}

const OF_NODE = /\$\((["'`])(.+?)\1\)\.(?:item|first\(\)|last\(\))\.json\??\.(\w+)/g;

/** What a Set node says as it is, such as the address of the team, is no customer's. */
function withoutSettings(text: string, graph: Graph): string {
	return text.replace(OF_NODE, (all: string, _quote: string, name: string, field: string) => {
		const node = graph.find(name);
		return node !== undefined && kindOf(node) === 'set' && saysAsItIs(node, field) ? '' : all;
	});
}

function saysAsItIs(node: WorkflowNode, field: string): boolean {
	const rows = textsOf(node)
		.filter(({ path, text }) => path.at(-1) === 'name' && text === field)
		.map(({ path }) => rowOf(node, path));
	const json = textAt(node, ['jsonOutput']);
	if (rows.length === 0) return json.includes(`"${field}"`) && !isExpression(json);
	return rows.every((row) => isObject(row) && !Object.values(row).some(isExpression));
}

const sendNotClaimed: Rule = {
	code: 'send-not-claimed',
	severity: 'error',
	holds:
		'Whatever writes to customers stands behind a Customer Journey or an Escalation Router, which claims each message once.',
	todo: 'Put a Customer Journey (Advance) before it, and write to {{ $json.journey.to }}: caps, quiet hours and unsubscribes hold there only.',
	*find({ workflow, graph, touches, live }) {
		const claimed = new Set(touches.outputs.flatMap(({ reached }) => [...reached.keys()]));
		const behind = new Set(
			touches.outputs.flatMap(({ source, output }) => [
				...reach(graph, graph.from(source.name, output)).keys(),
			]),
		);
		const senders = new Set(touches.senders.map(({ name }) => name));
		for (const node of workflow.nodes) {
			const sends = isJourneyEmail(node) || sendsOf(node) !== undefined || senders.has(node.name);
			if (!sends || !live.has(node.name) || claimed.has(node.name)) continue;
			if (!writesToCustomers(node, graph)) continue;
			// what a message that went out is noted as begins nothing
			if (sendsOf(node)?.channel === 'event' && behind.has(node.name)) continue;
			// what is handed to a workflow was claimed by whoever calls it
			if ([...origins(graph, node.name).values()].some(isCalled)) continue;
			yield {
				node: node.name,
				text: `'${node.name}' writes to customers, and no Customer Journey or Escalation Router before it has claimed what it sends: everybody may be written to again in each run.`,
			};
		}
	},
};

const sendNotConfirmed: Rule = {
	code: 'send-not-confirmed',
	severity: 'error',
	holds: 'What another node than Journey Email sends comes to Journey Ledger, Confirm Touch.',
	todo: 'Wire its first output to a Journey Ledger with the operation Confirm Touch, or use Journey Email, which confirms each mail itself.',
	*find({ graph, touches }) {
		for (const sender of touches.senders) {
			const { name } = sender;
			const when = confirmedIn(sender, graph);
			if (when === 'never')
				yield {
					node: name,
					text: `What '${name}' sends is never confirmed: it is handed out again when the lease ends, and goes out several times.`,
				};
			else if (when === 'done')
				yield {
					node: name,
					todo: 'Wire its first output to a Confirm Touch inside the loop, and that back to the loop.',
					text: `What '${name}' sends is confirmed only when all batches are done: where the run breaks off, everything that went out goes out again, and what failed counts as sent.`,
				};
		}
	},
};

const touchNotConfirmed: Rule = {
	code: 'touch-not-confirmed',
	severity: 'error',
	holds: 'Each output of a journey leads to a Journey Email or a Confirm Touch.',
	todo: 'Wire it to a Journey Email, or to what sends and then to Journey Ledger, Confirm Touch.',
	*find({ graph, touches }) {
		const senders = new Set(touches.senders.map(({ name }) => name));
		for (const { source, output, what, reached } of touches.outputs) {
			if (graph.from(source.name, output).length === 0) continue;
			const nodes = [...reached.values()];
			if (nodes.some((node) => isJourneyEmail(node) || isConfirm(node) || isRouter(node))) continue;
			// what a called workflow does cannot be seen, and an unconfirmed sender is named by itself
			if (nodes.some((node) => isSubWorkflow(node) || senders.has(node.name))) continue;
			yield {
				node: source.name,
				text: `Output ${String(output)} of '${source.name}' (${what}) leads to nothing that confirms: what leaves there is handed out again and again, and then given up.`,
			};
		}
	},
};

const stepLeadsNowhere: Rule = {
	code: 'step-leads-nowhere',
	severity: 'error',
	holds: 'Each step of a journey has a wire to follow.',
	todo: 'Wire the output, or delete the step.',
	*find({ graph, touches, journeys, live }) {
		const isStep = new Set(journeys.map(({ node }) => node.name));
		for (const { source, output, what, toCustomers } of touches.outputs) {
			if (!isStep.has(source.name) || !live.has(source.name)) continue;
			if (graph.from(source.name, output).length > 0) continue;
			const outcome = toCustomers ? 'is never sent' : 'reaches nobody: a dead end for the customer';
			yield {
				node: source.name,
				severity: toCustomers ? 'warning' : 'error',
				text: `Output ${String(output)} of '${source.name}' (${what}) is wired to nothing, so that what is due there ${outcome}.`,
			};
		}
	},
};

const twoSenders: Rule = {
	code: 'two-senders',
	severity: 'error',
	holds: 'One sender that is switched on hangs on each output of a journey.',
	todo: 'Disable all but one.',
	*find(patient) {
		const { journeys, touches } = patient;
		const isStep = new Set(journeys.map(({ node }) => node.name));
		for (const touchOutput of touches.outputs) {
			if (!isStep.has(touchOutput.source.name)) continue;
			const { source, output } = touchOutput;
			const senders = sendersRightBehind(patient, touchOutput);
			if (senders.length < 2) continue;
			yield {
				node: source.name,
				text: `Output ${String(output)} of '${source.name}' leads to ${senders.map((name) => `'${name}'`).join(' and ')}: each would send the same message.`,
			};
		}
	},
};

/** Enabled senders that the output leads to over nodes that only pass items on. */
function sendersRightBehind(
	{ graph, touches }: Patient,
	{ source, output }: TouchOutput,
): string[] {
	const sends = new Set(touches.senders.map(({ name }) => name));
	const visited = new Set<string>();
	const found: string[] = [];
	const queue = graph.from(source.name, output).map(({ to }) => to);
	for (const name of queue) {
		const node = graph.find(name);
		if (node === undefined || visited.has(name)) continue;
		visited.add(name);
		const passes = outputPassingOn(node);
		if (passes !== undefined) queue.push(...graph.from(name, passes).map(({ to }) => to));
		else if (isJourneyEmail(node) || sends.has(name)) found.push(name);
	}
	return found;
}

function outputPassingOn(node: WorkflowNode): number | undefined {
	if (node.disabled || kindOf(node) === 'noOp' || isSelector(node)) return 0;
	return isLoop(node) ? 1 : undefined;
}

const senderDisabled: Rule = {
	code: 'sender-disabled',
	severity: 'warning',
	holds:
		'Where a journey sends at all, no step stops at a sender that is switched off before its Confirm.',
	todo: 'Enable it; if you have no such channel, delete the step.',
	*find(patient) {
		const sends = new Set(patient.touches.senders.map(({ name }) => name));
		const sendersOf = ({ reached }: TouchOutput): WorkflowNode[] =>
			[...reached.values()].filter((node) => isJourneyEmail(node) || sends.has(node.name));
		const named = new Set<string>();
		for (const one of patient.touches.outputs) {
			const others = patient.touches.outputs.filter(({ source }) => source === one.source);
			// all of them off is a dry run, which is on purpose
			const isOn = others.some((other) => sendersOf(other).some(({ disabled }) => !disabled));
			const senders = sendersOf(one);
			const last = senders.at(-1);
			if (!isOn || last === undefined || senders.some(({ disabled }) => !disabled)) continue;
			if (named.has(last.name)) continue;
			named.add(last.name);
			yield disabledSender(one, last);
		}
	},
};

function disabledSender({ source, output, what }: TouchOutput, sender: WorkflowNode): Found {
	return {
		node: sender.name,
		text: `'${sender.name}' is switched off while '${source.name}' sends on other outputs: what is due on output ${String(output)} (${what}) lapses.`,
	};
}

export const sendRules: readonly Rule[] = [
	sendNotClaimed,
	sendNotConfirmed,
	touchNotConfirmed,
	stepLeadsNowhere,
	twoSenders,
	senderDisabled,
];
