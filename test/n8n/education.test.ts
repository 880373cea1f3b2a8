import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClaudeStub, type ClaudeStub } from '../harness/claudeStub';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from './crmEvents';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { hasEventsWaiting } from './ledgerRows';
import { startMailbox, type Mail, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail } from './workflows';

const DAY = 86_400_000;
const WEEKS = 9;
/** New York, 10:05 on a Monday; every day that follows at the same local time but for the change of clocks. */
const START = Date.parse('2026-03-02T10:05:00-05:00');
const FEATURES = ['boards', 'automations', 'reports', 'forms', 'goals', 'timeline'];
const ROWS = FEATURES.map((feature, place) => ({
	id: `about-${feature}`,
	title: `About ${feature}`,
	url: `https://help.example.com/about-${feature}`,
	kind: ['article', 'video', 'tutorial'][place % 3] ?? 'article',
	features: feature,
	outcome: `Work with ${feature} every day`,
	reviewedAt: '2026-02-20',
}));

const account = (accountId: string, featuresUsed: string[], now: number): object => ({
	accountId,
	name: `${accountId} Inc`,
	arr: 6000,
	currency: 'USD',
	plan: 'team',
	createdAt: '2025-06-02T10:00:00-04:00',
	startedAt: '2025-06-02',
	renewalDate: '2027-06-02',
	lifecycleStage: 'adopting',
	timezone: 'America/New_York',
	contacts: [{ email: `ann@${accountId}.example`, name: 'Ann Canary', role: 'admin' }],
	usage: {
		featuresUsed,
		activeUsers: 20,
		events: 300,
		previousEvents: 300,
		adoption: 0.7,
		lastActiveAt: new Date(now - DAY).toISOString(),
		asOf: new Date(now).toISOString(),
	},
	licences: { bought: 20, used: 20 },
	support: { openTickets: 0, openP1: 0 },
	sentiment: { nps: 50, csat: 4.5 },
});

/** The template as a company sets it up: Claude chooses, from a catalogue of its own. */
function setUp(workflow: WorkflowFile, anthropicApi: { id: string; name: string }): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		if (node.name === 'Sample catalogue')
			return {
				...node,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: ROWS }), options: {} },
			};
		if (node.name !== 'Next most relevant content') return node;
		const parameters = { ...node.parameters, chooseBy: 'claude', model: 'claude-haiku-5-5' };
		return { ...node, parameters, credentials: { ...node.credentials, anthropicApi } };
	});
	return { ...workflow, nodes };
}

/** R34–R37 with P24, every day for nine weeks. */
const EVENTS_PATH = eventsPath('test-education');

describe('education on the real n8n, with Claude over the wire', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let crm: FakeCrm;
	let stub: ClaudeStub;
	const received: { at: number; to: string; mail: Mail }[] = [];

	beforeAll(async () => {
		[mailbox, crm, stub] = await Promise.all([
			startMailbox(),
			startFakeCrm(),
			startClaudeStub({ catalogue: ROWS.map(({ id }) => id) }),
		]);
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const smtp = await client.createCredential({
			name: 'SMTP account',
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		const claude = await client.createCredential({
			name: 'Anthropic account',
			type: 'anthropicApi',
			data: { apiKey: stub.key, url: stub.url },
		});
		const journey = setUp(
			withMail(readWorkflow('journey-education.json'), { id: smtp, name: 'SMTP account' }),
			{ id: claude, name: 'Anthropic account' },
		);
		const secret = await createEventsSecret(client);
		const onClock = withClockAndCrm(withEvents(journey, secret, 'test-education'), crm.url, [
			'Your CRM',
			'Sample catalogue',
		]);
		await client.publish(await client.importWorkflow(onClock));
		await client.waitForWebhook(CLOCK_PATH);
		await client.waitForWebhook(EVENTS_PATH);
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close(), stub.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	const sweep = async (at: number): Promise<void> => {
		const now = new Date(at).toISOString();
		const { status, body } = await client.callWebhook(CLOCK_PATH, { now });
		if (status !== 200) throw new Error(`The sweep of ${now} answered ${String(status)}: ${body}`);
		await noteMails(at);
	};
	/** Several events, of which each alone would begin as much as a sweep does. */
	const tell = async (at: number): Promise<void> => {
		const now = new Date(at).toISOString();
		const events = ['adopts', 'rests'].map((accountId) => ({
			...{ id: `value-${accountId}`, type: 'first_value_reached', accountId },
			occurredAt: new Date(at - 30 * DAY).toISOString(),
		}));
		expect(await tellEvents(client, EVENTS_PATH, events, { now })).toMatchObject({ status: 200 });
		await waitFor('the events being processed', () =>
			hasEventsWaiting(userFolder) ? undefined : true,
		);
		await noteMails(at);
	};
	const noteMails = async (at: number): Promise<void> => {
		const mails = await mailbox.mails();
		for (const mail of mails.slice(received.length))
			for (const to of mail.to) received.push({ at, to, mail });
	};
	const mailsTo = (to: string) => received.filter((one) => one.to === to);
	const linkIn = ({ html, text }: Mail): string =>
		/https:\/\/help\.example\.com\/about-\w+/.exec(`${html}${text}`)?.[0] ?? '';

	test('sends what was chosen, once every two weeks and never more often; then nothing, when nothing is left', async () => {
		// one adopts whatever the last mail was about, one nothing, one uses everything
		const used = new Map<string, string[]>([
			['adopts', ['boards']],
			['rests', ['boards']],
			['all', FEATURES],
		]);
		stub.behave(['good', 'notJson', 'obeying', 'ineligibleId', 'overloaded', 'good']);
		for (let day = 0; day < WEEKS * 7; day++) {
			const at = START + day * DAY;
			crm.setAccounts([...used].map(([id, features]) => account(id, features, at)));
			// the first tips leave with the events of the first day
			if (day === 0) {
				await tell(at);
				expect(received).toHaveLength(2);
			}
			await sweep(at);
			for (const { mail } of mailsTo('ann@adopts.example')) {
				const feature = linkIn(mail).split('about-')[1] ?? '';
				const features = used.get('adopts') ?? [];
				if (!features.includes(feature)) used.set('adopts', [...features, feature]);
			}
		}
		for (const id of ['adopts', 'rests']) {
			const mails = mailsTo(`ann@${id}.example`);
			const links = mails.map(({ mail }) => linkIn(mail));
			// five features are left: a mail on day 0, 14, 28, 42 and 56
			expect(mails).toHaveLength(5);
			expect(new Set(links).size).toBe(5);
			expect(links).not.toContain('https://help.example.com/about-boards');
			for (const [place, { at }] of mails.entries()) {
				const before = mails[place - 1];
				if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(13.9 * DAY);
			}
			expect(mails.every(({ mail }) => mail.subject !== '')).toBe(true);
		}
		expect(mailsTo('ann@all.example')).toEqual([]);
		expect(received).toHaveLength(10);
	});

	test('Claude was asked once for the same question, and never about anybody', () => {
		expect(stub.asked()).toBeGreaterThan(0);
		const sent = JSON.stringify(stub.received.map(({ body }) => body));
		expect(sent).not.toMatch(/canary|@adopts|@rests|adopts Inc/i);
		expect(stub.received.every(({ refused }) => refused === undefined)).toBe(true);
	});
});
