import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { startMailServer, type Behavior, type MailServer } from '../services/mail/mailServer';
import { connect, type N8nClient } from './client';
import { startHttpSink, type HttpSink } from './httpSink';
import {
	accountOf,
	badAccountOf,
	CONFIRM,
	LEASE_MS,
	NOW,
	RETRY_3,
	SENDER,
	TEN,
	type Sender,
} from './senderFlow';
import { waitFor } from './processes';
import * as nodes from './senderNodes';
import { hintsOf, publishFlow, type SenderFlow } from './senderFlows';
import { startN8n, type N8nServer } from './server';

/**
 * What people do to senders on the real n8n: Retry On Fail, "Retry execution", a disabled sender, a batch that outlives
 * its lease. Ten customers, one of whom cannot be written to; counted where the messages arrive.
 */

const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
const smtpBehavior: Behavior = { recipients: {} };
let n8n: N8nServer;
let client: N8nClient;
let mail: MailServer;
let http: HttpSink;
let smtp: { id: string; name: string };

beforeAll(async () => {
	[mail, http] = await Promise.all([startMailServer(smtpBehavior), startHttpSink()]);
	n8n = await startN8n({ userFolder });
	client = await connect(n8n.url);
	smtp = await nodes.smtpCredential(client, mail.port);
});

afterAll(async () => {
	await n8n.stop();
	await Promise.all([mail.close(), http.close()]);
	rmSync(userFolder, { recursive: true, force: true });
});

afterEach(() => {
	smtpBehavior.delayMs = 0;
	http.delay(0);
});

const journeyEmail = (over?: Partial<Sender>, options?: object): Sender =>
	nodes.journeyEmail(smtp, over, options);
const sendEmail = (over?: Partial<Sender>): Sender => nodes.sendEmail(smtp, over);
const httpRequest = (over?: Partial<Sender>): Sender => nodes.httpRequest(http.url, over);

/** What stands under `delivery` or `ledger`. */
const delivered = z.looseObject({ reasons: z.array(z.looseObject({ code: z.string() })) });

const publish = async (flow: string, sender: Sender): Promise<SenderFlow> =>
	await publishFlow({ client, userFolder, sinks: { mail, smtpBehavior, http } }, flow, sender);

/** Everybody but the one who cannot be written to, in order. */
const goodOf = (flow: string): string[] =>
	Array.from({ length: TEN }, (_nothing, index) => accountOf(flow, index + 1))
		.filter((id) => id !== badAccountOf(flow))
		.sort();

const NEXT = LEASE_MS + 1000;

/** What the documentation tells people to do instead. */
const setRight = (): object => ({ retryOnFail: false, onError: 'continueErrorOutput' });

function tell(what: string, counts: object): void {
	process.stderr.write(`${what}: ${JSON.stringify(counts)}\n`);
}

describe('Retry On Fail, three tries, on a sender', () => {
	test('Journey Email: each gets one mail, though n8n runs the node three times', async () => {
		const flow = await publish('mail-tries', journeyEmail(RETRY_3));
		// n8n takes a field of this name on the first item for a failure of the node
		const execution = await flow.sweep(0, { account: { error: 'a field of the CRM' } });
		await flow.sweep(NEXT);
		tell('Journey Email, Retry On Fail', { mails: flow.mails().to.length, ...flow.states() });
		expect(flow.mails()).toEqual({ to: goodOf('mail-tries'), ids: TEN - 1 });
		expect(flow.states()).toMatchObject({ sent: TEN - 1, failed: 1 });
		expect(hintsOf(execution)).toMatch(/Retry On Fail is on at 'Sender'/);
	});

	test('HTTP Request: a sink that checks keys writes to each once, nobody is confirmed before it worked', async () => {
		const flow = await publish('http-tries', httpRequest(RETRY_3));
		const execution = await flow.sweep();
		expect(execution.status).toBe('error');
		const { count } = flow.posts();
		expect(flow.posts()).toEqual({ count: 3 * (TEN - 1), to: goodOf('http-tries') });
		expect(flow.states()).toEqual({ claimed: TEN });
		expect(hintsOf(execution)).toMatch(/Retry On Fail is on at 'Sender'/);
		await flow.change(SENDER, setRight);
		await flow.sweep(NEXT);
		tell('HTTP Request, Retry On Fail', {
			posts: count,
			then: flow.posts().count - count,
			byKey: flow.posts().to.length,
			...flow.states(),
		});
		expect(flow.posts().to).toEqual(goodOf('http-tries'));
		expect(flow.sent()).toEqual(goodOf('http-tries'));
	});

	test('Send Email, which has no key: 15 mails of 9 possible, as documented, and none confirmed', async () => {
		const flow = await publish('send-tries', sendEmail(RETRY_3));
		const execution = await flow.sweep();
		tell('Send Email, Retry On Fail', { mails: flow.mails().to.length, ...flow.states() });
		expect(flow.mails().to).toHaveLength(15);
		expect(flow.states()).toEqual({ claimed: TEN });
		expect(hintsOf(execution)).toMatch(/Retry On Fail is on at 'Sender'/);
	});
});

