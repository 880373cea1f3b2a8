import type { IDataObject } from 'n8n-workflow';
import type { MailServer } from '../services/mail/mailServer';
import {
	addressOf,
	claim,
	itemOf,
	ledgerOf,
	MINUTE,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	stateOf,
	touch,
} from './JourneyEmail.setup';

startEachTestAfresh();

let server: MailServer;
beforeEach(async () => {
	server = await serve();
});

const only = (run: Awaited<ReturnType<typeof send>>) => [run.outputs[0]?.length, outcomes(run)[1]];

describe('Journey Email sends nothing without a claim', () => {
	it('a lease that ended', async () => {
		await claim(ledgerOf(), [touch(1)], NOW - 31 * MINUTE);
		expect(only(await send({ port: server.port, items: [itemOf(touch(1))] }))).toEqual([
			0,
			['acct-1 leaseEnded'],
		]);
	});

	it('a touch the ledger does not know', async () => {
		expect(only(await send({ port: server.port, items: [itemOf(touch(1))] }))).toEqual([
			0,
			['acct-1 unknownTouch'],
		]);
	});

	it('a recipient who unsubscribed after the claim', async () => {
		await claim(ledgerOf(), [touch(1)]);
		await ledgerOf().suppress([{ address: addressOf(1), reason: 'unsubscribed' }], NOW);
		expect(only(await send({ port: server.port, items: [itemOf(touch(1))] }))).toEqual([
			0,
			['acct-1 suppressed'],
		]);
	});

	it.each<[string, IDataObject, string]>([
		['no journey', { accountId: 'acct-1' }, 'noJourney'],
		['a journey that is not an object', { accountId: 'acct-1', journey: 'x' }, 'noJourney'],
		['a dry run', itemOf(touch(1), { journey: { mode: 'dry' } }), 'dryRun'],
		[
			'a test item in a live run',
			itemOf(touch(1), { journey: { mode: 'test' } }),
			'testItemInLiveRun',
		],
		['another channel', itemOf(touch(1), { journey: { channel: 'inApp' } }), 'otherChannel'],
		['nobody to send to', itemOf(touch(1), { journey: { to: '' } }), 'noRecipient'],
		[
			'two recipients',
			itemOf(touch(1), { journey: { to: 'a@x.example,b@x.example' } }),
			'badRecipient',
		],
		[
			'a header in the recipient',
			itemOf(touch(1), { journey: { to: 'a@x.example\r\nBcc: b@x.example' } }),
			'badRecipient',
		],
		[
			'a recipient in brackets',
			itemOf(touch(1), { journey: { to: 'Jo <a@x.example>' } }),
			'badRecipient',
		],
	])('%s', async (_what, item, code) => {
		await claim(ledgerOf(), [touch(1)]);
		expect(only(await send({ port: server.port, items: [item] }))).toEqual([0, [`acct-1 ${code}`]]);
		expect(server.received).toHaveLength(0);
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({ state: 'claimed' });
	});
});

describe('a test run', () => {
	const tester = 'tester@vendor.example';
	const testItem = itemOf(touch(1), { journey: { mode: 'test', to: tester } });

	it('sends to the tester alone, without the name of the customer, from the test ledger', async () => {
		await claim(ledgerOf('test'), [touch(1)]);
		const run = await send({ port: server.port, items: [testItem], mode: 'manual' });
		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(server.received.map(({ to }) => to)).toEqual([[tester]]);
		expect(server.received[0]?.header('to')).toBe(tester);
		expect(await stateOf(ledgerOf('live'), 1)).toEqual({ state: undefined, nextAt: undefined });
	});

	it('sends no real touch, whatever was pinned or pasted', async () => {
		for (const mode of ['live', 'test'] as const) await claim(ledgerOf(mode), [touch(1)]);
		const run = await send({ port: server.port, items: [itemOf(touch(1))], mode: 'manual' });
		expect(only(run)).toEqual([0, ['acct-1 liveItemInTestRun']]);
		expect(server.received).toHaveLength(0);
	});

	it('carries a Message-ID of its own, for mailboxes hide repeats', async () => {
		for (const executionId of ['7', '8']) {
			await ledgerOf('test').startAfresh('onboarding', 0);
			await claim(ledgerOf('test'), [touch(1)]);
			await send({ port: server.port, items: [testItem], mode: 'manual', executionId });
		}
		expect(new Set(server.received.map((mail) => mail.header('message-id'))).size).toBe(2);
	});
});

describe('a mail that cannot be written', () => {
	const claimTwo = async () => {
		await claim(ledgerOf(), [touch(1), touch(2)]);
	};

	it('is held, names the variable in the ledger too, comes again later, and stops nobody else', async () => {
		await claimTwo();
		const run = await send({
			port: server.port,
			items: [itemOf(touch(1), { account: { plan: null } }), itemOf(touch(2))],
			parameters: { message: '<p>Your {{ account.plan }} plan</p>' },
		});
		expect(outcomes(run)).toEqual([['acct-2 accepted'], ['acct-1 missingVariable']]);
		expect(run.hints.map(({ message }) => message).join()).toContain("'account.plan'");
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({
			state: 'failed',
			nextAt: expect.any(Number) as number,
			reasons: [{ code: 'missingVariable' }],
		});
	});

	it('takes nobody along, though its item is nested thousands deep', async () => {
		const touches = [1, 2, 3, 4, 5].map((number) => touch(number));
		await claim(ledgerOf(), touches);
		let deep: IDataObject = {};
		for (let level = 0; level < 5000; level++) deep = { deep };
		const items = touches.map((one, index) =>
			itemOf(one, index === 2 ? { account: { deep } } : {}),
		);
		const run = await send({ port: server.port, items });
		expect(run.error).toBeUndefined();
		expect(server.received).toHaveLength(5);
	});

	it.each<[string, Record<string, string>, RegExp]>([
		['Liquid that does not parse', { message: '<p>\n{% if account.plan %}' }, /Message.*line 2/],
		['a sender that is none', { fromEmail: 'nobody' }, /From Email/],
		['two senders', { fromEmail: 'a@x.example,b@x.example' }, /From Email/],
		['a reply address that is none', { replyTo: 'nobody' }, /Reply To/],
		['no subject', { subject: ' ' }, /Subject/],
		['no message', { message: '' }, /Message/],
	])('%s stops the node before anything is sent', async (_what, parameters, message) => {
		await claimTwo();
		const items = [itemOf(touch(1)), itemOf(touch(2))];
		const run = await send({ port: server.port, items, parameters });
		expect(run.error?.message).toMatch(message);
		const onward = await send({
			port: server.port,
			items,
			parameters,
			onError: 'continueRegularOutput',
		});
		expect(only(onward)).toEqual([0, ['acct-1 notSetUp', 'acct-2 notSetUp']]);
		expect(server.received).toHaveLength(0);
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({ state: 'claimed' });
	});
});
