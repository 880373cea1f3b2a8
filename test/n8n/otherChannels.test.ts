import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { readLedger } from './ledgerRows';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const LOOP = 'Twenty at a time';
/** Ten o'clock on a Wednesday in New York. */
const NOW = '2026-03-04T10:05:00-05:00';
/** In the first batch; every channel refuses it. */
const REFUSED = /\bcustomer-7\b/;

type Call = { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };
type Vendor = { url: string; calls: Call[]; close: () => Promise<void> };

/** Answers as HubSpot's single-send, Intercom's contact search and messages, and a webhook of one's own do. */
async function startVendor(): Promise<Vendor> {
	const calls: Call[] = [];
	const answer = ({ path, body }: Call): [number, unknown] => {
		const text = JSON.stringify(body);
		if (path === '/contacts/search') {
			const { query } = z.object({ query: z.object({ value: z.string() }) }).parse(body);
			const known = REFUSED.test(query.value) ? [] : [{ type: 'contact', id: `ic-${query.value}` }];
			return [200, { type: 'list', data: known, total_count: known.length }];
		}
		if (path === '/messages' && body.message_type !== undefined) {
			const { success } = z.object({ to: z.object({ id: z.string() }) }).safeParse(body);
			return success ? [200, { type: 'admin_message', id: '1' }] : [400, { type: 'error.list' }];
		}
		if (REFUSED.test(text)) return [400, { status: 'error' }];
		return [200, { status: 'PENDING', statusId: '1', requestedAt: NOW }];
	};
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = z
				.record(z.string(), z.unknown())
				.parse(JSON.parse(Buffer.concat(chunks).toString()));
			const call = { path: request.url ?? '', headers: request.headers, body };
			calls.push(call);
			const [status, json] = answer(call);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(json));
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

/** Green, their terms end soon: the first 25 are due the summary, the others the reminder. */
const customers = Array.from({ length: 45 }, (_nothing, index): object => {
	const accountId = `customer-${String(index + 1)}`;
	return {
		accountId,
		name: `Customer ${String(index + 1)}`,
		arr: 6000,
		currency: 'USD',
		lifecycleStage: 'established',
		createdAt: '2024-06-01',
		termMonths: 12,
		renewalDate: index < 25 ? '2026-05-30' : '2026-04-30',
		executiveSponsor: 'Sol Sponsor',
		timezone: 'America/New_York',
		contacts: [{ email: `boss@${accountId}.example`, name: 'Bo', role: 'decisionMaker' }],
		usage: {
			...{ activeUsers: 19, events: 420, previousEvents: 400, adoption: 0.7 },
			...{ lastActiveAt: '2026-03-03', asOf: '2026-03-04' },
		},
		licences: { bought: 20, used: 19 },
		support: { openTickets: 0, openP1: 0 },
		sentiment: { nps: 60, csat: 4.8 },
	};
});

/** The renewal journey as its note says: steps 1 to 3 lead to the loop, the loop to this channel, which is filled in. */
function through(
	workflow: WorkflowFile,
	{ channel, enable, url, bodyOf }: Channel & { url: string },
	credentials: Record<string, { id: string; name: string }>,
): WorkflowFile {
	const wire = (node: string) => [{ node, type: 'main', index: 0 }];
	const journey = 'Renewal journey';
	const { main } = z.object({ main: z.array(z.unknown()) }).parse(workflow.connections[journey]);
	const nodes = workflow.nodes.map((node) => {
		if (!enable.includes(node.name)) return node;
		const text = JSON.stringify(node.parameters)
			.replaceAll(/https:\/\/[a-z.]+\.(com|io)/g, url)
			.replace('summary: 0, reminder: 0', 'summary: 901, reminder: 902');
		const parameters = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
		const jsonBody = workflow.nodes.find(({ name }) => name === bodyOf)?.parameters
			.additionalFieldsJson;
		if (jsonBody !== undefined) parameters.jsonBody = jsonBody;
		const given = Object.keys(node.credentials ?? {}).map((type) => [type, credentials[type]]);
		return {
			...node,
			...(given.length === 0 ? {} : { credentials: Object.fromEntries(given) as object }),
			disabled: false,
			parameters,
		};
	});
	return {
		...workflow,
		nodes: nodes as WorkflowFile['nodes'],
		connections: {
			...workflow.connections,
			[journey]: {
				main: main.map((wires, output) => (output >= 1 && output <= 3 ? wire(LOOP) : wires)),
			},
			[LOOP]: { main: [[], wire(channel)] },
		},
		settings: { ...workflow.settings, saveDataSuccessExecution: 'all' },
	};
}

