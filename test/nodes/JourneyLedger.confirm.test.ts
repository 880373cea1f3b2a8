import type { IDataObject } from 'n8n-workflow';
import {
	connectionsOf,
	runWorkflow,
	type TestNode,
	type Wire,
	type WorkflowRun,
} from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	freshUserFolder,
	JOURNEY,
	NODE_TYPES,
	NOW,
	recalled,
	runJourney,
	TEAM,
	TESTER,
	type JourneyToRun,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const CONFIRM: TestNode = {
	name: 'Confirm',
	type: 'n8n-nodes-digital-cs.journeyLedger',
	parameters: { operation: 'confirmTouch', options: { now: NOW } },
};
const SEND: TestNode = { name: 'Send', type: 'n8n-nodes-base.emailSend' };
const KEEP: TestNode = { name: 'Send', type: 'n8n-nodes-base.slack' };

/** Welcome → sender → Confirm. */
const withConfirm = async (
	sender: TestNode,
	over: Partial<JourneyToRun> = {},
): Promise<WorkflowRun> =>
	await runJourney({
		input: [account('a'), account('b')],
		behind: [sender, CONFIRM],
		wires: [
			{ from: JOURNEY, output: 1, to: 'Send' },
			{ from: 'Send', to: 'Confirm' },
		],
		...over,
	});

const answers = (run: WorkflowRun): unknown[] =>
	run.node('Confirm').outputs.map((items) => items.map(({ json }) => json.ledger));
const codes = (run: WorkflowRun): string[] =>
	(run.node('Confirm').outputs[1] ?? []).flatMap(({ json }) =>
		(json.ledger as { reasons: { code: string }[] }).reasons.map(({ code }) => code),
	);
const states = async (mode: 'live' | 'test' = 'live'): Promise<string[]> =>
	(await recalled(mode, ['a', 'b'])).touches
		.filter(({ stepId }) => stepId === 'welcome')
		.map(({ state }) => state);

const confirmed = (id: string, repeated = false) => ({
	confirmed: true,
	key: `onboarding/1/${id}/welcome/`,
	repeated,
	reasons: [],
});

describe('Confirm Touch', () => {
	it('confirms the key on the item', async () => {
		expect(answers(await withConfirm(KEEP))).toEqual([[confirmed('a'), confirmed('b')], []]);
		expect(await states()).toEqual(['sent', 'sent']);
	});

	it('finds the key back behind a sender that replaces the items', async () => {
		const run = await withConfirm(SEND);
		expect(answers(run)).toEqual([[confirmed('a'), confirmed('b')], []]);
		expect(
			run.node('Confirm').outputs[0]?.map(({ json, pairedItem }) => [json.accepted, pairedItem]),
		).toEqual([
			[1, { item: 0 }],
			[1, { item: 1 }],
		]);
		expect(await states()).toEqual(['sent', 'sent']);
	});

	it('finds the nearest of two journeys in a row', async () => {
		const bye = {
			id: 'bye',
			name: 'Good-bye',
			output: 1,
			channel: 'email',
			when: 'daysAfterStart',
			days: 0,
			// the welcome of the first journey takes the day
			more: { atOnce: true },
		};
		const run = await runJourney({
			input: [account('a')],
			behind: [
				{
					name: 'Second Journey',
					type: 'n8n-nodes-digital-cs.customerJourney',
					parameters: {
						journeyId: 'second',
						team: TEAM,
						steps: { step: [bye] },
						options: { now: NOW, timezone: 'Europe/Berlin' },
					},
				},
				SEND,
				CONFIRM,
			],
			wires: [
				{ from: JOURNEY, output: 1, to: 'Second Journey' },
				{ from: 'Second Journey', output: 1, to: 'Send' },
				{ from: 'Send', to: 'Confirm' },
			],
		});
		expect(run.error).toBeUndefined();
		expect(answers(run)).toMatchObject([[{ confirmed: true, key: 'second/1/a/bye/' }], []]);
	});

	it('twice is once', async () => {
		await withConfirm(KEEP);
		const run = await justConfirm([touchItem()]);
		expect(answers(run)).toEqual([[confirmed('a', true)], []]);
	});

	it('refuses to confirm what a disabled sender let through', async () => {
		// another sender is on, so the run is live; this one was switched off between journey and confirmation
		const run = await runJourney({
			input: [account('a')],
			behind: [
				KEEP,
				{ ...SEND, name: 'Off', disabled: true },
				CONFIRM,
				{ name: 'Log', type: 'n8n-nodes-base.noOp' },
			],
			wires: [
				{ from: JOURNEY, output: 1, to: 'Log' },
				{ from: JOURNEY, output: 1, to: 'Off' },
				{ from: 'Off', to: 'Confirm' },
			],
		});
		expect(codes(run)).toEqual(['senderDisabled']);
		expect(await states()).toEqual(['claimed']);
	});

	it('tells what came over the sender that is on from what came over the one that is off', async () => {
		const both = [
			{ ...KEEP, name: 'On' },
			{ ...SEND, name: 'Off', disabled: true },
			{ name: 'Both', type: 'n8n-nodes-base.noOp' },
			CONFIRM,
		];
		const run = await runJourney({
			input: [account('a'), account('b')],
			behind: [{ name: 'Route', type: 'n8n-nodes-base.if' }, ...both],
			wires: [
				{ from: JOURNEY, output: 1, to: 'Route' },
				{ from: 'Route', output: 0, to: 'On' },
				{ from: 'Route', output: 1, to: 'Off' },
				{ from: 'On', to: 'Both' },
				{ from: 'Off', to: 'Both' },
				{ from: 'Both', to: 'Confirm' },
			],
		});
		expect(run.node('Confirm').runs).toBe(2);
		expect(await states()).toEqual(['sent', 'claimed']);
	});

	it('test run: confirms in the test ledger', async () => {
		const run = await withConfirm(SEND, { mode: 'manual', parameters: { testRecipient: TESTER } });
		expect(answers(run)).toEqual([[confirmed('a'), confirmed('b')], []]);
		expect(await states('test')).toEqual(['sent', 'sent']);
		expect(await states('live')).toEqual([]);
	});
});

