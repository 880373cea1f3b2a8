import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../ledger/ledger';
import { openSqliteLedger } from '../../ledger/sqlite';
import { tokenOf } from '../../ledger/token';
import { touchOf } from '../ledger/rows';
import { complaint, deliveryReport, reply, UNRELATED } from '../services/mail/returnedMails';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { startImapServer, type ImapServer } from './imapServer';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

/** The shipped workflow with its mailbox connected, as its set-up note says. */
function withImap(workflow: WorkflowFile, credential: { id: string; name: string }): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type === 'n8n-nodes-base.emailReadImap'
				? { ...node, disabled: false, credentials: { imap: credential } }
				: node,
		),
	};
}

describe('replies and bounces, from a real mailbox over IMAP', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let imap: ImapServer;
	let ledger: Ledger;

	const addressOf = (accountId: string): string => `${accountId}@customer.example`;
	const sent = async (accountId: string): Promise<string> => {
		const key = `onboarding/1/${accountId}/welcome/`;
		const at = Date.now() - 3_600_000;
		const touch = touchOf(key, { accountId, address: addressOf(accountId), channel: 'email' });
		await ledger.claim([{ touch, leaseMs: 600_000, maxAttempts: 3, caps: [] }], at);
		await ledger.beginSending([key], at);
		expect(await ledger.confirm([key], at)).toEqual(['confirmed']);
		return tokenOf(key);
	};
	const typesOf = async (accountId: string): Promise<string[]> =>
		(await ledger.timeline([accountId])).events.map(({ type }) => type);

	beforeAll(async () => {
		imap = await startImapServer();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const id = await client.createCredential({
			name: 'IMAP account',
			type: 'imap',
			data: {
				user: 'success',
				password: 'secret',
				host: '127.0.0.1',
				port: imap.port,
				secure: false,
				allowUnauthorizedCerts: false,
			},
		});
		const workflow = withImap(readWorkflow('ops-replies-and-bounces.json'), {
			id,
			name: 'IMAP account',
		});
		await client.publish(await client.importWorkflow(workflow));
		// n8n asks for mail when some arrives, not for what was there before
		await waitFor('the trigger to watch the inbox', () => (imap.clients() > 0 ? true : undefined));
		ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	});
	afterAll(async () => {
		await n8n.stop();
		await ledger.close();
		await imap.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('each mail finds its touch, whether its references or a returned part lead there', async () => {
		const tokens = new Map<string, string>();
		for (const id of ['replied', 'away', 'gone', 'full', 'angry']) tokens.set(id, await sent(id));
		const of = (id: string) => ({ token: tokens.get(id) ?? '' });
		const mails = [
			reply(of('replied')),
			UNRELATED,
			reply(of('away'), { subject: 'Automatic reply: Welcome' }),
			deliveryReport(of('gone')),
			deliveryReport(of('full'), { status: '5.2.2', returned: 'text/rfc822-headers' }),
			complaint(of('angry')),
		];
		for (const mail of mails) imap.deliver(mail);
		await waitFor('all mails read', async () => {
			const last = await typesOf('angry');
			return imap.seen() === mails.length && last.length > 0 ? true : undefined;
		});
		const found = [];
		for (const id of tokens.keys()) found.push([id, ...(await typesOf(id))]);
		expect(found).toEqual([
			['replied', 'reply_received'],
			['away', 'auto_replied'],
			['gone', 'bounced'],
			['full', 'bounced'],
			['angry', 'complained'],
		]);
		const query = { journey: 'onboarding', dry: false, accountIds: [], now: Date.now() };
		const { suppressed } = await ledger.recall({
			...query,
			addresses: [...tokens.keys()].map(addressOf),
		});
		expect([...suppressed].sort()).toEqual([addressOf('angry'), addressOf('gone')]);
	});
});
