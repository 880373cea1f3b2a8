import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod/v4';
import { startInternet } from './vendors/internet';

export type FakeCrmApi = {
	/** What n8n has to be started with, to find both where they are. */
	env: Record<string, string>;
	/** What HubSpot's companies, or Salesforce's accounts, hold now, by record. */
	records: Map<string, Record<string, unknown>>;
	/** Names of HubSpot's property groups and of the properties of companies. */
	groups: Set<string>;
	properties: Map<string, string>;
	/** How many records each call that was answered wrote, or tried to; and each call's path. */
	calls: { path: string; size: number; status: number }[];
	/** What did not fit the vendor's API description; a test that ends with any has failed. */
	complaints: string[];
	/** Calls are taken, done and not answered until `answer` is called: the moment to pull the plug. */
	holdAnswers: () => { whenAsked: Promise<void>; answer: () => void };
	close: () => Promise<void>;
};

export const HUBSPOT_KEY = 'pat-na1-test';
export const SALESFORCE_TOKEN = '00Dxx!test';
/** As the workflow has them; the second is for everybody to replace by their own. */
const HOSTS = ['api.hubapi.com', 'your-domain.my.salesforce.com'];

const text = z.string();
/** https://developers.hubspot.com/docs/api-reference/crm-companies-v3/batch/post-crm-v3-objects-companies-batch-update */
const batchUpdate = z.strictObject({
	inputs: z
		.array(
			z.strictObject({
				id: text.min(1),
				idProperty: text.optional(),
				objectWriteTraceId: text.optional(),
				properties: z.record(text, text),
			}),
		)
		.min(1)
		.max(100),
});
/** https://developers.hubspot.com/docs/api-reference/crm-properties-v3/groups */
const propertyGroup = z.strictObject({
	name: text.regex(/^[a-z][a-z0-9_]*$/),
	label: text.min(1),
	displayOrder: z.int().optional(),
});
/** https://developers.hubspot.com/docs/api-reference/crm-properties-v3/batch */
const propertyBatch = z.strictObject({
	inputs: z.array(
		z.strictObject({
			name: text.regex(/^[a-z][a-z0-9_]*$/),
			label: text.min(1),
			groupName: text,
			type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
			fieldType: z.enum([
				'text',
				'textarea',
				'number',
				'date',
				'select',
				'radio',
				'checkbox',
				'booleancheckbox',
				'file',
				'html',
				'phonenumber',
			]),
			description: text.optional(),
		}),
	),
});
/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm */
const collection = z.strictObject({
	allOrNone: z.boolean().optional(),
	records: z
		.array(
			z.looseObject({
				attributes: z.strictObject({ type: z.literal('Account') }),
				id: text.regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/),
			}),
		)
		.min(1)
		.max(200),
});
const SALESFORCE_FIELD =
	/^(?:attributes|id|Digital_CS_(?:Health_Score|Health_Band|Tier|Journeys|Last_Touch|Last_Touch_At|Next_Touch|Next_Touch_At|Open_Case|Case_Owner|Case_Since)__c)$/;

type Answer = { status: number; body: unknown; size: number };

/** HubSpot's and Salesforce's APIs as far as the write-back calls them, over TLS, as strict as their descriptions. */
export async function startFakeCrmApi(): Promise<FakeCrmApi> {
	const fake: Omit<FakeCrmApi, 'env' | 'holdAnswers' | 'close'> = {
		records: new Map(),
		groups: new Set(['companyinformation']),
		properties: new Map([['name', 'string']]),
		calls: [],
		complaints: [],
	};
	let onAsked: ((send: () => void) => void) | undefined;
	const internet = await startInternet(HOSTS, (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { status, body, size } = answerTo(
				fake,
				request,
				Buffer.concat(chunks).toString('utf8'),
			);
			fake.calls.push({ path: request.url ?? '', size, status });
			const send = (): void => reply(response, status, body);
			if (onAsked === undefined) send();
			else onAsked(send);
		});
	});
	return {
		...fake,
		env: internet.env,
		holdAnswers: () => {
			const waiting: (() => void)[] = [];
			const whenAsked = new Promise<void>((resolve) => {
				onAsked = (send) => {
					waiting.push(send);
					resolve();
				};
			});
			return {
				whenAsked,
				answer: () => {
					onAsked = undefined;
					for (const send of waiting) send();
				},
			};
		},
		close: internet.close,
	};
}

