import type { N8nClient } from './client';

const WEBHOOK = 'digital-cs/onboarding/events';
const SAMPLE_ACCOUNTS: string[] = [];

/**
 * Tells the onboarding journey, as a CRM would, that each sample customer was created. The ids never change, so doing
 * it again changes nothing.
 */
export async function sendSampleEvents(client: N8nClient): Promise<void> {
	await client.waitForWebhook(WEBHOOK);
	const occurredAt = new Date().toISOString();
	const events = SAMPLE_ACCOUNTS.map((accountId) => ({ id: `demo-created-${accountId}`, type: 'customer_created', accountId, occurredAt }));
	const { status, body } = await client.callWebhook(WEBHOOK, events);
	if (status >= 300) throw new Error(`The journey's webhook answered ${status} to the sample events: ${body.slice(0, 300)}`);
}
