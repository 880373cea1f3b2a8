import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode, type NodeRun, type TestItems } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf, NOW, recalled } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const record = async (
	input: TestItems,
	parameters: INodeParameters = {},
	mode: 'trigger' | 'manual' = 'trigger',
): Promise<NodeRun> =>
	await runNode(new JourneyLedger(), {
		input,
		mode,
		settings: { timezone: 'Europe/Berlin' },
		parameters: { operation: 'recordEvent', ...parameters, options: { now: NOW } },
	});

const event = (id: string, over: IDataObject = {}): IDataObject => ({
	id,
	type: 'customer_created',
	accountId: 'acme',
	occurredAt: '2026-03-01T09:00:00Z',
	...over,
});

const silenced = async (): Promise<string[]> => [
	...(await recalled('live', [], false, ['ada@acme.example'])).suppressed,
];

/** `id: code` of what was not recorded. */
const refused = ({ outputs }: NodeRun): string[] =>
	(outputs[1] ?? []).map(({ json }) => {
		const { reasons } = json.ledger as { reasons: { code: string }[] };
		return `${JSON.stringify(json.id)}: ${reasons.map(({ code }) => code).join()}`;
	});

/** The types of the table in the documentation, from the rows below its head `| type | effect |`. */
function documentedTypes(): string[] {
	const docs = readFileSync(join(__dirname, '../../docs/journey-ledger.md'), 'utf8');
	const [, table = ''] = docs.split('| type | effect |');
	return [...(table.split('\n\n')[0] ?? '').matchAll(/`([a-z_]+)`(?=[^|]*\|[^|]*\|)/g)]
		.map(([, type = '']) => type)
		.filter((type) => type !== 'contact');
}

describe('an event that silences an address (P12)', () => {
	it.each(['unsubscribed', 'bounced', 'complained'])(
		'%s does so however the address is written, and is refused where there is none',
		async (type) => {
			const run = await record([
				event('1', { type, contact: 'Ada <ADMIN@acme.example>' }),
				event('2', { type, contact: ' eve@acme.example ' }),
				event('3', { type }),
				event('4', { type, contact: 'Ada' }),
			]);
			expect(refused(run)).toEqual(['"3": incomplete', '"4": incomplete']);
			const { suppressed } = await recalled('live', ['acme'], false, [
				'admin@acme.example',
				'eve@acme.example',
			]);
			expect([...suppressed].sort()).toEqual(['admin@acme.example', 'eve@acme.example']);
		},
	);
});