function reply(response: ServerResponse, status: number, body: unknown): void {
	if (response.destroyed) return;
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

type Fake = Pick<FakeCrmApi, 'records' | 'groups' | 'properties' | 'complaints'>;

function answerTo(
	fake: Fake,
	{ method, url = '', headers }: IncomingMessage,
	sent: string,
): Answer {
	const complain = (what: string, status = 400): Answer => {
		fake.complaints.push(`${method ?? ''} ${url}: ${what}`);
		return {
			status,
			body: { status: 'error', message: what, category: 'VALIDATION_ERROR' },
			size: 0,
		};
	};
	const isSalesforce = headers.host === HOSTS[1];
	const key = isSalesforce ? SALESFORCE_TOKEN : HUBSPOT_KEY;
	if (headers.authorization !== `Bearer ${key}`) return complain('not authorized', 401);
	if (headers['content-type']?.startsWith('application/json') !== true)
		return complain('the content type is not JSON');
	const body: unknown = JSON.parse(sent);
	const read = <Value>(schema: z.ZodType<Value>, then: (value: Value) => Answer): Answer => {
		const parsed = schema.safeParse(body);
		return parsed.success ? then(parsed.data) : complain(z.prettifyError(parsed.error));
	};
	switch (`${method ?? ''} ${url}`) {
		case 'POST /crm/v3/properties/companies/groups':
			return read(propertyGroup, ({ name }) => {
				if (fake.groups.has(name))
					return { status: 409, body: { status: 'error', category: 'CONFLICT' }, size: 1 };
				fake.groups.add(name);
				return { status: 201, body: { name, archived: false }, size: 1 };
			});
		case 'POST /crm/v3/properties/companies/batch/create':
			return read(propertyBatch, ({ inputs }) => {
				const lost = inputs.find(({ groupName }) => !fake.groups.has(groupName));
				if (lost !== undefined) return complain(`there is no group ${lost.groupName}`);
				const fresh = inputs.filter(({ name }) => !fake.properties.has(name));
				for (const { name, type } of fresh) fake.properties.set(name, type);
				const errors = inputs.length - fresh.length;
				const results = fresh.map(({ name }) => ({ name }));
				return errors === 0
					? { status: 201, body: { status: 'COMPLETE', results }, size: inputs.length }
					: {
							status: 207,
							body: { status: 'COMPLETE', results, numErrors: errors, errors: [] },
							size: inputs.length,
						};
			});
		case 'POST /crm/v3/objects/companies/batch/update':
			return read(batchUpdate, ({ inputs }) => updateCompanies(fake, inputs));
		case 'PATCH /services/data/v59.0/composite/sobjects':
			return read(collection, ({ records }) => updateAccounts(fake, records, complain));
		default:
			return complain('there is no such address', 404);
	}
}

type Input = z.infer<typeof batchUpdate>['inputs'][number];

function updateCompanies(fake: Fake, inputs: readonly Input[]): Answer {
	const wrong = inputs.flatMap(({ properties }) =>
		Object.entries(properties).filter(([name, value]) => !fits(fake.properties.get(name), value)),
	);
	// one property that does not exist, or a value that does not fit, refuses the whole call
	if (wrong.length > 0) {
		const message = `Property values were not valid: ${JSON.stringify(wrong[0])}`;
		const body = { status: 'error', message, category: 'VALIDATION_ERROR' };
		return { status: 400, body, size: inputs.length };
	}
	const ids = new Set(inputs.map(({ id }) => id));
	if (ids.size < inputs.length) fake.complaints.push('the same company twice in one call');
	const known = inputs.filter(({ id }) => fake.records.has(id));
	for (const { id, properties } of known) Object.assign(fake.records.get(id) ?? {}, properties);
	const results = known.map(({ id, properties }) => ({ id, properties, archived: false }));
	const missing = inputs.filter(({ id }) => !fake.records.has(id)).map(({ id }) => id);
	const times = { startedAt: '2026-03-02T09:00:00Z', completedAt: '2026-03-02T09:00:01Z' };
	const error = {
		status: 'error',
		category: 'OBJECT_NOT_FOUND',
		message: 'Could not get some COMPANY objects, they may be deleted or not exist.',
		context: { ids: missing },
	};
	return missing.length === 0
		? { status: 200, body: { status: 'COMPLETE', results, ...times }, size: inputs.length }
		: {
				status: 207,
				body: { status: 'COMPLETE', results, numErrors: 1, errors: [error], ...times },
				size: inputs.length,
			};
}

function fits(type: string | undefined, value: string): boolean {
	if (type === undefined) return false;
	if (value === '' || type === 'string') return true;
	if (type === 'number') return Number.isFinite(Number(value));
	return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) || /^\d{13}$/.test(value);
}

function updateAccounts(
	fake: Fake,
	records: z.infer<typeof collection>['records'],
	complain: (what: string) => Answer,
): Answer {
	const unknown = records
		.flatMap((record) => Object.keys(record))
		.find((name) => !SALESFORCE_FIELD.test(name));
	if (unknown !== undefined) return complain(`there is no field ${unknown}`);
	const body = records.map(({ attributes: _attributes, id, ...fields }) => {
		const known = fake.records.get(id);
		if (known === undefined) {
			const error = { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
			return { success: false, errors: [error] };
		}
		Object.assign(known, fields);
		return { id, success: true, errors: [] };
	});
	return { status: 200, body, size: records.length };
}
