import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile, type WorkflowNode } from './client';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const COMPANIES = 1_150;
const HUBSPOT = [
	'Companies by thousands',
	'Contacts: HubSpot associations',
	'People by hundreds',
	'Contacts: HubSpot people',
	'Contacts of companies',
];
const SALESFORCE = ['Contacts: Salesforce'];
const TOKEN = 'pat-na1-test';

const ids = (most: number) =>
	z
		.array(z.strictObject({ id: z.string().regex(/^\d+$/) }))
		.min(1)
		.max(most);
/** https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/batch/get-associations */
const associationsBody = z.strictObject({ inputs: ids(1_000) });
/** https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-read */
const peopleBody = z.strictObject({ inputs: ids(100), properties: z.array(z.string()).min(1) });

type Crm = { url: string; calls: string[]; close: () => Promise<void> };

/** Every company has an admin and a boss; the last one of HubSpot has nobody, and the boss of the first is in the second too. */
async function startCrm(): Promise<Crm> {
	const calls: string[] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://crm');
			if (request.headers.authorization !== `Bearer ${TOKEN}`) {
				response.writeHead(401).end();
				return;
			}
			const answer = answerTo(pathname, searchParams.get('q') ?? '', body, calls);
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(answer));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}`,
		calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

function answerTo(path: string, query: string, body: string, calls: string[]): object {
	const json: unknown = body === '' ? undefined : JSON.parse(body);
	if (path === '/crm/v4/associations/companies/contacts/batch/read') {
		const { inputs } = associationsBody.parse(json);
		calls.push(`associations ${String(inputs.length)}`);
		const known = inputs.filter(({ id }) => Number(id) < COMPANIES - 1);
		return { status: 'COMPLETE', results: known.map(({ id }) => linksOf(Number(id))) };
	}
	if (path === '/crm/v3/objects/contacts/batch/read') {
		const { inputs, properties } = peopleBody.parse(json);
		calls.push(`people ${String(inputs.length)}`);
		const results = inputs.map(({ id }) => ({ id, properties: personOf(id, properties) }));
		return { status: 'COMPLETE', results };
	}
	calls.push(query);
	const records = [
		{ Id: '003A', AccountId: '001A', Email: 'ada@a.example', CS_Role__c: 'Admin' },
		{ Id: '003B', AccountId: '001A', Email: 'bo@a.example', HasOptedOutOfEmail: true },
	];
	return { totalSize: records.length, done: true, records };
}

function linksOf(company: number): object {
	const people = [company * 10 + 1, company * 10 + 2, ...(company === 1 ? [2] : [])];
	const to = people.map((toObjectId) => ({
		toObjectId,
		associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 280, label: null }],
	}));
	return { from: { id: String(company) }, to };
}

function personOf(id: string, asked: readonly string[]): object {
	const isAdmin = id.endsWith('1');
	const all = {
		email: `p${id}@c.example`,
		firstname: 'Pat',
		lastname: id,
		cs_role: isAdmin ? 'admin' : null,
		hs_buying_role: isAdmin ? null : 'DECISION_MAKER',
		hs_email_optout: id === '11' ? 'true' : null,
	};
	return Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name)));
}

const accountsSchema = z.array(
	z.looseObject({
		accountId: z.string(),
		contacts: z
			.array(
				z.looseObject({
					email: z.string(),
					role: z.string(),
					unsubscribed: z.boolean().optional(),
				}),
			)
			.optional(),
	}),
);

/** As docs/account-profile.md says: the nodes enabled, their end wired to source 2, its preset chosen. */
function setUp(
	id: string,
	names: readonly string[],
	source: { name: string; rows: string; presets: [string, string]; besides: string[] },
	{ url, credentials }: { url: string; credentials: WorkflowNode['credentials'] },
): WorkflowFile {
	const shipped = readWorkflow('journey-renewal.json');
	const [preset, presetOfSource2] = source.presets;
	const end = names.at(-1) ?? '';
	const nodes = shipped.nodes.flatMap((node): WorkflowNode[] => {
		if (node.name === source.name)
			return [
				{
					...{ id: source.name, name: source.name, type: 'n8n-nodes-base.code', typeVersion: 2 },
					position: node.position,
					parameters: { jsCode: source.rows },
				},
			];
		if (node.name === 'Your accounts')
			return [
				{
					...node,
					parameters: { source: 'input', preset, numberOfSources: 2, presetOfSource2, options: {} },
				},
			];
		if (!names.includes(node.name)) return [];
		const { url: given = '' } = z.object({ url: z.string().optional() }).parse(node.parameters);
		const address = given.replace(/^https:\/\/[^/]+/, url);
		const parameters = { ...node.parameters, ...(address === '' ? {} : { url: address }) };
		const own = node.credentials === undefined ? {} : { credentials };
		return [{ ...node, ...own, parameters, disabled: false }];
	});
	nodes.push({
		...{ id: 'hook', name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2.1 },
		...{ position: [-200, 0], webhookId: id },
		parameters: {
			...{ httpMethod: 'POST', path: id, options: {} },
			...{ responseMode: 'lastNode', responseData: 'allEntries' },
		},
	});
	const wire = (node: string, index = 0): object => ({ node, type: 'main', index });
	const kept = [source.name, ...names];
	const connections = {
		...Object.fromEntries(kept.map((name) => [name, shipped.connections[name]])),
		[end]: { main: [[wire('Your accounts', 1)]] },
		Hook: { main: [[wire(source.name), ...source.besides.map((name) => wire(name))]] },
	};
	return { id, name: id, nodes, connections, settings: { executionOrder: 'v1' } };
}

describe('contacts of the CRM, as the templates read them', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let crm: Crm;

	beforeAll(async () => {
		crm = await startCrm();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
	});
	afterAll(async () => {
		await n8n.stop();
		await crm.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const read = async (workflow: WorkflowFile): Promise<z.infer<typeof accountsSchema>> => {
		await client.publish(await client.importWorkflow(workflow));
		const path = workflow.id ?? '';
		await client.waitForWebhook(path);
		const { status, body } = await client.callWebhook(path, {});
		if (status !== 200) throw new Error(`${path} answered ${String(status)}: ${body}`);
		return accountsSchema.parse(JSON.parse(body));
	};

	test('HubSpot: in bulk, by association, a person at each company they belong to', async () => {
		const name = 'HubSpot account';
		const data = { appToken: TOKEN };
		const key = await client.createCredential({ name, type: 'hubspotAppToken', data });
		const accounts = await read(
			setUp(
				'hubspotContacts01',
				HUBSPOT,
				{
					name: 'Or: HubSpot companies',
					rows: `return Array.from({ length: ${String(COMPANIES + 1)} }, (_none, id) => ({ json: { companyId: id, properties: { name: { value: 'Company ' + id }, lifecyclestage: { value: id === ${String(COMPANIES)} ? 'lead' : 'customer' } } } }));`,
					presets: ['hubspotCompany', 'hubspotContacts'],
					besides: [],
				},
				{ url: crm.url, credentials: { hubspotAppToken: { id: key, name } } },
			),
		);
		expect(accounts).toHaveLength(COMPANIES);
		const peopleAt = (id: number): string[] =>
			(accounts[id]?.contacts ?? []).map(({ email, role }) => `${email} ${role}`);
		expect(peopleAt(0)).toEqual(['p1@c.example admin', 'p2@c.example decisionMaker']);
		expect(peopleAt(1)).toEqual(
			expect.arrayContaining([
				'p11@c.example admin',
				'p12@c.example decisionMaker',
				'p2@c.example decisionMaker',
			]),
		);
		expect(accounts[1]?.contacts?.find(({ email }) => email.startsWith('p11@'))).toMatchObject({
			unsubscribed: true,
		});
		expect(accounts[COMPANIES - 1]?.contacts).toBeUndefined();
		// 2,298 people of 1,150 companies: 2 calls and 23
		expect(crm.calls.filter((call) => call.startsWith('associations'))).toEqual([
			'associations 1000',
			'associations 150',
		]);
		expect(crm.calls.filter((call) => call.startsWith('people'))).toHaveLength(23);
	});

	test('Salesforce: all contacts in one query, by their account', async () => {
		const name = 'Salesforce account';
		const tokens = { access_token: TOKEN, refresh_token: 'test', token_type: 'Bearer' };
		const id = await client.createCredential({
			name,
			type: 'salesforceOAuth2Api',
			data: {
				...{ environment: 'production', clientId: 'test', clientSecret: 'test' },
				oauthTokenData: { ...tokens, instance_url: crm.url },
			},
		});
		const accounts = await read(
			setUp(
				'salesforceContacts1',
				SALESFORCE,
				{
					name: 'Or: Salesforce accounts',
					rows: "return [{ json: { Id: '001A', Name: 'A' } }, { json: { Id: '001B', Name: 'B' } }];",
					presets: ['salesforceAccount', 'salesforceContacts'],
					besides: SALESFORCE,
				},
				{ url: crm.url, credentials: { salesforceOAuth2Api: { id, name } } },
			),
		);
		expect(accounts).toMatchObject([
			{
				accountId: '001A',
				contacts: [
					{ email: 'ada@a.example', role: 'admin' },
					{ email: 'bo@a.example', unsubscribed: true },
				],
			},
			{ accountId: '001B' },
		]);
		expect(crm.calls.filter((call) => call.startsWith('SELECT'))).toEqual([
			expect.stringMatching(
				/^SELECT Id,AccountId,Email,.* FROM Contact WHERE Account\.Type LIKE 'Customer%'$/,
			),
		]);
	});
});
