import type { IDataObject, IRun } from 'n8n-workflow';
import { Drain } from '../../nodes/CustomerEventTrigger/drain';
import * as opening from '../../nodes/platform/openLedger';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { Trigger } from './CustomerEventTrigger.setup';

const DAY = 86_400_000;

let triggers: Trigger[];
beforeEach(() => {
	freshUserFolder();
	triggers = [];
});
afterEach(async () => {
	jest.restoreAllMocks();
	for (const trigger of triggers) await trigger.stop();
	await closeLedgers();
});

const made = (...given: ConstructorParameters<typeof Trigger>): Trigger => {
	const trigger = new Trigger(...given);
	triggers.push(trigger);
	return trigger;
};
const event = (id: string, over: IDataObject = {}): IDataObject => ({
	id,
	type: 'renewed',
	accountId: 'acme',
	occurredAt: '2026-03-02T09:00:00.000Z',
	...over,
});
const idsOf = (events: readonly IDataObject[]): unknown[] => events.map(({ id }) => id).toSorted();
const until = async (isSo: () => boolean): Promise<void> => {
	for (let round = 0; round < 400 && !isSo(); round++)
		await new Promise((resolve) => setTimeout(resolve, 10));
	expect(isSo()).toBe(true);
};

describe('a call of a sender', () => {
	it('is kept and answered with 200, and starts no execution', async () => {
		const trigger = made();
		const { status, body, told } = await trigger.call([event('1'), event('2')]);
		expect([status, body]).toEqual([200, '{"received":2}']);
		expect(told).toEqual({ noWebhookResponse: true });
		expect(idsOf(await trigger.kept())).toEqual(['1', '2']);
	});

	it('again and again changes nothing', async () => {
		const trigger = made();
		for (let time = 0; time < 20; time++) expect((await trigger.call(event('1'))).status).toBe(200);
		expect(idsOf(await trigger.kept())).toEqual(['1']);
	});

	it('is believed with each of the secrets while one is changed, and with no other', async () => {
		const trigger = made();
		trigger.secrets = 'old-secret\n\n new-secret \r\n';
		const statuses = [];
		for (const secret of ['old-secret', 'new-secret', 'old-secret\n\n new-secret \r\n', ''])
			statuses.push((await trigger.call(event(secret || 'none'), { secret })).status);
		expect(statuses).toEqual([200, 200, 401, 401]);
		expect(idsOf(await trigger.kept())).toEqual(['new-secret', 'old-secret']);
	});

	it.each([['', ''] as const, [' \n ', ''] as const, [undefined, 'a-secret-of-ours'] as const])(
		'is not believed without a secret (%j), which is no fault of the sender: 503',
		async (secrets, secret) => {
			const trigger = made();
			trigger.secrets = secrets;
			expect((await trigger.call(event('1'), { secret })).status).toBe(503);
			expect(await trigger.kept()).toEqual([]);
		},
	);

	it.each(['opened', 'written to'])(
		'is to be sent again where the ledger cannot be %s, and is kept then',
		async (fault) => {
			const trigger = made();
			const away = new Error('The disk is full');
			const opened = jest.spyOn(opening, 'openChosenLedger');
			const received = jest.spyOn(ledgerOf(), 'receive');
			if (fault === 'opened') opened.mockRejectedValueOnce(away);
			else received.mockRejectedValueOnce(away);
			const { status, headers, told } = await trigger.call(event('1'));
			expect([status, headers['retry-after']]).toEqual([503, '30']);
			expect(told).toEqual({ noWebhookResponse: true });
			expect(trigger.logged).toEqual([expect.stringContaining('The disk is full')]);
			expect(await trigger.kept()).toEqual([]);
			expect((await trigger.call(event('1'))).status).toBe(200);
			expect(idsOf(await trigger.kept())).toEqual(['1']);
		},
	);

	it('that means nothing to a journey is kept with all that was sent; what does, without', async () => {
		const trigger = made();
		const strange = event('2', { type: 'Badge Printed', color: 'red' });
		await trigger.call([event('1'), strange]);
		const kept = await trigger.kept();
		const [known, unknown] = ['1', '2'].map((id) => kept.find((one) => one.id === id));
		expect(known?.type).toBe('renewed');
		expect(known).not.toHaveProperty('raw');
		expect(unknown).toMatchObject({ type: 'unknown', sourceType: 'Badge Printed', raw: strange });
	});

	it('is kept with all that was sent where somebody asks for it', async () => {
		const trigger = made('hmac', { options: { includeRaw: true } });
		await trigger.call(event('1'));
		expect(await trigger.kept()).toEqual([expect.objectContaining({ raw: event('1') })]);
	});

	it('with different events under one id keeps them all', async () => {
		const trigger = made();
		await trigger.call([event('1'), event('1', { type: 'churned' })]);
		expect((await trigger.kept()).map(({ type }) => type).toSorted()).toEqual([
			'churned',
			'renewed',
		]);
	});

	it('is checked by its bytes, also where n8n has not read them', async () => {
		const trigger = made();
		trigger.readsBodyLate = true;
		const spelled =
			'{ "id" : "1",\n "type":"renewed", "accountId":"acme", "x": 1.0, "y":"\\u00fc ü 🙂" }  \n';
		expect((await trigger.call(spelled)).status).toBe(200);
		expect(idsOf(await trigger.kept())).toEqual(['1']);
	});

	it('is refused when it was signed longer ago than asked for', async () => {
		const sixMinutesAgo = Date.now() - 6 * 60_000;
		const body = { id: 'evt_1', type: 'invoice.overdue', data: { object: {} } };
		const [usual, patient] = [made('stripe'), made('stripe', { options: { ageMinutes: 10 } })];
		expect((await usual.call(body, { now: sixMinutesAgo })).status).toBe(401);
		expect((await patient.call(body, { now: sixMinutesAgo })).status).toBe(200);
	});

	it('of HubSpot is signed for the address that people gave it', async () => {
		const publicUrl = 'https://hooks.example.com/hubspot';
		const body = [{ subscriptionType: 'deal.creation', objectId: 1 }];
		const trigger = made('hubspot', { options: { publicUrl } });
		expect((await trigger.call(body, { url: publicUrl })).status).toBe(200);
		expect((await trigger.call(body)).status).toBe(401);
	});

	it('has the meaning that somebody gave it, and the account that they say its key is', async () => {
		const rules = { rule: [{ event: 'deal.creation', type: 'renewed', value: '', step: '' }] };
		const trigger = made('hubspot', { rules, accountIds: 'key' });
		await trigger.call([
			{ subscriptionType: 'deal.creation', objectId: 1 },
			{
				subscriptionType: 'company.propertyChange',
				objectId: 2,
				propertyName: 'renewal_date',
				propertyValue: '2026-06-01',
			},
		]);
		const kept = await trigger.kept();
		expect(kept).toHaveLength(2);
		expect(kept.find(({ type }) => type === 'renewed')).not.toHaveProperty('accountId');
		expect(kept.find(({ type }) => type === 'renewal_date_changed')?.accountId).toBe('2');
	});

	it.each<[string, (depth: number) => string]>([
		['lists', (depth) => '['.repeat(depth) + ']'.repeat(depth)],
		['fields', (depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)],
	])('nested deeper than anybody means is refused for good: %s', async (_what, nested) => {
		const trigger = made();
		const body = (id: string, depth: number): string =>
			`{"id":"${id}","type":"renewed","accountId":"acme","a":${nested(depth)}}`;
		expect((await trigger.call(body('1', 90))).status).toBe(200);
		for (const depth of [110, 5_000, 500_000]) {
			const { status, body: said } = await trigger.call(body('2', depth));
			expect([status, said]).toEqual([413, expect.stringContaining('100')]);
		}
		expect(idsOf(await trigger.kept())).toEqual(['1']);
	});

	it('with more events than one call may hold is refused for good, and keeps none', async () => {
		const trigger = made();
		const events = Array.from({ length: 5_001 }, (_none, index) => event(String(index)));
		const { status, body } = await trigger.call(events);
		expect([status, body]).toEqual([413, expect.stringContaining('5,000')]);
		expect(await trigger.kept()).toEqual([]);
		expect((await trigger.call({ events: events.slice(1) })).status).toBe(200);
		expect(await trigger.kept()).toHaveLength(5_000);
	});

	it('counts events, not the data of one, and what one means to journeys', async () => {
		const long = Array.from({ length: 5_001 }, (_none, index) => index);
		const own = made();
		const one = { ...event('1'), data: { readings: long, events: long } };
		expect((await own.call(one)).status).toBe(200);
		expect(idsOf(await own.kept())).toEqual(['1']);
		// one company, and 5,001 that are gone: an event each
		const merges = { subscriptionType: 'company.merge', objectId: 1, eventId: 1 };
		const crm = made('hubspot');
		const merged = (mergedObjectIds: number[]): IDataObject[] => [
			{ ...merges, primaryObjectId: -1, newObjectId: 1, mergedObjectIds },
		];
		expect((await crm.call(merged(long.map((id) => id + 10)))).status).toBe(413);
		expect(await crm.kept()).toEqual([]);
	});

	it('that only looks whether somebody is there hears that somebody is', async () => {
		expect(await made().look()).toBe(200);
	});
});

