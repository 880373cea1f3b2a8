import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile, type WorkflowNode } from './client';
import { startN8n, type N8nServer } from './server';
import { STRIPE, stripe, STRIPE_KEY, ZENDESK, zendesk, ZENDESK_LOGIN } from './vendors/accounts';
import {
	AMPLITUDE,
	amplitude,
	AMPLITUDE_LOGIN,
	MIXPANEL,
	mixpanel,
	MIXPANEL_LOGIN,
	MIXPANEL_PROJECT,
	type ProductEvent,
} from './vendors/analytics';
import { HUBSPOT, HUBSPOT_KEY, hubspot, type HubspotState } from './vendors/hubspot';
import { INTERCOM_KEY, intercom } from './vendors/intercom';
import { startInternet, type Internet } from './vendors/internet';
import {
	LOGIN,
	SALESFORCE,
	salesforce,
	salesforceLogin,
	type SalesforceState,
} from './vendors/salesforce';
import { gatherVendors } from './vendors/vendor';
import { readWorkflow } from './workflows';

const START = 'Start';
const PROFILE = 'Your accounts';
const shipped = readWorkflow('journey-renewal.json');

type Wire = [from: string, to: string, input?: number];
type Credentials = Record<string, { id: string; name: string }>;

/** A node of the renewal journey as it is shipped: enabled, its credential chosen, and what its note says filled in. */
function fromTemplate(
	name: string,
	credentials: Credentials,
	fillIn: Record<string, unknown> = {},
): WorkflowNode {
	const node = shipped.nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`The journey has no node '${name}'`);
	const types = Object.keys(node.credentials ?? {});
	return {
		...node,
		disabled: false,
		...(types.length === 0
			? {}
			: { credentials: Object.fromEntries(types.map((type) => [type, credentials[type]])) }),
		parameters: { ...node.parameters, ...fillIn },
	};
}

/** A node of n8n's as the documentation says how to set it. */
function asDocumented(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	credentials: Credentials = {},
): WorkflowNode {
	const base = { id: name, name, type, typeVersion, position: [0, 0] };
	return { ...base, parameters, credentials };
}

function flow(path: string, nodes: WorkflowNode[], wires: Wire[]): WorkflowFile {
	const start = asDocumented(START, 'n8n-nodes-base.webhook', 2.1, {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'noData',
		options: {},
	});
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, to, index = 0] of wires) {
		const { main } = (connections[from] ??= { main: [[]] });
		main[0]?.push({ node: to, type: 'main', index });
	}
	return {
		name: path,
		nodes: [{ ...start, webhookId: path }, ...nodes],
		connections,
		settings: { executionOrder: 'v1', timezone: 'UTC', saveDataSuccessExecution: 'all' },
	};
}

const DAY_MS = 86_400_000;
const COMPANIES = 260;
/** Records of either CRM that are no customers. */
const LEADS = 20;

