import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import {
	alerted,
	answer,
	asking,
	CHECK,
	ROUTE,
	runRouter,
	type Ran,
} from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const TESTER = 'me@vendor.example';
const casesOf = async (ledger: 'live' | 'test') =>
	(await ledgerOf(ledger).cases({ open: { limit: 100 }, now: 0 })).cases;

describe('Erase Account', () => {
	it('forgets the case, its notices and its story; its owner has room again, its number is not given twice', async () => {
		const one = {
			people: {
				person: [{ name: 'Ana', email: 'ana@vendor.example', pools: 'csm', mostCases: 1 }],
			},
		};
		await runRouter(MONDAY, [asking('acme', 'human_requested')], one);
		const erased = await runNode(new JourneyLedger(), {
			mode: 'trigger',
			input: [{ accountId: 'acme' }],
			parameters: { operation: 'eraseAccount', options: { now: MONDAY } },
		});
		expect(erased.error).toBeUndefined();
		expect(await casesOf('live')).toEqual([]);
		expect(await ledgerOf().timeline(['acme'])).toMatchObject({ events: [], log: [] });
		const said = await answer('acknowledge', MONDAY, [{ accountId: 'acme' }]);
		expect(said.notDone).toMatchObject([{ reasons: [{ code: 'no_case' }] }]);
		const due = await runRouter('2026-03-02T13:00:00Z', [{}], { operation: 'checkDeadlines' });
		expect(due.of(CHECK.overdue)).toEqual([]);
		const next = await runRouter(MONDAY, [alerted('beta')], one);
		expect(next.of(ROUTE.new)).toMatchObject([{ case: 2, owner: { name: 'Ana' } }]);
	});
});

describe('a run from the editor (P34)', () => {
	const tried = async (
		at: string,
		input: readonly IDataObject[],
		given: INodeParameters = {},
	): Promise<Ran> => await runRouter(at, input, { testRecipient: TESTER, ...given }, 'manual');

	it('begins afresh each time, unless it is to go on', async () => {
		const again = async (options: INodeParameters): Promise<unknown> =>
			(await tried(MONDAY, [alerted('acme')], { options })).of(ROUTE.new)[0]?.case;
		expect([await again({}), await again({})]).toEqual([1, 1]);
		expect(await again({ testRuns: 'continue' })).toBeUndefined();
	});

	it('tells the tester what each would be told, owner and levels, and never them', async () => {
		await runRouter(MONDAY, [asking('real', 'human_requested')]);
		const routed = await tried(MONDAY, [asking('acme', 'human_requested')]);
		expect(routed.of(ROUTE.new)).toMatchObject([
			{ to: TESTER, mode: 'test', person: { email: 'ana@vendor.example' } },
		]);
		const due = await tried('2026-03-02T13:00:00Z', [{}], { operation: 'checkDeadlines' });
		expect(due.of(CHECK.overdue)).toMatchObject([
			{ event: 'breached', to: TESTER, person: { name: 'Ana' } },
			{ event: 'level', to: TESTER, person: { name: 'Maria' } },
		]);
		// what is live is still to be told
		const live = await runRouter('2026-03-02T13:00:00Z', [{}], { operation: 'checkDeadlines' });
		expect(live.of(CHECK.overdue)).toMatchObject([
			{ accountId: 'real', to: 'ana@vendor.example' },
			{ to: 'maria@vendor.example' },
		]);
	});

	it('without a recipient tells nobody and says so', async () => {
		const ran = await tried(MONDAY, [alerted('acme')], { testRecipient: '' });
		expect(ran.of(ROUTE.new)).toMatchObject([{ notify: false }]);
		expect(ran.of(ROUTE.new)[0]).not.toHaveProperty('to');
		expect(ran.hints.map(({ message }) => message).join()).toContain(
			'enter yourself as Test Recipient',
		);
	});

	it('takes ten accounts at most, and leaves live cases alone', async () => {
		const many = Array.from({ length: 12 }, (_none, index) => alerted(`a${String(index)}`));
		const ran = await tried(MONDAY, many);
		expect(ran.of(ROUTE.new)).toHaveLength(10);
		expect(ran.hints.map(({ message }) => message).join()).toContain('2 more were left out');
		expect(await casesOf('live')).toEqual([]);
		expect(await casesOf('test')).toHaveLength(10);
	});

	it('is refused with a recipient who is none, without repeating it', async () => {
		const ran = await tried(MONDAY, [alerted('acme')], { testRecipient: 'Jane Doe' });
		expect(ran.error?.message).toBe("'Test Recipient' is no e-mail address");
		expect(ran.error?.description).not.toContain('Jane');
	});
});

