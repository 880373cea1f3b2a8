import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type N8nClient } from './client';
import { openEditor, type Editor } from './editor';
import { startMailbox, type Mailbox } from './mailbox';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, samplesAt, withMail } from './workflows';

const SELECTOR = 'Next most relevant content';
/** A Wednesday at 16:00 in Berlin. */
const NOW = '2026-11-18T15:00:00Z';

describe('journey-education in the editor of the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let editor: Editor;

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		editor = await openEditor(n8n.url);
	});
	afterAll(async () => {
		await editor.close();
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('as imported, Try it gives each sample customer what its story says, and sends it to the tester only', async () => {
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		const id = await client.createCredential({ name, type: 'smtp', data });
		const shipped = withMail(readWorkflow('journey-education.json'), { id, name });
		const workflow = await client.importWorkflow(samplesAt(shipped, NOW));
		await editor.open(workflow);
		await editor.fit();
		await editor.run('Try it');
		const [execution] = await client.waitForExecutions(workflow, 1);
		if (execution === undefined) throw new Error('No execution was saved');
		expect(execution.status).toBe('success');
		const chosen = (output: number) =>
			client
				.itemsOf(execution, SELECTOR, output)
				.map(({ accountId, content }) => [accountId, (content as { id?: string }).id])
				.toSorted();
		expect(chosen(0)).toEqual([
			['fern', 'automations-3'],
			['lake', expect.any(String)],
			['pine', expect.any(String)],
		]);
		expect(chosen(1)).toEqual([['dune', undefined]]);
		// three tips, and a human is asked to help Gold Gyms
		const mails = await mailbox.waitForMails(4);
		expect(mails.map(({ to }) => to.join())).toEqual(Array(4).fill('tester@example.com'));
		const toHumans = mails.filter(({ subject }) => subject.includes('Gold Gyms'));
		expect(toHumans.map(({ subject }) => subject)).toEqual([
			expect.stringContaining('Customer asks for a human'),
		]);
		expect(await editor.outOfDate()).toEqual([]);
	});
});
