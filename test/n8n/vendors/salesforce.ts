import { z } from 'zod/v4';
import { NO_BODY, NO_QUERY, operation, type Answer, type Vendor } from './vendor';

const text = z.string();
const recordId = text.regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/);

/** Fields of Task that n8n's node can set, as the object reference describes them. */
const task = z.strictObject({
	Status: text.min(1).max(255),
	Subject: text.max(255).optional(),
	Priority: z.enum(['High', 'Normal', 'Low']).optional(),
	ActivityDate: z.iso.date().optional(),
	Description: text.max(32_000).optional(),
	WhatId: recordId.optional(),
	WhoId: recordId.optional(),
	OwnerId: recordId.optional(),
	TaskSubtype: text.optional(),
});
const refresh = z.looseObject({
	grant_type: z.literal('refresh_token'),
	refresh_token: text.min(1),
	client_id: text.min(1).optional(),
	client_secret: text.optional(),
});
const SOQL = /^SELECT ([\w.]+(?:, ?[\w.]+)*) FROM Account *(?:WHERE (.+))?$/;
/** The conditions that these tests ask for: a field is, or is like, a text; one of several is enough. */
const CONDITION = /^(\w+) (=|LIKE) '([^'%]*)(%?)'$/;

export type SalesforceState = {
	/** Access tokens that hold; a refresh gives a new one. */
	tokens: Set<string>;
	accounts: Map<string, Record<string, unknown>>;
	tasks: z.infer<typeof task>[];
	/** Records in a page of an answer to a query. */
	page: number;
};

export const SALESFORCE = 'acme.my.salesforce.com';
export const LOGIN = 'login.salesforce.com';
const REFRESH_TOKEN = '5Aep861test';
/** Of n8n's credential *Salesforce OAuth2 API*, after somebody has signed in. */
export const salesforceLogin = (accessToken: string): object => ({
	environment: 'production',
	clientId: 'consumer-key',
	clientSecret: 'consumer-secret',
	oauthTokenData: {
		access_token: accessToken,
		refresh_token: REFRESH_TOKEN,
		token_type: 'Bearer',
		instance_url: `https://${SALESFORCE}`,
	},
});

export function salesforce(state: SalesforceState): Vendor {
	const error = (status: number, errorCode: string, message: string): Answer => ({
		status,
		body: [{ message, errorCode }],
	});
	/** What the last query found. */
	let all: [id: string, record: Record<string, unknown>][] = [];
	const find = (where: string | undefined): Answer | undefined => {
		const wanted = where?.split(' OR ').map((text) => CONDITION.exec(text));
		if (wanted?.includes(null) === true) return error(400, 'MALFORMED_QUERY', where ?? '');
		all = [...state.accounts].filter(
			([, record]) =>
				wanted?.some((condition) => {
					const [, field = '', , text = '', rest] = condition ?? [];
					const found = record[field];
					const value = typeof found === 'string' ? found.toLowerCase() : '';
					const word = text.toLowerCase();
					return rest === '%' ? value.startsWith(word) : value === word;
				}) ?? true,
		);
		return undefined;
	};
	const pageOf = (fields: readonly string[], from: number): Answer => {
		const [first = {}] = state.accounts.values();
		// a relation has its fields in an object
		const top = fields.map((field) => field.split('.')[0] ?? '');
		const unknown = top.find((field) => field !== 'Id' && !(field in first));
		if (unknown !== undefined)
			return error(400, 'INVALID_FIELD', `No such column '${unknown}' on entity 'Account'.`);
		const records = all.slice(from, from + state.page).map(([id, record]) => ({
			attributes: { type: 'Account', url: `/services/data/v59.0/sobjects/Account/${id}` },
			...Object.fromEntries(top.map((field) => [field, field === 'Id' ? id : record[field]])),
		}));
		const to = from + state.page;
		const done = to >= all.length;
		const next = `/services/data/v59.0/query/01gRM-${fields.join('-')}-${String(to)}`;
		return {
			status: 200,
			body: { totalSize: all.length, done, ...(done ? {} : { nextRecordsUrl: next }), records },
		};
	};
	return {
		hosts: [SALESFORCE, LOGIN],
		description:
			'Salesforce’s REST API Developer Guide: Query and Query More Results (developer.salesforce.com/docs/platform/api-rest, as of 2026). Fields of Task, the refresh of a token and error codes are written by heart: no description of them could be read',
		admits: ({ host, headers }) =>
			host === LOGIN || state.tokens.has((headers.authorization ?? '').replace('Bearer ', '')),
		refuse: (status, why) =>
			error(
				status,
				{ 401: 'INVALID_SESSION_ID', 404: 'NOT_FOUND', 429: 'REQUEST_LIMIT_EXCEEDED' }[status] ??
					'JSON_PARSER_ERROR',
				status === 401 ? 'Session expired or invalid' : why,
			),
		operations: [
			operation({
				method: 'POST',
				path: /^\/services\/oauth2\/token$/,
				body: refresh,
				query: NO_QUERY,
				answer: ({ body }) => {
					if (body.refresh_token !== REFRESH_TOKEN)
						return {
							status: 400,
							body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
						};
					const token = `00Dxx!refreshed-${String(state.tokens.size)}`;
					state.tokens.add(token);
					return {
						status: 200,
						body: {
							access_token: token,
							instance_url: `https://${SALESFORCE}`,
							id: `https://${LOGIN}/id/00Dx0000000BV7z/005x00000012Q9P`,
							token_type: 'Bearer',
							issued_at: '1278448384422',
							signature: 'SSSbLO/gBhmmyNUvN18ODBDFYHzakxOMgqYtu+hDPsc=',
						},
					};
				},
			}),
			operation({
				method: 'GET',
				path: /^\/services\/data\/v59\.0\/query$/,
				body: NO_BODY,
				query: z.strictObject({ q: text.regex(SOQL) }),
				answer: ({ query: { q } }) => {
					const [, fields = '', where] = SOQL.exec(q) ?? [];
					return find(where) ?? pageOf(fields.split(/, ?/), 0);
				},
			}),
			operation({
				method: 'GET',
				path: /^\/services\/data\/v59\.0\/query\/01gRM-([\w.-]+)-(\d+)$/,
				body: NO_BODY,
				// n8n's node sends the query once more
				query: z.strictObject({ q: text.optional() }),
				answer: (_asked, [fields = '', from = '0']) => pageOf(fields.split('-'), Number(from)),
			}),
			operation({
				method: 'POST',
				path: /^\/services\/data\/v59\.0\/sobjects\/task$/i,
				body: task,
				query: NO_QUERY,
				answer: ({ body }) => {
					if (body.WhatId !== undefined && !state.accounts.has(body.WhatId))
						return error(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
					state.tasks.push(body);
					return { status: 201, body: { id: '00Tx0000001aBcDEAU', success: true, errors: [] } };
				},
			}),
		],
	};
}
