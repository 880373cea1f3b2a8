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
