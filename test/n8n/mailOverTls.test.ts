import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer, type Behavior, type MailServer } from '../services/mail/mailServer';
import { connect, type N8nClient } from './client';
import { startHttpSink, type HttpSink } from './httpSink';
import { accountOf, LEASE_MS, TEN } from './senderFlow';
import { publishFlow, type SenderFlow } from './senderFlows';
import * as nodes from './senderNodes';
import { startN8n, type N8nServer } from './server';
import { makeCertificates, type Certificates } from './vendors/certificates';
import { startInternet, type Internet } from './vendors/internet';

const LOGIN = { user: 'sender', pass: 'mail-password' };
const WRONG = { user: 'sender', pass: 'an old password' };

/** Journey Email, and the mail servers that there are: TLS from the first byte (465) and STARTTLS (587), with a login. */
describe('Journey Email over TLS', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let internet: Internet;
	let n8n: N8nServer;
	let client: N8nClient;
	let http: HttpSink;
	const servers: MailServer[] = [];

	beforeAll(async () => {
		[internet, http] = await Promise.all([
			startInternet([], (_request, response) => response.end()),
			startHttpSink(),
		]);
		n8n = await startN8n({ userFolder, env: internet.env });
		client = await connect(n8n.url);
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([...servers, http, internet].map(async (one) => await one.close()));
		rmSync(userFolder, { recursive: true, force: true });
	});

	const setUp = async (
		flow: string,
		certificates: Certificates,
		{ implicit, login = LOGIN }: { implicit: boolean; login?: typeof LOGIN },
	): Promise<{ flow: SenderFlow; behavior: Behavior; mail: MailServer; credentialId: string }> => {
		const { key, cert } = certificates;
		const behavior: Behavior = { recipients: {}, login: LOGIN, tls: { key, cert, implicit } };
		const mail = await startMailServer(behavior);
		servers.push(mail);
		const data = smtpOf(mail, implicit, login);
		const credentialId = await client.createCredential({ name: flow, type: 'smtp', data });
		const sinks = { mail, smtpBehavior: behavior, http };
		const published = await publishFlow(
			{ client, userFolder, sinks },
			flow,
			nodes.journeyEmail({ id: credentialId, name: flow }),
		);
		return { flow: published, behavior, mail, credentialId };
	};
	const smtpOf = (mail: MailServer, implicit: boolean, { user, pass }: typeof LOGIN): object => ({
		...{ user, password: pass, host: '127.0.0.1', port: mail.port, hostName: '' },
		...{ secure: implicit, disableStartTls: false },
	});

	test.each([
		['TLS from the first byte', 'implicit', true],
		['STARTTLS', 'starttls', false],
	])('%s: each gets one mail, who is refused none', async (_what, name, implicit) => {
		const { flow } = await setUp(name, internet.certificates, { implicit });
		await flow.sweep();
		await flow.sweep(LEASE_MS + 1000);
		expect(flow.mails().ids).toBe(TEN - 1);
		expect(flow.mails().to).toHaveLength(TEN - 1);
		expect(flow.states()).toMatchObject({ sent: TEN - 1, failed: 1 });
	});

	test('a server that shows a certificate of somebody else is told nothing, and nobody is lost', async () => {
		const stranger = makeCertificates(['127.0.0.1']);
		const { flow, mail } = await setUp('stranger', stranger, { implicit: true });
		await flow.sweep();
		const knocked = mail.connections();
		expect(knocked).toBeGreaterThan(0);
		// put back for a quarter of an hour, then tried again
		await flow.sweep(16 * 60_000);
		expect(mail.connections()).toBeGreaterThan(knocked);
		expect(mail.received).toEqual([]);
		expect(flow.sent()).toEqual([]);
	});

	test('a password that was changed: nobody is written to, all are once it is right', async () => {
		const { flow, mail, credentialId } = await setUp('password', internet.certificates, {
			implicit: false,
			login: WRONG,
		});
		await flow.sweep();
		expect(flow.mails().to).toEqual([]);
		await client.updateCredential(credentialId, {
			...{ name: 'password', type: 'smtp' },
			data: smtpOf(mail, false, LOGIN),
		});
		// put back for a quarter of an hour
		await flow.sweep(16 * 60_000);
		expect(flow.mails().to).toHaveLength(TEN - 1);
		expect(flow.mails().to).toContain(accountOf('password', 1));
		expect(flow.states()).toMatchObject({ sent: TEN - 1, failed: 1 });
	});
});
