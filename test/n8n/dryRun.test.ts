import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from './crmEvents';
import { hasEventsWaiting, readLedger, type LedgerRows } from './ledgerRows';
import { startMailbox, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail } from './workflows';

const EVENTS_PATH = eventsPath('test-onboarding');
const WELCOMED = 'ada@olive.example.com';
const WELCOME = 'Welcome to Example: your first steps';
/** Sample customers whose messages do not wait for office hours, so that the test may run at any hour. */
const AT_ONCE = {
	'olive-optics': 'welcome',
	'ember-electric': 'celebrate',
	'quartz-quilts': 'reach-by-hand',
};
const CUSTOMERS = [...Object.keys(AT_ONCE), 'stone-studio', 'mint-media'];

type Event = { id: string; [field: string]: string };

const created = (accountId: string, id = `created-${accountId}`): Event => ({
	id,
	type: 'customer_created',
	accountId,
	occurredAt: new Date(Date.now() - 24 * 3_600_000).toISOString(),
});

describe('the journey as shipped, imported into an n8n with no credential but the secret of its events', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let workflow: WorkflowFile;
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let id: string;

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const shipped = readWorkflow('journey-onboarding.json');
		workflow = withEvents(shipped, await createEventsSecret(client), 'test-onboarding');
		id = await client.importWorkflow(workflow);
		await client.publish(id);
		await client.waitForWebhook(EVENTS_PATH);
	});
	afterAll(async () => {
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	/** Tells events and waits until they are processed. */
	const tell = async (events: Event[]): Promise<LedgerRows> => {
		const { status } = await tellEvents(client, EVENTS_PATH, events);
		expect(status).toBe(200);
		await waitFor('the events being processed', () =>
			hasEventsWaiting(userFolder) ? undefined : true,
		);
		return readLedger(userFolder, 'live');
	};
	/** As shipped, n8n keeps executions that failed and no others. */
	const failures = async (): Promise<unknown[]> => await client.executions(id, { data: false });

	test('runs dry in production: everything is written down, nothing leaves', async () => {
		const { enrollments, touches } = await tell(CUSTOMERS.map((customer) => created(customer)));
		expect(await failures()).toEqual([]);
		expect(enrollments.map(({ account_id }) => account_id)).toEqual(
			expect.arrayContaining(CUSTOMERS),
		);
		expect([...enrollments, ...touches].filter(({ dry }) => dry !== 1)).toEqual([]);
		for (const [customer, step] of Object.entries(AT_ONCE)) {
			const row = touches.find(
				({ account_id, step_id }) => account_id === customer && step_id === step,
			);
			expect({ customer, state: row?.state }).toEqual({ customer, state: 'dry' });
		}
		// what had its time but may not go (yet) is written down as such; nothing is claimed, let alone sent
		const states = new Set(touches.map(({ state }) => state));
		for (const state of ['dry', 'held', 'lapsed']) states.delete(state);
		expect([...states]).toEqual([]);
		expect(await mailbox.mails()).toEqual([]);
	});

	test('the same events again change nothing', async () => {
		const before = readLedger(userFolder, 'live');
		const after = await tell(CUSTOMERS.map((customer) => created(customer)));
		expect(after.events).toEqual(before.events);
		expect(after.enrollments).toEqual(before.enrollments);
	});

	test('switching the mail nodes on is a go-live: the welcome goes, once', async () => {
		const name = 'SMTP account';
		const credential = await client.createCredential({
			name,
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		const { nodes, connections } = withMail(workflow, { id: credential, name });
		await client.rest('PATCH', `/workflows/${id}`, { nodes, connections });
		await client.publish(id);
		// publishing answers before the new version listens; from the first event on it must be the new one
		await waitFor('the enabled mail nodes running', async () => {
			await tell([created('olive-optics', `again-${String(Date.now())}`)]);
			return (await mailbox.mails()).length > 0 ? true : undefined;
		});
		await Promise.all(
			[1, 2].map(async (n) => await tell([created('olive-optics', `once-more-${String(n)}`)])),
		);
		const mails = (await mailbox.mails()).filter(({ to }) => to.includes(WELCOMED));
		expect(mails.map(({ subject }) => subject)).toEqual([WELCOME]);
		expect(await failures()).toEqual([]);
		const { touches } = readLedger(userFolder, 'live');
		const welcomes = touches.filter(
			({ account_id, step_id }) => account_id === 'olive-optics' && step_id === 'welcome',
		);
		expect(welcomes.map(({ dry, state }) => [dry, state]).sort()).toEqual([
			[0, 'sent'],
			[1, 'dry'],
		]);
	});
});
