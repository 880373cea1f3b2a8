import { createHmac } from 'node:crypto';
import { ask } from './ask';
import type { N8nClient, WorkflowFile } from './client';
import { EVENTS } from './clock';

const TYPE = 'digitalCsWebhookSecretApi';
/** As the templates name it. */
const NAME = 'Customer events secret';
const SECRET = 'a-long-random-word-of-our-own';

/** Where n8n lets a trigger listen: under the id that its node has. */
export function eventsPath(webhookId: string): string {
	return `${webhookId}/events`;
}

/**
 * The journey with its trigger switched on, as somebody does who lets the CRM tell it something.
 * @param webhookId part of its address; n8n makes one up where the node has none
 */
export function withEvents(
	workflow: WorkflowFile,
	credential: { id: string; name: string },
	webhookId?: string,
): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === EVENTS
				? {
						...node,
						disabled: false,
						// nobody waits a minute here for the second event
						parameters: { ...node.parameters, options: { secondsBetween: 1 } },
						credentials: { [TYPE]: credential },
						...(webhookId === undefined ? {} : { webhookId }),
					}
				: node,
		),
	};
}

/** Makes the credential with which events are believed; there is one for all triggers. */
export async function createEventsSecret(
	client: N8nClient,
	secrets = SECRET,
): Promise<{ id: string; name: string }> {
	const credential = { name: NAME, type: TYPE, data: { secrets } };
	const known = await client.findCredential(NAME, TYPE);
	if (known !== undefined) await client.updateCredential(known, credential);
	return { id: known ?? (await client.createCredential(credential)), name: NAME };
}

/**
 * Tells a journey what happened, signed as a product of one's own signs. It is answered before anybody acts on it.
 * @param now the present of the test's clock, which the events carry along
 */
export async function tellEvents(
	client: N8nClient,
	path: string,
	events: object | readonly object[],
	{ now, secret = SECRET }: { now?: string; secret?: string } = {},
): Promise<{ status: number; body: string }> {
	const list: readonly object[] = Array.isArray(events) ? events : [events];
	const body = JSON.stringify(list.map((event) => ({ ...event, now })));
	const response = await ask(`${client.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-signature': signatureOf(body, secret) },
		body,
	});
	return { status: response.status, body: await response.text() };
}

export function signatureOf(body: string, secret: string): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}
