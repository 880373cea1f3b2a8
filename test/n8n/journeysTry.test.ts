import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Execution, type N8nClient } from './client';
import { openEditor, type Editor } from './editor';
import { startMailbox, type Mailbox } from './mailbox';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, readWorkflows, samplesAt, withMail } from './workflows';

/** A Wednesday at 16:00 in Berlin. */
const NOW = '2026-11-18T15:00:00Z';
const TESTER = 'tester@example.com';
const SAMPLES = 'Sample customers';

/** Who leaves where, at which step and why, as the stories of the samples say; everybody else leaves nowhere. */
const TRIES = [
	{
		file: 'journey-health-intervention.json',
		journey: 'Intervention journey',
		leaves: [
			'1 birch pattern: daysAfterStart',
			'1 elm pattern: daysAfterStart',
			'2 birch in-app-help: daysAfterStart',
			'2 elm in-app-help: daysAfterStart',
			'4 flint asked-for-help: helpWanted',
			'4 topaz reach-by-hand: unreachable',
			'5 marble csm-task: daysAfterStart',
		],
		subjects: [
			'Customer asks for a human (Flint Foods)',
			'Is something in the way at Elm Energy?',
			'Please reach by hand: our mails do not arrive (Topaz Textiles)',
			'Task: health dropped (Marble Mills)',
			'Your team uses automations less than it did',
		],
	},
	{
		file: 'journey-renewal.json',
		journey: 'Renewal journey',
		leaves: [
			'1 walnut summary: daysBeforeDate',
			'1 amber summary: daysBeforeDate',
			'2 cinder reminder: daysBeforeDate',
			'2 river reminder: daysBeforeDate',
			'3 slate last-reminder: daysBeforeDate',
			'4 iron conversation: conditionsMet',
			'5 heath date-passed: daysAfterDate',
			'5 granite csm-task: daysBeforeDate',
			'5 river no-sponsor: conditionsMet',
		],
		subjects: [
			'26 days left: keep Slate Studio running',
			'Have a look: no executive sponsor, 50 days before the renewal (River Robotics)',
			'Have a look: the renewal date has passed without an outcome (Heath Hotels)',
			'Please talk about the renewal: health is not green, 75 days left (Iron Imports)',
			'Renew with one click: your term ends on January 7, 2027',
			'Task: renewal in 80 days (Granite Group)',
			'What Example did for Walnut Works in this term',
			'What Example did for Amber Atelier in this term',
			'Your plan renews on January 15, 2027',
		],
	},
	{
		file: 'journey-expansion.json',
		journey: 'Expansion journey',
		leaves: [
			'1 spruce offer: daysAfterStart',
			'2 clover to-sales: daysAfterStart',
			'2 teak to-sales: daysAfterStart',
			'3 boulder csm-task: daysAfterStart',
		],
		subjects: [
			'45 of 50 projects: room for more',
			'For sales: Clover Catering is outgrowing its plan, 38400 USD a year more',
			'For sales: Teak Trading is outgrowing its plan, 9600 USD a year more',
			'Task: near a limit of the plan (Boulder Brands)',
		],
	},
];

describe('the journeys in the editor of the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let editor: Editor;
	let smtp: { id: string; name: string };
	const imported: string[] = [];

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		smtp = { id: await client.createCredential({ name, type: 'smtp', data }), name };
		editor = await openEditor(n8n.url);
	});
	afterEach(async () => {
		for (const id of imported.splice(0)) await client.deleteWorkflow(id);
	});
	afterAll(async () => {
		await editor.close();
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const left = (execution: Execution, journey: string): string[] =>
		[1, 2, 3, 4, 5]
			.flatMap((output) =>
				client.itemsOf(execution, journey, output).map(({ accountId, journey: given }) => {
					const { step, reasons } = given as { step: string; reasons: { code: string }[] };
					return `${String(output)} ${String(accountId)} ${step}: ${reasons[0]?.code ?? ''}`;
				}),
			)
			.toSorted();

	test.each(TRIES)(
		'$file: as imported, Try it gives each sample customer what its story says, to the tester only',
		async ({ file, journey, leaves, subjects }) => {
			await mailbox.clear();
			const shipped = withMail(readWorkflow(file), smtp);
			const workflow = await client.importWorkflow(samplesAt(shipped, NOW));
			imported.push(workflow);
			await editor.open(workflow);
			await editor.fit();
			await editor.run('Try it');
			const [execution] = await client.waitForExecutions(workflow, 1);
			if (execution === undefined) throw new Error('No execution was saved');
			expect(execution.status).toBe('success');
			expect(left(execution, journey)).toEqual(leaves.toSorted());
			expect(client.itemsOf(execution, SAMPLES).every(({ story }) => Boolean(story))).toBe(true);
			const mails = await mailbox.waitForMails(subjects.length);
			expect(mails.map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted());
			expect(mails.map(({ to }) => to.join())).toEqual(subjects.map(() => TESTER));
			for (const { html } of mails) expect(html).not.toMatch(/\{\{|\{%|undefined|NaN|\[object/);
			expect(await editor.outOfDate()).toEqual([]);
		},
	);

	test('all five are imported and published beside each other without a credential of a vendor', async () => {
		const shipped = readWorkflows().filter(({ file }) => file.startsWith('journey-'));
		expect(shipped).toHaveLength(5);
		const paths: string[] = [];
		for (const { workflow } of shipped) {
			const id = await client.importWorkflow(workflow);
			expect(id).toBe(workflow.id);
			await client.publish(id);
			for (const { type, parameters } of workflow.nodes)
				if (type.endsWith('.webhook')) paths.push(String(parameters.path));
		}
		for (const path of paths) await client.waitForWebhook(path);
		expect(new Set(paths).size).toBe(paths.length);
	});
});
