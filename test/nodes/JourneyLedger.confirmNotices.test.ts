import type { IDataObject, INodeType } from 'n8n-workflow';
import {
	connectionsOf,
	runWorkflow,
	type TestNode,
	type WorkflowRun,
} from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import { closeLedgers, freshUserFolder, NODE_TYPES } from './CustomerJourney.setup';
import { claim, ledgerOf, NOW, touch } from './JourneyEmail.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const NOTICE = 'case/7/opened';
const HAND_OVER = 'onboarding/1/acct-1/help/';

/** Both the notice and the journey's hand-over are handed out, so that what is confirmed was chosen. */
async function claimBoth(mode: 'live' | 'test' = 'live'): Promise<void> {
	const of = { channel: 'alert', address: 'jo@vendor.example' } as const;
	await claim(ledgerOf(mode), [
		touch(1, { ...of, key: NOTICE, journey: 'escalations' }),
		touch(1, { ...of, key: HAND_OVER, channel: 'human' }),
	]);
}
const confirmedOf = async (mode: 'live' | 'test' = 'live'): Promise<string[]> => {
	const query = { dry: false, accountIds: ['acct-1'], addresses: [], now: NOW };
	const of = async (journey: string) =>
		(await ledgerOf(mode).recall({ ...query, journey })).touches;
	const touches = [...(await of('escalations')), ...(await of('onboarding'))];
	const sent = touches.filter(({ state }) => state === 'sent').map(({ key }) => key);
	return [...new Set(sent)];
};

const escalation = (over: IDataObject = {}): IDataObject => ({
	key: NOTICE,
	channel: 'alert',
	mode: 'live',
	event: 'opened',
	to: 'jo@vendor.example',
	...over,
});
const journey = { key: HAND_OVER, mode: 'live', channel: 'human' };

/** Adds an object under a name, as nodes of this pack do. */
const adds = (name: string, added: IDataObject): INodeType => ({
	description: { ...noOp.description, name: 'adds' },
	async execute() {
		return await Promise.resolve([
			this.getInputData().map(({ json }, item) => ({
				json: { ...json, [name]: added },
				pairedItem: { item },
			})),
		]);
	},
});

const ROUTER: TestNode = { name: 'Router', type: 'n8n-nodes-digital-cs.escalationRouter' };
const JOURNEY: TestNode = { name: 'Journey', type: 'n8n-nodes-digital-cs.customerJourney' };
const KEEPS: TestNode = { name: 'Send', type: 'n8n-nodes-base.slack' };
const REPLACES: TestNode = { name: 'Send', type: 'n8n-nodes-base.emailSend' };
const CONFIRM: TestNode = {
	name: 'Confirm',
	type: 'n8n-nodes-digital-cs.journeyLedger',
	parameters: { operation: 'confirmTouch', options: { now: new Date(NOW).toISOString() } },
};

/** Items → nodes in a row → Confirm. */
async function run(
	nodes: TestNode[],
	over: { routed?: IDataObject; item?: IDataObject; mode?: 'trigger' | 'manual' } = {},
): Promise<WorkflowRun> {
	const { routed = escalation(), item = {}, mode = 'trigger' } = over;
	const names = ['Start', 'Items', ...nodes.map(({ name }) => name), 'Confirm'];
	return await runWorkflow({
		mode,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Items', type: 'test.items' },
			...nodes,
			CONFIRM,
		],
		connections: connectionsOf(
			names.slice(1).map((to, index) => ({ from: names[index] ?? '', to })),
		),
		nodeTypes: {
			...NODE_TYPES,
			'n8n-nodes-digital-cs.customerJourney': adds('journey', journey),
			'n8n-nodes-digital-cs.escalationRouter': adds('escalation', routed),
		},
		sources: { Items: [{ accountId: 'acct-1', ...item }] },
	});
}

/** What Confirm said of the one item: the key it confirmed, or the code of why not. */
function said(ran: WorkflowRun): unknown {
	const [done, notDone] = ran.node('Confirm').outputs;
	const ledger = (done?.[0] ?? notDone?.[0])?.json.ledger as {
		key?: string;
		reasons: { code: string }[];
	};
	return ledger.key ?? ledger.reasons[0]?.code;
}

describe('Confirm Touch of a notice', () => {
	it.each<[string, TestNode[]]>([
		['on the item', [ROUTER, KEEPS]],
		['behind a sender that replaces the items', [ROUTER, REPLACES]],
		['on the item, which came from a journey', [JOURNEY, ROUTER, KEEPS]],
		['behind a sender, for an item that came from a journey', [JOURNEY, ROUTER, REPLACES]],
		['in a workflow that only sends', [KEEPS]],
	])('finds the key %s, and leaves the hand-over alone', async (_what, nodes) => {
		await claimBoth();
		const item = nodes.includes(ROUTER) ? {} : { escalation: escalation(), journey };
		expect(said(await run(nodes, { item }))).toBe(NOTICE);
		expect(await confirmedOf()).toEqual([NOTICE]);
	});

	it.each<[string, TestNode[]]>([
		['on the item', [ROUTER, JOURNEY, KEEPS]],
		['behind a sender that replaces the items', [ROUTER, JOURNEY, REPLACES]],
	])(
		'where the journey is the nearest it is the touch of the journey: %s',
		async (_what, nodes) => {
			await claimBoth();
			expect(said(await run(nodes))).toBe(HAND_OVER);
			expect(await confirmedOf()).toEqual([HAND_OVER]);
		},
	);

	it.each<[string, TestNode]>([
		['on the item', KEEPS],
		['behind a sender', REPLACES],
	])('confirms nothing where nobody was to be told: %s', async (_what, sender) => {
		await claimBoth();
		const routed = escalation({ key: undefined, event: undefined });
		expect(said(await run([JOURNEY, ROUTER, sender], { routed }))).toBe('noKey');
		expect(await confirmedOf()).toEqual([]);
	});

	it('twice is once', async () => {
		await claimBoth();
		await run([ROUTER, KEEPS]);
		const again = await run([ROUTER, KEEPS]);
		expect(again.node('Confirm').outputs[0]?.[0]?.json.ledger).toMatchObject({
			key: NOTICE,
			repeated: true,
		});
	});

	it('refuses what a disabled sender let through', async () => {
		await claimBoth();
		for (const sender of [KEEPS, REPLACES])
			expect(said(await run([ROUTER, { ...sender, disabled: true }]))).toBe('senderDisabled');
		expect(await confirmedOf()).toEqual([]);
	});

	it.each<[string, IDataObject, 'trigger' | 'manual', string]>([
		['an unknown one', { key: 'case/8/opened' }, 'trigger', 'unknownTouch'],
		['one of a test run in a live one', { mode: 'test' }, 'trigger', 'otherRun'],
		['a live one in a test run', {}, 'manual', 'otherRun'],
		['one of a dry run', { mode: 'dry' }, 'trigger', 'otherRun'],
		['a key that is none', { key: 7 }, 'trigger', 'noKey'],
	])('refuses %s', async (_what, over, mode, code) => {
		await claimBoth();
		await claimBoth('test');
		expect(said(await run([ROUTER, KEEPS], { routed: escalation(over), mode }))).toBe(code);
		expect([await confirmedOf(), await confirmedOf('test')]).toEqual([[], []]);
	});

	it('in a test run confirms in the test ledger', async () => {
		await claimBoth('test');
		const routed = escalation({ mode: 'test' });
		expect(said(await run([ROUTER, REPLACES], { routed, mode: 'manual' }))).toBe(NOTICE);
		expect(await confirmedOf('test')).toEqual([NOTICE]);
	});
});
