import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Execution, type N8nClient, type WorkflowFile } from './client';
import { CLOCK_PATH, withClockAndCrm } from './clock';
import { startFakeCrm, type FakeCrm } from './fakeCrm';
import { readLedger } from './ledgerRows';
import { startMailbox, type Mailbox } from './mailbox';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const JOURNEY = 'Onboarding journey';
const LOOP = 'Twenty at a time';
const SEND = 'Or: n8n Send Email';
const CONFIRM = 'Confirm what it sent';
/** A Monday in New York. */
const DAY_0 = '2026-03-02T10:00:00-05:00';
const DAY_2 = '2026-03-04T10:05:00-05:00';
/** In the first batch; n8n's own node refuses to send to nobody. */
const BROKEN = 'customer-7';

const customer = (number: number, createdAt: string): object => ({
	accountId: `customer-${String(number)}`,
	name: `Customer ${String(number)}`,
	createdAt,
	timezone: 'America/New_York',
	contacts: [{ email: `admin@c${String(number)}.example`, role: 'admin' }],
});
const numbers = Array.from({ length: 45 }, (_, index) => index + 1);
/** 25 who began today, and 20 who began two days ago: two steps are due at once, and both lead to the same loop. */
const customers = numbers.map((number) => customer(number, number <= 25 ? DAY_2 : DAY_0));

/** The alternative as its note says: wired to the loop instead of a mail node, and switched on. */
function withSendEmail(
	workflow: WorkflowFile,
	outputs: number[],
	smtp: { id: string; name: string },
): WorkflowFile {
	const { main } = workflow.connections[JOURNEY] as { main: object[][] };
	const toLoop = [{ node: LOOP, type: 'main', index: 0 }];
	const wires = main.map((wire, output) => (outputs.includes(output) ? toLoop : wire));
	const toEmail = `={{ $json.accountId === '${BROKEN}' ? '' : $json.journey.to }}`;
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.name === SEND
				? {
						...node,
						disabled: false,
						credentials: { smtp },
						parameters: { ...node.parameters, toEmail },
					}
				: node,
		),
		connections: { ...workflow.connections, [JOURNEY]: { main: wires } },
		settings: { ...workflow.settings, saveDataSuccessExecution: 'all' },
	};
}

describe("n8n's own Send Email instead of Journey Email, for 45 customers and two steps", () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let client: N8nClient;
	let mailbox: Mailbox;
	let crm: FakeCrm;
	let execution: Execution;

	beforeAll(async () => {
		[mailbox, crm] = await Promise.all([startMailbox(), startFakeCrm()]);
		crm.setAccounts(customers);
		n8n = await startN8n({ userFolder });
		client = await connect(n8n.url);
		const name = 'SMTP account';
		const data = mailbox.smtpCredential;
		const smtp = { id: await client.createCredential({ name, type: 'smtp', data }), name };
		const journey = withSendEmail(readWorkflow('journey-onboarding.json'), [1, 2], smtp);
		const id = await client.importWorkflow(withClockAndCrm(journey, crm.url));
		await client.publish(id);
		await client.waitForWebhook(CLOCK_PATH);
		for (const now of [DAY_2, DAY_2]) {
			const { status } = await client.callWebhook(CLOCK_PATH, { now });
			expect(status).toBe(200);
		}
		const executions = await client.waitForExecutions(id, 2);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		const [first] = executions.slice(-1);
		if (first === undefined) throw new Error('No execution was saved');
		execution = first;
	});
	afterAll(async () => {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	});

	const runsOf = (node: string): { startTime: number; items: number[] }[] =>
		(execution.data?.resultData.runData[node] ?? []).map(({ startTime, data }) => ({
			startTime,
			items: (data?.main ?? []).map((items) => items?.length ?? 0),
		}));

	test('each gets one mail, though two sweeps ran; the one that failed gets none', async () => {
		const to = (await mailbox.mails()).flatMap((mail) => mail.to).sort();
		const all = customers.map((_customer, index) => `admin@c${String(index + 1)}.example`);
		expect(to).toEqual(all.filter((address) => address !== 'admin@c7.example').sort());
	});

	test('each mail is confirmed, and the one that failed is not', () => {
		const { touches } = readLedger(userFolder, 'live');
		// the welcome of those who began two days ago lapsed (P26): they get the set-up guide
		const due = touches.filter(({ state }) => state !== 'lapsed');
		expect(due.map(({ account_id, state }) => `${account_id} ${state}`).sort()).toEqual(
			numbers
				.map((number) => `customer-${String(number)}`)
				.map((id) => `${id} ${id === BROKEN ? 'claimed' : 'sent'}`)
				.sort(),
		);
	});

	test('never are more than twenty on their way: a batch is confirmed before the next leaves', () => {
		const sends = runsOf(SEND);
		const confirms = runsOf(CONFIRM);
		expect(sends.map(({ items }) => items.join(' sent, ')).sort()).toEqual([
			'19 sent, 1',
			'20 sent, 0',
			'5 sent, 0',
		]);
		expect(confirms.map(({ items }) => items[0])).toEqual(sends.map(({ items }) => items[0]));
		for (const [index, { startTime }] of confirms.entries()) {
			const next = sends[index + 1]?.startTime ?? Infinity;
			expect(startTime).toBeLessThanOrEqual(next);
		}
		expect(runsOf('Not sent this way').flatMap(({ items }) => items)).toEqual([1]);
	});
});
