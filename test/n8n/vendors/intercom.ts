import { z } from 'zod/v4';
import { NO_QUERY, operation, type Vendor } from './vendor';

const text = z.string();
const VERSIONS = ['2.10', '2.11', '2.12', '2.13', '2.14', '2.15', '2.16'];
const headers = z.looseObject({
	'content-type': text.startsWith('application/json'),
	'intercom-version': z.enum(VERSIONS).optional(),
});

const filter = z.strictObject({
	field: text.min(1),
	operator: z.enum(['=', '!=', 'IN', 'NIN', '<', '<=', '>', '>=', '~', '!~', '^', '$']),
	value: z.union([text, z.int(), z.boolean(), z.null(), z.array(z.union([text, z.int()]))]),
});
const search = z.strictObject({
	query: z.union([
		filter,
		z.strictObject({ operator: z.enum(['AND', 'OR']), value: z.array(filter).max(15) }),
	]),
	pagination: z
		.strictObject({ per_page: z.int().optional(), starting_after: text.nullish() })
		.optional(),
});

const recipient = z.strictObject({ type: z.enum(['user', 'lead']), id: text.min(1) });
/** `from.id` is an integer in the schema and a text of digits in its examples. */
const admin = z.strictObject({
	type: z.literal('admin'),
	id: z.union([z.int().positive(), text.regex(/^[1-9]\d*$/)]),
});
const recipients = z.union([recipient, z.array(recipient).min(1)]);
const common = { body: text.min(1), from: admin, to: recipients };
/** `create_message_request`; the schema lists `in_app`, its alternatives and examples say `inapp`. */
const message = z.discriminatedUnion('message_type', [
	z.strictObject({
		message_type: z.literal('email'),
		subject: text.min(1),
		template: z.enum(['plain', 'personal']),
		...common,
		cc: recipients.optional(),
		bcc: recipients.optional(),
		create_conversation_without_contact_reply: z.boolean().optional(),
	}),
	z.strictObject({
		message_type: z.enum(['inapp', 'in_app']),
		...common,
		create_conversation_without_contact_reply: z.boolean().optional(),
	}),
]);

export type IntercomState = {
	/** Addresses of contacts; all others are not found. */
	knows: (email: string) => boolean;
	messages: { to: string; type: string }[];
	conversations: Record<string, unknown>[];
};

export const INTERCOM = 'api.intercom.io';
export const INTERCOM_KEY = 'dG9rOmludGVyY29t';
const PAGE = 20;

export function intercom(state: IntercomState): Vendor {
	const codes: Record<number, string> = {
		400: 'parameter_invalid',
		401: 'unauthorized',
		404: 'not_found',
		429: 'rate_limit_exceeded',
	};
	return {
		hosts: [INTERCOM],
		description:
			'Intercom’s OpenAPI files of API 2.14 to 2.16 of 21 August 2026 (intercom/Intercom-OpenAPI, 8889625)',
		admits: ({ headers: { authorization } }) => authorization === `Bearer ${INTERCOM_KEY}`,
		refuse: (status, why) => ({
			status,
			body: {
				type: 'error.list',
				request_id: 'f93ecfa8-d08a-4325-8694-89aeb89c8f85',
				errors: [{ code: codes[status] ?? 'server_error', message: why }],
			},
		}),
		operations: [
			operation({
				method: 'POST',
				path: /^\/contacts\/search$/,
				headers,
				body: search,
				query: NO_QUERY,
				answer: ({ body: { query } }) => {
					const email = 'value' in query && typeof query.value === 'string' ? query.value : '';
					const found = state.knows(email) ? [{ type: 'contact', id: `ic-${email}`, email }] : [];
					const pages = { type: 'pages', page: 1, per_page: 50, total_pages: 1 };
					return {
						status: 200,
						body: { type: 'list', data: found, total_count: found.length, pages },
					};
				},
			}),
			operation({
				method: 'POST',
				path: /^\/messages$/,
				headers,
				body: message,
				query: NO_QUERY,
				answer: ({ body }) => {
					for (const { id: to } of [body.to].flat())
						state.messages.push({ to, type: body.message_type });
					const id = String(state.messages.length);
					return {
						status: 200,
						body: { ...body, type: 'admin_message', id, created_at: 1_667_560_812 },
					};
				},
			}),
			operation({
				method: 'POST',
				path: /^\/conversations\/search$/,
				headers,
				body: search,
				query: NO_QUERY,
				answer: ({ body: { pagination }, headers: sent }) => {
					const from = Number(pagination?.starting_after ?? 0);
					const to = from + (pagination?.per_page ?? PAGE);
					const next = to < state.conversations.length ? { starting_after: String(to) } : null;
					// the company is told from 2.15 on
					const tellsCompany = ['2.15', '2.16'].includes(String(sent['intercom-version']));
					const page = state.conversations.slice(from, to).map(({ company, ...rest }) => ({
						type: 'conversation',
						...rest,
						...(tellsCompany ? { company } : {}),
					}));
					return {
						status: 200,
						body: {
							type: 'conversation.list',
							conversations: page,
							total_count: state.conversations.length,
							pages: { type: 'pages', page: 1, per_page: PAGE, total_pages: 2, next },
						},
					};
				},
			}),
		],
	};
}
