import { z } from 'zod/v4';
import { SENDING, secretFor } from '../harness/senders';
import type { Sender } from '../../engine/events/types';
import { ask } from './ask';
import type { N8nClient, WorkflowFile } from './client';
import { waitFor } from './processes';

const TRIGGER = 'Customer events';

/** The trigger, what it hands out written into the record, and unknown events on an end of their own. */
export function eventFlow(
	sender: Sender,
	over: Record<string, unknown> = {},
	credential = 'Signing secret',
): WorkflowFile {
	const to = (node: string): { node: string; type: string; index: number } => ({
		node,
		type: 'main',
		index: 0,
	});
	const node = (name: string, type: string, column: number, row: number, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [column * 240, row * 180],
		parameters: parameters as Record<string, unknown>,
	});
	return {
		name: `Events of ${sender}`,
		nodes: [
			{
				...node(TRIGGER, 'n8n-nodes-digital-cs.customerEventTrigger', 0, 0, {
					sender,
					accountIds: 'key',
					...over,
				}),
				typeVersion: 2,
				credentials: { digitalCsWebhookSecretApi: { id: null, name: credential } },
			},
			node('Remember', 'n8n-nodes-digital-cs.journeyLedger', 1, 0, { operation: 'recordEvent' }),
			node('Unknown', 'n8n-nodes-base.noOp', 1, 1, {}),
			node('Done', 'n8n-nodes-base.noOp', 2, 0, {}),
			node('Not done', 'n8n-nodes-base.noOp', 2, 1, {}),
		],
		connections: {
			[TRIGGER]: { main: [[to('Remember')], [to('Unknown')]] },
			Remember: { main: [[to('Done')], [to('Not done')]] },
		},
		settings: {
			executionOrder: 'v1',
			timezone: 'UTC',
			saveDataSuccessExecution: 'all',
			saveDataErrorExecution: 'all',
		},
	};
}

/** Makes the credential with which a sender is believed. */
export async function createSecret(
	client: N8nClient,
	sender: Sender,
	name = 'Signing secret',
	secrets = secretFor(sender),
): Promise<string> {
	return await client.createCredential({
		name,
		type: 'digitalCsWebhookSecretApi',
		data: { secrets },
	});
}

/** Where the trigger of a saved workflow is called. */
export async function addressOf(
	client: N8nClient,
	workflowId: string,
	kind: 'webhook' | 'webhook-test' = 'webhook',
): Promise<string> {
	const workflow = await client.findWorkflow(workflowId);
	const { webhookId } = z
		.looseObject({ webhookId: z.string() })
		.parse(workflow?.nodes.find(({ name }) => name === TRIGGER));
	return `${client.url}/${kind}/${webhookId}/events`;
}

/** Calls as the sender does, and gives the status. */
export async function call(
	address: string,
	sender: Sender,
	content: unknown,
	over: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
	const sent = SENDING[sender](typeof content === 'string' ? content : JSON.stringify(content), {
		secret: secretFor(sender),
		now: Date.now(),
		url: address,
	});
	const response = await ask(sent.query === undefined ? address : `${address}?${sent.query}`, {
		method: 'POST',
		headers: {
			'content-type': sent.body.startsWith('<') ? 'text/xml' : 'application/json',
			...sent.headers,
			...over,
		},
		body: sent.body,
	});
	return { status: response.status, body: await response.text() };
}

/** Publishing answers before the webhook listens. */
export async function listening(address: string): Promise<void> {
	await waitFor('the trigger listening', async () => {
		const { status } = await ask(address, { method: 'HEAD' });
		return status === 200 ? true : undefined;
	});
}

/** Notifications of HubSpot that a company became a customer. */
export function becameCustomers(from: number, count: number): object[] {
	return Array.from({ length: count }, (_none, index) => ({
		eventId: 1,
		subscriptionId: 7,
		portalId: 62515,
		appId: 54321,
		occurredAt: Date.UTC(2026, 2, 2, 9) + from + index,
		subscriptionType: 'company.propertyChange',
		attemptNumber: 0,
		objectId: from + index,
		propertyName: 'lifecyclestage',
		propertyValue: 'customer',
		changeSource: 'CRM_UI',
	}));
}
