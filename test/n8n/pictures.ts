import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, PageScreenshotOptions } from 'playwright-core';
import { connect, type N8nClient, type WorkflowFile } from './client';
import { contentByClaude, SELECTOR, startWriter } from './contentPerson';
import { createEventsSecret, eventsPath, withEvents } from './crmEvents';
import { openEditor, type Editor } from './editor';
import { root, workflowsFolder } from './folders';
import { startMailbox } from './mailbox';
import { nodePanel } from './nodePanel';
import { addRule, changeSignals, HEALTH, scoreAndTiers, TIERS } from './operationsPerson';
import { askForPreview } from './previewForm';
import { waitFor } from './processes';
import { sendSampleEvents } from './sampleEvents';
import { startN8n } from './server';
import { askWhy } from './whyForm';
import { readWorkflow, samplesAt, withMail, withNow } from './workflows';

// `npm run pictures` takes the pictures of the README and of docs/ from the running thing, each time of the same day; with
// names (`npm run pictures -- escalation-desk.png`) it keeps only those
const NOW = '2026-11-18T15:00:00Z';
const SMTP = 'SMTP account';
const JOURNEY = 'Onboarding journey';
const ROUTER = 'Who takes it';
const MARGIN = 24;
/** Those with samples of their own, and their pictures. */
const JOURNEYS = [
	['journey-education.json', 'content-canvas.png'],
	['journey-expansion.json', 'expansion-canvas.png'],
	['journey-health-intervention.json', 'intervention-canvas.png'],
	['journey-renewal.json', 'renewal-canvas.png'],
] as const;
/** They hover over the lowest nodes of a tall canvas. */
const RUN_BUTTONS =
	'[data-test-id^="execute-workflow-button"], [data-test-id="canvas-controls"] { visibility: hidden }';
const images = join(root, 'docs', 'images');
const wanted = new Set(process.argv.slice(2));

void main();

