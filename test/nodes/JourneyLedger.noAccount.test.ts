import type { IDataObject } from 'n8n-workflow';
import { departed } from '../../engine/journeys/departed';
import { surveyAnswer } from '../../engine/journeys/survey';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode, type NodeRun, type TestItems } from '../harness/runWorkflow';
import { claimOf, DAY, touchOf } from '../ledger/rows';
import { closeLedgers, freshUserFolder, ledgerOf, NOW, recalled } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const now = Date.parse(NOW);
const ADA = 'ada@acme.example';

type How = { at?: string; mode?: 'trigger' | 'manual'; timezone?: string };
const run = async (
	operation: string,
	input: TestItems,
	{ at = NOW, mode = 'trigger', timezone = 'UTC' }: How = {},
): Promise<NodeRun> =>
	await runNode(new JourneyLedger(), {
		input,
		mode,
		settings: { timezone },
		parameters: { operation, options: { now: at } },
	});
const record = async (input: TestItems, more: How = {}): Promise<NodeRun> =>
	await run('recordEvent', input, more);

/** What a sender tells that knows addresses, and no account of ours. */
const told = (id: string, type: string, over: IDataObject = {}): IDataObject => ({
	id,
	type,
	contact: ADA,
	occurredAt: NOW,
	...over,
});

async function sent(key: string, accountId: string, at: number, address = ADA): Promise<void> {
	await ledgerOf().claim([claimOf(touchOf(key, { accountId, address }))], at);
	await ledgerOf().confirm([key], at);
}

type Said = {
	recorded: boolean;
	forOperations?: boolean;
	keptAs?: string;
	event?: IDataObject;
	reasons: { code: string; text: string }[];
};
const said = ({ outputs }: NodeRun, output: number): Said[] =>
	(outputs[output] ?? []).map(({ json }) => json.ledger as Said);
const codes = (result: NodeRun): string[] =>
	said(result, 1).map(({ reasons }) => reasons.map(({ code }) => code).join());
const tells = (result: NodeRun): boolean[] =>
	said(result, 1).map(({ forOperations }) => forOperations === true);
const silenced = async (): Promise<string[]> => [
	...(await recalled('live', [], false, [ADA])).suppressed,
];
const typesOf = async (accountId: string): Promise<string[]> =>
	(await recalled('live', [accountId])).events.map(({ type }) => type);