describe('in the editor', () => {
	it('a call starts a run, which shows it; live runs hear nothing of it, and it can be sent again', async () => {
		const trigger = made();
		for (let time = 1; time <= 2; time++) {
			const { status, told } = await trigger.call(event('1'), { mode: 'manual' });
			expect(status).toBe(200);
			expect(told.workflowData).toHaveLength(1);
			const { manualTriggerFunction } = await trigger.start('manual');
			await manualTriggerFunction?.();
			expect(trigger.emitted).toHaveLength(time);
			expect(trigger.emitted.at(-1)?.outputs.map(idsOf)).toEqual([['1'], []]);
		}
		expect(await trigger.kept()).toEqual([]);
		expect(await trigger.kept('test')).toEqual([]);
	});
});

describe('what was taken in', () => {
	it('leaves in the order in which it happened: known events on the first output, unknown ones on the second', async () => {
		const trigger = made();
		const at = (minute: string): IDataObject => ({ occurredAt: `2026-03-02T09:${minute}:00.000Z` });
		await trigger.call([
			event('a', at('03')),
			event('b', { type: 'Badge Printed', ...at('02') }),
			event('c', at('01')),
			event('d', { type: 'Door Opened', ...at('00') }),
		]);
		await trigger.start();
		await until(() => trigger.emitted.length > 0);
		const [{ outputs, key } = { outputs: [], key: '' }] = trigger.emitted;
		expect(outputs.map((items) => items.map(({ id }) => id))).toEqual([
			['c', 'a'],
			['d', 'b'],
		]);
		// n8n starts one execution per key, whichever process asks
		expect(key).toMatch(/^digital-cs\/./);
	});

	it('says so where it is handed out again', async () => {
		const trigger = made();
		await trigger.call([event('1'), event('2', { type: 'Badge Printed' })]);
		const query = { inbox: trigger.inbox, now: Date.now() + 1000, leaseMs: 1, sizes: [500] };
		await ledgerOf().takeUp(query);
		await trigger.start();
		await until(() => trigger.emitted.length > 0);
		await trigger.call(event('3'));
		await until(() => trigger.emitted.flatMap(({ outputs }) => outputs.flat()).length > 2);
		const all = trigger.emitted.flatMap(({ outputs }) => outputs.flat());
		expect(all.map(({ id, handedOutAgain }) => [id, handedOutAgain]).toSorted()).toEqual([
			['1', true],
			['2', true],
			['3', undefined],
		]);
	});

	it('leaves in batches of the size asked for', async () => {
		const trigger = made('hmac', { options: { batchSize: 2 } });
		await trigger.call(['1', '2', '3'].map((id) => event(id)));
		await trigger.start();
		await until(() => trigger.emitted.length > 1);
		expect(trigger.emitted.map(({ outputs }) => outputs.flat().length)).toEqual([2, 1]);
		expect(new Set(trigger.emitted.map(({ key }) => key)).size).toBe(2);
	});

	it('leaves as soon as it arrives', async () => {
		const trigger = made();
		await trigger.start();
		const woken = jest.spyOn(Drain.prototype, 'tell');
		await trigger.call(event('1'));
		expect(woken).toHaveBeenCalled();
		await until(() => trigger.emitted.length > 0);
		expect(trigger.emitted[0]?.outputs.map(idsOf)).toEqual([['1'], []]);
	});

	it.each<[IRun['status'] | undefined, boolean, boolean]>([
		['success', true, true],
		// the key was used before: there is an execution
		[undefined, true, true],
		['error', false, true],
		['crashed', false, true],
		['canceled', false, true],
	])(
		'is dealt with when its execution ends as %s: %s, and if failures are left to people: %s',
		async (ends, done, left) => {
			for (const [onFailure, expected] of [
				['again', done],
				['leave', left],
			] as const) {
				const trigger = made('hmac', { options: { onFailure } });
				trigger.ends = ends;
				const settled = jest.spyOn(ledgerOf(), 'settle');
				settled.mockClear();
				await trigger.call(event('1'));
				await trigger.start();
				await until(() => settled.mock.calls.length > 0);
				expect(settled.mock.calls[0]).toEqual([
					trigger.inbox,
					expect.any(String),
					expect.objectContaining({ done: expected }),
				]);
				await trigger.stop();
			}
		},
	);

	it.each([
		[{}, 30],
		[{ keepDays: 7 }, 7],
	])('is known for as long as asked (%j)', async (options, days) => {
		const forgotten = jest.spyOn(ledgerOf(), 'forgetHandled');
		await made('hmac', { options }).start();
		await until(() => forgotten.mock.calls.length > 0);
		const [before = 0] = forgotten.mock.calls[0] ?? [];
		expect(Math.round((Date.now() - before) / DAY)).toBe(days);
	});

	it('waits while the ledger is away, and somebody can read why', async () => {
		const trigger = made();
		await trigger.start();
		jest.spyOn(ledgerOf(), 'takeUp').mockRejectedValueOnce(new Error('The disk is full'));
		await until(() => trigger.logged.length > 0);
		expect(trigger.logged[0]).toContain('The disk is full');
		await trigger.call(event('1'));
		await until(() => trigger.emitted.length > 0);
	});
});

describe('a trigger that cannot do what it is asked for', () => {
	it.each<[string, IDataObject]>([
		// senders try again for up to 7 days
		['keepDays', { options: { keepDays: 6 } }],
		['keepDays', { options: { keepDays: 1 } }],
		['batchSize', { options: { batchSize: 0 } }],
		['ageMinutes', { options: { ageMinutes: 0 } }],
		['sender', { sender: 'nobody' }],
		['rules', { rules: { rule: [{ event: ' ', type: 'renewed' }] } }],
	])('is not published, and says that it is %s: %j', async (name, parameters) => {
		await expect(made('hmac', parameters).start()).rejects.toThrow(name);
	});

	it('takes in nothing, which no sender takes for done', async () => {
		const trigger = made('hmac', { options: { batchSize: 0 } });
		expect((await trigger.call(event('1'))).status).toBe(503);
	});

	it('is not published without a ledger', async () => {
		jest.spyOn(opening, 'openChosenLedger').mockRejectedValue(new Error('The disk is full'));
		await expect(made().start()).rejects.toThrow('The disk is full');
	});
});