describe('"Retry execution" of one that failed at its sender', () => {
	test('Journey Email: sends what the failed one did not, once, however often it is pressed', async () => {
		const broken = { parameters: { message: '{% if %}' }, onError: 'stopWorkflow' };
		const flow = await publish('mail-again', journeyEmail(broken));
		const failed = await flow.sweep();
		expect([failed.status, (await flow.retry(failed, 'as it was')).status]).toEqual([
			'error',
			'error',
		]);
		expect(flow.mails().to).toEqual([]);
		await flow.change(SENDER, ({ parameters }) => ({
			parameters: { ...parameters, message: 'Hello' },
		}));
		for (let pressed = 0; pressed < 2; pressed++) await flow.retry(failed, 'as it is');
		await flow.sweep(NEXT);
		tell('Journey Email, Retry execution', { mails: flow.mails().to.length, ...flow.states() });
		expect(flow.mails()).toEqual({ to: goodOf('mail-again'), ids: TEN - 1 });
		expect(flow.states()).toMatchObject({ sent: TEN - 1, failed: 1 });
	});

	test('Journey Email, after the lease: nothing leaves, before or after the next sweep has sent it', async () => {
		const broken = { parameters: { message: '{% if %}' }, onError: 'stopWorkflow' };
		const flow = await publish('mail-late', journeyEmail(broken));
		const failed = await flow.sweep();
		const later = new Date(NOW + NEXT).toISOString();
		await flow.change(SENDER, ({ parameters }) => ({
			parameters: { ...parameters, message: 'Hello', options: { now: later } },
		}));
		const late = await flow.retry(failed, 'as it is');
		const reasons = client
			.itemsOf(late, SENDER, 1)
			.map(({ delivery }) => delivered.parse(delivery).reasons[0]?.code);
		expect(reasons).toEqual(Array.from({ length: TEN }, () => 'leaseEnded'));
		expect(flow.mails().to).toEqual([]);
		await flow.sweep(NEXT);
		await flow.retry(failed, 'as it is');
		tell('Journey Email, Retry execution after the lease', {
			mails: flow.mails().to.length,
			...flow.states(),
		});
		expect(flow.mails()).toEqual({ to: goodOf('mail-late'), ids: TEN - 1 });
	});

	test('HTTP Request: the same keys again, and only what left is confirmed', async () => {
		const flow = await publish('http-again', httpRequest());
		const failed = await flow.sweep();
		const counts = [flow.posts().count];
		await flow.retry(failed, 'as it was');
		counts.push(flow.posts().count);
		expect(flow.sent()).toEqual([]);
		await flow.change(SENDER, setRight);
		// the next sweep is on time, and somebody presses the button twice all the same
		await flow.retry(failed, 'as it is');
		counts.push(flow.posts().count);
		expect(flow.sent()).toEqual(goodOf('http-again'));
		await flow.sweep(NEXT);
		await flow.retry(failed, 'as it is');
		counts.push(flow.posts().count);
		tell('HTTP Request, Retry execution', {
			posts: counts,
			byKey: flow.posts().to.length,
			...flow.states(),
		});
		expect(counts).toEqual([9, 18, 27, 36]);
		expect(flow.posts().to).toEqual(goodOf('http-again'));
		expect(flow.sent()).toEqual(goodOf('http-again'));
	});

	test('Send Email, which has no key: 5 mails, and the same 5 again, as documented', async () => {
		const flow = await publish('send-again', sendEmail());
		const failed = await flow.sweep();
		const counts = [flow.mails().to.length];
		await flow.retry(failed, 'as it was');
		counts.push(flow.mails().to.length);
		expect(flow.sent()).toEqual([]);
		await flow.change(SENDER, setRight);
		await flow.retry(failed, 'as it is');
		counts.push(flow.mails().to.length);
		await flow.sweep(NEXT);
		tell('Send Email, Retry execution', { mails: counts, ...flow.states() });
		expect(counts).toEqual([5, 10, 19]);
		// what was confirmed at last is not sent again
		expect(flow.mails().to).toHaveLength(19);
		expect(flow.sent()).toEqual(goodOf('send-again'));
	});

	test('Send Email as documented, continuing on error: 9 mails to 9 people', async () => {
		const flow = await publish('send-right', sendEmail({ onError: 'continueErrorOutput' }));
		await flow.sweep();
		await flow.sweep(NEXT);
		tell('Send Email, as documented', { mails: flow.mails().to.length, ...flow.states() });
		expect(flow.mails().to).toEqual(goodOf('send-right'));
		expect(flow.sent()).toEqual(goodOf('send-right'));
	});
});

