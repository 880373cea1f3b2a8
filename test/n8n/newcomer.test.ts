import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, type Editor } from './editor';
import { root, workflowsFolder } from './folders';
import { freePort, startNode, waitFor, type Running } from './processes';
import { askWhy } from './whyForm';
import { readWorkflow } from './workflows';

const MINUTE = 60_000;
const JOURNEYS = ['onboarding', 'education', 'health-intervention', 'renewal', 'expansion'];

/** Knows nothing but what `npm start` prints and what the screen shows. */
describe('a newcomer', () => {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let demo: Running;
	let editor: Editor;
	let mailbox: string;
	let n8n: string;
	let tookMs: number;

	const printed = (label: string): string =>
		new RegExp(`^  ${label} +(\\S+)$`, 'm').exec(demo.logs())?.[1] ?? '';

	beforeAll(async () => {
		const started = Date.now();
		demo = startNode([join(root, 'test', 'run', 'start.mjs')], {
			cwd: root,
			env: {
				...process.env,
				DIGITAL_CS_DEMO: folder,
				N8N_PORT: String(await freePort()),
				MAILDEV_WEB_PORT: String(await freePort()),
				MAILDEV_SMTP_PORT: String(await freePort()),
			},
		});
		await waitFor(
			'the first mail',
			() => /first mails have arrived|No mail has arrived/.exec(demo.logs()) ?? undefined,
			{ timeoutMs: 4 * MINUTE },
		);
		tookMs = Date.now() - started;
		n8n = printed('n8n');
		mailbox = printed('The mailbox');
		editor = await openEditor(n8n, {
			width: 1600,
			height: 1000,
			login: { email: printed('Login'), password: printed('Password') },
		});
	});
	afterAll(async () => {
		await editor.close();
		await demo.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	test('has the first mail in under two minutes', async () => {
		expect(tookMs).toBeLessThan(2 * MINUTE);
		const { page } = editor;
		await page.goto(mailbox);
		await page.getByText('Congratulations').first().waitFor();
	});

	// how many mails a run shows hangs on the hour: outside office hours they wait
	test.each(JOURNEYS)('imports journey-%s by hand and runs it on its samples', async (name) => {
		const file = `journey-${name}.json`;
		await editor.importFile(join(workflowsFolder, file));
		await editor.run('Try it');
		const { succeeded, failed } = await editor.outcome();
		const isJourney = ({ type }: { type: string }): boolean => type.endsWith('.customerJourney');
		const journeys = readWorkflow(file).nodes.filter(isJourney);
		expect(succeeded).toEqual(expect.arrayContaining(journeys.map(({ name: node }) => node)));
		expect(failed).toEqual([]);
	});

	test('finds out why a customer did not get a mail', async () => {
		const { page } = editor;
		const answer = await askWhy(page, n8n, { customer: 'quartz-quilts' });
		// their only contact has unsubscribed: no mail, and a human is asked, once (P12)
		expect(answer.of('First results')).toEqual([
			{
				what: 'Not sent',
				why: expect.stringMatching(/no contact can be reached .*unsubscribed/) as unknown,
			},
		]);
		expect(answer.of('Reach by hand').filter(({ what }) => what === 'Sent')).toHaveLength(1);
	});

	test('and who asks without being signed in gets no answer', async () => {
		const stranger = await editor.page.context().browser()?.newContext();
		const page = await stranger?.newPage();
		await page?.goto(`${n8n}/form/digital-cs-why`);
		await page?.locator('input[type=password]').waitFor();
		expect(await page?.getByLabel('Customer').count()).toBe(0);
		await stranger?.close();
	});
});
