import { get } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../ledger/ledger';
import { openSqliteLedger } from '../../ledger/sqlite';
import { tokenOf } from '../../ledger/token';
import { linkUrl, type Link } from '../../services/links/link';
import { touchOf } from '../ledger/rows';
import { resolvedMail } from '../services/mail/resolvedMail';
import { deliveryReport, reply } from '../services/mail/returnedMails';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const PATH = 'digital-cs/link';
const MAILS_PATH = 'test-mails';
const TARGET = 'https://help.example.com/connect?a=1&b=2';
const PERSON = {
	'user-agent':
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
	'accept-language': 'en-US',
	accept: 'text/html',
};

/** A workflow of a user's that hands mails to the shipped one: `POST {mails: […]}`. */
function callerOf(workflowId: string): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		id: 'callsReplies0001',
		name: 'Calls replies and bounces',
		nodes: [
			{
				...node('Mails', 'webhook', 2.1, {
					httpMethod: 'POST',
					path: MAILS_PATH,
					responseMode: 'lastNode',
					responseData: 'allEntries',
					options: {},
				}),
				webhookId: MAILS_PATH,
			},
			node('Each', 'splitOut', 1, { fieldToSplitOut: 'body.mails', options: {} }),
			node('Call', 'executeWorkflow', 1.2, {
				workflowId: { __rl: true, mode: 'id', value: workflowId },
				options: {},
			}),
		],
		connections: { Mails: to('Each'), Each: to('Call') },
		settings: { executionOrder: 'v1' },
	};
}

