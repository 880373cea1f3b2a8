import { isRecipientKey, ofCustomers, sendsOf, withoutFrom } from '../channels';
import { isJourneyEmail, isOurs, isSubWorkflow, kindOf, mentionsTouch } from '../kinds';
import { reach, type Graph } from '../graph';
import type { Rule } from '../finding';
import type { Patient } from '../patient';
import { textsOf } from '../parameters';
import type { WorkflowNode } from '../workflow';

/** Every node that sends: touches, notices, and mails to colleagues. */
function sendersIn({ workflow, touches }: Patient): WorkflowNode[] {
	const sends = new Set(touches.senders);
	// a word to the team, in a workflow that has nothing to do with the programme, may do as it likes
	const isPartOfIt = workflow.nodes.some(isOurs);
	return workflow.nodes.filter((node) => {
		if (isJourneyEmail(node) || sends.has(node)) return true;
		const own = sendsOf(node);
		return own !== undefined && (isPartOfIt || own.channel !== 'room');
	});
}

const senderRetries: Rule = {
	code: 'sender-retries',
	severity: 'error',
	holds: 'Nothing that sends has Retry On Fail.',
	todo: 'Switch Retry On Fail off in its settings: what did not go is handed out again by itself, once.',
	*find(patient) {
		for (const { name, retryOnFail } of sendersIn(patient))
			if (retryOnFail)
				yield {
					node: name,
					text: `Retry On Fail is on at '${name}': when one message fails, n8n sends the whole batch again, also what went out already.`,
				};
	},
};

const senderStops: Rule = {
	code: 'sender-stops',
	severity: 'error',
	holds: 'Nothing that sends stops the run when one message fails.',
	todo: 'Set On Error to Continue in its settings.',
	*find(patient) {
		for (const { name, onError } of sendersIn(patient))
			if (!onError.startsWith('continue'))
				yield {
					node: name,
					text: `'${name}' stops the run at the first message that fails: the others wait, and n8n forgets that those before it went out.`,
				};
	},
};

const errorLeadsNowhere: Rule = {
	code: 'error-leads-nowhere',
	severity: 'warning',
	holds: 'The error output of whatever sends is wired.',
	todo: 'Wire its error output to a node that keeps the reason, such as No Operation, or into the loop.',
	*find(patient) {
		for (const { name, onError } of sendersIn(patient))
			if (onError === 'continueErrorOutput' && patient.graph.from(name, 1).length === 0)
				yield {
					node: name,
					text: `Messages that '${name}' could not send leave on its error output, which is wired to nothing.`,
				};
	},
};

const OF_TOUCH = /\b(journey|escalation)(\?\.|\.)to\b/;
const LITERAL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/i;
const OTHER_FIELD = /\bcontacts?\b[^,;{}]{0,60}?\.e-?mail\b|\$json\??\.e-?mail\b/i;

const otherAddress: Rule = {
	code: 'other-address',
	severity: 'error',
	holds: 'Behind a journey nobody is written to but the address of the touch.',
	todo: 'Write to {{ $json.journey.to }} alone: in a run from the editor it is the test recipient, and it is nobody who unsubscribed.',
	*find({ touches, graph }) {
		for (const sender of touches.senders) {
			const found = otherRecipient(sender, graph);
			if (found !== undefined)
				yield {
					node: sender.name,
					text: `'${sender.name}' writes to another address than that of the touch (${found}).`,
				};
		}
	},
};

function otherRecipient(sender: WorkflowNode, graph: Graph): string | undefined {
	const sends = sendsOf(sender);
	if (sends === undefined) return otherAddressIn(sender);
	if (sends.channel === 'room') return undefined;
	const isRequest = kindOf(sender) === 'httpRequest';
	const other = sends.recipients.find(({ path, text }) => {
		if (LITERAL.test(text)) return true;
		// an address of the web has room for one recipient, and for much else
		if (OF_TOUCH.test(text)) return path[0] !== 'url' && namesAnother(text);
		// what a service calls the customer, after it was asked for the address of the touch
		if (looksUp(sender, graph)) return false;
		return isRequest ? ofCustomers(text).length > 0 : true;
	});
	if (other !== undefined) return `in ${other.path.join(' → ')}`;
	return isRequest ? otherAddressIn(sender) : undefined;
}

const PATH_OF_TOUCH = /\$[^$,;{}+]*?\b(journey|escalation)(\?\.|\.)(?!contact\b)\w+/g;
const DISPLAY_NAME = /[^,;<]*</g;
/** In an object: what belongs to the recipient, and is no address. */
const MEMBER = /(?<=[{,]\s*)(["']?)([\w-]+)\1\s*:[^,}\]]*/g;
const VALUE = /\$(json|input|node|vars|env|\()/;

/** Whether anything but the address of the touch is left, and what people call whoever reads it. */
function namesAnother(text: string): boolean {
	const left = text
		.replace(MEMBER, (member: string, _quote: string, name: string) =>
			isRecipientKey(name) ? member : '',
		)
		.replace(DISPLAY_NAME, '')
		.replace(PATH_OF_TOUCH, '');
	return VALUE.test(left);
}

/** Whether the node right before asks a service for the address of the touch. */
function looksUp({ name }: WorkflowNode, graph: Graph): boolean {
	return graph.into(name).some(({ from }) => {
		const before = graph.find(from);
		return before !== undefined && !isOurs(before) && mentionsTouch(before);
	});
}

function otherAddressIn(sender: WorkflowNode): string | undefined {
	const other = textsOf(sender).find(({ text }) => OTHER_FIELD.test(withoutFrom(text)));
	return other === undefined ? undefined : `in ${other.path.join(' → ')}`;
}

const subWorkflow: Rule = {
	code: 'sub-workflow-before-send',
	severity: 'error',
	holds: 'No sub-workflow stands between a journey and what sends.',
	todo: 'Send in the workflow of the journey; call other workflows before the journey, or after the message is confirmed.',
	*find(patient) {
		const { graph, touches } = patient;
		const senders = new Set(sendersIn(patient).map(({ name }) => name));
		const named = new Set<string>();
		for (const { source, reached, toCustomers } of touches.outputs) {
			for (const node of reached.values()) {
				if (!isSubWorkflow(node) || named.has(node.name)) continue;
				const behind = [...reach(graph, graph.from(node.name)).keys()];
				// a hand-over may be given to the escalation desk for good
				if (!toCustomers && !behind.some((name) => senders.has(name))) continue;
				named.add(node.name);
				yield {
					node: node.name,
					text: `'${node.name}' calls another workflow between '${source.name}' and what sends: there nobody can tell a test from a live run, and the touch is not confirmed.`,
				};
			}
		}
	},
};

export const senderRules: readonly Rule[] = [
	senderRetries,
	senderStops,
	errorLeadsNowhere,
	otherAddress,
	subWorkflow,
];
