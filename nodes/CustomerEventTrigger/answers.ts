import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Sender } from '../../engine/events/types';
import { answer, type Answer } from '../../services/webhooks/answer';
import { DEEPEST, MOST_EVENTS } from './fits';
import type { Refusal } from '../../services/webhooks/call';

/** Salesforce sends again until it reads exactly this. */
const ACKNOWLEDGED =
	'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

/** What the caller is told; who is not believed learns no more than which part to look at. */
const SENTENCES: Readonly<Record<Refusal, string>> = {
	noSecret: 'No signing secret is set here.',
	noSignature: 'The call is not signed as this sender signs.',
	badSignature: 'The signature does not fit the call.',
	badTimestamp: 'The call does not say when it was signed.',
	tooOld: 'The call was signed too long ago, or a clock is wrong.',
	wrongOrganization: 'The message is of another organization.',
};

export function accept(
	context: IWebhookFunctions,
	sender: Sender,
	received: number,
	isXml: boolean,
): IWebhookResponseData {
	const body = sender === 'salesforce' && isXml ? ACKNOWLEDGED : { received };
	return say(context, { status: 200, body });
}

/** A fault of ours is a 503, because senders give up sooner on a 401. */
export function refuse(context: IWebhookFunctions, why: Refusal): IWebhookResponseData {
	const status = why === 'noSecret' ? 503 : 401;
	return say(context, { status, body: { error: SENTENCES[why] } });
}

/** Nor would it fit the next time, so that nobody is asked to try again. */
export function tooMuch(context: IWebhookFunctions): IWebhookResponseData {
	const error = `A call may hold ${MOST_EVENTS.toLocaleString('en')} events, nested ${String(DEEPEST)} deep; nothing of it was kept. Send them in several.`;
	return say(context, { status: 413, body: { error } });
}

/** It could not be kept: whoever tries again loses nothing. */
export function later(context: IWebhookFunctions): IWebhookResponseData {
	const body = { error: 'The events could not be kept now; send them again.' };
	return say(context, { status: 503, headers: { 'retry-after': '30' }, body });
}

export function here(context: IWebhookFunctions): IWebhookResponseData {
	return say(context, { status: 200 });
}

/** n8n is told that the caller has its answer, and starts no execution. */
function say(context: IWebhookFunctions, what: Answer): IWebhookResponseData {
	answer(context.getResponseObject(), what);
	return { noWebhookResponse: true };
}