/** An item for each of a list in an answer. */
const eachOf = (fieldToSplitOut: string): WorkflowNode =>
	asDocumented('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut, options: {} });

describe('where accounts come from, over TLS', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const crm: HubspotState = {
		companies: Array.from({ length: COMPANIES + LEADS }, (_none, index) => ({
			companyId: 9000 + index,
			properties: {
				name: `Company ${String(index)}`,
				lifecyclestage: index < COMPANIES ? 'customer' : 'lead',
				createdate: '1700000000000',
				hs_lifecyclestage_customer_date: '1772442000000',
				contract_start_date: '1772496000000',
				auto_renew: 'true',
				notice_days: '30',
				invoice_status: 'overdue',
				hs_num_open_deals: '1',
				goals: 'Ship weekly;Fewer meetings',
				cs_notes: 'Wants a review',
				plan_limits: 'seats 42/50',
				seats: '50',
				seats_used: '42',
				strategic_account: 'false',
				complexity: 'simple',
				use_case: 'Planning',
				hs_merged_object_ids: '8000;8001',
				plan: 'pro',
				arr: '6000',
				arr_currency: 'USD',
				customer_stage: 'established',
				renewal_date: '1780272000000',
				annualrevenue: '99000000',
			},
		})),
		mails: new Map(),
		tasks: [],
	};
	const sales: SalesforceState = {
		tokens: new Set(),
		accounts: new Map(
			Array.from({ length: 45 + LEADS }, (_none, index) => [
				`0015g00000Ab${String(100 + index)}`,
				{
					Name: `Account ${String(index)}`,
					Type: index < 45 ? 'Customer - Direct' : 'Prospect',
					CreatedDate: '2024-06-01T09:00:00.000+0000',
					Customer_Since__c: '2026-03-02',
					Contract_Start_Date__c: '2026-03-03',
					Auto_Renew__c: true,
					Notice_Days__c: 30,
					Plan_Limits__c: 'seats 42/50',
					Seats__c: 50,
					Seats_Used__c: 42,
					CurrencyIsoCode: 'EUR',
					Invoice_Status__c: 'Overdue',
					Open_Opportunity__c: true,
					Segment__c: 'smb',
					Use_Case__c: 'Planning',
					Complexity__c: 'simple',
					Strategic__c: false,
					Goals__c: 'Ship weekly;Fewer meetings',
					CS_Notes__c: 'Wants a review',
					Merged_Ids__c: '0015g00000Ab099',
					Plan__c: 'pro',
					ARR__c: 9000,
					Customer_Stage__c: 'established',
					Renewal_Date__c: '2026-06-01',
					Term_Months__c: 12,
					CSM_Email__c: 'csm@vendor.example',
					Executive_Sponsor__r: { attributes: { type: 'User' }, Name: 'Sol' },
					Time_Zone__c: 'Europe/Berlin',
				},
			]),
		),
		tasks: [],
		page: 20,
	};
	const events: ProductEvent[] = [];
	const tickets = Array.from({ length: 130 }, (_none, index) => ({
		id: index,
		status: index < 120 ? 'open' : 'solved',
		priority: index === 0 ? 'urgent' : 'normal',
		organization_id: index % 2 === 0 ? 35 : 36,
	}));
	const conversations = Array.from({ length: 45 }, (_none, index) => ({
		id: String(index),
		open: true,
		state: index === 44 ? 'closed' : 'open',
		priority: index === 0 ? 'priority' : 'not_priority',
		company: {
			type: 'company',
			id: `ic-${String(index % 2)}`,
			company_id: `A-${String(index % 2)}`,
		},
	}));
	const subscriptions = Array.from({ length: 120 }, (_none, index) => ({
		object: 'subscription',
		id: `sub_${String(index)}`,
		status: index === 1 ? 'past_due' : 'active',
		customer: {
			object: 'customer',
			id: `cus_${String(index)}`,
			email: `bill@c${String(index)}.example`,
			metadata: { accountId: `A-${String(index)}` },
		},
		currency: 'usd',
		items: {
			data: [
				{
					quantity: 2,
					price: {
						currency: 'usd',
						unit_amount: 5000,
						recurring: { interval: 'month', interval_count: 1 },
					},
				},
			],
		},
	}));
	const vendors = gatherVendors([
		hubspot(crm),
		salesforce(sales),
		mixpanel(() => events),
		amplitude(() => events),
		zendesk(() => tickets),
		intercom({ knows: () => false, messages: [], conversations }),
		stripe(() => subscriptions),
	]);
	let internet: Internet;
	let n8n: N8nServer;
	let client: N8nClient;
	const credentials: Credentials = {};
	const credential = async (type: string, data: object, name = type): Promise<void> => {
		credentials[name] = { id: await client.createCredential({ name, type, data }), name };
	};

	beforeAll(async () => {
		internet = await startInternet(vendors.hosts, vendors.listener);
		n8n = await startN8n({ userFolder, env: internet.env });
		client = await connect(n8n.url);
		await credential('hubspotAppToken', { appToken: HUBSPOT_KEY });
		await credential('salesforceOAuth2Api', salesforceLogin('00Dxx!expired'));
		await credential('httpBasicAuth', MIXPANEL_LOGIN, 'mixpanel');
		await credential('httpBasicAuth', AMPLITUDE_LOGIN, 'amplitude');
		await credential('zendeskApi', ZENDESK_LOGIN);
		await credential('intercomApi', { apiKey: INTERCOM_KEY });
		await credential('stripeApi', { secretKey: STRIPE_KEY });
		const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
		for (let day = 1; day <= 57; day++)
			for (const company of ['A-1', 'A-2'])
				events.push({
					...{ name: 'Report Published', user: `ann@${company}`, company },
					at: today - day * DAY_MS + 9 * 3_600_000,
				});
	});
	afterAll(async () => {
		await n8n.stop();
		await internet.close();
		rmSync(userFolder, { recursive: true, force: true });
	});
	afterEach(() => {
		expect(vendors.complaints).toEqual([]);
	});

	const run = async (
		path: string,
		nodes: WorkflowNode[],
		wires: Wire[],
		last = PROFILE,
	): Promise<Record<string, unknown>[]> => {
		const id = await client.importWorkflow(flow(path, nodes, wires));
		await client.publish(id);
		await client.waitForWebhook(path);
		const { status } = await client.callWebhook(path, {});
		const [execution] = await client.waitForExecutions(id, 1);
		if (execution === undefined || status !== 200)
			throw new Error(execution?.data?.resultData.error?.message ?? `answered ${String(status)}`);
		return client.itemsOf(execution, last);
	};
	const profile = (parameters: Record<string, unknown>): WorkflowNode =>
		fromTemplate(PROFILE, credentials, parameters);

	/** What the journeys decide on besides, as either CRM says it. */
	const facts = {
		autoRenew: true,
		noticeDays: 30,
		invoiceState: 'overdue',
		openOpportunity: true,
		goals: ['Ship weekly', 'Fewer meetings'],
		notes: ['Wants a review'],
		usage: { limits: { seats: { used: 42, allowed: 50 } } },
		licences: { bought: 50, used: 42 },
		strategic: false,
		complexity: 'simple',
		useCase: 'Planning',
	};

	test('HubSpot companies: all pages, the fields that the preset reads, and customers only', async () => {
		const source = fromTemplate('Or: HubSpot companies', credentials);
		const accounts = await run(
			'hubspot',
			[source, profile({ preset: 'hubspotCompany' })],
			[
				[START, source.name],
				[source.name, PROFILE],
			],
		);
		expect(accounts).toHaveLength(COMPANIES);
		expect(accounts[0]).toMatchObject({
			...facts,
			createdAt: '2026-03-02T09:00:00.000Z',
			startedAt: '2026-03-03T00:00:00.000Z',
			aliases: ['8000', '8001'],
			accountId: '9000',
			name: 'Company 0',
			arr: 6000,
			currency: 'USD',
			lifecycleStage: 'established',
			renewalDate: expect.stringMatching(/^2026-06-01/) as string,
		});
		expect(vendors.taken(HUBSPOT)).toHaveLength(2);
	});

	test('Salesforce accounts: the session has ended, is renewed, and all pages are read, of customers only', async () => {
		const source = fromTemplate('Or: Salesforce accounts', credentials);
		const accounts = await run(
			'salesforce',
			[source, profile({ preset: 'salesforceAccount' })],
			[
				[START, source.name],
				[source.name, PROFILE],
			],
		);
		expect(accounts).toHaveLength(45);
		expect(accounts[44]).toMatchObject({
			...facts,
			createdAt: '2026-03-02',
			startedAt: '2026-03-03',
			aliases: ['0015g00000Ab099'],
			currency: 'EUR',
			accountId: '0015g00000Ab144',
			arr: 9000,
			csm: 'csm@vendor.example',
			executiveSponsor: 'Sol',
			timezone: 'Europe/Berlin',
			termMonths: 12,
		});
		expect(vendors.taken(LOGIN)).toHaveLength(1);
		expect(vendors.taken(SALESFORCE)).toHaveLength(3);
	});

	/** Of two closed weeks, and of twice 28 days: one event a day. */
	const usage = {
		...{ activeUsers: 1, events: 7, previousEvents: 7, featuresUsed: ['Report Published'] },
		features: { 'Report Published': { uses: 28, previousUses: 28 } },
	};
	const two = [
		{ accountId: 'A-1', name: 'One' },
		{ accountId: 'A-2', name: 'Two' },
	];
	const crmOf = (accounts: object[]): WorkflowNode =>
		asDocumented('CRM', 'n8n-nodes-base.code', 2, {
			jsCode: `return ${JSON.stringify(accounts.map((json) => ({ json })))};`,
		});

	test('usage from Mixpanel, with its service account, joined to the accounts', async () => {
		const shippedUrl = z.string().parse(fromTemplate('Usage: Mixpanel export', {}).parameters.url);
		const source = fromTemplate(
			'Usage: Mixpanel export',
			{ httpBasicAuth: credentials.mixpanel ?? { id: '', name: '' } },
			{ url: shippedUrl.replace('project_id=0', `project_id=${MIXPANEL_PROJECT}`) },
		);
		const accounts = await run(
			'mixpanel',
			[crmOf(two), source, profile({ numberOfSources: 2, presetOfSource2: 'mixpanelEvents' })],
			[
				[START, 'CRM'],
				[START, source.name],
				['CRM', PROFILE],
				[source.name, PROFILE, 1],
			],
		);
		expect(accounts.map((account) => account.usage)).toMatchObject([usage, usage]);
		expect(vendors.taken(MIXPANEL)).toHaveLength(1);
	});

	test('usage from Amplitude: a zip of gzipped hours, unpacked by the three nodes behind it', async () => {
		const login = { httpBasicAuth: credentials.amplitude ?? { id: '', name: '' } };
		const names = ['Usage: Amplitude export', 'Unzip', 'Unzip each hour', 'Events'] as const;
		const accounts = await run(
			'amplitude',
			[
				crmOf(two),
				...names.map((name) => fromTemplate(name, login)),
				profile({ numberOfSources: 2, presetOfSource2: 'amplitudeEvents' }),
			],
			[
				[START, 'CRM'],
				[START, names[0]],
				['CRM', PROFILE],
				[names[0], names[1]],
				[names[1], names[2]],
				[names[2], names[3]],
				[names[3], PROFILE, 1],
			],
		);
		expect(accounts.map((account) => account.usage)).toMatchObject([usage, usage]);
		expect(vendors.taken(AMPLITUDE)).toHaveLength(1);
	});

	test('Zendesk’s own node: open tickets, counted by organization', async () => {
		const source = asDocumented(
			'Tickets',
			'n8n-nodes-base.zendesk',
			1,
			{
				authentication: 'apiToken',
				resource: 'ticket',
				operation: 'getAll',
				ticketType: 'regular',
				returnAll: true,
				options: { query: 'status<solved' },
			},
			{ zendeskApi: credentials.zendeskApi ?? { id: '', name: '' } },
		);
		const organizations = [
			{ accountId: '35', name: 'One' },
			{ accountId: '36', name: 'Two' },
		];
		const accounts = await run(
			'zendesk',
			[
				crmOf(organizations),
				source,
				profile({ numberOfSources: 2, presetOfSource2: 'zendeskTickets' }),
			],
			[
				[START, 'CRM'],
				[START, source.name],
				['CRM', PROFILE],
				[source.name, PROFILE, 1],
			],
		);
		expect(accounts.map(({ support }) => support)).toEqual([
			{ openTickets: 60, openP1: 1 },
			{ openTickets: 60, openP1: 0 },
		]);
		expect(vendors.taken(ZENDESK)).toHaveLength(2);
	});

	test('Intercom conversations by HTTP Request: all pages, by company', async () => {
		const source = asDocumented(
			'Conversations',
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				method: 'POST',
				url: 'https://api.intercom.io/conversations/search',
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'intercomApi',
				sendHeaders: true,
				headerParameters: { parameters: [{ name: 'Intercom-Version', value: '2.15' }] },
				sendBody: true,
				specifyBody: 'json',
				jsonBody:
					"={{ JSON.stringify({ query: { field: 'open', operator: '=', value: true }, pagination: { per_page: 20, starting_after: $response?.body?.pages?.next?.starting_after ?? null } }) }}",
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [
									{
										type: 'body',
										name: 'pagination',
										value:
											'={{ { per_page: 20, starting_after: $response.body.pages.next.starting_after } }}',
									},
								],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.pages.next }}',
						},
					},
				},
			},
			{ intercomApi: credentials.intercomApi ?? { id: '', name: '' } },
		);
		const split = eachOf('conversations');
		const accounts = await run(
			'intercom',
			[
				crmOf([{ accountId: 'A-0' }, { accountId: 'A-1' }]),
				source,
				split,
				profile({ numberOfSources: 2, presetOfSource2: 'intercomTickets' }),
			],
			[
				[START, 'CRM'],
				[START, source.name],
				['CRM', PROFILE],
				[source.name, split.name],
				[split.name, PROFILE, 1],
			],
		);
		expect(accounts.map(({ support }) => support)).toEqual([
			{ openTickets: 22, openP1: 1 },
			{ openTickets: 22, openP1: 0 },
		]);
	});

	test('Stripe subscriptions by HTTP Request, with their customers: all pages', async () => {
		const source = asDocumented(
			'Subscriptions',
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				url: 'https://api.stripe.com/v1/subscriptions?limit=100&status=all&expand[]=data.customer',
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'stripeApi',
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [
									{
										type: 'qs',
										name: 'starting_after',
										value: '={{ $response.body.data.last().id }}',
									},
								],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.has_more }}',
						},
					},
				},
			},
			{ stripeApi: credentials.stripeApi ?? { id: '', name: '' } },
		);
		const split = eachOf('data');
		const accounts = await run(
			'stripe',
			[source, split, profile({ preset: 'stripeCustomer' })],
			[
				[START, source.name],
				[source.name, split.name],
				[split.name, PROFILE],
			],
		);
		expect(accounts).toHaveLength(120);
		expect(accounts[1]).toMatchObject({ arr: 1200, currency: 'USD', invoiceState: 'overdue' });
		expect(vendors.taken(STRIPE)).toHaveLength(2);
	});

	test('a company’s task in HubSpot and in Salesforce, as the journeys make them', async () => {
		const touch = {
			accountId: '9000',
			name: 'Company 0',
			plan: 'pro',
			journey: {
				stepName: 'Renewal conversation',
				channel: 'human',
				reasons: [{ code: 'conditionsMet', text: 'Health is yellow.' }],
			},
		};
		const task = fromTemplate('HubSpot: create task', credentials);
		await run(
			'task-hubspot',
			[crmOf([touch]), task],
			[
				[START, 'CRM'],
				['CRM', task.name],
			],
		);
		expect(crm.tasks).toEqual([
			{ subject: 'Renewal conversation: Company 0', companyIds: ['9000'] },
		]);
		const own = fromTemplate('Salesforce: create task', credentials);
		const made = await run(
			'task-salesforce',
			[
				crmOf([
					{ ...touch, accountId: '0015g00000Ab100' },
					{ ...touch, accountId: '0015g00000Gone1' },
				]),
				own,
			],
			[
				[START, 'CRM'],
				['CRM', own.name],
			],
			own.name,
		);
		expect(made).toHaveLength(1);
		expect(sales.tasks).toMatchObject([
			{ Subject: 'Renewal conversation: Company 0', Priority: 'High', WhatId: '0015g00000Ab100' },
		]);
	});
});
