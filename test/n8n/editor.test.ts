import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Execution, type N8nClient, type WorkflowFile } from './client';
import { openEditor, type Editor } from './editor';
import { readLedger } from './ledgerRows';
import { startMailbox, type Mail, type Mailbox } from './mailbox';
import { waitFor } from './processes';
import { startN8n, type N8nServer } from './server';
import { readWorkflow, withMail, withNow } from './workflows';

const JOURNEY = 'Onboarding journey';
const TESTER = 'tester@example.com';
/** A Wednesday at 10:00 in New York and 16:00 in Paris: several steps are due for the sample customers. */
const NOW = '2026-11-18T15:00:00Z';
const SMTP = 'SMTP account';
const LIVE_TRIGGERS = ['CRM events', 'Every hour'];
const MAIL_NODE: Record<string, string> = {
	welcome: 'Mail: welcome',
	'set-up-guide': 'Mail: set-up guide',
	'first-results': 'Mail: first results',
	nudge: 'Mail: nudge',
	'power-tips': 'Mail: power-user tips',
	celebrate: 'Mail: celebrate',
	'hand-over': 'Confirm hand-over',
	call: 'Mail: to a human',
	'reach-by-hand': 'Mail: to a human',
	'asked-for-help': 'Mail: to a human',
	'no-first-value': 'Mail: alert',
};