describe('Record Event', () => {
	it('stores each event once per id, within a run and across runs', async () => {
		const first = await record([event('1'), event('2'), event('1')]);
		expect(first.outputs.map((items) => items.length)).toEqual([2, 1]);
		expect(refused(first)).toEqual(['"1": duplicate']);
		const again = await record([event('2', { occurredAt: '2026-03-05T09:00:00Z' }), event('3')]);
		expect(refused(again)).toEqual(['"2": duplicate']);
		const { events } = await recalled('live', ['acme']);
		expect(events.map(({ id, type }) => [id, type])).toEqual([
			['1', 'customer_created'],
			['2', 'customer_created'],
			['3', 'customer_created'],
		]);
	});

	it('does not take two senders that count alike for one: account and type belong to the id', async () => {
		const all = [event('1'), event('1', { type: 'churned' }), event('1', { accountId: 'other' })];
		expect((await record(all)).outputs.map((items) => items.length)).toEqual([3, 0]);
	});

	it('silences an address that unsubscribed, bounced or complained, in any spelling (P12)', async () => {
		const types = ['unsubscribed', 'bounced', 'complained', 'reply_received'];
		await record(types.map((type) => event(type, { type, contact: `${type}@ACME.example` })));
		const { suppressed } = await recalled(
			'live',
			['acme'],
			false,
			types.map((type) => `${type}@acme.example`),
		);
		expect([...suppressed].sort()).toEqual([
			'bounced@acme.example',
			'complained@acme.example',
			'unsubscribed@acme.example',
		]);
	});

	it('keeps the item, adds `ledger`, pairs items, and bad ones stop nobody', async () => {
		const items = [event('1'), {}, event('3', { type: '' }), event('4')];
		const run = await record(items);
		expect(run.outputs.map((list) => list.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 0 }, { item: 3 }],
			[{ item: 1 }, { item: 2 }],
		]);
		const { ledger, ...rest } = run.outputs[0]?.[0]?.json ?? {};
		expect(rest).toEqual(event('1'));
		expect(ledger).toEqual({
			recorded: true,
			event: {
				id: '1',
				type: 'customer_created',
				accountId: 'acme',
				occurredAt: '2026-03-01T09:00:00.000Z',
				asksForHuman: false,
			},
			reasons: [],
		});
	});

	it.each<[string, IDataObject, string]>([
		['no id', { id: undefined }, 'incomplete'],
		['no type', { type: ' ' }, 'incomplete'],
		['no account', { accountId: null }, 'noAccount'],
		['an object for an id', { id: { a: 1 } }, 'incomplete'],
		['a step completed, but not which', { type: 'set_up_step_completed' }, 'incomplete'],
		['a time that is none', { occurredAt: 'yesterday' }, 'badTime'],
		['a time that is an object', { occurredAt: {} }, 'badTime'],
		['a day that is none', { occurredAt: '2026-02-30' }, 'badTime'],
		['a time before 1970', { occurredAt: -5 }, 'badTime'],
		['microseconds', { occurredAt: 1.76e15 }, 'badTime'],
		['nanoseconds', { occurredAt: 1.76e18 }, 'badTime'],
		['nanoseconds in a text', { occurredAt: '1760000000000000000' }, 'badTime'],
		['no number', { occurredAt: Number.NaN }, 'badTime'],
	])('%s is not recorded, with a reason', async (_what, over, code) => {
		const run = await record([event('1', over)]);
		expect(refused(run).map((line) => line.split(': ')[1])).toEqual([code]);
		expect((await recalled('live', ['acme'])).events).toEqual([]);
	});

	it.each<[string, unknown, string]>([
		['ISO', '2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z'],
		['ISO with an offset', '2026-03-01T09:00:00+05:30', '2026-03-01T03:30:00Z'],
		[
			'ISO without an offset, in the workflow’s zone',
			'2026-03-01T09:00:00',
			'2026-03-01T08:00:00Z',
		],
		['a date, from its local midnight (P01)', '2026-03-01', '2026-02-28T23:00:00Z'],
		['milliseconds, as HubSpot sends them', 1_772_355_600_000, '2026-03-01T09:00:00Z'],
		['milliseconds as text', '1772355600000', '2026-03-01T09:00:00Z'],
		['seconds, as Stripe sends them', 1_772_355_600, '2026-03-01T09:00:00Z'],
		['no time: the present', undefined, NOW],
		['an empty time: the present', '', NOW],
		['a clock that is ahead: the present', '2026-03-02T09:00:01Z', NOW],
		['a plan: its local day', '2026-12-31', '2026-12-30T23:00:00Z'],
		['a plan in milliseconds', 1_893_456_000_000, '2030-01-01T00:00:00Z'],
	])('reads %s', async (_what, occurredAt, expected) => {
		await record([event('1', { occurredAt: occurredAt as string })]);
		expect((await recalled('live', ['acme'])).events[0]?.occurredAt).toBe(Date.parse(expected));
	});

	it.each(['first_value_reached', 'reply_received', 'ticket_opened', 'merged', 'case_resolved'])(
		'%s somebody did: a time that is still to come is the present',
		async (type) => {
			await record([event('1', { type, occurredAt: '2026-12-31', mergedId: 'old' })]);
			expect((await recalled('live', ['acme'])).events[0]?.occurredAt).toBe(Date.parse(NOW));
		},
	);

	it('reads the fields it is told, numbers as ids, addresses in lower case', async () => {
		const hubspot = {
			eventId: 17,
			subscriptionType: 'set_up_step_completed',
			objectId: 42,
			occurredAt: 1_772_355_600_000,
			props: { step: 'invite-team', who: 'Ada@Acme.example' },
		};
		const run = await record([hubspot], {
			idField: 'eventId',
			typeField: 'subscriptionType',
			accountField: 'objectId',
			stepField: 'props.step',
			contactField: 'props.who',
		});
		expect(run.outputs[0]).toHaveLength(1);
		expect((await recalled('live', ['42'])).events[0]).toMatchObject({
			id: '17',
			accountId: '42',
			step: 'invite-team',
			contact: 'ada@acme.example',
			data: hubspot,
		});
	});

	it('a cleared optional field is not read; a cleared needed one is said before anything is stored', async () => {
		await record([event('1')], { timeField: '', stepField: '', contactField: '' });
		expect((await recalled('live', ['acme'])).events[0]?.occurredAt).toBe(Date.parse(NOW));
		const run = await record([event('2')], { idField: '' });
		expect(run.error?.message).toContain('Event ID Field');
		expect((await recalled('live', ['acme'])).events).toHaveLength(1);
	});

	it.each([
		['an id of 18,000 characters', { id: 'x'.repeat(18_000) }],
		['a NUL in the account id', { accountId: 'ac\0me' }],
		['half a character in the type', { type: 'customer_\ud800' }],
		['a set-up step of 600 characters', { type: 'set_up_step_completed', step: 's'.repeat(600) }],
	])('refuses %s by itself, and records its neighbor', async (_what, over) => {
		const run = await record([event('1', over), event('2')]);
		expect((run.outputs[1] ?? []).map(({ json }) => JSON.stringify(json.ledger))).toEqual([
			expect.stringContaining('"badId"'),
		]);
		expect((await recalled('live', ['acme'])).events.map(({ id }) => id)).toEqual(['2']);
	});

	describe('a type that is spelled in another way', () => {
		it.each([
			['Customer Created', 'customer_created'],
			['customerCreated', 'customer_created'],
			['FIRST-VALUE-REACHED', 'first_value_reached'],
			['setup.step.completed', 'set_up_step_completed'],
			['soft_bounce', 'delivery_delayed'],
		])('%s is stored as %s, without a word', async (type, known) => {
			const run = await record([event('1', { type, step: 'connect-data' })]);
			expect(run.hints).toEqual([]);
			expect((await recalled('live', ['acme'])).events.map((stored) => stored.type)).toEqual([
				known,
			]);
		});

		it.each([
			...['Unsubscribed', 'UNSUBSCRIBED', 'unsubscribe', 'contact.unsubscribed', 'opt-out'],
			...['hard_bounce', 'Bounce', 'spam_complaint', 'spamreport'],
		])('%s silences the address (P12)', async (type) => {
			await record([event('1', { type, contact: 'Ada@acme.example' })]);
			expect(await silenced()).toEqual(['ada@acme.example']);
		});

		it.each(['unsubscribd', 'newsletter_unsubscribe_v2', 'bounce.classified', 'spammy'])(
			'%s, which sounds like it and is not known, is refused aloud',
			async (type) => {
				const run = await record([event('1', { type, contact: 'ada@acme.example' })]);
				expect(refused(run)).toEqual(['"1": unknownType']);
				expect((await recalled('live', ['acme'])).events).toEqual([]);
			},
		);

		describe('of an event that the trigger could not name (Keep unknown events)', () => {
			const unknown = async (source: string, sourceType: string): Promise<NodeRun> =>
				await record(
					[event('1', { type: 'unknown', source, sourceType, contact: 'ada@acme.example' })],
					{ typeField: 'sourceType' },
				);
			const kept = async (): Promise<string[]> =>
				(await recalled('live', ['acme'])).events.map((stored) => stored.type);

			it.each(['Bounce', 'Unsubscribe', 'Opt Out', 'spam_report'])(
				'%s of Segment silences nobody, and is not passed over in silence',
				async (sourceType) => {
					expect(refused(await unknown('segment', sourceType))).toEqual(['"1": unknownType']);
					expect(await silenced()).toEqual([]);
				},
			);

			it.each(['push.bounced', 'sms.unsubscribed', 'webhook.deferred'])(
				'%s of Customer.io is about no mail: it is kept under its name',
				async (sourceType) => {
					expect(refused(await unknown('customerio', sourceType))).toEqual([]);
					expect([await silenced(), await kept()]).toEqual([[], [sourceType]]);
				},
			);

			it('keeps the name its sender gave it, whatever it is like', async () => {
				await unknown('segment', 'Customer Created!');
				expect(await kept()).toEqual(['Customer Created!']);
			});
		});

		it('a bounce that the sender calls passing silences nobody', async () => {
			const contact = 'ada@acme.example';
			await record([event('1', { type: 'bounced', hard: false, contact })]);
			expect(await silenced()).toEqual([]);
			await record([event('2', { type: 'bounced', hard: true, contact })]);
			expect(await silenced()).toEqual([contact]);
		});

		it('silences before it records: a crash in between is made good by the sender telling it again', async () => {
			const ledger = ledgerOf();
			const contact = 'ada@acme.example';
			const dies = jest.spyOn(ledger, 'recordEvents').mockRejectedValueOnce(new Error('killed'));
			expect((await record([event('1', { type: 'unsubscribed', contact })])).error).toBeDefined();
			dies.mockRestore();
			expect(await silenced()).toEqual([contact]);
		});
	});

	describe('a type that no journey acts on', () => {
		const hintsFor = async (...types: string[]): Promise<string[]> => {
			const run = await record(types.map((type, index) => event(String(index), { type })));
			expect(run.outputs[0]).toHaveLength(types.length); // nothing is lost
			return run.hints.map(({ message }) => message);
		};

		it.each([
			['custmer_created', 'customer_created'],
			['chruned', 'churned'],
			['set_up_step_complete', 'set_up_step_completed'],
		])('%s is stored, and the hint asks for %s', async (type, meant) => {
			const [hint] = await hintsFor(type);
			expect(hint).toContain(`(did you mean ${meant}?)`);
			expect((await recalled('live', ['acme'])).events.map((stored) => stored.type)).toEqual([
				type,
			]);
		});

		it('guesses nothing for a type unlike all known ones, and names those', async () => {
			const [hint] = await hintsFor('login', 'login');
			expect(hint).toMatch(/^No journey acts on these event types: "login", 2 times\./);
			expect(hint).toMatch(/customer_created, .*onboarding_restarted/);
		});

		it('is one hint per run that names five at most', async () => {
			const types = ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff', 'gggg', 'gggg'];
			const hints = await hintsFor(...types);
			expect(hints).toHaveLength(1);
			expect(hints[0]).toContain('"gggg", 2 times');
			expect(hints[0]).toContain('and 2 more types');
			expect(hints[0]?.match(/"\w+"/g)).toHaveLength(5);
		});

		it('is not repeated where it may be personal, as with the wrong field for the type', async () => {
			const [hint] = await hintsFor('ada@acme.example', 'Ada Lovelace wants to cancel');
			expect(hint).not.toMatch(/ada/i);
		});

		it.each(documentedTypes())('but %s is one that they act on', async (type) => {
			const run = await record([event('1', { type, step: 'connect-data' })]);
			expect(run.hints).toEqual([]);
		});
	});

	describe('with an Events Field', () => {
		it('takes one event or a list, each an item of its own, paired with where it came from', async () => {
			const run = await record(
				[{ headers: {}, body: [event('1'), event('2')] }, { body: event('3') }],
				{ listField: 'body' },
			);
			expect(run.outputs[0]?.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
				['1', { item: 0 }],
				['2', { item: 0 }],
				['3', { item: 1 }],
			]);
		});

		it.each<[string, unknown, number]>([
			['no such field', undefined, 1],
			['text', 'hello', 1],
			['an empty list', [], 0],
			['a list of things that are no events', [1, null, 'x', []], 4],
		])('%s: nothing is recorded, nothing breaks', async (_what, body, count) => {
			const run = await record([{ body: body as string }, { body: event('9') }], {
				listField: 'body',
			});
			expect(run.error).toBeUndefined();
			expect(run.outputs.map((list) => list.length)).toEqual([1, count]);
		});
	});

	it('a run from the editor records in the test ledger only', async () => {
		await record([event('1')], {}, 'manual');
		expect((await recalled('live', ['acme'])).events).toEqual([]);
		expect((await recalled('test', ['acme'])).events).toHaveLength(1);
	});

	it('says no address in its messages', async () => {
		const run = await record([event('1', { occurredAt: 'ada@acme.example' })]);
		expect(JSON.stringify(run.outputs[1]?.[0]?.json.ledger)).not.toContain('ada@');
	});
});
