import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient, type WorkflowFile } from '../../client';
import { CLOCK_PATH, withClockAndCrm } from '../../clock';
import { deskOnTestTime } from '../../desk';
import { startFakeCrm, type FakeCrm } from '../../fakeCrm';
import { startMailbox, type Mailbox } from '../../mailbox';
import { startN8n, type N8nServer } from '../../server';
import { startInternet, type Internet } from '../../vendors/internet';
import { slack, SLACK_TOKEN, type SlackState } from '../../vendors/slack';
import { gatherVendors } from '../../vendors/vendor';
import { readWorkflow, withMail } from '../../workflows';
import { recordOf } from '../record';
import { signalsFor } from '../signals';

const DESK_PATH = 'digital-cs/escalations';
const TRIAGE = `${CLOCK_PATH}-triage`;
const WITH_DESK = `${CLOCK_PATH}-with-desk`;
const ONBOARDING = `${CLOCK_PATH}-onboarding`;
const STALLS = `${CLOCK_PATH}-stalls`;
const TEAM = 'success-team@example.com';
/** New York: Friday 6 March 2026, and the Monday after it, on which the clocks have gone forward. */
const FRIDAY = '2026-03-06T08:15:00-05:00';
const FRIDAY_10 = '2026-03-06T10:00:00-05:00';
const MONDAY = '2026-03-09T08:15:00-04:00';
const TUESDAY = '2026-03-10T08:15:00-04:00';
const WEDNESDAY = '2026-03-11T08:15:00-04:00';
const FIRST_OF_APRIL = '2026-04-01T08:30:00-04:00';

type Facts = { readonly usage?: object; readonly [field: string]: unknown };
/** A customer, what the CRM says of them on Monday, and what the queue is to say then. */
type Story = {
	readonly id: string;
	readonly story: string;
	readonly arr: number;
	readonly always?: Facts;
	readonly monday?: Facts;
	/** On whose list, and what to do; none where they are on no list. */
	readonly expected?: readonly [owner: string, step: string];
};

const STORIES: readonly Story[] = [
	{
		id: 'overdue',
		story: 'asked for a person on Friday at 10, and nobody has answered (R63)',
		arr: 1_000,
		always: { csm: 'ana@example.com' },
		expected: ['ana@example.com', 'Acknowledge it'],
	},
	{
		id: 'fell-45',
		story: 'urgent, whatever the tier (R5); has a success manager',
		arr: 2_000,
		always: { csm: 'ben@example.com' },
		monday: { usage: { events: 220, previousEvents: 400 } },
		expected: ['ben@example.com', 'Call about the fall in usage: 45 %'],
	},
	{
		id: 'fell-31',
		story: 'strictly more than 30 % (R24, P03)',
		arr: 9_000,
		monday: { usage: { events: 276, previousEvents: 400 } },
		expected: [TEAM, 'Ask what changed: usage fell by 31 %'],
	},
	{
		id: 'fell-30',
		story: 'exactly 30 %',
		arr: 9_000,
		monday: { usage: { events: 280, previousEvents: 400 } },
	},
	{
		id: 'few-events',
		story: 'too few to tell (P03)',
		arr: 9_000,
		monday: { usage: { events: 10, previousEvents: 49 } },
	},
	{
		id: 'sponsor-59',
		story: 'fewer than 60 days to the renewal, and no sponsor (R25, P28)',
		arr: 15_000,
		monday: { executiveSponsor: '', renewalDate: '2026-05-07' },
		expected: [TEAM, 'Call about the missing sponsor: renewal in 59 days'],
	},
	{
		id: 'sponsor-60',
		story: 'a day too early',
		arr: 15_000,
		monday: { executiveSponsor: '', renewalDate: '2026-05-08' },
	},
	{
		id: 'dropped',
		story: 'health under 60 (R23)',
		arr: 20_000,
		monday: { ...signalsFor(45, Date.parse(MONDAY)) },
		expected: [TEAM, 'Look into what lowers the score: '],
	},
	{
		id: 'getting-started',
		story: 'until first value a bad score raises nothing (P18)',
		arr: 20_000,
		always: { lifecycleStage: 'onboarding', createdAt: '2026-03-02', startedAt: '2026-03-02' },
		monday: { ...signalsFor(45, Date.parse(MONDAY)) },
	},
	{
		id: 'partner',
		story: 'no customer',
		arr: 20_000,
		always: { excluded: 'partner' },
		monday: { ...signalsFor(45, Date.parse(MONDAY)) },
	},
	{ id: 'fine', story: 'all is well', arr: 90_000 },
];