describe('whoever is not to be written to is left alone, whatever else the event lacks (P04, P12)', () => {
	it.each<[string, IDataObject]>([
		['no account', {}],
		['no account that is one', { accountId: { a: 1 } }],
		['no id', { id: undefined, accountId: 'acme' }],
		['an id that cannot be kept', { id: 'x'.repeat(18_000), accountId: 'acme' }],
		['a time that is none', { occurredAt: 'yesterday', accountId: 'acme' }],
	])('%s', async (_what, over) => {
		for (const type of ['unsubscribed', 'bounced', 'complained']) {
			await ledgerOf().allowAgain([ADA]);
			await record([told(type, type, over)]);
			expect(await silenced()).toEqual([ADA]);
		}
	});

	it.each<[string, IDataObject]>([
		['of an account', { accountId: 'acme' }],
		['of nobody', {}],
		['without a time', { accountId: 'acme', occurredAt: undefined }],
		['that nobody could read', { accountId: 'acme', occurredAt: 'yesterday' }],
	])('not by what is told again after Allow Again, %s', async (_what, over) => {
		const event = told('1', 'unsubscribed', over);
		await record([event]);
		await ledgerOf().allowAgain([ADA]);
		expect(codes(await record([event]))).toEqual(['duplicate']);
		expect(await silenced()).toEqual([]);
		await record([{ ...event, id: '2' }]);
		expect(await silenced()).toEqual([ADA]);
	});

	describe('a second person under an id that a sender used before', () => {
		const BOB = 'bob@acme.example';
		const both = async (): Promise<string[]> =>
			[...(await recalled('live', [], false, [ADA, BOB])).suppressed].sort();

		it.each<[string, IDataObject]>([
			['of an account', { accountId: 'acme' }],
			['of nobody', {}],
			['that nobody could read', { accountId: 'acme', occurredAt: 'yesterday' }],
		])('is silenced too, and after Allow Again by no repeat, %s', async (_what, over) => {
			const ofAda = told('5', 'unsubscribed', over);
			const ofBob = { ...ofAda, contact: BOB };
			await record([ofAda]);
			expect(codes(await record([ofBob]))).not.toContain('duplicate');
			expect(await both()).toEqual([ADA, BOB]);
			await ledgerOf().allowAgain([ADA, BOB]);
			for (const again of [[ofBob, ofAda], [ofBob], [ofAda]])
				expect(new Set(codes(await record(again)))).toEqual(new Set(['duplicate']));
			expect(await both()).toEqual([]);
		});

		it('also where both come together', async () => {
			const all = [ADA, BOB, ADA].map((contact) =>
				told('5', 'complained', { accountId: 'acme', contact }),
			);
			expect(codes(await record(all))).toEqual(['duplicate']);
			expect(await both()).toEqual([ADA, BOB]);
			await ledgerOf().allowAgain([ADA, BOB]);
			await record(all.toReversed());
			expect(await both()).toEqual([]);
		});

		it('does no other event twice: who else did it changes nothing', async () => {
			const merged = { accountId: 'new', data: { mergedId: 'old' } };
			await record([told('5', 'merged', merged)]);
			const other = { ...merged, contact: BOB, data: { mergedId: 'older' } };
			expect(codes(await record([told('5', 'merged', other)]))).toEqual(['duplicate']);
			const { survivorOf } = await recalled('live', ['new', 'old', 'older']);
			expect([...survivorOf]).toEqual([['old', 'new']]);
		});
	});

	it('tried in the editor again and again silences in the test ledger each time', async () => {
		const event = told('1', 'unsubscribed', { accountId: 'acme' });
		for (let time = 0; time < 2; time++) {
			await record([event], { mode: 'manual' });
			const { suppressed } = await recalled('test', [], false, [ADA]);
			expect([...suppressed]).toEqual([ADA]);
			await ledgerOf('test').allowAgain([ADA]);
		}
		expect(await silenced()).toEqual([]);
	});

	it('not by a bounce that passes', async () => {
		await record([
			told('1', 'bounced', { hard: false }),
			told('2', 'bounced', { data: { hard: false } }),
		]);
		expect(await silenced()).toEqual([]);
	});

	it('of nobody we wrote to: that is all there is to do, nobody is told', async () => {
		const { outputs } = await record([told('1', 'unsubscribed')]);
		expect(outputs.map((items) => items.length)).toEqual([1, 0]);
		expect(outputs[0]?.[0]?.json.ledger).toMatchObject({ recorded: true, reasons: [] });
	});

	it('by the touch it names, where it tells no address', async () => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'bounced', { contact: undefined, data: { touch: 't1' } })]);
		expect(await silenced()).toEqual([ADA]);
		expect(await typesOf('acme')).toEqual(['bounced']);
	});
});

