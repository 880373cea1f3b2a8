import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './client';
import { eventsPath, tellEvents } from './crmEvents';
import { openEditor, type Editor } from './editor';
import { root, workflowsFolder } from './folders';
import { freePort, startNode, waitFor, type Running } from './processes';
import { askWhy, type WhyAnswer } from './whyForm';
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

	/** A customer of one's own, told as the screen says, with what the page says of them once it says anything. */
	const tellOf = async (accountId: string, account: object): Promise<WhyAnswer> => {
		const client = await connect(n8n);
		const secret = readFileSync(join(folder, 'events-secret'), 'utf8');
		const event = { id: accountId, type: 'customer_created', accountId, account };
		const { status } = await tellEvents(client, eventsPath('digital-cs-demo'), event, { secret });
		expect(status).toBe(200);
		return await waitFor('an answer', async () => {
			const answer = await askWhy(editor.page, n8n, { customer: accountId, journey: 'onboarding' });
			return answer.notIn.length + answer.heldBack.length > 0 ? answer : undefined;
		});
	};
	const contacts = [{ email: 'ann@late-lumber.example', role: 'admin' }];

	test('finds out why no journey has a customer: the contract starts only next month', async () => {
		const startedAt = new Date(Date.now() + 30 * 24 * 60 * MINUTE).toISOString();
		const answer = await tellOf('late-lumber', { name: 'Late Lumber', startedAt, contacts });
		expect(answer.heldBack).toEqual([]);
		expect(answer.notIn).toEqual([
			{
				journey: 'Onboarding',
				when: expect.stringMatching(/^as of .*; looked at again /) as unknown,
				why: expect.stringMatching(/^Not enrolled yet: the contract starts /) as unknown,
			},
		]);
		expect(answer.of('Welcome')).toEqual([]);
	});

	test('finds out that the gate in front of the journey keeps a customer back, and why', async () => {
		const client = await connect(n8n);
		const id = readWorkflow('journey-onboarding.json').id ?? '';
		const { nodes, connections } = (await client.findWorkflow(id)) ?? {
			nodes: [],
			connections: {},
		};
		const stages = ['onboarding'];
		const gated = nodes.map((node) =>
			node.name === 'Who is in scope'
				? { ...node, parameters: { ...node.parameters, stages } }
				: node,
		);
		await client.rest('PATCH', `/workflows/${id}`, { nodes: gated, connections });
		// ended first: what is published goes on as it was for a moment
		await client.unpublish(id);
		await client.publish(id);
		await client.waitForWebhook(eventsPath('digital-cs-demo'));
		const answer = await tellOf('old-oak', {
			name: 'Old Oak',
			lifecycleStage: 'established',
			contacts,
		});
		expect(answer.notIn).toEqual([]);
		expect(answer.heldBack).toEqual([
			{
				journey: 'Onboarding',
				when: expect.stringMatching(/^since /) as unknown,
				why: 'onboarding is not for stage established.',
			},
		]);
	});

	test('is told whose id to ask for, where the page cannot know', async () => {
		const { page } = editor;
		const { heading } = await askWhy(page, n8n, { customer: 'nobody@nowhere.example' });
		expect(heading).toMatch(/Nobody was ever written to at this address.*by the id/);
		const typo = await askWhy(page, n8n, { customer: 'quartz-quilts', journey: 'onbording' });
		expect(typo.heading).toMatch(
			/No journey 'onbording' has run here; those that have: .*onboarding/,
		);
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
