import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { connect, type N8nClient } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from './crmEvents';
import {
	DESK_CLOCK_PATH,
	deskOnTestTime,
	HEALTH_PATH,
	MORNING_PATH,
	scoringFlow,
	STORY,
	STORY_PATH,
	WATCH_CLOCK_PATH,
	watchOnTestTime,
} from './desk';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { hasEventsWaiting } from './ledgerRows';
import { startMailbox, type Mail, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail } from './workflows';

const EVENTS_PATH = 'digital-cs/escalations';
const LINKS_PATH = 'digital-cs/case';
const ONBOARDING_PATH = eventsPath('test-onboarding');

/** New York, where this team works from 9 to 17; 2 March 2026 is a Monday. */
const at = (day: number, time: string): string => `2026-03-0${String(day)}T${time}:00-05:00`;

const account = (accountId: string, csm: string): object => ({
	accountId,
	name: `${accountId} Inc`,
	arr: 24_000,
	currency: 'USD',
	csm,
	renewalDate: '2026-06-30',
});
const MAPLE = account('maple', 'ana@example.com');
const BIRCH = account('birch', 'ben@example.com');

/** In onboarding since Monday morning. */
const customer = (accountId: string): object => ({
	accountId,
	name: `${accountId} Inc`,
	plan: 'starter',
	createdAt: at(2, '10:00'),
	lifecycleStage: 'onboarding',
	timezone: 'America/New_York',
	contacts: [{ email: `${accountId}@customer.example`, name: accountId, role: 'admin' }],
});

const storySchema = z.object({
	ledger: z.object({
		timeline: z.array(z.looseObject({ what: z.string(), type: z.string().optional() })),
	}),
});