const touchItem = (over: IDataObject = {}): IDataObject => ({
	accountId: 'a',
	journey: { key: 'onboarding/1/a/welcome/', mode: 'live', ...over },
});

/** A workflow that only sends: called with touches, as a sub-workflow is. */
const justConfirm = async (
	input: IDataObject[],
	{ mode = 'trigger', sender = KEEP }: { mode?: 'trigger' | 'manual'; sender?: TestNode } = {},
): Promise<WorkflowRun> => {
	const wires: Wire[] = [
		{ from: 'Start', to: 'Touches' },
		{ from: 'Touches', to: 'Send' },
		{ from: 'Send', to: 'Confirm' },
	];
	return await runWorkflow({
		mode,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Touches', type: 'test.items' },
			sender,
			CONFIRM,
		],
		connections: connectionsOf(wires),
		nodeTypes: NODE_TYPES,
		sources: { Touches: input },
	});
};

describe('Confirm Touch in a workflow without a Customer Journey', () => {
	it('confirms the key the item carries', async () => {
		await runJourney({ input: [account('a')] });
		expect(answers(await justConfirm([touchItem()]))).toEqual([[confirmed('a')], []]);
		expect(await states()).toEqual(['sent']);
	});

	it('but not behind a disabled sender', async () => {
		await runJourney({ input: [account('a')] });
		expect(
			codes(await justConfirm([touchItem()], { sender: { ...KEEP, disabled: true } })),
		).toEqual(['senderDisabled']);
		expect(await states()).toEqual(['claimed']);
	});

	it.each<[string, IDataObject, 'trigger' | 'manual', string]>([
		['no key', { accountId: 'a' }, 'trigger', 'noKey'],
		['a journey that is text', { journey: 'onboarding' }, 'trigger', 'noKey'],
		['an unknown key', touchItem({ key: 'onboarding/1/z/welcome/' }), 'trigger', 'unknownTouch'],
		['a test item in a live run', touchItem({ mode: 'test' }), 'trigger', 'otherRun'],
		['a live item in a test run', touchItem(), 'manual', 'otherRun'],
	])('%s is refused with a reason, and stops nobody', async (_what, item, mode, code) => {
		await runJourney({ input: [account('a'), account('b')] });
		const good = touchItem({ key: 'onboarding/1/b/welcome/' });
		const run = await justConfirm(mode === 'manual' ? [item] : [item, good], { mode });
		expect(codes(run)).toEqual([code]);
		expect(run.node('Confirm').outputs[0]).toHaveLength(mode === 'manual' ? 0 : 1);
		expect(await states()).toEqual(['claimed', mode === 'manual' ? 'claimed' : 'sent']);
	});
});

describe('Look Up', () => {
	const lookUp = async (
		input: IDataObject[],
		mode: 'trigger' | 'manual' = 'manual',
	): Promise<WorkflowRun> =>
		await runWorkflow({
			mode,
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Accounts', type: 'test.items' },
				{
					name: 'Look Up',
					type: 'n8n-nodes-digital-cs.journeyLedger',
					parameters: { operation: 'lookUp', options: { now: NOW } },
				},
			],
			connections: connectionsOf([
				{ from: 'Start', to: 'Accounts' },
				{ from: 'Accounts', to: 'Look Up' },
			]),
			nodeTypes: NODE_TYPES,
			sources: { Accounts: input },
		});

	it('shows, also from the editor, what customers really got, oldest first, and why', async () => {
		await withConfirm(KEEP);
		const run = await lookUp([{ accountId: 'a' }, { accountId: 'nobody' }, {}, { accountId: 'b' }]);
		const [found, unknown] = run.node('Look Up').outputs;
		expect(found?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		expect(unknown?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		const { timeline } = found?.[0]?.json.ledger as {
			timeline: { what: string; step?: string; reasons?: { text: string }[] }[];
		};
		expect(timeline.map(({ what, step = '' }) => `${what} ${step}`.trim())).toEqual([
			'enrolled',
			'claimed welcome',
			'sent welcome',
		]);
		expect(timeline[1]?.reasons?.[0]?.text).toContain('Due on day 0');
	});

	it('of an address shows the account about which the last mail went there', async () => {
		await withConfirm(KEEP);
		const [byId] = (await lookUp([{ accountId: 'a' }])).node('Look Up').outputs[0] ?? [];
		const run = await lookUp([{ accountId: 'Admin@A.example' }, { accountId: 'no@a.example' }]);
		const [found, unknown] = run.node('Look Up').outputs;
		expect(found?.map(({ json }) => json.ledger)).toEqual([byId?.json.ledger]);
		expect(byId?.json.ledger).toMatchObject({ accountId: 'a', found: true });
		expect(unknown).toHaveLength(1);
	});

	it('of a merged record shows the history it went into', async () => {
		await runJourney({ input: [account('old')] });
		await runJourney({ input: [account('new', { aliases: ['old'] })] });
		const run = await lookUp([{ accountId: 'old' }, { accountId: 'new' }]);
		const [first, second] = run.node('Look Up').outputs[0] ?? [];
		expect(first?.json.ledger).toEqual({ ...(second?.json.ledger as object), mergedInto: 'new' });
		expect(JSON.stringify(first?.json.ledger)).toContain('welcome');
	});
});
