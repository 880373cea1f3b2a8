import type { INode } from 'n8n-workflow';

/** What a node of a workflow is, by its type; whether it is switched on is another question. */
type Kind = Pick<INode, 'type'>;

/** Nodes that send a mail by themselves. Two of them behind one output would send every touch twice. */
const SENDERS = [
	'.journeyEmail',
	'.emailSend',
	'.gmail',
	'.sendGrid',
	'.mailgun',
	'.mailjet',
	'.awsSes',
	'.microsoftOutlook',
];

export function isSender(node: Kind): boolean {
	return SENDERS.some((type) => node.type.endsWith(type));
}

/** Nodes of n8n that change or sort items, and tell nobody of them. */
const QUIET: ReadonlySet<string> = new Set([
	...['aggregate', 'code', 'compareDatasets', 'compression', 'convertToFile', 'crypto', 'dateTime'],
	...['extractFromFile', 'filter', 'function', 'functionItem', 'html', 'if', 'itemLists', 'limit'],
	...[
		'markdown',
		'merge',
		'moveBinaryData',
		'noOp',
		'removeDuplicates',
		'renameKeys',
		'set',
		'sort',
	],
	...['splitInBatches', 'splitOut', 'stickyNote', 'summarize', 'switch', 'wait', 'xml'],
]);

/** Whether anybody may hear of what arrives at it: a sender, a system outside, another workflow. */
export function tellsSomebody(node: Kind): boolean {
	const [pack = '', name = ''] = node.type.split(/\.(?=[^.]*$)/);
	if (pack === 'n8n-nodes-base') return !QUIET.has(name);
	return isJourneyEmail(node) || !pack.endsWith('n8n-nodes-digital-cs');
}

export function isJourneyEmail({ type }: Kind): boolean {
	return type.endsWith('.journeyEmail');
}

/** It hands out touches, under `journey`. */
export function isJourney({ type }: Kind): boolean {
	return type.endsWith('.customerJourney');
}

/** It hands out notices, under `escalation`. */
export function isRouter({ type }: Kind): boolean {
	return type.endsWith('.escalationRouter');
}

export function handsOut(node: Kind): boolean {
	return isJourney(node) || isRouter(node);
}

/** Loop Over Items: `done`, then `loop`. */
export function isLoop({ type }: Kind): boolean {
	return type.endsWith('.splitInBatches');
}

/** It adds what is to be sent; its first output alone leads on to a sender, the others say why nothing is sent. */
export function isSelector({ type }: Kind): boolean {
	return type.endsWith('.contentSelector');
}

/** A Content Selector that asks beforehand: from there nothing goes on to anybody. */
export function asksBeforehand(node: INode): boolean {
	return isSelector(node) && node.parameters.operation === 'submitBatch';
}

/** A Journey Ledger that confirms what another node sent. */
export function isConfirm({ type, parameters }: INode): boolean {
	return type.endsWith('.journeyLedger') && parameters.operation === 'confirmTouch';
}
