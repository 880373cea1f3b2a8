import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { JourneyEmail } from '../../nodes/JourneyEmail/JourneyEmail.node';
import { runWorkflow, type NodeRun } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { alerted, asking, CHECK, ROUTE, runRouter, TEAM } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const FRIDAY = '2026-03-06T09:00:00Z';
const ROUTER = 'n8n-nodes-digital-cs.escalationRouter';
const MAIL = 'n8n-nodes-digital-cs.journeyEmail';

/** A published flow in which every output of the router leads to one mail node. */
async function published(
	parameters: INodeParameters,
	{ disabled, input = [{}] }: { disabled: boolean; input?: IDataObject[] },
): Promise<NodeRun> {
	const toMail = [{ node: 'Mail', type: 'main' as const, index: 0 }];
	const { node } = await runWorkflow({
		mode: 'trigger',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Router', type: ROUTER, parameters },
			{ name: 'Mail', type: MAIL, disabled },
		],
		connections: {
			Start: { main: [[{ node: 'Router', type: 'main', index: 0 }]] },
			Router: { main: Array.from({ length: 5 }, () => toMail) },
		},
		nodeTypes: { [ROUTER]: new EscalationRouter(), [MAIL]: new JourneyEmail() },
		input,
	});
	return node('Router');
}

const told = ({ outputs }: NodeRun, output: number): unknown[] =>
	(outputs[output] ?? []).map(({ json }) => json.escalation);
const casesOf = async (...accountIds: string[]) =>
	(await ledgerOf().cases({ accountIds, now: 0 })).cases;

describe('with two enabled senders on one output', () => {
	it('nothing is routed, because everybody would be told twice', async () => {
		const both = ['Mail', 'Other mail'].map((node) => ({ node, type: 'main' as const, index: 0 }));
		const { node } = await runWorkflow({
			mode: 'trigger',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Router', type: ROUTER, parameters: { ...TEAM, options: { now: MONDAY } } },
				...both.map(({ node: name }) => ({
					name,
					type: MAIL,
					parameters: { fromEmail: 'desk@vendor.example', subject: 'S', message: 'M' },
				})),
			],
			connections: {
				Start: { main: [[{ node: 'Router', type: 'main', index: 0 }]] },
				Router: { main: [both] },
			},
			nodeTypes: { [ROUTER]: new EscalationRouter(), [MAIL]: new JourneyEmail() },
			input: [asking('acme', 'human_requested')],
		});
		expect(node('Router').error?.message).toContain("2 senders: 'Mail', 'Other mail'");
		expect(await casesOf('acme')).toEqual([]);
	});
});

describe('with every sender disabled (P34)', () => {
	it('Route says what it would do, and writes nothing: nobody is silenced by a case that nobody hears of', async () => {
		const run = await published(
			{ ...TEAM, options: { now: MONDAY } },
			{ disabled: true, input: [asking('acme', 'human_requested')] },
		);
		expect(told(run, ROUTE.new)).toMatchObject([
			{ what: 'opened', owner: { name: 'Ana' }, notify: false, mode: 'dry' },
		]);
		expect(run.hints.map(({ message }) => message).join()).toContain('dry run');
		expect(await casesOf('acme')).toEqual([]);
	});

	it('Check Deadlines lets nothing count as told: the first run with a sender tells it', async () => {
		await runRouter(MONDAY, [alerted('acme')]);
		const check = { operation: 'checkDeadlines', options: { now: FRIDAY } };
		const dry = await published(check, { disabled: true });
		expect(told(dry, CHECK.overdue)).toMatchObject([
			{ case: 1, event: 'breached', notify: false, mode: 'dry' },
			{ case: 1, event: 'level', notify: false, mode: 'dry' },
		]);
		expect((await casesOf('acme')).map((one) => one.told)).toEqual([[]]);
		const run = await runRouter(FRIDAY, [{}], { operation: 'checkDeadlines' });
		expect(run.of(CHECK.overdue)).toMatchObject([
			{ event: 'breached', notify: true, to: 'ana@vendor.example' },
			{ event: 'level', notify: true, to: 'maria@vendor.example' },
		]);
	});
});

describe('what Route says of a case', () => {
	it('says in which mode also where nobody is told, so that a flow keeps test runs out of a CRM', async () => {
		await runRouter(MONDAY, [alerted('acme')]);
		const joined = await runRouter(MONDAY, [alerted('acme', {}, { key: 'another' })]);
		expect(joined.of(ROUTE.updated)).toMatchObject([
			{ what: 'joined', notify: false, mode: 'live' },
		]);
		const test = await runRouter(MONDAY, [alerted('acme')], {}, 'manual');
		expect(test.of(ROUTE.new)).toMatchObject([{ notify: false, mode: 'test' }]);
	});

	it('finds the account of a mail that was read, which stands in its event only', async () => {
		const { ledger } = asking('acme', 'reply_received');
		const { of } = await runRouter(MONDAY, [{ subject: 'Re: Welcome', ledger }]);
		expect(of(ROUTE.new)).toMatchObject([{ accountId: 'acme', kind: 'escalation' }]);
	});
});
