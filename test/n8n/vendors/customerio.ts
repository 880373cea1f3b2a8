import { z } from 'zod/v4';
import { basic, NO_QUERY, operation, type Vendor } from './vendor';

/** Crockford's 32 signs, 26 of them, 128 bits: the first is at most 7 (github.com/ulid/spec). */
const ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
/** `post /api/v1/customers/{identifier}/events`, "Standard event". */
const event = z.strictObject({
	name: z.string().min(1),
	id: ulid.optional(),
	type: z.literal('event').optional(),
	timestamp: z.int().optional(),
	data: z.record(z.string(), z.unknown()).optional(),
});

export type CustomerioState = {
	/** Events that count: "if an event repeats a value we've already received, we ignore the duplicate". */
	events: Map<string, { person: string; name: string; data: Record<string, unknown> }>;
};

export const CUSTOMERIO = 'track.customer.io';
export const CUSTOMERIO_KEY = { trackingSiteId: 'site', trackingApiKey: 'tracking-key' };

export function customerio(state: CustomerioState): Vendor {
	const { trackingSiteId, trackingApiKey } = CUSTOMERIO_KEY;
	return {
		hosts: [CUSTOMERIO],
		description:
			'Customer.io’s OpenAPI file of the Track API, docs.customer.io/files/journeys-track.json, in a third party’s copy of 13 August 2026 (api-evangelist/customer-io, b501ffb)',
		admits: ({ headers }) => headers.authorization === basic(trackingSiteId, trackingApiKey),
		refuse: (status, why) => ({ status, body: { meta: { errors: [why] } } }),
		operations: [
			operation({
				method: 'POST',
				path: /^\/api\/v1\/customers\/([^/]+)\/events$/,
				body: event,
				query: NO_QUERY,
				answer: ({ body: { id, name, data = {} } }, [identifier = '']) => {
					const key = id ?? `none ${String(state.events.size)}`;
					const person = decodeURIComponent(identifier);
					if (!state.events.has(key)) state.events.set(key, { person, name, data });
					return { status: 200, body: {} };
				},
			}),
		],
	};
}
