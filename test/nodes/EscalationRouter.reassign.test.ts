import 'reflect-metadata';
import type { IDataObject, INodeType } from 'n8n-workflow';
import type { Case } from '../../engine/escalation/case';
import type { NodeTypeMap, TestNode } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import {
	ANSWER,
	answer,
	asking,
	CHECK,
	codesOf,
	escalationsOf,
	ROUTER,
	routerNode,
	runFlow,
	runRouter,
	type Given,
} from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const ELEVEN = '2026-03-02T10:00:00Z';
const CLEO = 'cleo@vendor.example';
const TO_CLEO = { operation: 'reassign', newOwnerEmail: CLEO, newOwnerName: 'Cleo' };
const ACME = { accountId: 'acme' };

const open = async (...ids: string[]): Promise<void> => {
	await runRouter(
		MONDAY,
		ids.map((id) => asking(id, 'human_requested')),
	);
};
const casesOf = async (): Promise<readonly Case[]> =>
	(await ledgerOf().cases({ open: { limit: 10 }, now: 0 })).cases;
const ownersOf = async (): Promise<string[]> => (await casesOf()).map(({ owner }) => owner.email);

describe('Reassign', () => {
	it('tells the new owner as Route tells one: with its context, ready to be sent', async () => {
		await open('acme');
		const options = { linkAddress: 'https://n8n.example.com/webhook/digital-cs/case' };
		const { done } = await answer('reassign', ELEVEN, [ACME], { ...TO_CLEO, options });
		expect(done).toMatchObject([
			{
				case: 1,
				owner: { name: 'Cleo', email: CLEO },
				dueAt: '2026-03-02T14:00:00+01:00',
				notify: true,
				key: 'case/1/reassigned/1',
				event: 'reassigned',
				channel: 'alert',
				mode: 'live',
				to: CLEO,
				person: { name: 'Cleo', email: CLEO },
				attempt: 1,
				leaseUntil: '2026-03-02T10:15:00.000Z',
				subject: expect.stringMatching(/^Handed to you: .*Account acme/) as string,
				links: { acknowledge: expect.stringContaining('https://n8n.example.com') as string },
				context: expect.anything() as object,
				reasons: [{ text: 'Case 1 was handed from Ana to Cleo' }],
			},
		]);
		expect(done[0]?.html).toContain('Account acme');
	});

	it('reads the new owner of each item, and says of which it finds none', async () => {
		await open('acme', 'beta', 'gamma', 'delta');
		const input = [
			{ ...ACME, next: { mail: 'Cleo@Vendor.example', name: 'Cleo' } },
			{ accountId: 'beta', next: { mail: 'dan@vendor.example' } },
			{ accountId: 'gamma', next: { mail: 'Sue Miller' } },
			{ accountId: 'delta' },
		];
		const said = await answer('reassign', ELEVEN, input, {
			newOwnerEmail: '={{ $json.next.mail }}',
			newOwnerName: '={{ $json.next.name }}',
		});
		expect(said.done.map(({ owner }) => owner)).toEqual([
			{ name: 'Cleo', email: CLEO },
			{ name: 'dan@vendor.example', email: 'dan@vendor.example' },
		]);
		expect(said.notDone).toMatchObject([
			{
				reasons: [
					{
						code: 'no_new_owner',
						text: 'New Owner E-Mail is no e-mail address (found a text of 10 characters)',
					},
				],
			},
			{ reasons: [{ code: 'no_new_owner' }] },
		]);
		const worked = await answer('reassign', ELEVEN, [{ accountId: 'delta', next: 'eve' }, ACME], {
			newOwnerEmail: "={{ $json.next.toLowerCase() + '@vendor.example' }}",
		});
		expect(worked.done).toMatchObject([{ to: 'eve@vendor.example' }]);
		expect(codesOf(worked.notDone)).toEqual(['no_new_owner']);
	});

	it.each([' ', 'Cleo', 'cleo@'])('refuses %p as everybody’s new owner', async (newOwnerEmail) => {
		await open('acme');
		const ran = await runRouter(ELEVEN, [ACME], { ...TO_CLEO, newOwnerEmail });
		expect(ran.error?.message).toContain("'New Owner E-Mail' is no e-mail address");
		expect(ran.error?.description).toContain('Nothing was changed.');
		expect(await ownersOf()).toEqual(['ana@vendor.example']);
	});

	it('of the same case twice in one run tells whoever has it in the end', async () => {
		await open('acme');
		const given = { newOwnerEmail: '={{ $json.to }}' };
		const input = [
			{ ...ACME, to: CLEO },
			{ ...ACME, to: 'dan@vendor.example' },
		];
		const { done } = await answer('reassign', ELEVEN, input, given);
		expect(done.map(({ notify, to }) => [notify, to])).toEqual([
			[false, undefined],
			[true, 'dan@vendor.example'],
		]);
		expect(await ownersOf()).toEqual(['dan@vendor.example']);
	});

	it('counts for what its new owner has to do', async () => {
		await open('acme', 'beta');
		// Ana has acme, Bo beta
		await answer('reassign', ELEVEN, [ACME], { newOwnerEmail: 'bo@vendor.example' });
		const ran = await runRouter(ELEVEN, [asking('gamma', 'human_requested')]);
		expect(ran.of(0)).toMatchObject([{ owner: { name: 'Ana' } }]);
		const list = await runRouter(ELEVEN, [{}], {
			operation: 'listOpen',
			owner: 'bo@vendor.example',
		});
		expect(list.of(0).map(({ accountId }) => accountId)).toEqual(['acme', 'beta']);
	});
});

