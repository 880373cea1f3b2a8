import { z } from 'zod/v4';
import { NO_QUERY, operation, type Operation, type Vendor } from './vendor';

/** What the journeys' *Or: webhook* says: there is no vendor to describe it but this pack (docs/onboarding.md). */
const message = z.strictObject({
	id: z.string().min(1),
	to: z.email(),
	accountId: z.string().min(1),
	journey: z.string().min(1),
	step: z.string().min(1),
	name: z.string(),
	content: z.looseObject({}).nullable(),
});
const inApp = z.strictObject({
	id: z.string().min(1),
	to: z.email(),
	accountId: z.string().min(1),
	show: z.string().min(1),
});
const headers = z.looseObject({
	'idempotency-key': z.string().min(1),
	'content-type': z.string().startsWith('application/json'),
});

/** Messages by their key: who takes an idempotency key does a thing once. */
export type WebhookState = { messages: Map<string, { to: string; accountId: string }> };

export const WEBHOOK = 'hooks.example.com';

export function webhook(state: WebhookState): Vendor {
	return {
		hosts: [WEBHOOK],
		description:
			'the body that docs/onboarding.md names, and the Idempotency-Key header of draft-ietf-httpapi-idempotency-key-header',
		admits: () => true,
		refuse: (status, why) => ({ status, body: { error: why } }),
		operations: [taking(state, /^\/messages$/, message), taking(state, /^\/in-app$/, inApp)],
	};
}

function taking(
	state: WebhookState,
	path: RegExp,
	body: z.ZodType<{ id: string; to: string; accountId: string }>,
): Operation {
	return operation({
		method: 'POST',
		path,
		headers,
		body,
		query: NO_QUERY,
		answer: ({ body: { id, to, accountId }, headers: sent }) => {
			if (sent['idempotency-key'] !== id)
				return { status: 400, body: { error: 'the header and the id are two keys' } };
			if (!state.messages.has(id)) state.messages.set(id, { to, accountId });
			return { status: 202 };
		},
	});
}
