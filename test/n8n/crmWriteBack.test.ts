import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CRM_FIELDS } from '../../engine/crm/fields';
import type { Ledger } from '../../ledger/ledger';
import { openSqliteLedger } from '../../ledger/sqlite';
import { caseOf, write } from '../ledger/caseRows';
import { claimOf, touchOf } from '../ledger/rows';
import { connect, type N8nClient, type WorkflowFile, type WorkflowNode } from './client';
import { HUBSPOT_KEY, SALESFORCE_TOKEN, startFakeCrmApi, type FakeCrmApi } from './fakeCrmApi';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const COUNT = 250;
const HTTP = 'n8n-nodes-base.httpRequest';
const T0 = Date.parse('2026-03-02T09:00:00Z');

type Credential = { id: string; name: string };

/** As somebody sets it up: the credential chosen, the nodes enabled; a webhook in the place of the schedule. */
function setUp(
	workflow: WorkflowFile,
	id: string,
	first: string,
	isMeant: (node: WorkflowNode) => boolean,
	credentials: Record<string, Credential>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== HTTP || !isMeant(node)) return node;
		return { ...node, disabled: false, credentials, waitBetweenTries: 10 };
	});
	nodes.push({
		id: `${id}-clock`,
		name: 'Test clock',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 1500],
		webhookId: id,
		parameters: {
			httpMethod: 'POST',
			path: id,
			responseMode: 'lastNode',
			responseData: 'noData',
			options: {},
		},
	});
	const connections = {
		...workflow.connections,
		'Test clock': { main: [[{ node: first, type: 'main', index: 0 }]] },
	};
	return { ...workflow, id, name: id, nodes, connections };
}