/** What the CRM says at a moment; on Friday all is well. */
function accountsAt(at: number, isMonday: boolean): object[] {
	return STORIES.map(({ id, arr, always = {}, monday = {} }) => {
		const facts: Facts = { ...signalsFor(100, at), ...always, ...(isMonday ? monday : {}) };
		// the desk is told the time by what it is handed
		const now = new Date(at).toISOString();
		return recordOf(id, at, { arr, now, timezone: 'America/New_York', ...facts });
	});
}

/** Who began on Monday 2 March at 10, and on which day they did each step of the sample checklist. */
const SET_UPS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
	quick: { 'connect-data': 1, 'invite-team': 2, 'first-report': 3 },
	'slow-to-invite': { 'connect-data': 1, 'invite-team': 6, 'first-report': 7 },
	'slower-to-invite': { 'connect-data': 2, 'invite-team': 9, 'first-report': 10 },
	'never-invites': { 'connect-data': 1 },
	'never-invites-either': { 'connect-data': 2 },
	'slow-to-connect': { 'connect-data': 4, 'invite-team': 5, 'first-report': 6 },
	'reports-later': { 'connect-data': 1, 'invite-team': 2 },
};
const BEGAN = Date.parse('2026-03-02T10:00:00-05:00');
const DAY = 86_400_000;

function inSetUp(at: number): object[] {
	return Object.entries(SET_UPS).map(([accountId, days]) => ({
		accountId,
		name: accountId,
		lifecycleStage: 'onboarding',
		createdAt: new Date(BEGAN).toISOString(),
		timezone: 'America/New_York',
		contacts: [{ email: `admin@${accountId}.example`, name: 'Ada', role: 'admin' }],
		setup: {
			completed: Object.entries(days)
				.map(([step, day]) => ({ step, at: BEGAN + day * DAY }))
				.filter((done) => done.at <= at)
				.map((done) => ({ ...done, at: new Date(done.at).toISOString() })),
		},
	}));
}

/** The flow with these nodes switched on. */
function withSenders(
	workflow: WorkflowFile,
	names: readonly string[],
	credentials: Record<string, { id: string; name: string }>,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		names.includes(node.name) ? { ...node, disabled: false, credentials } : node,
	);
	return { ...workflow, nodes };
}

/** A copy of the flow that hands alerts to the desk. */
function withDesk(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Or: escalation desk' ? { ...node, disabled: false } : node,
	);
	return { ...workflow, id: 'triageWithDesk001', nodes };
}

