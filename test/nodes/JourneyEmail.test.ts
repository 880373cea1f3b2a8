import { createServer } from 'node:net';
import { tokenOf } from '../../ledger/token';
import { messageIdOf } from '../../services/mail/messageId';
import {
	accountOf,
	addressOf,
	claim,
	claimed,
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
	type Delivery,
} from './JourneyEmail.setup';

startEachTestAfresh();

const inFifteenMinutes = (nextAt: number | undefined) => Math.round(((nextAt ?? 0) - NOW) / MINUTE);

describe('Journey Email sends a claimed touch', () => {
	it('once, to journey.to, with both bodies, and confirms it', async () => {
		const { port, received } = await serve();
		const [item = {}] = await claimed(1);
		const run = await send({ port, items: [item], parameters: { replyTo: 'help@vendor.example' } });

		expect(outcomes(run)).toEqual([['acct-1 accepted'], []]);
		expect(received).toHaveLength(1);
		const [mail] = received;
		expect(mail).toMatchObject({
			from: 'success@vendor.example',
			to: [addressOf(1)],
		});
		expect(mail?.html).toContain('<p>Hello Acme &amp; Sons</p>');
		expect(mail?.text).toContain('Hello Acme & Sons');
		expect(mail?.header('from')).toBe('Vendor <success@vendor.example>');
		expect(mail?.header('to')).toBe(`Jo Doe <${addressOf(1)}>`);
		expect(mail?.header('reply-to')).toBe('help@vendor.example');
		expect(mail?.header('subject')).toBe('Welcome, Jo Doe');
		expect(mail?.header('auto-submitted')).toBe('auto-generated');
		expect(mail?.header('list-unsubscribe')).toBe('<mailto:stop@vendor.example>');
		expect(mail?.header('list-unsubscribe-post')).toBeUndefined();
		const messageId = messageIdOf(tokenOf(touch(1).key), 'success@vendor.example');
		expect(mail?.header('message-id')).toBe(messageId);

		const [sent] = run.outputs[0] ?? [];
		expect(sent?.json).toMatchObject({ ...item, delivery: { state: 'sent', messageId } });
		expect(sent?.pairedItem).toEqual({ item: 0 });
		expect(run.hints).toEqual([]);
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({ state: 'sent' });
	});

	it('and never again under the same key', async () => {
		const { port, received } = await serve();
		const items = await claimed(1);
		await send({ port, items });
		expect(outcomes(await send({ port, items }))).toEqual([[], ['acct-1 alreadySent']]);
		expect(received).toHaveLength(1);
	});

	it('confirms each mail before the next one of its connection leaves', async () => {
		const open: number[] = [];
		const ledger = ledgerOf();
		const { port } = await serve({
			onAccept: () => {
				void ledger
					.recall({ journey: 'onboarding', dry: false, accountIds: ids, addresses: [], now: NOW })
					.then(({ touches }) => {
						open.push(touches.filter(({ state }) => state === 'sending').length);
					});
			},
		});
		const items = await claimed(30);
		const ids = items.map((item) => accountOf(item));
		await send({ port, items });
		expect(open).toHaveLength(30);
		expect(Math.max(...open)).toBeLessThanOrEqual(3);
	});

	it('from two executions at once: each mail once', async () => {
		const { port, received } = await serve({ delayMs: 5 });
		const items = await claimed(20);
		const runs = await Promise.all([send({ port, items }), send({ port, items })]);
		expect(received.map(({ to }) => to[0]).sort()).toEqual(
			items.map((_item, i) => addressOf(i + 1)).sort(),
		);
		expect(runs.map(({ outputs }) => outputs[0]?.length ?? 0).reduce((a, b) => a + b)).toBe(20);
		for (const run of runs) expect(run.outputs.flat()).toHaveLength(20);
	});

	it('when the same touch is there twice in one execution: once', async () => {
		const { port, received } = await serve();
		const [item = {}] = await claimed(1);
		expect(outcomes(await send({ port, items: [item, item] }))).toEqual([
			['acct-1 accepted'],
			['acct-1 repeatedItem'],
		]);
		expect(received).toHaveLength(1);
	});
});

