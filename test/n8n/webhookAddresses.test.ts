import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { EVENTS } from './clock';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from './crmEvents';
import { hasEventsWaiting, readLedger } from './ledgerRows';
import { startMailbox, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, readWorkflows } from './workflows';

const event = (id: string, type: string, more: object = {}): object => ({
	id,
	type,
	accountId: 'olive-optics',
	occurredAt: new Date().toISOString(),
	...more,
});

/** The same template imported a second time; no journey runs in two workflows, so its own has another name. */
function secondOf(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.type.endsWith('.customerJourney')
			? { ...node, parameters: { ...node.parameters, journeyId: 'second' } }
			: node,
	);
	return { ...workflow, id: 'dcsTwice000000001', nodes };
}

/** The workflow as it is, but that its mail to operations leaves. */
function withOperations(workflow: WorkflowFile, smtp: { id: string; name: string }): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Mail: operations' ? { ...node, disabled: false, credentials: { smtp } } : node,
	);
	return { ...workflow, nodes };
}

describe('where the journeys take in events', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let secret: { id: string; name: string };
	let smtp: { id: string; name: string };
	let mailbox: Mailbox;

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		secret = await createEventsSecret(client);
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		smtp = { id: await client.createCredential({ name, type: 'smtp', data }), name };
	});
	afterAll(async () => {
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	/** Imports it, and gives where its trigger would be called. */
	const bringIn = async (workflow: WorkflowFile): Promise<string> => {
		const id = await client.importWorkflow(workflow);
		const saved = await client.findWorkflow(id);
		const { webhookId } = z
			.looseObject({ webhookId: z.string().min(1) })
			.parse(saved?.nodes.find(({ name }) => name === EVENTS));
		await client.publish(id);
		return eventsPath(webhookId);
	};
	const settled = async (): Promise<void> => {
		await waitFor('the events being processed', () =>
			hasEventsWaiting(userFolder) ? undefined : true,
		);
	};
	const typesOf = (): string[] =>
		readLedger(userFolder, 'live').events.map(({ id, type }) => `${id}: ${type}`);

	test('as shipped nowhere: it publishes, and nobody is listened to', async () => {
		const shipped = readWorkflow('journey-onboarding.json');
		const path = await bringIn({ ...shipped, id: 'dcsAsShipped00001' });
		const { status } = await tellEvents(client, path, event('e-0', 'customer_created'));
		expect(status).toBe(404);
	});

	test('each of the five, and one imported twice, has an address of its own; all are published side by side', async () => {
		const files = readWorkflows().filter(({ file }) => file.startsWith('journey-'));
		const [first] = files;
		if (first === undefined) throw new Error('There are no journeys');
		const again = secondOf(first.workflow);
		const paths: string[] = [];
		for (const workflow of [...files.map((one) => one.workflow), again]) {
			const path = await bringIn(withOperations(withEvents(workflow, secret), smtp));
			await client.waitForWebhook(path);
			paths.push(path);
		}
		expect(new Set(paths).size).toBe(6);

		// whichever hears it, all remember it
		for (const [place, path] of paths.entries()) {
			const { status } = await tellEvents(
				client,
				path,
				event(`e-${String(place)}`, 'ticket_opened'),
			);
			expect(status).toBe(200);
		}
		await settled();
		for (const place of paths.keys())
			expect(typesOf()).toContain(`e-${String(place)}: ticket_opened`);

		const [path = ''] = paths;
		const unsigned = await client.callWebhook(path, event('e-10', 'churned'));
		const wrong = await tellEvents(client, path, event('e-11', 'churned'), { secret: 'another' });
		expect([unsigned.status, wrong.status]).toEqual([401, 401]);

		const some = [
			event('e-20', 'case_resolved'),
			event('e-21', 'board_shared', { board: 7 }),
			event('e-22', 'do_not_spam_me'),
			event('e-23', 'unsubscribed', { accountId: undefined, contact: 'ada@olive.example' }),
			event('e-24', 'reply_received', { accountId: undefined, contact: 'bo@olive.example' }),
			event('e-25', 'opened', { accountId: undefined, contact: 'bo@olive.example' }),
		];
		expect((await tellEvents(client, path, some)).status).toBe(200);
		await settled();
		// what nobody knows keeps its own name; what sounds as if somebody is to be left alone goes to people
		expect(typesOf().filter((one) => /^e-[12]/.test(one))).toEqual(
			expect.arrayContaining([
				'e-20: case_resolved',
				'e-21: board_shared',
				'e-22: event_unreadable',
				'e-23: unsubscribed',
				'e-24: reply_received',
				'e-25: opened',
			]),
		);
		expect(typesOf().join()).not.toMatch(/e-10|e-11/);

		// once each, though the same is told again
		expect((await tellEvents(client, path, [...some, event('e-26', 'renewed')])).status).toBe(200);
		await settled();
		expect(typesOf()).toContain('e-26: renewed');
		const told = (await mailbox.mails()).filter(({ subject }) =>
			subject.includes('nobody acts on'),
		);
		const texts = told.map(({ text }) => text).join();
		expect(told.flatMap(({ to }) => to)).toContain('success-team@example.com');
		for (const id of ['e-22', 'e-24']) expect(texts.split(id)).toHaveLength(2);
		expect(texts).not.toMatch(/e-2[01356]/);
	});
});