/** R27 with R23–R25, P03, P07, P18, P28; R29 with P15. */
describe('the queue of the morning and the stall report on the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const chat: SlackState = { channels: new Set(['customer-success']), posts: [] };
	const vendors = gatherVendors([slack(chat)]);
	let internet: Internet;
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let crm: FakeCrm;

	beforeAll(async () => {
		[mailbox, crm, internet] = await Promise.all([
			startMailbox(),
			startFakeCrm(),
			startInternet(vendors.hosts, vendors.listener),
		]);
		n8n = await startN8n({ userFolder, env: internet.env });
		client = await connect(n8n.url);
		const credential = async (type: string, data: object) => ({
			id: await client.createCredential({ name: type, type, data }),
			name: type,
		});
		const smtp = await credential('smtp', mailbox.smtpCredential);
		const slackApi = await credential('slackApi', { accessToken: SLACK_TOKEN });
		const triage = withSenders(
			readWorkflow('ops-daily-triage.json'),
			['Mail: the queue', 'Slack: the queue'],
			{ smtp, slackApi },
		);
		const stalls = withSenders(readWorkflow('ops-stall-report.json'), ['Mail: stall report'], {
			smtp,
		});
		const onboarding = withMail(readWorkflow('journey-onboarding.json'), smtp);
		const starts = ['Your CRM'];
		const flows = [
			deskOnTestTime(withMail(readWorkflow('ops-escalation-desk.json'), smtp)),
			withClockAndCrm(withDesk(triage), crm.url, starts, WITH_DESK),
			withClockAndCrm(triage, crm.url, starts, TRIAGE),
			withClockAndCrm(onboarding, crm.url, starts, ONBOARDING),
			withClockAndCrm(stalls, crm.url, starts, STALLS),
		];
		for (const flow of flows) await client.publish(await client.importWorkflow(flow));
		for (const path of [DESK_PATH, TRIAGE, WITH_DESK, ONBOARDING, STALLS])
			await client.waitForWebhook(path);
	}, 300_000);
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close(), internet.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	/** Runs something, and gives the mails and posts that it sent. */
	const sentBy = async (run: () => Promise<{ status: number; body: string }>) => {
		await mailbox.clear();
		chat.posts.length = 0;
		const { status, body } = await run();
		if (status !== 200) throw new Error(`${String(status)}: ${body}`);
		const mails = (await mailbox.mails()).map(({ to, subject, html }) => ({
			to: to.join(),
			subject,
			html,
		}));
		return { mails, posts: chat.posts.map(({ text }) => text) };
	};
	const at = async (path: string, now: string) =>
		await sentBy(async () => await client.callWebhook(path, { now }));

	test('where nothing needs a look, the team is told so', async () => {
		crm.setAccounts(accountsAt(Date.parse(FRIDAY), false));
		const { mails, posts } = await at(TRIAGE, FRIDAY);
		expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
			[TEAM, 'Triage: nothing needs a look today'],
		]);
		expect(posts).toEqual([`For ${TEAM}\nTriage: nothing needs a look today`]);
	});

	test('on Monday each owner gets those who need a look, with what to do, and nobody else is on it', async () => {
		const event = {
			id: 'call-1',
			type: 'human_requested',
			accountId: 'overdue',
			name: 'overdue',
			arr: 1_000,
			currency: 'USD',
			csm: 'ana@example.com',
		};
		const { status } = await client.callWebhook(DESK_PATH, event, { 'x-now': FRIDAY_10 });
		expect(status).toBe(200);
		await mailbox.waitForMails(2);

		crm.setAccounts(accountsAt(Date.parse(MONDAY), true));
		const { mails, posts } = await at(TRIAGE, MONDAY);
		const toWhom = (owner: string) => mails.filter(({ to }) => to === owner);
		const listed = (html: string): string[] =>
			STORIES.filter(({ id }) => html.includes(`. ${id}, `))
				.map(({ id }) => id)
				.toSorted((a, b) => html.indexOf(`. ${a}, `) - html.indexOf(`. ${b}, `));
		expect(mails.map(({ to, subject, html }) => [to, subject, listed(html)])).toEqual([
			['ana@example.com', 'Triage: 1 customer needs a look, all urgent', ['overdue']],
			['ben@example.com', 'Triage: 1 customer needs a look, all urgent', ['fell-45']],
			[TEAM, 'Triage: 3 customers need a look', ['dropped', 'sponsor-59', 'fell-31']],
		]);
		for (const { id, expected } of STORIES) {
			if (expected === undefined) continue;
			const [owner, step] = expected;
			const [mail] = toWhom(owner);
			const line = mail?.html.split('<li>').find((one) => one.includes(`. ${id}, `));
			expect([id, line]).toEqual([id, expect.stringContaining(`Next: ${step}`)]);
		}
		expect(toWhom('ana@example.com')[0]?.html).toContain('is overdue since Fri 2026-03-06 14:00');
		expect(posts.map((text) => text.split('\n').slice(0, 2))).toEqual([
			[expect.stringContaining('For Ana'), 'Triage: 1 customer needs a look, all urgent'],
			['For ben@example.com', 'Triage: 1 customer needs a look, all urgent'],
			[`For ${TEAM}`, 'Triage: 3 customers need a look'],
		]);
		expect(vendors.complaints).toEqual([]);
	});

	test('with the desk, each alert has an owner and a deadline the same morning, and is told once (R61, R62, P07)', async () => {
		const ALERTED = ['dropped', 'fell-31', 'fell-45', 'sponsor-59', 'sponsor-60'];
		/** Whose cases were told, and what the lists say of each. */
		const morning = async (now: string): Promise<[told: string[], Record<string, string>]> => {
			crm.setAccounts(accountsAt(Date.parse(now), true));
			const { mails } = await at(WITH_DESK, now);
			const lists = mails.filter(({ subject }) => subject.startsWith('Triage:'));
			const notices = mails.filter((mail) => !lists.includes(mail));
			const lines = lists.flatMap(({ html }) => html.split('<li>'));
			const when = (id: string): string => {
				const line = lines.find((one) => one.includes(`. ${id}, `)) ?? '';
				return /is (?:due|overdue since) .{20}/.exec(line)?.[0] ?? line;
			};
			const told = notices.map(
				({ subject }) => STORIES.find(({ id }) => subject.includes(id))?.id ?? subject,
			);
			return [told.toSorted(), Object.fromEntries(ALERTED.map((id) => [id, when(id)]))];
		};
		// a business day from Tuesday 9:00, when work begins
		const inADay = 'is due Wed 2026-03-11 09:00';
		const normal = {
			dropped: inADay,
			'fell-31': inADay,
			'sponsor-59': inADay,
			'sponsor-60': inADay,
		};
		expect(await morning(TUESDAY)).toEqual([
			ALERTED,
			{ ...normal, 'fell-45': 'is due Tue 2026-03-10 13:00' },
		]);
		expect(await morning(WEDNESDAY)).toEqual([
			[],
			{ ...normal, 'fell-45': 'is overdue since Tue 2026-03-10 13:00' },
		]);
		expect(vendors.complaints).toEqual([]);
	});

	test('the stall report of the month tells at which step most customers stumbled', async () => {
		crm.setAccounts(inSetUp(BEGAN + DAY));
		expect((await at(ONBOARDING, '2026-03-03T10:05:00-05:00')).mails.length).toBeGreaterThan(0);
		crm.setAccounts(inSetUp(Date.parse(FIRST_OF_APRIL)));
		const { mails } = await at(STALLS, FIRST_OF_APRIL);
		expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
			[TEAM, "Set-up: most customers stall at 'Invite your team' (4 of 7)"],
		]);
		const rows = [...(mails[0]?.html ?? '').matchAll(/<tr><td.*?<\/tr>/g)].map(([row]) =>
			[...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = '']) =>
				cell.replace(/<[^>]+>/g, '').trim(),
			),
		);
		expect(rows).toEqual([
			// 5 of 7 invited: after 1, 1, 1, 5 and 7 days; two stand there
			['Invite your team', '4', '57 %', '2', '7', '5', '1'],
			// 5 came to it, one of whom stands there; four of them did it: too few for a median
			['Build your first report', '1', '20 %', '1', '5', '4', 'too few'],
			// after 1, 1, 2, 1, 2, 4 and 1 days
			['Connect your data', '1', '14 %', '0', '7', '7', '1'],
		]);
	});
});
