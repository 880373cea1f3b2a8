import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from './crmEvents';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { hasEventsWaiting } from './ledgerRows';
import { startMailbox, type Mail, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail } from './workflows';

const EVENTS_PATH = eventsPath('test-onboarding');
const TEAM = 'success-team@example.com';

/** New York, where these customers live; its clocks go forward on Sunday 8 March 2026. */
const at = (day: string, time: string): string =>
	`2026-03-${day}T${time}:00${Number(day) < 8 ? '-05:00' : '-04:00'}`;
const DAY_0 = at('02', '10:00'); // a Monday

type Setup = { completed?: { step: string; at: string }[]; firstValueAt?: string };
const customer = (
	accountId: string,
	more: { setup?: Setup; [field: string]: unknown },
): object => ({
	accountId,
	name: `${accountId} Inc`,
	arr: 6000,
	currency: 'USD',
	createdAt: DAY_0,
	lifecycleStage: 'onboarding',
	timezone: 'America/New_York',
	...more,
});
const admin = (email: string, more: object = {}): object[] => [
	{ email, name: email.split('@')[0], role: 'admin', ...more },
];

const ANN = customer('ann', {
	plan: 'starter',
	useCase: 'reporting',
	contacts: admin('ann@ann.example'),
});
const BEN = customer('ben', {
	plan: 'enterprise',
	useCase: 'forecasting',
	csm: 'carla@example.com',
	contacts: admin('ben@ben.example'),
});
const CAT = customer('cat', {
	plan: 'growth',
	useCase: 'reporting',
	contacts: admin('cat@cat.example'),
});
const DOT = customer('dot', {
	plan: 'starter',
	contacts: admin('dot@dot.example', { unsubscribed: true }),
});

const created = ({ accountId }: { accountId: string }): object => ({
	id: `created-${accountId}`,
	type: 'customer_created',
	accountId,
	occurredAt: DAY_0,
});
const did = (accountId: string, step: string, occurredAt: string): object => ({
	id: `${accountId}-${step}`,
	type: 'set_up_step_completed',
	accountId,
	step,
	occurredAt,
});

/**
 * Sweeps at 10:05 and 16:05 on each of the days 0–16, and events when they happen; each mail is noted with the time of
 * the run that sent it. The expected table is written from R7, R28–R33 and P01, P02, P04, P11–P16.
 */