describe('when the mail server says no', () => {
	it('one refused recipient stops nobody else, and is not tried again', async () => {
		const { port, received } = await serve({
			recipients: { [addressOf(2)]: { code: 550, text: '5.1.1 no such user' } },
		});
		const run = await send({ port, items: await claimed(5) });
		expect(outcomes(run)).toEqual([
			['acct-1 accepted', 'acct-3 accepted', 'acct-4 accepted', 'acct-5 accepted'],
			['acct-2 refused'],
		]);
		expect(received).toHaveLength(4);
		expect(await stateOf(ledgerOf(), 2)).toMatchObject({ state: 'failed', nextAt: undefined });
		const { reasons } = run.outputs[1]?.[0]?.json.delivery as Delivery;
		expect(reasons).toEqual([expect.objectContaining({ code: 'refused', smtp: '550 5.1.1' })]);
	});

	it.each(['human', 'alert'] as const)(
		'to a mail of the channel %s, it says that a human was not reached, and the address stays in use',
		async (channel) => {
			const team = 'team@vendor.example';
			const handOver = touch(1, { channel, address: team });
			const { port } = await serve({
				recipients: { [team]: { code: 550, text: '5.1.1 no such user' } },
			});
			await claim(ledgerOf(), [handOver, touch(2)]);
			const items = [itemOf(handOver, { journey: { channel } }), itemOf(touch(2))];
			const run = await send({ port, items });

			expect(outcomes(run)).toEqual([['acct-2 accepted'], ['acct-1 humanNotReached']]);
			const { reasons } = run.outputs[1]?.[0]?.json.delivery as Delivery;
			expect(reasons).toEqual([
				expect.objectContaining({
					smtp: '550 5.1.1',
					text: expect.stringContaining('a human could not be reached') as string,
				}),
			]);
			expect(run.hints.map(({ message }) => message).join()).toContain('a human could not');
			expect(JSON.stringify([reasons, run.hints])).not.toContain(team);

			// as a customer's refused mail: failed, and nothing due; who comes next is the journey's to say
			expect(await stateOf(ledgerOf(), 1)).toMatchObject({
				state: 'failed',
				nextAt: undefined,
				reasons: [{ code: 'humanNotReached' }],
			});
			const query = { journey: 'onboarding', dry: false, accountIds: ['acct-1'], now: NOW };
			const { suppressed } = await ledgerOf().recall({ ...query, addresses: [team] });
			expect([...suppressed]).toEqual([]);
		},
	);

	it('a refusal for now is handed out again after 15 minutes, under the same Message-ID', async () => {
		const busy = await serve({
			recipients: { [addressOf(1)]: { code: 451, text: '4.7.1 later' } },
		});
		const items = await claimed(1);
		const first = await send({ port: busy.port, items });
		expect(outcomes(first)).toEqual([[], ['acct-1 deferred']]);
		const { state, nextAt } = await stateOf(ledgerOf(), 1);
		expect([state, inFifteenMinutes(nextAt)]).toEqual(['failed', 15]);

		const later = NOW + 16 * MINUTE;
		expect(await claim(ledgerOf(), [touch(1)], NOW + 14 * MINUTE)).toEqual([false]);
		expect(await claim(ledgerOf(), [touch(1)], later)).toEqual([true]);
		const well = await serve();
		await send({ port: well.port, items, options: { now: new Date(later).toISOString() } });
		const { messageId } = first.outputs[1]?.[0]?.json.delivery as Delivery;
		expect(well.received.map((mail) => mail.header('message-id'))).toEqual([messageId]);
	});

	it.each([
		['the sender', { sender: { code: 553, text: '5.7.1 not your address' } }, 'senderRefused'],
		['the user', { login: { user: 'u', pass: 'right' } }, 'signInRefused'],
	])('a refusal of %s writes no customer off', async (_what, behavior, code) => {
		const { port, received } = await serve(behavior);
		const run = await send({
			port,
			items: await claimed(5),
			credential: 'login' in behavior ? { user: 'u', password: 'wrong-secret' } : {},
		});
		expect(outcomes(run)).toEqual([[], [1, 2, 3, 4, 5].map((n) => `acct-${String(n)} ${code}`)]);
		expect(received).toHaveLength(0);
		expect(inFifteenMinutes((await stateOf(ledgerOf(), 5)).nextAt)).toBe(15);
		expect(
			JSON.stringify([run.outputs.flat().map(({ json }) => json.delivery), run.hints]),
		).not.toMatch(/wrong-secret|customer\.example/);
	});

	it('signs in where the credential says so', async () => {
		const { port, received } = await serve({ login: { user: 'u', pass: 'right' } });
		await send({ port, items: await claimed(1), credential: { user: 'u', password: 'right' } });
		expect(received).toHaveLength(1);
	});

	it('a line lost after the content leaves the fate unknown: not sent again, and said', async () => {
		const { port, received } = await serve({ hangUpAfterContent: [addressOf(2)] });
		const items = await claimed(5);
		const run = await send({ port, items });
		expect(outcomes(run)).toEqual([
			['acct-1 accepted', 'acct-3 accepted', 'acct-4 accepted', 'acct-5 accepted'],
			['acct-2 fateUnknown'],
		]);
		expect(await stateOf(ledgerOf(), 2)).toMatchObject({ state: 'sending' });
		expect(received).toHaveLength(5);
		expect(outcomes(await send({ port, items }))[1]).toContain('acct-2 fateUnknown');
		expect(received).toHaveLength(5);
	});

	it('a line lost before the content is made good on another connection', async () => {
		const { port, received } = await serve({ hangUpAtRecipient: { [addressOf(2)]: 1 } });
		const run = await send({ port, items: await claimed(5) });
		expect(outcomes(run)[1]).toEqual([]);
		expect(received.map(({ to }) => to[0]).sort()).toEqual([1, 2, 3, 4, 5].map(addressOf));
	});

	it('a recipient that always ends the line takes nobody with it', async () => {
		const { port, received } = await serve({ hangUpAtRecipient: { [addressOf(2)]: 100 } });
		const run = await send({ port, items: await claimed(20) });
		expect(outcomes(run)[1]).toEqual(['acct-2 serverUnreachable']);
		expect(received).toHaveLength(19);
		expect(inFifteenMinutes((await stateOf(ledgerOf(), 2)).nextAt)).toBe(15);
	});

	it('a server that is not there: everything is handed out again, with one hint', async () => {
		const port = await freePort();
		const run = await send({ port, items: await claimed(50) });
		expect(run.error).toBeUndefined();
		expect(run.outputs.map((output) => output.length)).toEqual([0, 50]);
		expect(new Set(outcomes(run)[1]?.map((line) => line.split(' ')[1]))).toEqual(
			new Set(['serverUnreachable']),
		);
		expect(run.hints).toHaveLength(1);
		expect(run.hints[0]?.message).toMatch(/^50 items: .*no connection/);
		for (const number of [1, 25, 50]) {
			const { state, nextAt } = await stateOf(ledgerOf(), number);
			expect([state, inFifteenMinutes(nextAt)]).toEqual(['failed', 15]);
		}
	});

	it('an outage of days uses up nobody: the touch is handed out as often as it takes', async () => {
		const port = await freePort();
		for (let hour = 0; hour < 6; hour++) {
			const at = NOW + hour * 60 * MINUTE;
			expect(await claim(ledgerOf(), [touch(1)], at)).toEqual([true]);
			const run = await send({
				port,
				items: [itemOf(touch(1))],
				options: { now: new Date(at).toISOString() },
			});
			expect(run.outputs.map((output) => output.length)).toEqual([0, 1]);
		}
		await claim(ledgerOf(), [touch(1)], NOW + 6 * 60 * MINUTE);
		const run = await send({
			port: (await serve({})).port,
			items: [itemOf(touch(1))],
			options: { now: new Date(NOW + 6 * 60 * MINUTE).toISOString() },
		});
		expect(run.outputs.map((output) => output.length)).toEqual([1, 0]);
	});
});

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address !== null ? address.port : 0;
}