describe('what is said of a case', () => {
	/** Everything of a person or a secret that goes in. */
	const PRIVATE = ['jane', 'doe', '@', 'geheim', 'I am furious'];
	const furious = (id: string): IDataObject => ({
		...asking(id, 'reply_received'),
		contacts: [{ email: 'jane.doe@customer.example', name: 'Jane Doe', role: 'admin' }],
		apiKey: 'geheim',
		text: 'I am furious',
	});

	it('in hints, reasons and errors names no customer’s person, and repeats no address', async () => {
		const hints: string[] = [];
		const reasons: string[] = [];
		const runs = [
			await runRouter(MONDAY, [furious('acme'), { id: 'jane.doe@customer.example' }]),
			await runRouter('2026-03-02T13:00:00Z', [{}], { operation: 'checkDeadlines' }),
			await runRouter(MONDAY, [{ accountId: 'jane.doe@customer.example' }], {
				operation: 'acknowledge',
			}),
			await runRouter(MONDAY, [furious('acme')], { operation: 'resolve' }),
		];
		for (const ran of runs) {
			hints.push(...ran.hints.map(({ message }) => message));
			for (const output of ran.outputs.keys())
				for (const { reasons: why } of ran.of(output))
					reasons.push(...(why as { text: string }[]).map(({ text }) => text));
		}
		expect(reasons.length).toBeGreaterThan(4);
		const all = [...hints, ...reasons].join('\n').toLowerCase();
		for (const secret of PRIVATE) expect(all).not.toContain(secret.toLowerCase());
	});

	it('in the timeline names nobody but colleagues, and nothing a customer wrote', async () => {
		await runRouter(MONDAY, [furious('acme')]);
		await answer('resolve', MONDAY, [{ accountId: 'acme', by: 'ana@vendor.example' }]);
		const story = JSON.stringify(await ledgerOf().timeline(['acme'])).toLowerCase();
		for (const secret of ['jane', 'geheim', 'furious']) expect(story).not.toContain(secret);
	});

	it('leaves the item itself as it came', async () => {
		const item = furious('acme');
		const before = structuredClone(item);
		const ran = await runRouter(MONDAY, [item]);
		expect(item).toEqual(before);
		expect(ran.outputs[ROUTE.new]?.[0]?.json).toMatchObject(before);
		expect(ran.outputs[ROUTE.new]?.[0]?.json).not.toHaveProperty('error');
	});
});

describe('odd items', () => {
	const ODD: unknown[] = [null, 0, -1, NaN, '', 'x', '2026-99-99', true, [], [null], {}, { a: 1 }];
	const FIELDS = [
		'health',
		'journey',
		'ledger',
		'tier',
		'support',
		'sentiment',
		'contacts',
		'arr',
		'currency',
		'csm',
		'name',
		'renewalDate',
		'severity',
		'locale',
		'region',
		'usage',
		'timezone',
	];

	it('stop no other, whatever stands in a field', async () => {
		const asks = asking('x', 'human_requested').ledger;
		const input = FIELDS.flatMap((field) =>
			ODD.map((value, index) => {
				const accountId = `${field}-${String(index)}`;
				return { ledger: asks, accountId, [field]: value } as IDataObject;
			}),
		);
		const ran = await runRouter(MONDAY, input);
		expect(ran.error).toBeUndefined();
		expect(ran.outputs.flat()).toHaveLength(input.length);
		// only where nothing asks any more nobody is routed
		expect(ran.of(ROUTE.new)).toHaveLength((FIELDS.length - 1) * ODD.length);
	});

	it('without an account that can be one leave on Not Routed', async () => {
		const input = [null, '', ' ', {}, [], true].map((accountId) => ({
			...alerted('x'),
			accountId,
		}));
		const ran = await runRouter(MONDAY, [...input, alerted('acme')]);
		expect(ran.of(ROUTE.notRouted)).toHaveLength(input.length);
		expect(ran.of(ROUTE.new)).toMatchObject([{ accountId: 'acme' }]);
	});
});
