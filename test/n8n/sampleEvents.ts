import { sampleAccounts } from '../../engine/accounts/sample';
import type { N8nClient } from './client';

/** Where the onboarding journey listens to the CRM (workflows/journey-onboarding.json). */
const WEBHOOK = 'digital-cs/onboarding/events';

/**
 * Tells the onboarding journey, as a CRM would, that each sample customer was created. The ids never change, so doing
 * it again changes nothing.
 */
export async function sendSampleEvents(client: N8nClient): Promise<void> {
	await client.waitForWebhook(WEBHOOK);
	const now = Date.now();
	const events = sampleAccounts(now).map(({ accountId, createdAt }) => ({
		id: `demo-created-${accountId}`,
		type: 'customer_created',
		accountId,
		occurredAt: createdAt ?? new Date(now).toISOString(),
	}));
	const { status, body } = await client.callWebhook(WEBHOOK, events);
	if (status >= 300) {
		throw new Error(
			`The journey's webhook answered ${status} to the sample events: ${body.slice(0, 300)}`,
		);
	}
}