describe('a disabled sender before Confirm Touch', () => {
	test('from the beginning, in a loop: a dry run, nothing is claimed or confirmed', async () => {
		const flow = await publish('http-off', httpRequest({ disabled: true }));
		await flow.sweep();
		await flow.sweep(NEXT);
		tell('Disabled sender', { posts: flow.posts().count, ...flow.states() });
		expect(flow.posts().count).toBe(0);
		expect(flow.states()).toEqual({ dry: TEN });
	});

	test('switched off after it failed, and the execution retried: Confirm Touch confirms nobody', async () => {
		const flow = await publish('http-off-late', httpRequest());
		const failed = await flow.sweep();
		await flow.change(SENDER, () => ({ disabled: true }));
		const retried = await flow.retry(failed, 'as it is');
		expect(client.itemsOf(retried, CONFIRM, 0)).toEqual([]);
		const reasons = client
			.itemsOf(retried, CONFIRM, 1)
			.map(({ ledger }) => delivered.parse(ledger).reasons[0]?.code);
		expect(reasons).toEqual(Array.from({ length: TEN }, () => 'senderDisabled'));
		tell('Disabled sender, Retry execution', { posts: flow.posts().count, ...flow.states() });
		expect(flow.sent()).toEqual([]);
	});
});

describe('a batch that takes longer than its lease', () => {
	/** The next sweep comes when the lease has ended, while the first is still sending. */
	async function overtaken(flow: SenderFlow, options?: { sentAfter: number }): Promise<void> {
		const first = flow.sweep(0, options);
		await waitFor('the first message', () =>
			flow.posts().count + flow.mails().to.length > 0 ? true : undefined,
		);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		await Promise.all([first, flow.sweep(NEXT)]);
	}
	/** Two of three rounds of three mails are through when the lease ends. */
	const SLOW_MS = 700;
	const LATE = { sentAfter: LEASE_MS - 1000 };

	test('Journey Email: each gets one mail', async () => {
		smtpBehavior.delayMs = SLOW_MS;
		const flow = await publish('mail-slow', journeyEmail());
		await overtaken(flow, LATE);
		tell('Journey Email, longer than its lease', {
			mails: flow.mails().to.length,
			...flow.states(),
		});
		expect(flow.mails()).toEqual({ to: goodOf('mail-slow'), ids: TEN - 1 });
		expect(flow.states()).toMatchObject({ sent: TEN - 1, failed: 1 });
	});

	test('Journey Email that sends again what was in flight: at most that one twice, under one Message-ID', async () => {
		smtpBehavior.delayMs = SLOW_MS;
		const flow = await publish('mail-resent', journeyEmail({}, { fateUnknown: 'sendAgain' }));
		await overtaken(flow, LATE);
		const { to, ids } = flow.mails();
		tell('Journey Email, longer than its lease, send again', {
			mails: to.length,
			byMessageId: ids,
			...flow.states(),
		});
		expect([...new Set(to)]).toEqual(goodOf('mail-resent'));
		expect(ids).toBe(TEN - 1);
		expect(to.length - ids).toBeLessThanOrEqual(1);
		expect(flow.sent()).toEqual(goodOf('mail-resent'));
	});

	test('HTTP Request: both sweeps send, under the same keys; each is confirmed once', async () => {
		http.delay(2500);
		const flow = await publish('http-slow', httpRequest({ onError: 'continueErrorOutput' }));
		await overtaken(flow);
		tell('HTTP Request, longer than its lease', {
			posts: flow.posts().count,
			byKey: flow.posts().to.length,
			...flow.states(),
		});
		expect(flow.posts()).toEqual({ count: 2 * (TEN - 1), to: goodOf('http-slow') });
		expect(flow.sent()).toEqual(goodOf('http-slow'));
	});
});
