import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailInUse } from '../../engine/content/mailReview';
import type { JourneyEvent } from '../../engine/journeys/memory';
import { openSqliteLedger } from '../../ledger/sqlite';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { startMailbox, type Mailbox } from './mailbox';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const PATH = 'test-review';
const TODAY = new Date().toISOString().slice(0, 10);
const row = (id: string, over: object): object => ({
	id,
	title: `About ${id}`,
	url: `https://help.example.com/${id}`,
	kind: 'article',
	reviewedAt: TODAY,
	...over,
});
const ROWS = [
	row('in-order', { owner: 'dora@vendor.example' }),
	row('old', { reviewedAt: '2020-01-01', owner: 'Dora@Vendor.example' }),
	row('no-link', { url: 'http://help.example.com/no-link', owner: 'dora@vendor.example' }),
	row('over', { expiresAt: '2020-01-01', owner: 'will@vendor.example' }),
	row('never', { reviewedAt: '' }),
];

const MAILS = new Set(['Mail: to review', 'Mail: mails to review']);

/** The template as a company sets it up, with its own rows, its mail node enabled, and a test's trigger. */
function setUp(workflow: WorkflowFile, smtp: { id: string; name: string }): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.name === 'Sample catalogue')
			return { ...node, parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: ROWS }) } };
		if (!MAILS.has(node.name)) return node;
		return { ...node, disabled: false, credentials: { smtp } };
	});
	const trigger = {
		id: PATH,
		name: 'Test trigger',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 800],
		webhookId: PATH,
		parameters: { httpMethod: 'POST', path: PATH, responseMode: 'lastNode', options: {} },
	};
	const begins = ['Sample catalogue', 'Mails sent lately'];
	const start = { main: [begins.map((node) => ({ node, type: 'main', index: 0 }))] };
	return {
		...workflow,
		nodes: [...nodes, trigger],
		connections: { ...workflow.connections, 'Test trigger': start },
	};
}

/** What Journey Email nodes write down when customers get their mails. */
async function rememberMails(userFolder: string): Promise<void> {
	const ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	const now = Date.now();
	const mail = (name: string, daysAgo: number, more: object): JourneyEvent => {
		const about = { mail: `flow/${name}`, name, workflow: 'Onboarding', ...more };
		return mailInUse(about, TODAY, now - daysAgo * 86_400_000);
	};
	await ledger.recordEvents(
		[
			mail('Mail: welcome', 1, { reviewedAt: TODAY, owner: 'dora@vendor.example' }),
			mail('Mail: nudge', 2, { reviewedAt: '2020-01-01', owner: 'dora@vendor.example' }),
			mail('Mail: guide', 3, {}),
			mail('Mail: given up', 40, {}),
		],
		now,
	);
	await ledger.close();
}

/** R79, with ops-content-review as it is shipped. */
describe('the review of the catalogue on the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		const id = await client.createCredential({ name, type: 'smtp', data });
		const workflow = setUp(readWorkflow('ops-content-review.json'), { id, name });
		await client.publish(await client.importWorkflow(workflow));
		await rememberMails(userFolder);
		await client.waitForWebhook(PATH);
	});
	afterAll(async () => {
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('each owner gets one mail with their rows and the reasons; the team gets those of nobody', async () => {
		const { status, body } = await client.callWebhook(PATH, {});
		expect([status, body]).toEqual([200, expect.any(String)]);
		const mails = await mailbox.mails();
		const about = mails
			.filter(({ subject }) => subject.includes('content'))
			.map(({ to, subject, text }) => ({ to: to.join(), subject, text }))
			.toSorted((a, b) => (a.to < b.to ? -1 : 1));
		expect(about).toMatchObject([
			{ to: 'content-team@example.com', subject: '1 piece of content to review' },
			{ to: 'dora@vendor.example', subject: '2 pieces of content to review' },
			{ to: 'will@vendor.example', subject: '1 piece of content to review' },
		]);
		const [team, dora, will] = about.map(({ text }) => text);
		expect(team).toMatch(
			/About never \(never\): stale\s+It does not say when it was last reviewed/,
		);
		expect(dora).toMatch(/About old \(old\): stale\s+It was last reviewed \d+ days ago/);
		expect(dora).toMatch(/About no-link \(no-link\): not readable\s+Row 3: the link begins with/);
		expect(dora).not.toMatch(/in-order|over|never \(/);
		expect(will).toMatch(/About over \(over\): expired\s+It expired: 2020-01-01\./);
	});

	test('and one with the mails of journeys that customers got lately and nobody has looked at', async () => {
		const about = (await mailbox.mails())
			.filter(({ subject }) => subject.includes('of journeys'))
			.map(({ to, subject, text }) => ({ to: to.join(), subject, text }))
			.toSorted((a, b) => (a.to < b.to ? -1 : 1));
		expect(about).toMatchObject([
			{ to: 'content-team@example.com', subject: '1 mail of journeys to review' },
			{ to: 'dora@vendor.example', subject: '1 mail of journeys to review' },
		]);
		const [team, dora] = about.map(({ text }) => text);
		expect(team).toMatch(/Mail: guide, last sent .* \(Onboarding\)\s+It does not say when/);
		expect(dora).toMatch(/Mail: nudge, last sent .*\s+It was last reviewed \d+ days ago/);
		expect(`${team ?? ''}${dora ?? ''}`).not.toMatch(/welcome|given up/);
	});
});