describe('an event that names no account of ours', () => {
	it('belongs to the account of the touch we sent along, and answers that touch', async () => {
		await sent('t1', 'acme', now - 2 * DAY);
		await sent('t2', 'other', now - DAY);
		const { outputs } = await record([
			told('1', 'clicked', { human: true, data: { touch: 't1' } }),
		]);
		expect(outputs[0]?.[0]?.json.ledger).toMatchObject({ event: { accountId: 'acme' } });
		const { events } = await recalled('live', ['acme', 'other']);
		expect(events).toMatchObject([
			{ accountId: 'acme', type: 'clicked', touch: 't1', contact: ADA },
		]);
	});

	it.each([
		...['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'],
		...['reply_received', 'human_requested', 'booked', 'in_app_answered', 'delivery_delayed'],
		...['survey_answered', 'contact_left'],
	])(
		'%s: else to the one we wrote to last by then, where several share the address',
		async (type) => {
			await sent('t1', 'acme', now - 3 * DAY);
			await sent('t2', 'other', now - DAY);
			const occurredAt = '2026-02-28T09:00:00Z';
			const result = await record([told('1', type), told('2', type, { occurredAt })]);
			expect(said(result, 0).map(({ event }) => event?.accountId)).toEqual(['other', 'acme']);
			expect([await typesOf('acme'), await typesOf('other')]).toEqual([[type], [type]]);
		},
	);

	it.each<[string, IDataObject]>([
		['churned', {}],
		['renewed', {}],
		['usage_reported', {}],
		['cancellation_requested', {}],
		['customer_created', {}],
		['case_resolved', {}],
		['merged', { data: { mergedId: 'gone' } }],
		['set_up_step_completed', { step: 'connect-data' }],
	])('%s answers no message: the account of a mail is not the one it is of', async (type, over) => {
		await sent('t1', 'acme', now - DAY);
		expect(codes(await record([told('1', type, over)]))).toEqual(['noAccount']);
		const { events, survivorOf } = await recalled('live', ['acme']);
		expect([events, survivorOf.size]).toEqual([[], 0]);
	});

	it.each(['account', 'company', 'customer', 'group'])(
		'names one in the words of its sender (%s): it is not that of a mail to the address, but that of a touch',
		async (kind) => {
			await sent('t1', 'acme', now - DAY);
			const accountKey = { system: 'crm', kind, id: '51' };
			const result = await record([
				told('1', 'reply_received', { accountKey }),
				told('2', 'reply_received', { accountKey, data: { touch: 't1' } }),
			]);
			expect(codes(result)).toEqual(['noAccount']);
			const { events } = await recalled('live', ['acme']);
			expect(events.map(({ id }) => id)).toEqual(['2']);
		},
	);

	it.each(['contact', 'person', 'user'])('names a %s: that is no account', async (kind) => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'clicked', { accountKey: { system: 'crm', kind, id: '51' } })]);
		expect(await typesOf('acme')).toEqual(['clicked']);
	});

	it('an answer that names its survey and the address alone is one of the account that was asked (P28)', async () => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'survey_answered', { survey: 'renewal-survey', answer: 3 })]);
		const { events } = await recalled('live', ['acme']);
		expect(surveyAnswer(events, [], { journey: 'renewal-survey', anchorAt: 0, now })).toBe(3);
	});

	it('whoever left, as told by the address alone, is no recipient of the account that we wrote to them about (P11)', async () => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'contact_left')]);
		expect([...departed((await recalled('live', ['acme'])).events, now)]).toEqual([ADA]);
	});

	it('a reply asks for a human there (P33)', async () => {
		await sent('t1', 'acme', now - DAY);
		const [reply] = said(await record([told('1', 'reply_received')]), 0);
		expect(reply?.event).toMatchObject({ accountId: 'acme', asksForHuman: true });
	});

	it('told again is a repeat', async () => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'opened')]);
		const again = await record([told('1', 'opened')]);
		expect([codes(again), tells(again)]).toEqual([['duplicate'], [false]]);
	});

	it('names one that has another touch: the account it names counts', async () => {
		await sent('t1', 'acme', now - DAY);
		await record([told('1', 'opened', { accountId: 'other', data: { touch: 't1' } })]);
		expect([await typesOf('acme'), await typesOf('other')]).toEqual([[], ['opened']]);
	});

	it('names one, and a touch of another without an address: the address of the touch is silenced, and the account it names counts', async () => {
		await sent('t1', 'acme', now - DAY);
		const over = { accountId: 'other', contact: undefined, data: { touch: 't1' } };
		await record([told('1', 'bounced', over)]);
		expect(await silenced()).toEqual([ADA]);
		const { events } = await recalled('live', ['acme', 'other']);
		expect(events).toMatchObject([{ accountId: 'other', type: 'bounced', contact: ADA }]);
		expect(events[0]?.touch).toBeUndefined();
	});
});