type Channel = { channel: string; enable: string[]; path: string; bodyOf?: string };
const CHANNELS: Channel[] = [
	{
		channel: 'Or: HubSpot e-mail',
		enable: ['Or: HubSpot e-mail'],
		path: '/marketing/v4/email/single-send',
	},
	{
		channel: 'Or: Intercom contact',
		enable: ['Or: Intercom contact', 'Or: Intercom message'],
		path: '/messages',
	},
	{ channel: 'Or: webhook', enable: ['Or: webhook'], path: '/messages' },
	// n8n's Customer.io node calls Customer.io and nobody else: what it would send goes to the webhook instead
	{
		channel: 'Or: webhook',
		enable: ['Or: webhook'],
		path: '/messages',
		bodyOf: 'Or: Customer.io event',
	},
];

/** One n8n each, because the same customers are due the same messages again. */
describe.each(CHANNELS)(
	'$channel instead of Journey Email, for 45 customers and two steps',
	(how) => {
		const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
		let n8n: N8nServer;
		let client: N8nClient;
		let crm: FakeCrm;
		let vendor: Vendor;
		let sent: Call[];
		let first: Call | undefined;

		beforeAll(async () => {
			[crm, vendor] = await Promise.all([startFakeCrm(), startVendor()]);
			crm.setAccounts(customers);
			n8n = await startN8n({ userFolder });
			client = await connect(n8n.url);
			const credential = async (type: string, data: object) => ({
				[type]: { id: await client.createCredential({ name: type, type, data }), name: type },
			});
			const credentials = {
				...(await credential('hubspotAppToken', { appToken: 'hubspot-token' })),
				...(await credential('intercomApi', { apiKey: 'intercom-key' })),
			};
			const shipped = readWorkflow('journey-renewal.json');
			const journey = through(shipped, { ...how, url: vendor.url }, credentials);
			const id = await client.importWorkflow(withClockAndCrm(journey, crm.url));
			await client.publish(id);
			await client.waitForWebhook(CLOCK_PATH);
			for (const now of [NOW, NOW])
				expect(await client.callWebhook(CLOCK_PATH, { now })).toMatchObject({ status: 200 });
			const executions = await client.waitForExecutions(id, 2);
			expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
			sent = vendor.calls.filter(({ path }) => path === how.path);
			first = sent.find(({ body }) => JSON.stringify(body).includes('boss@customer-1.example'));
		});
		afterAll(async () => {
			await n8n.stop();
			await Promise.all([crm.close(), vendor.close()]);
			rmSync(userFolder, { recursive: true, force: true });
		});

		test('each is written to once, though two sweeps ran', () => {
			expect(sent).toHaveLength(45);
		});

		test('what the channel took is confirmed, what it refused is not', () => {
			const { touches } = readLedger(userFolder, 'live');
			const due = touches.filter(({ state }) => state !== 'lapsed' && state !== 'held');
			const expected = customers.map((_customer, index) => {
				const id = `customer-${String(index + 1)}`;
				return `${id} ${id === 'customer-7' ? 'claimed' : 'sent'}`;
			});
			expect(due.map(({ account_id, state }) => `${account_id} ${state}`).sort()).toEqual(
				expected.sort(),
			);
		});

		test('says what the vendor asks for, by the step', () => {
			const text = JSON.stringify(sent.map(({ body }) => body));
			expect(text).not.toMatch(/undefined|\[object|\{\{/);
			if (how.channel === 'Or: HubSpot e-mail') {
				const ids = sent.map(({ body }) => body.emailId);
				expect(ids.filter((id) => id === 901)).toHaveLength(25);
				expect(ids.filter((id) => id === 902)).toHaveLength(20);
				expect(first).toMatchObject({
					headers: { authorization: 'Bearer hubspot-token' },
					body: {
						message: {
							to: 'boss@customer-1.example',
							sendId: expect.stringMatching(/^renewal\/.*customer-1\/summary/) as string,
						},
						customProperties: { account_name: 'Customer 1', step: 'summary' },
					},
				});
				const keys = sent.map(({ body }) => (body.message as { sendId: string }).sendId);
				expect(new Set(keys).size).toBe(45);
			} else if (how.bodyOf !== undefined) {
				const ids = sent.map(({ body }) => body.id);
				// a ULID: 26 signs of Crockford's 32, the first of them at most 7
				for (const id of ids) expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
				expect(new Set(ids).size).toBe(45);
				expect(sent.map(({ body }) => (body.data as { touch: string }).touch)).toContain(
					'renewal/1/customer-1/summary/',
				);
			} else if (how.channel === 'Or: webhook') {
				expect(first).toMatchObject({
					headers: { 'idempotency-key': first?.body.id },
					body: { to: 'boss@customer-1.example', accountId: 'customer-1', step: 'summary' },
				});
			} else {
				expect(first).toMatchObject({
					headers: { authorization: 'Bearer intercom-key', 'intercom-version': '2.14' },
					body: {
						message_type: 'email',
						template: 'personal',
						from: { type: 'admin' },
						to: { type: 'user', id: 'ic-boss@customer-1.example' },
					},
				});
				expect(new Set(sent.map(({ body }) => JSON.stringify(body.to))).size).toBe(45);
			}
		});
	},
);