async function main(): Promise<void> {
	mkdirSync(images, { recursive: true });
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const mailbox = await startMailbox();
	const n8n = await startN8n({ userFolder });
	try {
		const client = await connect(n8n.url);
		const id = await client.createCredential({
			name: SMTP,
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		const mail = withMail(readWorkflow('journey-onboarding.json'), { id, name: SMTP });
		const journey = await client.importWorkflow(withNow(mail, NOW));
		await client.publish(await client.importWorkflow(readWorkflow('ops-preview-csv.json')));
		await client.waitForWebhook('digital-cs-preview', 'POST', 'form');

		const editor = await openEditor(n8n.url, { width: 1800, height: 1700, scale: 1.25 });
		const { page } = editor;
		await editor.open(journey);
		await editor.fit();
		await editor.run('Try it');
		await page.mouse.move(500, 1250);
		await page.addStyleTag({ content: RUN_BUTTONS });
		await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
		await takeCanvas(page, 'canvas.png', MARGIN * 2);

		await page.setViewportSize({ width: 1300, height: 1040 });
		await editor.openNode(JOURNEY);
		await nodePanel(page).top('steps.step[0].name');
		await take(page, 'journey-node.png');

		await takeScoreAndTiers(
			editor,
			await client.importWorkflow(scoreAndTiers('dcsPictures000001')),
		);

		await page.setViewportSize({ width: 1200, height: 760 });
		await page.goto(mailbox.url);
		await page.getByText('Welcome to Example').first().click();
		await page.waitForTimeout(1500);
		await take(page, 'mailbox.png');

		const desk = withMail(readWorkflow('ops-escalation-desk.json'), { id, name: SMTP });
		await takeDesk(editor, await client.importWorkflow(withNow(desk, NOW)));
		await page.setViewportSize({ width: 1200, height: 1000 });
		await page.goto(mailbox.url);
		await page.getByText('Oak Outdoor').first().click();
		await page.waitForTimeout(1500);
		await take(page, 'escalation-mail.png');

		for (const [file, picture] of JOURNEYS) {
			const shipped = withMail(readWorkflow(file), { id, name: SMTP });
			await takeJourney(editor, await client.importWorkflow(samplesAt(shipped, NOW)), picture);
		}
		await takeContent(editor, client);

		await takeNewcomer(editor, client, { ...withNow(mail, NOW), id: 'dcsPictures000003' });

		await page.setViewportSize({ width: 1000, height: 800 });
		const file = join(root, 'docs', 'twenty-accounts.csv');
		await askForPreview(page, n8n.url, { file, asOf: '2026-11-20' });
		await take(page, 'csv-preview.png', { fullPage: true });
		await editor.close();
	} finally {
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

/** Where one imports a file, and the answer to "why did this customer not get a mail?". */
async function takeNewcomer(
	editor: Editor,
	client: N8nClient,
	journey: WorkflowFile,
): Promise<void> {
	const { page } = editor;
	await page.setViewportSize({ width: 1100, height: 640 });
	await editor.openImport();
	await take(page, 'import-menu.png');
	await editor.importFile(join(workflowsFolder, 'journey-onboarding.json'));
	await editor.openNode('Mail: welcome');
	await page.setViewportSize({ width: 1300, height: 1150 }); // down to the credential
	await take(page, 'mail-node.png');
	await editor.closeNode();

	const secret = 'a-secret-for-the-pictures';
	const credential = await createEventsSecret(client, secret);
	await client.publish(
		await client.importWorkflow(withEvents(journey, credential, 'dcs-pictures')),
	);
	await client.publish(await client.importWorkflow(readWorkflow('ops-why.json')));
	await client.waitForWebhook('digital-cs-why', 'GET', 'form');
	await sendSampleEvents(client, eventsPath('dcs-pictures'), secret, Date.parse(NOW));
	await page.setViewportSize({ width: 1100, height: 700 });
	await waitFor('a story', async () => {
		const { heading } = await askWhy(page, client.url, { customer: 'stone-studio' });
		return heading.includes('Nothing is known') ? undefined : heading;
	});
	await take(page, 'why.png', { fullPage: true });
}

/** Health Score with a signal of one's own and Tier Gate with a rule of one's own, each beside what came out. */
async function takeScoreAndTiers(editor: Editor, workflow: string): Promise<void> {
	const { page } = editor;
	const panel = nodePanel(page);
	await page.setViewportSize({ width: 1500, height: 1340 }); // down to the reasons
	await editor.open(workflow);
	await editor.run('Try it');
	const done = page.getByText('executed successfully').first();

	await editor.openNode(HEALTH);
	await changeSignals(panel);
	await panel.execute();
	await panel.json();
	await panel.show('"health"');
	await panel.top('signals.signal[8].label');
	await done.waitFor({ state: 'hidden' });
	await take(page, 'health-score.png');
	await editor.closeNode();

	await page.setViewportSize({ width: 1500, height: 1000 });
	await editor.openNode(TIERS);
	await addRule(panel);
	await panel.execute();
	await page.getByText('1 Digital Branch (1 item)').click();
	await panel.json();
	await panel.show('"tier"');
	await panel.top('rules.rule[1].name');
	await done.waitFor({ state: 'hidden' });
	await take(page, 'tier-gate.png');
	await editor.closeNode();
}

/** The escalation desk with two cases routed: its canvas, and who takes what beside the first case. */
async function takeDesk(editor: Editor, workflow: string): Promise<void> {
	const { page } = editor;
	await page.setViewportSize({ width: 1900, height: 1750 });
	await editor.open(workflow);
	await editor.fit();
	await editor.run('Try it');
	await page.addStyleTag({ content: RUN_BUTTONS });
	await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
	await takeCanvas(page, 'escalation-desk.png', MARGIN * 3);

	await page.setViewportSize({ width: 1500, height: 1340 });
	await editor.openNode(ROUTER);
	const panel = nodePanel(page);
	await panel.json();
	await panel.show('"escalation"');
	await panel.top('policySource');
	await take(page, 'escalation-router.png');
	await editor.closeNode();
}

/** A journey after a run on its samples. */
async function takeJourney(editor: Editor, workflow: string, picture: string): Promise<void> {
	const { page } = editor;
	await page.setViewportSize({ width: 2000, height: 1650 });
	await editor.open(workflow);
	await editor.fit();
	await editor.run('Try it');
	await page.addStyleTag({ content: RUN_BUTTONS });
	await page.getByText('Workflow executed successfully').waitFor({ state: 'hidden' });
	await takeCanvas(page, picture, MARGIN * 2);
}

/** Content Selector with Claude, and beside it what was chosen for one account. */
async function takeContent(editor: Editor, client: N8nClient): Promise<void> {
	const { page } = editor;
	const claude = await startWriter();
	const name = 'Anthropic account';
	const data = { apiKey: claude.key, url: claude.url };
	const id = await client.createCredential({ name, type: 'anthropicApi', data });
	const workflow = contentByClaude('dcsPictures000002', { id, name }, '2026-03-02T09:00:00Z');
	await page.setViewportSize({ width: 1500, height: 1340 });
	await editor.open(await client.importWorkflow(workflow));
	await editor.run('Try it');
	await editor.openNode(SELECTOR);
	const panel = nodePanel(page);
	await panel.json();
	await panel.show('"content"');
	await panel.top('operation');
	// the name that the service would give it
	await panel.field('model').locator('input').first().evaluate(rename, 'Claude Haiku 5.5');
	await page.getByText('executed successfully').first().waitFor({ state: 'hidden' });
	await take(page, 'content-selector.png');
	await editor.closeNode();
	await claude.close();
}

function rename(input: object, name: string): void {
	Object.assign(input, { value: name });
}

async function take(page: Page, file: string, how: PageScreenshotOptions = {}): Promise<void> {
	if (wanted.size === 0 || wanted.has(file))
		await page.screenshot({ ...how, path: join(images, file) });
}

/** The nodes and notes, without the editor around them. */
async function takeCanvas(page: Page, file: string, below = MARGIN * 4): Promise<void> {
	const things = page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]');
	const boxes = (
		await Promise.all((await things.all()).map((thing) => thing.boundingBox()))
	).filter((box) => box !== null);
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN * 2; // a trigger's bolt stands to the left of it
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN * 3; // and a last node's plus to the right
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + below; // wires of a loop run back there
	const clip = { x: left, y: top, width: right - left, height: bottom - top };
	await take(page, file, { clip });
}