describe('what nobody knows whose it is', () => {
	it('is kept, found by its address or id, and counts for no account', async () => {
		const key = { system: 'hubspot', kind: 'contact', id: '51' };
		await record([told('e-1', 'reply_received', { accountKey: key })]);
		const found = await run('lookUp', [
			{ accountId: 'Ada@acme.example' },
			{ accountId: 'e-1' },
			{ accountId: 'e-2' },
		]);
		expect(found.outputs.map((items) => items.length)).toEqual([2, 1]);
		for (const { json } of found.outputs[0] ?? [])
			expect(json.ledger).toMatchObject({
				found: true,
				timeline: [
					{
						at: NOW,
						what: 'event',
						type: 'reply_received',
						ofNoAccount: true,
						told: { id: 'e-1', contact: ADA, accountKey: key },
					},
				],
			});
	});

	it.each(['reply_received', 'human_requested', 'cancellation_requested'])(
		'%s: operations are told of each, once',
		async (type) => {
			const first = await record([told('1', type), told('2', type), told('1', type)]);
			expect(codes(first)).toEqual(['noAccount', 'noAccount', 'duplicate']);
			expect(tells(first)).toEqual([true, true, false]);
			expect(tells(await record([told('2', type), told('3', type)]))).toEqual([false, true]);
		},
	);

	it('a customer who waits is told of once more where the trigger hands the event out again: a crash may have taken the word along', async () => {
		const all = ['reply_received', 'churned'].map((type) => told(type, type));
		const unread = { type: 'unsubscribed', occurredAt: NOW };
		const again = [...all, unread].map((one) => ({ ...one, handedOutAgain: true }));
		expect(tells(await record([...all, unread]))).toEqual([true, true, true]);
		const second = await record(again);
		expect(tells(second)).toEqual([true, false, true]);
		expect(codes(second)).toEqual(['noAccount', 'duplicate', 'incomplete']);
		expect(await ledgerOf().nobodysEvents([ADA])).toHaveLength(2);
		expect(tells(await record(all))).toEqual([false, false]);
	});

	it('what has no id of its own is kept once, though the trigger hands it out again', async () => {
		const event = told('', 'reply_received');
		await record([event]);
		await record([{ ...event, handedOutAgain: true }, event]);
		expect(await ledgerOf().nobodysEvents([ADA])).toHaveLength(1);
	});

	it.each(['delivered', 'opened', 'clicked', 'delivery_delayed', 'usage_reported'])(
		'%s: reports of what others sent are kept, and nobody is told',
		async (type) => {
			const result = await record([told('1', type)]);
			expect([codes(result), tells(result)]).toEqual([['noAccount'], [false]]);
		},
	);

	it('anything else is told once a day and type: a sender whose accounts are not ours is one mistake', async () => {
		const some = (...ids: string[]): IDataObject[] =>
			ids.flatMap((id) => [told(id, 'churned'), told(id, 'invoice_overdue')]);
		expect(tells(await record(some('1', '2')))).toEqual([true, true, true, true]);
		const later = { at: '2026-03-02T23:59:00Z' };
		expect(tells(await record(some('3'), later))).toEqual([false, false]);
		const nextDay = { at: '2026-03-03T00:00:00Z' };
		expect(tells(await record(some('4'), nextDay))).toEqual([true, true]);
	});

	it.each([
		['Europe/Berlin', '2026-03-02T22:59:00Z', '2026-03-02T23:00:00Z', '2026-03-03T22:59:00Z'],
		['America/New_York', '2026-03-03T04:59:00Z', '2026-03-03T05:00:00Z', '2026-03-04T04:59:00Z'],
	])('a day is one of the flow’s zone, %s', async (timezone, before, from, until) => {
		let id = 0;
		const told1 = async (at: string): Promise<boolean[]> =>
			tells(await record([told(`z${String(id++)}`, 'churned')], { at, timezone }));
		expect([await told1(before), await told1(from), await told1(until)]).toEqual([
			[true],
			[true],
			[false],
		]);
	});

	it('an unknown type starts nothing, and nobody is told', async () => {
		const result = await record([told('1', 'deal.propertyChange')]);
		expect([codes(result), tells(result)]).toEqual([['noAccount'], [false]]);
	});

	it('tried in the editor is told each time, and kept in the test ledger', async () => {
		const mode = 'manual';
		expect(tells(await record([told('1', 'churned')], { mode }))).toEqual([true]);
		expect(tells(await record([told('1', 'churned')], { mode }))).toEqual([true]);
		expect(await ledgerOf().nobodysEvents(['1'])).toEqual([]);
	});
});

