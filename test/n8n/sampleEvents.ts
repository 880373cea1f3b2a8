import { sampleAccounts } from '../../engine/accounts/sample';
import type { N8nClient } from './client';
import { tellEvents } from './crmEvents';

/**
 * Tells the onboarding journey, as a CRM would, that each sample customer was created, as of `now` (ms since 1970). The
 * ids never change, so doing it again changes nothing.
 */
export async function sendSampleEvents(
	client: N8nClient,
	path: string,
	secret: string,
	now = Date.now(),
): Promise<void> {
	await client.waitForWebhook(path);
	const events = sampleAccounts(now).map(({ accountId, createdAt }) => ({
		id: `demo-created-${accountId}`,
		type: 'customer_created',
		accountId,
		occurredAt: createdAt ?? new Date(now).toISOString(),
	}));
	const { status, body } = await tellEvents(client, path, events, { secret });
	if (status >= 300) {
		throw new Error(
			`The journey's trigger answered ${status} to the sample events: ${body.slice(0, 300)}`,
		);
	}
}