describe('the escalation desk on the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let crm: FakeCrm;

	beforeAll(async () => {
		[mailbox, crm] = await Promise.all([startMailbox(), startFakeCrm()]);
		crm.setAccounts([customer('ivy'), customer('oak')]);
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		const smtp = { id: await client.createCredential({ name, type: 'smtp', data }), name };
		const shipped = (file: string) => withMail(readWorkflow(file), smtp);
		const desk = await client.importWorkflow(deskOnTestTime(shipped('ops-escalation-desk.json')));
		await client.publish(desk);
		const secret = await createEventsSecret(client);
		const others = [
			watchOnTestTime(shipped('ops-sla-watch.json'), smtp),
			withClockAndCrm(
				withEvents(shipped('journey-onboarding.json'), secret, 'test-onboarding'),
				crm.url,
			),
			scoringFlow(desk),
			STORY,
		];
		for (const workflow of others) await client.publish(await client.importWorkflow(workflow));
		const paths = [HEALTH_PATH, DESK_CLOCK_PATH, WATCH_CLOCK_PATH, MORNING_PATH, STORY_PATH];
		for (const path of [...paths, CLOCK_PATH, EVENTS_PATH, ONBOARDING_PATH])
			await client.waitForWebhook(path);
		for (const method of ['GET', 'POST', 'HEAD']) await client.waitForWebhook(LINKS_PATH, method);
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	/** Runs something, and gives the mails that it sent. */
	const mailsOf = async (run: () => Promise<unknown>): Promise<Mail[]> => {
		const before = (await mailbox.mails()).length;
		await run();
		return (await mailbox.mails()).slice(before);
	};
	const told = (mails: readonly Mail[]): string[] =>
		mails.map(({ to, subject }) => `${to.join()}: ${subject}`).sort();
	const call = async (path: string, body: object, headers?: Record<string, string>) => {
		const answer = await client.callWebhook(path, body, headers);
		if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${answer.body}`);
		return answer.body;
	};
	const score = async (now: string, use: number): Promise<unknown> =>
		await call(HEALTH_PATH, { accounts: [MAPLE, BIRCH].map((one) => ({ ...one, use, now })) });
	const check = async (now: string): Promise<void> => {
		await Promise.all(
			[DESK_CLOCK_PATH, WATCH_CLOCK_PATH].map(async (path) => await call(path, { now })),
		);
	};
	/** Events are answered before they are processed; this waits until they are, and gives the mails. */
	const tell = async (
		now: string,
		event: object,
		{ mails, path = EVENTS_PATH }: { mails: number; path?: string },
	): Promise<Mail[]> => {
		const before = (await mailbox.mails()).length;
		if (path === ONBOARDING_PATH) await tellEvents(client, path, event, { now });
		else await call(path, event, { 'x-now': now });
		await mailbox.waitForMails(before + mails);
		const runningSchema = z.object({ data: z.array(z.unknown()) });
		await waitFor('the end of all executions', async () => {
			const { data } = runningSchema.parse(await client.api('GET', '/executions?status=running'));
			return data.length === 0 && !hasEventsWaiting(userFolder) ? true : undefined;
		});
		return (await mailbox.mails()).slice(before);
	};
	const linkIn = ({ html }: Mail, label: string): string => {
		const [, url] = new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(html) ?? [];
		if (url === undefined) throw new Error(`The mail has no link '${label}'`);
		return url.replaceAll('&amp;', '&');
	};
	const visit = async (url: string, now: string, init: RequestInit = {}): Promise<string> => {
		const response = await fetch(url, { ...init, headers: { 'x-now': now } });
		return `${String(response.status)} ${await response.text()}`;
	};
	const press = async (url: string, now: string, fields: Record<string, string>) =>
		await visit(url, now, { method: 'POST', body: new URLSearchParams(fields) });
	const storyOf = async (accountId: string): Promise<string[]> => {
		const { ledger } = storySchema.parse(JSON.parse(await call(STORY_PATH, { accountId })));
		return ledger.timeline.map(({ what, type }) => type ?? what);
	};

	let toAna: Mail;

	test('a red account gets a named owner, and the mail tells the whole story', async () => {
		expect(await mailsOf(async () => await score(at(2, '09:00'), 80))).toEqual([]);
		const mails = await mailsOf(async () => await score(at(3, '10:00'), 38));
		expect(mails.map(({ to }) => to.join()).sort()).toEqual(['ana@example.com', 'ben@example.com']);
		const [mail] = mails.filter(({ to }) => to.includes('ana@example.com'));
		if (mail === undefined) throw new Error('Ana got no mail');
		toAna = mail;
		expect(mail.subject).toContain('maple Inc');
		for (const part of [
			'38 of 100',
			'Health dropped',
			'24,000',
			'2026-06-30',
			'Wed 2026-03-04 10:00',
		])
			expect(mail.html).toContain(part);
		expect(linkIn(mail, 'Acknowledge')).toContain(`${n8n.url}/webhook/${LINKS_PATH}?`);
		expect(mail.html).not.toMatch(/\{\{|\{%|undefined|\[object/);
	});

	test('the same alert in the next sweep tells nobody', async () => {
		expect(await mailsOf(async () => await score(at(3, '11:00'), 38))).toEqual([]);
		expect(await storyOf('maple')).not.toContain('case_joined');
	});

	test('a scanner opens the link and changes nothing; the button acknowledges, once', async () => {
		const url = linkIn(toAna, 'Acknowledge');
		const now = at(3, '11:30');
		for (const page of [await visit(url, now), await visit(url, now)]) {
			expect(page).toMatch(/^200 /);
			expect(page).toContain('Acknowledge case');
		}
		expect(await visit(url, now, { method: 'HEAD' })).toBe('204 ');
		expect(await storyOf('maple')).not.toContain('case_acknowledged');

		expect(await press(url, now, { case: 'acknowledge' })).toContain('is acknowledged');
		expect(await press(url, now, { case: 'acknowledge' })).toContain('ana@example.com');
		const answers = (await storyOf('maple')).filter((type) => type === 'case_acknowledged');
		expect(answers).toHaveLength(1);
		expect(await visit(url.slice(0, -1), now)).toMatch(/^400 /);
	});

	test('a reply is an escalation: the onboarding journey is silent for that customer, and for no other', async () => {
		const created = ['ivy', 'oak'].map((accountId) => ({
			id: `created-${accountId}`,
			type: 'customer_created',
			accountId,
			occurredAt: at(2, '10:00'),
		}));
		await tell(at(2, '10:00'), created, { mails: 2, path: ONBOARDING_PATH });

		const reply = {
			id: 'mail-1',
			type: 'reply_received',
			accountId: 'ivy',
			csm: 'ana@example.com',
		};
		const first = await tell(at(3, '12:00'), reply, { mails: 1 });
		expect(told(first)).toEqual([expect.stringMatching(/^ana@example\.com: .*ivy/)]);
		expect(await tell(at(3, '12:05'), reply, { mails: 0 })).toEqual([]);

		const sweep = async () => await call(CLOCK_PATH, { now: at(4, '10:05') });
		expect(told(await mailsOf(sweep))).toEqual([
			'oak@customer.example: Your set-up: 3 steps to go',
		]);

		const [mail] = first;
		if (mail === undefined) throw new Error('Ana got no mail');
		const spoken = linkIn(mail, 'I have spoken with the customer');
		expect(await press(spoken, at(4, '10:30'), { case: 'touch' })).toContain('was spoken with');
		expect(await storyOf('ivy')).toContain('case_touched');
		const url = linkIn(mail, 'Resolve');
		expect(await visit(url, at(4, '11:00'))).toContain('How did it end?');
		const end = { case: 'resolve', outcome: 'resolved' };
		expect(await press(url, at(4, '11:00'), end)).toContain('is resolved');
		const later = async () => await call(CLOCK_PATH, { now: at(5, '16:05') });
		expect(told(await mailsOf(later))).toContain(
			'ivy@customer.example: Stuck at "Connect your data"?',
		);
	});

	test('the team gets its queue in the morning, what is most pressing first', async () => {
		const queue = await mailsOf(async () => await call(MORNING_PATH, { now: at(4, '08:30') }));
		expect(told(queue)).toEqual(['success-team@example.com: 2 open cases, 0 overdue']);
		expect(queue[0]?.text).toMatch(/1\. birch Inc.*\n.*Due 2026-03-04 10:00 \(-05:00\)/);
	});

	test('whoever does not answer is reminded, then the next level hears of it, each once', async () => {
		const reminded = await mailsOf(async () => await check(at(4, '08:45')));
		expect(told(reminded)).toEqual([expect.stringMatching(/^ben@example\.com: Reminder: /)]);
		const late = await mailsOf(async () => await check(at(4, '10:01')));
		expect(told(late)).toEqual([
			expect.stringMatching(/^ben@example\.com: Overdue: .*birch/),
			expect.stringMatching(/^maria@example\.com: Nobody has taken it: .*birch/),
		]);
		expect(await mailsOf(async () => await check(at(4, '13:50')))).toEqual([]);
		const further = await mailsOf(async () => await check(at(4, '14:01')));
		expect(told(further)).toEqual([
			expect.stringMatching(/^dana@example\.com: Nobody has taken it: .*birch/),
		]);

		const [mail] = further;
		if (mail === undefined) throw new Error('Dana got no mail');
		const url = linkIn(mail, 'Acknowledge');
		await press(url, at(4, '14:10'), { case: 'acknowledge' });
		expect(await mailsOf(async () => await check(at(9, '17:00')))).toEqual([]);
	});

	test('the account’s story tells all of it, in order', async () => {
		const story = (await storyOf('birch')).filter((type) => type.startsWith('case_'));
		expect(story).toEqual([
			'case_opened',
			'case_told', // overdue
			'case_told', // Maria
			'case_told', // Dana
			'case_acknowledged',
		]);
	});
});