describe('in the editor of the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let editor: Editor;
	let shipped: WorkflowFile;

	beforeAll(async () => {
		mailbox = await startMailbox();
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const id = await client.createCredential({
			name: SMTP,
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		shipped = withNow(withMail(readWorkflow('journey-onboarding.json'), { id, name: SMTP }), NOW);
		editor = await openEditor(n8n.url);
	});
	beforeEach(async () => {
		await mailbox.clear();
	});
	afterAll(async () => {
		await editor.close();
		await n8n.stop();
		await mailbox.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const runOf = async (workflowId: string): Promise<Execution> => {
		const [execution] = await client.waitForExecutions(workflowId, 1);
		if (execution === undefined) throw new Error('The run left no execution');
		expect(execution).toMatchObject({ mode: 'manual', status: 'success' });
		return execution;
	};
	const recipients = (mails: Mail[]): string[] => [...new Set(mails.flatMap(({ to }) => to))];
	/** Nothing in production's ledger: no journey has begun, nobody is enrolled, nothing was claimed. */
	const expectProductionUntouched = (): void => {
		const { touches, enrollments, journeys, events } = readLedger(userFolder, 'live');
		expect([...touches, ...enrollments, ...journeys, ...events]).toEqual([]);
	};

	test('a step is deleted: every other step keeps its wire and reaches its own node', async () => {
		const id = await client.importWorkflow(shipped);
		const { page } = editor;
		await editor.open(id);
		expect(await editor.outputNames(JOURNEY)).toEqual([
			'Ended',
			'1 Welcome',
			'2 Set-up guide',
			'3 First results',
			'4 Nudge',
			'5 Power-user tips',
			'6 Celebrate',
			'7 Hand over to digital',
			'8 Human call, Reach by hand, Asked for help',
			'9 No first value',
		]);

		await editor.openNode(JOURNEY);
		const name = page.locator('[data-parameter-path="parameters.steps.step[1].name"] input');
		await name.scrollIntoViewIfNeeded();
		expect(await name.inputValue()).toBe('Set-up guide');
		const row = page
			.locator('[data-test-id="fixed-collection-steps"] [data-draggable="true"]')
			.filter({ has: page.locator('[data-parameter-path="parameters.steps.step[1].name"]') });
		await row.hover({ position: { x: 20, y: 40 } });
		await row.locator('[data-test-id="fixed-collection-delete"]').first().click();
		await waitFor('the row disappearing', async () =>
			(await name.inputValue()) === 'First results' ? true : undefined,
		);
		await editor.closeNode();
		await page.keyboard.press('ControlOrMeta+s');
		const saved = await waitFor('n8n saving the workflow', async () => {
			const workflow = await client.findWorkflow(id);
			return workflow === undefined || stepIds(workflow).includes('set-up-guide')
				? undefined
				: workflow;
		});

		expect(stepIds(saved)).toEqual(stepIds(shipped).filter((step) => step !== 'set-up-guide'));
		expect(saved.connections[JOURNEY]).toEqual(shipped.connections[JOURNEY]);
		const names = await editor.outputNames(JOURNEY);
		expect(names).toHaveLength(10);
		expect(names.slice(1, 5)).toEqual(['1 Welcome', '2 –', '3 First results', '4 Nudge']);
		expect(names[9]).toBe('9 No first value');

		await editor.fit();
		await editor.run('Try it');
		const execution = await runOf(id);
		const arrived = Object.entries(MAIL_NODE).flatMap(([step, node]) =>
			stepsAt(execution, node)
				.filter((there) => there === step)
				.map(() => step),
		);
		// steps before and behind the deleted one came up, and none came to another's node
		expect(new Set(arrived)).toEqual(
			new Set(['welcome', 'first-results', 'celebrate', 'hand-over', 'reach-by-hand']),
		);
		const everywhere = [...new Set(Object.values(MAIL_NODE))].flatMap((node) =>
			stepsAt(execution, node),
		);
		expect(everywhere.sort()).toEqual(arrived.sort());
		expect(stepsAt(execution, 'Mail: set-up guide')).toEqual([]);
		await client.deleteWorkflow(id);
	});

	test('a run sends to the test recipient only, and production does not hear of it', async () => {
		const id = await client.importWorkflow({ ...shipped, id: 'dcsEditorRun00001' });
		await editor.open(id);
		await editor.fit();
		await editor.run('Try it');
		await runOf(id);
		// looking at a panel changes nothing: the editor finds in the file all that it would fill in
		await editor.openNode(JOURNEY);
		await editor.closeNode();
		expect(await editor.outOfDate()).toEqual([]);
		const mails = await mailbox.mails();
		expect(recipients(mails)).toEqual([TESTER]);
		expect(mails.map(({ subject }) => subject)).toEqual(
			expect.arrayContaining([
				'Welcome to Example: your first steps',
				'Your first result is in',
				'Please reach by hand: our mails do not arrive (Quartz Quilts)',
			]),
		);
		expectProductionUntouched();
		const tested = readLedger(userFolder, 'test');
		expect(tested.enrollments.length).toBeGreaterThan(0);
		expect(tested.touches.filter(({ state }) => state === 'sent').length).toBeGreaterThanOrEqual(
			mails.length,
		);
	});

	test('so does a run through a sub-workflow, although the journey is published', async () => {
		const journey = await client.importWorkflow(asSubWorkflow(shipped, 'dcsEditorSub00001'));
		await client.publish(journey);
		const parent = await client.importWorkflow(callerOf(journey));
		await editor.open(parent);
		await editor.run('Start');
		await runOf(parent);
		const mails = await mailbox.mails();
		expect(mails.length).toBeGreaterThanOrEqual(3);
		expect(recipients(mails)).toEqual([TESTER]);
		expectProductionUntouched();
	});

	test('without a test recipient nothing leaves, and the node says why', async () => {
		const nobody = withJourneyParameters(shipped, { testRecipient: '' });
		const id = await client.importWorkflow({ ...nobody, id: 'dcsEditorNobody01' });
		await editor.open(id);
		await editor.fit();
		await editor.run('Try it');
		const execution = await runOf(id);
		expect(Object.values(MAIL_NODE).flatMap((node) => stepsAt(execution, node))).toEqual([]);
		await editor.openNode(JOURNEY);
		const hint = editor.page
			.getByText(/a run from the editor never writes to customers.*'Test Recipient'/)
			.filter({ visible: true });
		await hint.first().waitFor({ timeout: 60_000 });
		expect(await mailbox.mails()).toEqual([]);
		expectProductionUntouched();
	});

	/** `journey.step` of all items a node gave out in a run, on whichever output. */
	const stepsAt = (execution: Execution, node: string): unknown[] =>
		[0, 1].flatMap((output) =>
			client.itemsOf(execution, node, output).map(({ journey }) => {
				if (typeof journey !== 'object' || journey === null || !('step' in journey)) return journey;
				return journey.step;
			}),
		);
});

function journeyNode({ nodes }: WorkflowFile): WorkflowFile['nodes'][number] {
	const node = nodes.find(({ name }) => name === JOURNEY);
	if (node === undefined) throw new Error(`No node '${JOURNEY}'`);
	return node;
}

function stepIds(workflow: WorkflowFile): unknown[] {
	const { steps } = journeyNode(workflow).parameters;
	if (typeof steps !== 'object' || steps === null || !('step' in steps)) return [];
	return Array.isArray(steps.step)
		? steps.step.map((step: unknown) =>
				typeof step === 'object' && step !== null && 'id' in step ? step.id : undefined,
			)
		: [];
}

function withJourneyParameters(workflow: WorkflowFile, parameters: object): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === JOURNEY ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
		),
	};
}

/** The journey as a sub-workflow: other workflows start it, and nothing else does. */
function asSubWorkflow(workflow: WorkflowFile, id: string): WorkflowFile {
	const trigger = 'When called';
	const nodes = workflow.nodes.filter(({ name }) => !LIVE_TRIGGERS.includes(name));
	nodes.push({
		id: 'when-called',
		name: trigger,
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		position: [180, 600],
		parameters: { inputSource: 'passthrough' },
	});
	const connections = Object.fromEntries(
		Object.entries(workflow.connections).filter(([from]) => !LIVE_TRIGGERS.includes(from)),
	);
	connections[trigger] = { main: [[{ node: 'Your accounts', type: 'main', index: 0 }]] };
	return { ...workflow, id, name: 'Onboarding as a sub-workflow', nodes, connections };
}

function callerOf(journeyId: string): WorkflowFile {
	return {
		id: 'dcsEditorCaller01',
		name: 'Calls the journey',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'call',
				name: 'Call the journey',
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				position: [240, 0],
				parameters: {
					workflowId: { __rl: true, mode: 'id', value: journeyId },
					mode: 'once',
					options: { waitForSubWorkflow: true },
				},
			},
		],
		connections: { Start: { main: [[{ node: 'Call the journey', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