describe('its notice', () => {
	const confirm: TestNode = {
		name: 'Confirm',
		type: 'n8n-nodes-digital-cs.journeyLedger',
		parameters: { operation: 'confirmTouch', options: { now: ELEVEN } },
	};
	/** Loses everything, as a mail server that is away does behind "continue on error". */
	const loses: INodeType = {
		description: { ...noOp.description, name: 'slack' },
		async execute() {
			return await Promise.resolve([[]]);
		},
	};
	async function flow(
		at: string,
		given: Given,
		{ lost = false, disabled = false } = {},
	): Promise<IDataObject[]> {
		const nodeTypes: NodeTypeMap = lost ? { 'n8n-nodes-base.slack': loses } : {};
		const sender = { name: 'Slack', type: 'n8n-nodes-base.slack', disabled };
		const nodes = [routerNode(at, given), sender, { ...confirm, disabled }];
		const ran = await runFlow([ACME], nodes, { nodeTypes });
		return escalationsOf(ran.node(ROUTER).outputs[ANSWER.done]);
	}
	const check = async (at: string): Promise<IDataObject[]> =>
		(await runRouter(at, [{}], { operation: 'checkDeadlines' })).of(CHECK.overdue);

	it('is handed out once more where nobody confirmed it', async () => {
		await open('acme');
		const [first] = await flow(ELEVEN, TO_CLEO, { lost: true });
		expect(await check('2026-03-02T10:15:00Z')).toMatchObject([
			{ key: first?.key, event: 'reassigned', attempt: 2, to: CLEO },
		]);
		expect(await check('2026-03-02T10:40:00Z')).toEqual([]);
	});

	it('behind which nothing confirms counts as told when it leaves', async () => {
		await open('acme');
		await answer('reassign', ELEVEN, [ACME], TO_CLEO);
		expect(await check('2026-03-02T10:20:00Z')).toEqual([]);
		const { log } = await ledgerOf().timeline(['acme']);
		expect(log.map(({ touch, what }) => [touch, what])).toContainEqual([
			'case/1/reassigned/1',
			'sent',
		]);
	});

	it('that was confirmed is not', async () => {
		await open('acme');
		await flow(ELEVEN, TO_CLEO);
		expect(await check('2026-03-02T10:20:00Z')).toEqual([]);
	});

	it('with every sender switched off is none, and the case stays where it is (P34)', async () => {
		await open('acme');
		const said = await flow(ELEVEN, TO_CLEO, { disabled: true });
		expect(said).toMatchObject([{ owner: { email: CLEO }, notify: false, mode: 'dry' }]);
		expect(await ownersOf()).toEqual(['ana@vendor.example']);
	});

	it.each([
		['me@vendor.example', { notify: true, mode: 'test', to: 'me@vendor.example' }],
		['', { notify: false, mode: 'test' }],
	])('of a run from the editor goes to %p', async (testRecipient, said) => {
		await runRouter(MONDAY, [asking('acme', 'human_requested')], {}, 'manual');
		const ran = await runRouter(ELEVEN, [ACME], { ...TO_CLEO, testRecipient }, 'manual');
		expect(ran.of(ANSWER.done)).toMatchObject([said]);
		const hints = ran.hints.map(({ message }) => message).join();
		expect(hints.includes('tells nobody')).toBe(testRecipient === '');
	});
});