describe('links and returned mails on the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let ledger: Ledger;
	let secret: string;

	/** A mail to this account's person, sent an hour ago as Journey Email does. */
	const sent = async (accountId: string): Promise<string> => {
		const key = `onboarding/1/${accountId}/welcome/`;
		const at = Date.now() - 3_600_000;
		const touch = touchOf(key, { accountId, address: addressOf(accountId), channel: 'email' });
		await ledger.claim([{ touch, leaseMs: 600_000, maxAttempts: 3, caps: [] }], at);
		await ledger.beginSending([key], at);
		expect(await ledger.confirm([key], at)).toEqual(['confirmed']);
		return key;
	};
	const addressOf = (accountId: string): string => `${accountId}@customer.example`;
	const urlOf = (link: Link, with_ = secret): string =>
		linkUrl(`${n8n.url}/webhook/${PATH}`, link, with_);
	const unsubscribeUrl = (key: string): string =>
		urlOf({ purpose: 'unsubscribe', token: tokenOf(key), test: false });
	const clickUrl = (key: string): string =>
		urlOf({ purpose: 'click', target: TARGET, token: tokenOf(key), test: false });
	const visit = async (
		url: string,
		init: RequestInit = {},
	): Promise<{ status: number; body: string; headers: Headers }> => {
		const response = await fetch(url, { headers: PERSON, redirect: 'manual', ...init });
		return { status: response.status, headers: response.headers, body: await response.text() };
	};
	/** A browser's request; Node's own fetch would call it a script's. */
	const browse = async (url: string): Promise<[number | undefined, string | undefined]> =>
		await new Promise((resolve, reject) => {
			const headers = { ...PERSON, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
			get(url, { headers }, (answer) => {
				answer.resume();
				resolve([answer.statusCode, answer.headers.location]);
			}).on('error', reject);
		});
	const eventsOf = async (accountId: string) => (await ledger.timeline([accountId])).events;
	const isSuppressed = async (accountId: string): Promise<boolean> => {
		const addresses = [addressOf(accountId)];
		const query = { journey: 'onboarding', dry: false, accountIds: [], addresses, now: Date.now() };
		return (await ledger.recall(query)).suppressed.size > 0;
	};

	beforeAll(async () => {
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		await client.publish(await client.importWorkflow(readWorkflow('ops-unsubscribe.json')));
		const replies = await client.importWorkflow(readWorkflow('ops-replies-and-bounces.json'));
		await client.publish(replies);
		await client.publish(await client.importWorkflow(callerOf(replies)));
		for (const method of ['GET', 'POST', 'HEAD']) await client.waitForWebhook(PATH, method);
		await client.waitForWebhook(MAILS_PATH);
		ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
		secret = await ledger.secret();
	});
	afterAll(async () => {
		await n8n.stop();
		await ledger.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test.each([
		['as a form', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
		[
			'as multipart',
			((form) => {
				form.set('List-Unsubscribe', 'One-Click');
				return form;
			})(new FormData()),
		],
	])('a mail program unsubscribes with one click, %s (RFC 8058)', async (how, body) => {
		const accountId = `one-click-${how.replaceAll(' ', '-')}`;
		const key = await sent(accountId);
		const { status } = await visit(unsubscribeUrl(key), { method: 'POST', headers: {}, body });
		expect(status).toBe(200);
		expect(await isSuppressed(accountId)).toBe(true);
		expect(await eventsOf(accountId)).toMatchObject([{ type: 'unsubscribed', touch: key }]);
	});

	test('a scanner that opens the unsubscribe link sees a page and changes nothing; the button unsubscribes', async () => {
		const key = await sent('page');
		const url = unsubscribeUrl(key);
		const page = await visit(url);
		expect(page.status).toBe(200);
		expect(page.headers.get('content-type')).toMatch(/^text\/html/);
		expect(page.body).toContain('<form method="post"><button name="unsubscribe" value="yes">');
		expect((await visit(url, { method: 'HEAD' })).status).toBe(204);
		expect(await isSuppressed('page')).toBe(false);
		expect(await eventsOf('page')).toEqual([]);

		const done = await visit(url, {
			method: 'POST',
			body: new URLSearchParams({ unsubscribe: 'yes' }),
		});
		expect([done.status, done.body]).toEqual([
			200,
			expect.stringContaining('You are unsubscribed'),
		]);
		expect(await isSuppressed('page')).toBe(true);
	});

	test('a click leads on at once; a person counts, a scanner and a HEAD do not', async () => {
		const key = await sent('click');
		const url = clickUrl(key);
		expect((await visit(url, { method: 'HEAD' })).status).toBe(204);
		const scanner = await visit(url, { headers: { 'user-agent': 'Mimecast' } });
		expect([scanner.status, scanner.headers.get('location')]).toEqual([302, TARGET]);
		expect(await browse(url)).toEqual([302, TARGET]);
		const events = await eventsOf('click');
		expect(events.map(({ type, touch, data }) => [type, touch, data?.human])).toEqual([
			['clicked', key, false],
			['clicked', key, true],
		]);
	});

	test('a forged or damaged link does nothing and is answered politely', async () => {
		const key = await sent('forged');
		const good = unsubscribeUrl(key);
		const other = urlOf(
			{ purpose: 'unsubscribe', token: tokenOf(key), test: false },
			'other secret',
		);
		const forged = [
			good.slice(0, -1),
			`${good}x`,
			good.replace('dcs=u', 'dcs=c'),
			other,
			good.split('?')[0] ?? '',
		];
		for (const url of forged) {
			const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
			const answer = await visit(url, { method: 'POST', body });
			expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('does not work')]);
		}
		expect(await isSuppressed('forged')).toBe(false);
		expect(await eventsOf('forged')).toEqual([]);
	});

	test('fifty one-clicks at once are one', async () => {
		const key = await sent('race');
		const url = unsubscribeUrl(key);
		const answers = await Promise.all(
			Array.from({ length: 50 }, async () => {
				const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
				return (await visit(url, { method: 'POST', body })).status;
			}),
		);
		expect(new Set(answers)).toEqual(new Set([200]));
		expect(await eventsOf('race')).toHaveLength(1);
	});

	test('replies and bounces handed over by another workflow find their touch', async () => {
		const replied = await sent('replied');
		const bounced = await sent('bounced');
		const headers = `In-Reply-To: <${tokenOf(bounced)}@vendor.example>`;
		const mails = [
			reply({ token: tokenOf(replied) }),
			deliveryReport({ token: tokenOf(bounced) }, { returned: 'none', headers }),
		];
		const resolved = await Promise.all(mails.map(async (raw) => (await resolvedMail(raw)).json));
		const { status, body } = await client.callWebhook(MAILS_PATH, { mails: resolved });
		expect([status, body]).toEqual([200, expect.any(String)]);
		expect(await eventsOf('replied')).toMatchObject([{ type: 'reply_received', touch: replied }]);
		expect(await eventsOf('bounced')).toMatchObject([{ type: 'bounced', touch: bounced }]);
		expect([await isSuppressed('replied'), await isSuppressed('bounced')]).toEqual([false, true]);
	});
});
