import { z } from 'zod/v4';
import { NO_BODY, NO_QUERY, operation, type Vendor } from './vendor';

const text = z.string();
const scalar = z.union([text, z.number(), z.boolean()]);

/** `post /marketing/v4/email/single-send`. Values of custom properties: "do not currently support arrays". */
const singleSend = z.strictObject({
	emailId: z.int().positive(),
	message: z.strictObject({
		to: z.email(),
		sendId: text.min(1).optional(),
		from: text.optional(),
		replyTo: z.array(text).optional(),
		cc: z.array(text).optional(),
		bcc: z.array(text).optional(),
	}),
	contactProperties: z.record(text, text).optional(),
	customProperties: z.record(text, scalar).optional(),
});

const id = z.union([z.int(), text.regex(/^\d+$/)]);
/** `post /engagements/v1/engagements`, of which n8n's node makes tasks. Ids are numbers; HubSpot reads digits as well. */
const engagement = z.strictObject({
	engagement: z.strictObject({
		type: z.enum(['EMAIL', 'CALL', 'MEETING', 'TASK', 'NOTE']),
		active: z.boolean().optional(),
		ownerId: id.optional(),
		timestamp: z.int().optional(),
	}),
	associations: z.strictObject({
		contactIds: z.array(id).optional(),
		companyIds: z.array(id).optional(),
		dealIds: z.array(id).optional(),
		ownerIds: z.array(id).optional(),
		ticketIds: z.array(id).optional(),
	}),
	attachments: z.array(z.strictObject({ id })).optional(),
	metadata: z.strictObject({
		subject: text.optional(),
		body: text.optional(),
		status: z.enum(['NOT_STARTED', 'COMPLETED', 'IN_PROGRESS', 'WAITING', 'DEFERRED']).optional(),
		forObjectType: z.enum(['CONTACT', 'COMPANY']).optional(),
	}),
});

const several = z.union([text, z.array(text)]);
/** `get /companies/v2/companies/paged`; what n8n's node adds of its own (`count`, `propertyMode`) HubSpot does not look at. */
const paged = z.strictObject({
	limit: text.regex(/^\d+$/).optional(),
	offset: text.regex(/^\d+$/).optional(),
	properties: several.optional(),
	propertiesWithHistory: several.optional(),
	count: text.optional(),
	propertyMode: text.optional(),
});
const PAGE = 250;

/** Properties that companies have, or HubSpot leaves them out of its answer. */
export type Company = { companyId: number; properties: Record<string, string> };

export type HubspotState = {
	companies: Company[];
	/** E-mails that left, by `sendId`: "No more than one email will be sent per sendId". */
	mails: Map<string, { to: string; emailId: number }>;
	tasks: { subject: string; companyIds: string[] }[];
};

export const HUBSPOT = 'api.hubapi.com';
export const HUBSPOT_KEY = 'pat-na1-test';

export function hubspot(state: HubspotState): Vendor {
	return {
		hosts: [HUBSPOT],
		description:
			'HubSpot’s OpenAPI files of single-send v4 of 21 August 2026 (HubSpot/HubSpot-public-api-spec-collection, 9989379) and the reference pages of companies v2 and engagements v1, developers.hubspot.com/docs/api-reference/legacy, as of 2026 (values of a task’s metadata by heart)',
		admits: ({ headers }) => headers.authorization === `Bearer ${HUBSPOT_KEY}`,
		refuse: (status, message) => ({
			status,
			body:
				status === 429
					? {
							status: 'error',
							message: 'You have reached your ten_secondly_rolling limit.',
							errorType: 'RATE_LIMIT',
							policyName: 'TEN_SECONDLY_ROLLING',
						}
					: {
							status: 'error',
							message,
							category: status === 401 ? 'INVALID_AUTHENTICATION' : 'VALIDATION_ERROR',
						},
		}),
		operations: [
			operation({
				method: 'POST',
				path: /^\/marketing\/v4\/email\/single-send$/,
				body: singleSend,
				query: NO_QUERY,
				answer: ({ body: { emailId, message } }) => {
					const key = message.sendId ?? `none ${String(state.mails.size)}`;
					const known = state.mails.has(key);
					if (!known) state.mails.set(key, { to: message.to, emailId });
					const sendResult = known ? { sendResult: 'IDEMPOTENT_IGNORE' } : {};
					return { status: 200, body: { status: 'PENDING', statusId: key, ...sendResult } };
				},
			}),
			operation({
				method: 'GET',
				path: /^\/companies\/v2\/companies\/paged$/,
				// n8n's node sends a limit along, as JSON
				body: z.union([NO_BODY, z.strictObject({ limit: z.int() })]),
				query: paged,
				answer: ({ query }) => {
					const limit = Number(query.limit ?? 100);
					if (limit > PAGE) return { status: 400, body: { status: 'error', message: 'limit' } };
					const from = Number(query.offset ?? 0);
					const asked = new Set([query.properties ?? []].flat());
					const page = state.companies.slice(from, from + limit);
					return {
						status: 200,
						body: {
							companies: page.map(({ companyId, properties }) => ({
								portalId: 62515,
								companyId,
								isDeleted: false,
								properties: Object.fromEntries(
									Object.entries(properties)
										.filter(([name]) => asked.has(name))
										.map(([name, value]) => [name, { value, timestamp: 0, source: 'CRM_UI' }]),
								),
							})),
							'has-more': from + limit < state.companies.length,
							offset: from + limit,
						},
					};
				},
			}),
			operation({
				method: 'POST',
				path: /^\/engagements\/v1\/engagements$/,
				body: engagement,
				query: NO_QUERY,
				answer: ({ body }) => {
					const companyIds = (body.associations.companyIds ?? []).map(String);
					state.tasks.push({ subject: body.metadata.subject ?? '', companyIds });
					const { engagement: own, associations, metadata } = body;
					const made = { ...own, id: state.tasks.length, portalId: 62515, active: true };
					return { status: 200, body: { engagement: made, associations, metadata } };
				},
			}),
		],
	};
}
