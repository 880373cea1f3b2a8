import { z } from 'zod/v4';
import { basic, NO_BODY, operation, type Vendor } from './vendor';

export const ZENDESK = 'acme.zendesk.com';
export const ZENDESK_LOGIN = {
	subdomain: 'acme',
	email: 'agent@vendor.example',
	apiToken: 'token',
};
export const STRIPE = 'api.stripe.com';
export const STRIPE_KEY = 'sk_test_vendor';

const STATUSES = [
	...(['active', 'all', 'canceled', 'ended', 'incomplete', 'incomplete_expired'] as const),
	...(['past_due', 'paused', 'trialing', 'unpaid'] as const),
] as const;

/** Search stops at this many, however often one turns the page. */
const MOST_FOUND = 1000;
const PAGE = 100;

export function zendesk(tickets: () => readonly Record<string, unknown>[]): Vendor {
	const { email, apiToken } = ZENDESK_LOGIN;
	const url = `https://${ZENDESK}/api/v2/search.json`;
	return {
		hosts: [ZENDESK],
		description:
			'Zendesk’s OpenAPI file of search (GET /api/v2/search) in a third party’s copy of 22 August 2026 (api-evangelist/zendesk, aaa5480), and developer.zendesk.com/api-reference/ticketing/ticket-management/search, Results limit',
		admits: ({ headers }) => headers.authorization === basic(`${email}/token`, apiToken),
		refuse: (status, description) => ({ status, body: { error: 'invalid', description } }),
		operations: [
			operation({
				method: 'GET',
				path: /^\/api\/v2\/search(?:\.json)?$/,
				body: NO_BODY,
				query: z.strictObject({
					// n8n's node repeats its query behind the one that the next page's address has: the last one counts
					query: z
						.union([z.string().min(1), z.array(z.string().min(1))])
						.transform((given) => [given].flat().at(-1) ?? ''),
					page: z.string().optional(),
					per_page: z.string().optional(),
					sort_by: z
						.enum(['updated_at', 'created_at', 'priority', 'status', 'ticket_type'])
						.optional(),
					sort_order: z.enum(['asc', 'desc']).optional(),
				}),
				answer: ({ query: { query, page = '1' } }) => {
					const open = query.includes('status<solved');
					const found = tickets().filter(({ status }) => !open || status !== 'solved');
					const from = (Number(page) - 1) * PAGE;
					if (from >= MOST_FOUND)
						return {
							status: 422,
							body: { error: 'invalid', description: 'Invalid search: too many results' },
						};
					const more = from + PAGE < found.length;
					const next = new URLSearchParams({ query, page: String(Number(page) + 1) });
					return {
						status: 200,
						body: {
							count: found.length,
							results: found.slice(from, from + PAGE),
							facets: null,
							previous_page: null,
							next_page: more ? `${url}?${next.toString()}` : null,
						},
					};
				},
			}),
		],
	};
}

export function stripe(subscriptions: () => readonly Record<string, unknown>[]): Vendor {
	return {
		hosts: [STRIPE],
		description:
			'SubscriptionListParams in the types of Stripe’s own library (stripe 23.1.0, made from its OpenAPI file); the error’s form from its API reference, by heart',
		admits: ({ headers }) => headers.authorization === `Bearer ${STRIPE_KEY}`,
		refuse: (status, message) => ({
			status,
			body: { error: { type: 'invalid_request_error', message } },
		}),
		operations: [
			operation({
				method: 'GET',
				path: /^\/v1\/subscriptions$/,
				body: NO_BODY,
				query: z.strictObject({
					limit: z
						.string()
						.regex(/^(?:[1-9]\d?|100)$/)
						.optional(),
					starting_after: z.string().startsWith('sub_').optional(),
					ending_before: z.string().optional(),
					customer: z.string().optional(),
					price: z.string().optional(),
					status: z.enum(STATUSES).optional(),
					'expand[]': z.literal('data.customer').optional(),
				}),
				answer: ({ query }) => {
					const all = subscriptions();
					const after = query.starting_after;
					const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
					const to = from + Number(query.limit ?? 10);
					const data = all
						.slice(from, to)
						.map((one) =>
							query['expand[]'] === undefined
								? { ...one, customer: (one.customer as { id: string }).id }
								: one,
						);
					return {
						status: 200,
						body: { object: 'list', url: '/v1/subscriptions', has_more: to < all.length, data },
					};
				},
			}),
		],
	};
}
