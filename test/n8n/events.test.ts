import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient } from './client';
import { addressOf, becameCustomers, call, createSecret, eventFlow, listening } from './eventFlow';
import { readLedger } from './ledgerRows';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';

const REPLAYS = 1000;
const AT_ONCE = 20;

describe('Customer Event Trigger on a real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let address: string;
	let workflowId: string;

	const accounts = (kind: 'live' | 'test' = 'live'): Set<string> =>
		new Set(readLedger(userFolder, kind).events.map(({ account_id }) => account_id));
	const recorded = async (ids: readonly string[], kind?: 'live' | 'test'): Promise<void> => {
		await waitFor(
			'the events in the record',
			() => (ids.every((id) => accounts(kind).has(id)) ? true : undefined),
			{ timeoutMs: 90_000 },
		);
	};
	const idsFrom = (from: number, count: number): string[] =>
		Array.from({ length: count }, (_none, index) => String(from + index));

	beforeAll(async () => {
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		await createSecret(client, 'hubspot');
		workflowId = await client.importWorkflow(eventFlow('hubspot'));
		address = await addressOf(client, workflowId);
		await client.publish(workflowId);
		await listening(address);
	});
	afterAll(async () => {
		await n8n.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('takes in a hundred events with one call, without an execution, and hands them out together', async () => {
		expect(await call(address, 'hubspot', becameCustomers(1000, 100))).toEqual({
			status: 200,
			body: '{"received":100}',
		});
		await recorded(idsFrom(1000, 100));
		const executions = await client.waitForExecutions(workflowId, 1);
		expect(executions.map(({ mode, status }) => [mode, status])).toEqual([['trigger', 'success']]);
		const [first] = client.itemsOf(executions[0] ?? fail(), 'Customer events');
		expect(first).toMatchObject({
			type: 'customer_created',
			accountId: '1000',
			accountKey: { system: 'hubspot', kind: 'company', id: '1000' },
			occurredAt: '2026-03-02T09:00:01.000Z',
			source: 'hubspot',
		});
	});

	test('a thousand repeats are one event', async () => {
		const [event] = becameCustomers(5000, 1);
		for (let round = 0; round < REPLAYS / AT_ONCE; round++) {
			const answers = await Promise.all(
				Array.from({ length: AT_ONCE }, async (_none, index) => {
					const repeat = { ...event, attemptNumber: round * AT_ONCE + index };
					return (await call(address, 'hubspot', [repeat])).status;
				}),
			);
			expect(new Set(answers)).toEqual(new Set([200]));
		}
		await recorded(['5000']);
		await new Promise((resolve) => setTimeout(resolve, 3000));
		const handedOut = (await client.executions(workflowId)).flatMap((execution) =>
			client.itemsOf(execution, 'Customer events'),
		);
		expect(handedOut.filter(({ accountId }) => accountId === '5000')).toHaveLength(1);
	});

	test('refuses what is not signed, wrongly signed or signed long ago, and keeps nothing of it', async () => {
		const events = becameCustomers(6000, 1);
		const old = String(Date.now() - 6 * 60_000);
		expect((await call(address, 'hubspot', events, { 'x-hubspot-signature-v3': '' })).status).toBe(
			401,
		);
		expect(
			(await call(address, 'hubspot', events, { 'x-hubspot-request-timestamp': old })).status,
		).toBe(401);
		expect((await call(`${address}?x=1`, 'hubspot', events)).status).toBe(200);
		expect((await call(address, 'stripe', becameCustomers(6001, 1))).status).toBe(401);
		await recorded(['6000']);
		expect(accounts().has('6001')).toBe(false);
	});

	test('believes nothing where no secret is set', async () => {
		await createSecret(client, 'hubspot', 'Empty', ' \n ');
		const id = await client.importWorkflow(eventFlow('hubspot', {}, 'Empty'));
		const other = await addressOf(client, id);
		await client.publish(id);
		await listening(other);
		expect((await call(other, 'hubspot', becameCustomers(6100, 1))).status).toBe(503);
		await client.unpublish(id);
	});

	test('imported twice, it has two addresses, and each its own events', async () => {
		const id = await client.importWorkflow(eventFlow('hubspot'));
		const other = await addressOf(client, id);
		expect(other).not.toBe(address);
		await client.publish(id);
		await listening(other);
		expect((await call(other, 'hubspot', becameCustomers(7000, 1))).status).toBe(200);
		expect((await call(address, 'hubspot', becameCustomers(7000, 1))).status).toBe(200);
		const [execution] = await client.waitForExecutions(id, 1);
		expect(client.itemsOf(execution ?? fail(), 'Customer events')).toHaveLength(1);
		await client.unpublish(id);
	});

	test('takes in Stripe, Standard Webhooks and Salesforce, each as it wants to be answered', async () => {
		const stripe = {
			id: 'evt_1',
			type: 'invoice.overdue',
			created: Math.floor(Date.now() / 1000),
			data: { object: { object: 'invoice', customer: 'cus_77' } },
		};
		const own = { type: 'first_value_reached', data: { accountId: 'own-77' } };
		const soap = `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D5g000004cAbcEAE</OrganizationId><Notification><Id>04l1</Id><sObject xsi:type="sf:Case" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>500A</sf:Id><sf:AccountId>001-77</sf:AccountId></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>`;
		const cases = [
			['stripe', stripe, '{"received":1}', {}],
			['standardWebhooks', own, '{"received":1}', {}],
			['salesforce', soap, '<Ack>true</Ack>', { organizationId: '00D5g000004cAbc' }],
		] as const;
		for (const [sender, content, answer, over] of cases) {
			await createSecret(client, sender, sender);
			const id = await client.importWorkflow(eventFlow(sender, over, sender));
			const to = await addressOf(client, id);
			await client.publish(id);
			await listening(to);
			const { status, body } = await call(to, sender, content);
			expect([status, body]).toEqual([200, expect.stringContaining(answer)]);
			await waitFor('it handed out', async () =>
				(await client.executions(id, { data: false })).length > 0 ? true : undefined,
			);
			await client.unpublish(id);
		}
		await recorded(['cus_77', 'own-77', '001-77']);
	});

	/** As each describes its calls; signed as each signs (test/harness/senders.ts). */
	test.each([
		[
			'segment',
			{
				type: 'track',
				messageId: 'node-next-1772442000000-9f1a',
				event: 'First Value Reached',
				userId: 'u-1',
				context: { groupId: 'segment-88', library: { name: 'analytics-node' } },
				properties: {},
				timestamp: '2026-03-02T08:59:00.000Z',
			},
			{ type: 'first_value_reached', accountId: 'segment-88' },
		],
		[
			'intercom',
			{
				type: 'notification_event',
				app_id: 'a86dr8yl',
				id: 'notif_ccd8a4d0-f965-11e3-a367-c779cae3e1b3',
				topic: 'company.created',
				delivery_attempts: 1,
				created_at: 1_772_442_000,
				data: {
					type: 'notification_event_data',
					item: { type: 'company', id: '531ee472cce572a6ec000006', company_id: 'intercom-88' },
				},
			},
			{ type: 'customer_created', accountId: 'intercom-88' },
		],
		[
			'pagerduty',
			{
				event: {
					id: '01BWI7Z3T7TWPE2V2H4VPBRO7',
					event_type: 'incident.triggered',
					resource_type: 'incident',
					occurred_at: '2026-03-02T08:59:00.000Z',
					data: {
						id: 'PGR0VU2',
						type: 'incident',
						urgency: 'high',
						service: { id: 'PF9KMXH', type: 'service_reference' },
					},
				},
			},
			{
				type: 'ticket_opened',
				severity: 'P1',
				accountKey: { system: 'pagerduty', id: 'PF9KMXH' },
			},
		],
		[
			'customerio',
			{
				event_id: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
				object_type: 'email',
				metric: 'clicked',
				timestamp: 1_772_442_000,
				data: {
					customer_id: '0200000001',
					delivery_id: 'RPILAgUBcRhIBqSfeiIwdIYJKxTY',
					identifiers: { id: '42', email: 'test@example.com', cio_id: 'd9c106000001' },
					recipient: 'test@example.com',
					href: 'https://app.example.com/start',
					link_id: 1,
					subject: 'Welcome',
					machine: false,
				},
			},
			{ type: 'clicked', human: true, contact: 'test@example.com' },
		],
		[
			'salesforce',
			{
				payload: {
					Type__c: 'renewed',
					AccountId__c: '001-88',
					EventId__c: 'sf-88',
					OccurredAt__c: '2026-03-02T08:59:00Z',
				},
			},
			{ type: 'renewed', accountId: '001-88' },
		],
		[
			'hmac',
			{ id: 'evt-88', type: 'customer.created', accountId: 'own-88' },
			{ type: 'customer_created', accountId: 'own-88' },
		],
	] as const)(
		'takes in a signed call of %s, and none whose signature is another’s',
		async (sender, content, expected) => {
			const name = `${sender}, one call`;
			await createSecret(client, sender, name);
			const over = sender === 'salesforce' ? { organizationId: '' } : {};
			const id = await client.importWorkflow(eventFlow(sender, over, name));
			const to = await addressOf(client, id);
			await client.publish(id);
			await listening(to);
			const other = sender === 'hmac' ? 'stripe' : 'hmac';
			expect((await call(to, other, content)).status).toBe(401);
			for (let times = 0; times < 2; times++)
				expect(await call(to, sender, content)).toMatchObject({ status: 200 });
			const [execution] = await client.waitForExecutions(id, 1);
			await new Promise((resolve) => setTimeout(resolve, 2500));
			expect(await client.executions(id, { data: false })).toHaveLength(1);
			expect(client.itemsOf(execution ?? fail(), 'Customer events')).toEqual([
				expect.objectContaining({
					...expected,
					...('accountKey' in expected
						? { accountKey: expect.objectContaining(expected.accountKey) as object }
						: {}),
				}),
			]);
			await client.unpublish(id);
		},
	);

	test('what a crash cut off between the answer and the hand-out is not lost, and handed out after the restart', async () => {
		const rounds = 4;
		const perRound = 300;
		const { port } = n8n;
		for (let round = 0; round < rounds; round++) {
			const from = 10_000 + round * perRound;
			for (let sent = 0; sent < perRound; sent += 100) {
				const answer = await call(address, 'hubspot', becameCustomers(from + sent, 100));
				expect(answer.status).toBe(200);
			}
			// at once; while a batch is being handed out; and after
			await new Promise((resolve) => setTimeout(resolve, round * 450));
			await n8n.kill();
			n8n = await startN8n({ userFolder, port });
			await listening(address);
		}
		await recorded(idsFrom(10_000, rounds * perRound));
	});

	test('shows an event to somebody who listens in the editor, and touches no customer', async () => {
		client = await connect(n8n.url);
		await client.unpublish(workflowId);
		const workflowData = await client.findWorkflow(workflowId);
		await client.rest('POST', `/workflows/${workflowId}/run?partialExecutionVersion=2`, {
			workflowData,
			triggerToStartFrom: { name: 'Customer events' },
		});
		const test = await addressOf(client, workflowId, 'webhook-test');
		const signedFor = await call(test, 'hubspot', becameCustomers(9000, 2));
		expect(signedFor.status).toBe(200);
		await recorded(['9000', '9001'], 'test');
		expect(accounts().has('9000')).toBe(false);
	});
});