describe('the CRM write-back on the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const ledgerFile = join(userFolder, '.n8n', 'digital-cs.sqlite');
	let n8n: N8nServer;
	let client: N8nClient;
	let ledger: Ledger;
	let crm: FakeCrmApi;
	const ids = Array.from({ length: COUNT }, (_none, index) => String(9_000 + index));

	const run = async (path: string): Promise<void> => {
		const { status, body } = await client.callWebhook(path, {});
		if (status !== 200) throw new Error(`The run answered ${String(status)}: ${body}`);
	};
	const callsSince = (count: number): number[] => crm.calls.slice(count).map(({ size }) => size);
	const publish = async (): Promise<void> => {
		client = await connect(n8n.url);
		for (const path of ['hubspot', 'properties', 'salesforce']) await client.waitForWebhook(path);
	};

	beforeAll(async () => {
		crm = await startFakeCrmApi();
		n8n = await startN8n({ userFolder, env: crm.env });
		client = await connect(n8n.url);
		const workflow = readWorkflow('ops-crm-write-back.json');
		const hubspot = {
			id: await client.createCredential({
				name: 'HubSpot account',
				type: 'hubspotAppToken',
				data: { appToken: HUBSPOT_KEY },
			}),
			name: 'HubSpot account',
		};
		const salesforce = {
			id: await client.createCredential({
				name: 'Salesforce account',
				type: 'salesforceOAuth2Api',
				data: {
					environment: 'production',
					clientId: 'test',
					clientSecret: 'test',
					oauthTokenData: {
						access_token: SALESFORCE_TOKEN,
						refresh_token: 'test',
						token_type: 'Bearer',
						instance_url: 'https://your-domain.my.salesforce.com',
					},
				},
			}),
			name: 'Salesforce account',
		};
		const isHubspot = ({ name }: WorkflowNode): boolean => name.startsWith('HubSpot');
		const isSalesforce = ({ name }: WorkflowNode): boolean => name.startsWith('Salesforce');
		const keys = { hubspotAppToken: hubspot };
		for (const flow of [
			setUp(workflow, 'hubspot', 'Changes for HubSpot', isHubspot, keys),
			setUp(workflow, 'properties', 'HubSpot: property group', isHubspot, keys),
			setUp(workflow, 'salesforce', 'Changes for Salesforce', isSalesforce, {
				salesforceOAuth2Api: salesforce,
			}),
		])
			await client.publish(await client.importWorkflow(flow));
		await publish();
		ledger = openSqliteLedger(ledgerFile);
		await ledger.rememberTiers(
			ids.map((accountId) => ({ accountId, tier: 'Pooled' })),
			T0,
		);
		for (const id of ids) crm.records.set(id, { name: `Company ${id}`, owner: 'executive' });
	});
	afterAll(async () => {
		await n8n.stop();
		await ledger.close();
		await crm.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('writes nothing while the properties are missing, and all of it once they were created with one click', async () => {
		await run('hubspot');
		expect(callsSince(0).filter((size) => size > 0).length).toBeGreaterThanOrEqual(3);
		expect(crm.records.get('9000')).toEqual({ name: 'Company 9000', owner: 'executive' });

		await run('properties');
		expect([...crm.properties.keys()].filter((name) => name !== 'name')).toEqual(
			CRM_FIELDS.map(({ hubspot }) => hubspot),
		);
		// a second click does no harm
		await run('properties');

		const before = crm.calls.length;
		await run('hubspot');
		expect(callsSince(before)).toEqual([100, 100, 50]);
		for (const id of ids)
			expect(crm.records.get(id)).toMatchObject({
				name: `Company ${id}`,
				owner: 'executive',
				digital_cs_tier: 'Pooled',
			});
		expect(crm.complaints).toEqual([]);
	});

	test('then writes what changed and nothing else: a mail that went, a case that was opened', async () => {
		const before = crm.calls.length;
		await run('hubspot');
		expect(callsSince(before)).toEqual([]);
		const touch = touchOf('renewal/1/9007/summary/', {
			accountId: '9007',
			journey: 'renewal',
			stepId: 'summary',
		});
		await ledger.claim([claimOf(touch)], T0);
		await ledger.confirm([touch.key], T0);
		await write(ledger, { cases: [caseOf(1, { accountId: '9008' })] });
		await run('hubspot');
		expect(callsSince(before)).toEqual([2]);
		expect(crm.records.get('9007')).toMatchObject({
			digital_cs_last_touch: 'renewal: summary (e-mail)',
			digital_cs_last_touch_at: '2026-03-02T09:00:00.000Z',
			digital_cs_tier: 'Pooled',
		});
		expect(crm.records.get('9008')).toMatchObject({
			digital_cs_open_case: expect.stringMatching(/^Case 1, /) as string,
			digital_cs_case_owner: caseOf(1).owner.name,
		});
	});

	test('does not let a company that HubSpot does not know keep the others from being written', async () => {
		await ledger.rememberTiers(
			[
				{ accountId: '1-gone', tier: 'Pooled' },
				{ accountId: '9009', tier: 'Digital' },
			],
			T0,
		);
		const before = crm.calls.length;
		await run('hubspot');
		expect(crm.records.get('9009')).toMatchObject({ digital_cs_tier: 'Digital' });
		await run('hubspot');
		// told again, because it was not written; the other was
		expect(callsSince(before)).toEqual([2, 1]);
		await ledger.erase({ accountIds: ['1-gone'], addresses: [] });
	});

	test('killed between the write and its confirmation, says the same again and leaves nothing out', async () => {
		const changed = ids.slice(0, 150);
		await ledger.rememberTiers(
			changed.map((accountId) => ({ accountId, tier: 'High-Touch' })),
			T0,
		);
		const { whenAsked, answer } = crm.holdAnswers();
		const cut = run('hubspot').catch(() => undefined);
		await whenAsked;
		await n8n.kill();
		answer();
		await cut;
		n8n = await startN8n({ userFolder, env: crm.env });
		await publish();
		const before = crm.calls.length;
		await run('hubspot');
		expect(callsSince(before)).toEqual([100, 50]);
		for (const id of changed)
			expect(crm.records.get(id)).toMatchObject({ digital_cs_tier: 'High-Touch' });
		await run('hubspot');
		expect(callsSince(before)).toEqual([100, 50]);
		expect(crm.complaints).toEqual([]);
	});

	test('writes to Salesforce just as well, two hundred in a call, each record by itself', async () => {
		await ledger.erase({ accountIds: ids, addresses: [] });
		const accounts = Array.from(
			{ length: 201 },
			(_none, index) => `0015g00000${String(10_000 + index)}`,
		);
		for (const id of accounts.slice(1)) crm.records.set(id, { Name: id });
		await ledger.rememberTiers(
			accounts.map((accountId) => ({ accountId, tier: 'Pooled' })),
			T0,
		);
		const before = crm.calls.length;
		await run('salesforce');
		expect(callsSince(before)).toEqual([200, 1]);
		for (const id of accounts.slice(1))
			expect(crm.records.get(id)).toMatchObject({
				Name: id,
				Digital_CS_Tier__c: 'Pooled',
				Digital_CS_Open_Case__c: null,
			});
		await run('salesforce');
		// the one that was deleted in Salesforce
		expect(callsSince(before)).toEqual([200, 1, 1]);
		expect(crm.complaints).toEqual([]);
	});
});