describe('what cannot be understood', () => {
	it.each<[string, IDataObject, string]>([
		['somebody to be left alone, without an address', { contact: undefined }, 'incomplete'],
		['a type that sounds like it', { type: 'unsubscribd', accountId: 'acme' }, 'unknownType'],
	])('%s: is kept, and operations are told of each, once', async (_what, over, code) => {
		const event = (id: string): IDataObject => told(id, 'unsubscribed', over);
		const first = await record([event('1'), event('2')]);
		expect([codes(first), tells(first)]).toEqual([
			[code, code],
			[true, true],
		]);
		expect(tells(await record([event('1')]))).toEqual([false]);
		const [kept] = await ledgerOf().nobodysEvents(['2']);
		expect(kept?.data).toEqual(JSON.parse(JSON.stringify(event('2'))));
	});

	it.each<[string, IDataObject, string]>([
		['no id', { id: undefined }, 'incomplete'],
		['no type', { type: '' }, 'incomplete'],
		['a time that is none', { occurredAt: 'yesterday' }, 'badTime'],
		['an id that cannot be kept', { id: 'x'.repeat(18_000) }, 'badId'],
	])('%s: is kept, and told once a day', async (_what, over, code) => {
		const event = (n: number): IDataObject =>
			told(String(n), 'churned', { accountId: 'acme', n, ...over });
		const first = await record([event(1)]);
		expect([codes(first), tells(first)]).toEqual([[code], [true]]);
		const [{ keptAs = '' } = {}] = said(first, 1);
		expect(await ledgerOf().nobodysEvents([keptAs])).toHaveLength(1);
		const second = await record([event(2), event(1)]);
		expect(tells(second)).toEqual([false, false]);
		expect(codes(second)).toEqual([code, 'duplicate']);
		const kept = await ledgerOf().nobodysEvents([ADA]);
		expect(kept.map(({ data }) => data?.n).sort()).toEqual([1, 2]);
		expect(await typesOf('acme')).toEqual([]);
	});
});

describe('merged (P32)', () => {
	it('does what Merge Accounts does, in the same sweep', async () => {
		await sent('t1', 'old', now - DAY);
		const data = { mergedId: 'old' };
		const { outputs } = await record([told('1', 'merged', { accountId: 'new', data })]);
		expect(outputs[0]).toHaveLength(1);
		const { survivorOf, touches } = await recalled('live', ['new']);
		expect([...survivorOf]).toEqual([['old', 'new']]);
		expect(touches.map(({ key }) => key)).toEqual(['t1']);
	});

	it('told again later changes nothing, though the two were merged the other way round meanwhile', async () => {
		const merged = (id: string, accountId: string, mergedId: string): IDataObject =>
			told(id, 'merged', { accountId, occurredAt: undefined, data: { mergedId } });
		await record([merged('1', 'a', 'b')]);
		await record([merged('2', 'b', 'a')]);
		expect([...(await recalled('live', ['a'])).survivorOf]).toEqual([['a', 'b']]);
		expect(codes(await record([merged('1', 'a', 'b')]))).toEqual(['duplicate']);
		expect([...(await recalled('live', ['a'])).survivorOf]).toEqual([['a', 'b']]);
	});

	it('is made up for where n8n died in the middle', async () => {
		const data = { mergedId: 'old' };
		const event = told('1', 'merged', { accountId: 'new', data });
		for (const step of ['linkAliases', 'recordEvents'] as const) {
			const dies = jest.spyOn(ledgerOf(), step).mockRejectedValueOnce(new Error('killed'));
			expect((await record([event])).error).toBeDefined();
			dies.mockRestore();
		}
		await record([event]);
		expect([...(await recalled('live', ['new'])).survivorOf]).toEqual([['old', 'new']]);
	});

	it.each<[string, IDataObject]>([
		['no record that is gone', {}],
		['itself', { data: { mergedId: 'new' } }],
	])('naming %s is understood by nobody', async (_what, over) => {
		const result = await record([told('1', 'merged', { accountId: 'new', ...over })]);
		expect(codes(result)).toEqual(['incomplete']);
		expect((await recalled('live', ['new'])).survivorOf.size).toBe(0);
	});
});