describe('onboarding on the real n8n, from day 0 to day 16', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let crm: FakeCrm;
	const received: { when: string; to: string; mail: Mail }[] = [];
	let noted = 0;

	beforeAll(async () => {
		[mailbox, crm] = await Promise.all([startMailbox(), startFakeCrm()]);
		crm.setAccounts([ANN, BEN, CAT, DOT]);
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const id = await client.createCredential({
			name: 'SMTP account',
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		const mailing = withMail(readWorkflow('journey-onboarding.json'), { id, name: 'SMTP account' });
		const journey = withEvents(mailing, await createEventsSecret(client), 'test-onboarding');
		await client.publish(await client.importWorkflow(withClockAndCrm(journey, crm.url)));
		await client.waitForWebhook(CLOCK_PATH);
		await client.waitForWebhook(EVENTS_PATH);
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	const noteMails = async (when: string): Promise<void> => {
		const mails = await mailbox.mails();
		for (const mail of mails.slice(noted))
			for (const to of mail.to) received.push({ when, to, mail });
		noted = mails.length;
	};
	const sweep = async (now: string): Promise<void> => {
		const { status, body } = await client.callWebhook(CLOCK_PATH, { now });
		if (status !== 200) throw new Error(`The sweep of ${now} answered ${String(status)}: ${body}`);
		await noteMails(now);
	};
	/** Events are answered before they are processed; this waits until they are. */
	const tell = async (now: string, events: object[], mails: number): Promise<void> => {
		const { status } = await tellEvents(client, EVENTS_PATH, events, { now });
		expect(status).toBe(200);
		await mailbox.waitForMails(noted + mails);
		await settled();
		await noteMails(now);
	};
	const settled = async (): Promise<void> => {
		await waitFor('the events being processed', () =>
			hasEventsWaiting(userFolder) ? undefined : true,
		);
	};
	const mailsTo = (to: string): [string, string][] =>
		received.filter((row) => row.to === to).map(({ when, mail }) => [when, mail.subject]);
	const mailTo = (to: string, subject: string): Mail => {
		const [found, second] = received.filter((row) => row.to === to && row.mail.subject === subject);
		if (found === undefined || second !== undefined)
			throw new Error(`Not exactly one '${subject}'`);
		return found.mail;
	};

	test('carries four customers through, with a crash on day 7', async () => {
		// day 0: the CRM tells the same thing several times, at once and again
		const arrivals = [ANN, BEN, CAT, DOT].map((account) =>
			created(account as { accountId: string }),
		);
		await Promise.all([
			tellEvents(client, EVENTS_PATH, arrivals, { now: DAY_0 }),
			tellEvents(client, EVENTS_PATH, arrivals, { now: DAY_0 }),
			tellEvents(client, EVENTS_PATH, arrivals[0] ?? {}, { now: DAY_0 }),
		]);
		await mailbox.waitForMails(4);
		await settled();
		await noteMails(DAY_0);
		await tell(DAY_0, arrivals, 0);

		const events: Record<string, [string, object[], number]> = {
			'03': [at('03', '12:00'), [did('ben', 'connect-data', at('03', '12:00'))], 0],
			'04': [
				at('04', '09:00'),
				['connect-data', 'invite-team', 'first-report'].map((step) =>
					did('cat', step, at('04', '09:00')),
				),
				0,
			],
			'10': [at('10', '12:00'), [did('ben', 'invite-team', at('10', '12:00'))], 0],
			'12': [
				at('12', '11:00'),
				[
					{
						id: 'cat-value',
						type: 'first_value_reached',
						accountId: 'cat',
						occurredAt: at('12', '11:00'),
					},
				],
				1,
			],
		};
		for (let number = 2; number <= 18; number++) {
			const day = String(number).padStart(2, '0');
			const event = events[day];
			// what happens before the first sweep of a day comes before it
			const early = event !== undefined && event[0] < at(day, '10:05');
			if (event !== undefined && early) await tell(...event);
			if (day === '09') await crashDuringSweep();
			if (day !== '02') await sweep(at(day, '10:05'));
			if (event !== undefined && !early) await tell(...event);
			await sweep(at(day, '16:05'));
		}
	});

	/** Day 7: n8n dies while a sweep waits for the CRM, and is started again on the same folder. */
	const crashDuringSweep = async (): Promise<void> => {
		const held = crm.holdAnswers();
		const lost = client.callWebhook(CLOCK_PATH, { now: at('09', '10:00') }).catch(() => undefined);
		await held.whenAsked;
		await n8n.kill();
		held.answer();
		await lost;
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		await client.waitForWebhook(CLOCK_PATH);
		await client.waitForWebhook(EVENTS_PATH);
	};

	test('Ann, who does nothing, gets each message once, on its day', () => {
		expect(mailsTo('ann@ann.example')).toEqual([
			[DAY_0, 'Welcome to Example: your first steps'],
			[at('04', '10:05'), 'Your set-up: 3 steps to go'], // day 2
			// three days without a step end on Thursday at 10:00, but Wednesday's mail left seconds after 10:05 (P04)
			[at('05', '16:05'), 'Stuck at "Connect your data"?'],
			[at('09', '10:05'), 'What teams like yours do first'], // day 5 is a Saturday: held until Monday
		]);
	});

	test('Ben is nudged about the step where he rests, each step once', () => {
		expect(mailsTo('ben@ben.example')).toEqual([
			[DAY_0, 'Welcome to Example: your first steps'],
			[at('04', '10:05'), 'Your set-up: 2 steps to go'],
			[at('06', '16:05'), 'Stuck at "Invite your team"?'], // three days after Tuesday noon
			[at('09', '10:05'), 'What teams like yours do first'],
			[at('13', '16:05'), 'Stuck at "Build your first report"?'], // three days after Tuesday noon
		]);
	});

	test('Cat, who finishes set-up on day 2, gets no set-up mail afterwards', () => {
		expect(mailsTo('cat@cat.example')).toEqual([
			[DAY_0, 'Welcome to Example: your first steps'],
			[at('06', '10:05'), 'Set-up done: three tips for cat Inc'],
			[at('12', '11:00'), 'Your first result is in'], // at once
		]);
	});

	test('Dot, who has unsubscribed, gets nothing; a human is asked once', () => {
		expect(mailsTo('dot@dot.example')).toEqual([]);
		expect(mailsTo(TEAM)).toEqual([
			[DAY_0, 'Please reach by hand: our mails do not arrive (dot Inc)'],
			[at('16', '10:05'), 'Please call: set-up unfinished after 14 days (ann Inc)'],
		]);
	});

	test('the call of day 14 goes to the success manager where there is one', () => {
		expect(mailsTo('carla@example.com')).toEqual([
			[at('16', '10:05'), 'Please call: set-up unfinished after 14 days (ben Inc)'],
		]);
	});

	test('nobody else got anything', () => {
		const known = [
			'ann@ann.example',
			'ben@ben.example',
			'cat@cat.example',
			TEAM,
			'carla@example.com',
		];
		expect(received.filter(({ to }) => !known.includes(to))).toEqual([]);
		expect(received).toHaveLength(4 + 5 + 3 + 2 + 1);
	});

	test('each mail speaks of the plan and use case of its reader', () => {
		const welcome = 'Welcome to Example: your first steps';
		expect(mailTo('ann@ann.example', welcome).html).toContain('On the Starter plan');
		expect(mailTo('ann@ann.example', welcome).html).toContain('weekly overview');
		expect(mailTo('ben@ben.example', welcome).html).toContain('On the Enterprise plan');
		expect(mailTo('ben@ben.example', welcome).html).toContain('twelve months of history');
		expect(mailTo('cat@cat.example', welcome).html).toContain('On the Growth plan');
		for (const { mail } of received) expect(mail.html).not.toMatch(/\{\{|\{%|undefined|\[object/);
	});

	test('every mail to a customer can be unsubscribed from and has a Message-ID of its own', async () => {
		const customers = received.filter(({ to }) => to.endsWith('.example'));
		for (const { mail } of customers) {
			expect(await mailbox.source(mail.id)).toMatch(/^List-Unsubscribe: <mailto:/m);
		}
		const ids = received.map(({ mail }) => mail.headers['message-id']);
		expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
		expect(new Set(ids).size).toBe(received.length);
	});
});
