import {
	claim,
	claimed,
	MINUTE,
	ledgerOf,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	addressOf,
	itemOf,
	stateOf,
	touch,
} from './JourneyEmail.setup';

startEachTestAfresh();

const codesOf = (run: Awaited<ReturnType<typeof send>>): (string | undefined)[] =>
	(outcomes(run)[1] ?? []).map((line) => line.split(' ')[1]);
const nextOf = async (number: number): Promise<number> => {
	const { nextAt } = await stateOf(ledgerOf(), number);
	return Math.round(((nextAt ?? 0) - NOW) / MINUTE);
};
const attemptsOf = async (accountId: string): Promise<number | undefined> => {
	const recall = { journey: 'onboarding', dry: false, addresses: [], now: NOW };
	const { touches } = await ledgerOf().recall({ ...recall, accountIds: [accountId] });
	return touches[0]?.attempts;
};

describe('an attempt', () => {
	it('is used up by a mail that the server puts off: it is not tried for ever', async () => {
		const { port } = await serve({
			recipients: { [addressOf(1)]: { code: 451, text: '4.7.1 try later' } },
		});
		await send({ port, items: await claimed(1) });
		expect(await attemptsOf('acct-1')).toBe(1);
	});

	it('is not used up by what is no fault of the mail’s: the sender refused, or no server at all', async () => {
		const { port } = await serve({ sender: { code: 550, text: '5.7.1 not from here' } });
		await send({ port, items: await claimed(1) });
		expect(await attemptsOf('acct-1')).toBe(0);
		await ledgerOf().claim([{ touch: touch(2), leaseMs: 60_000, maxAttempts: 3, caps: [] }], NOW);
		await send({ port: 9, items: [itemOf(touch(2))] });
		expect(await attemptsOf('acct-2')).toBe(0);
	});

	it.each([
		['a sending limit', { content: { code: 550, text: '5.4.5 Daily limit exceeded' } }],
		['a policy about the sender', { content: { code: 550, text: '5.7.26 unauthenticated' } }],
		['a blocklist', { content: { code: 554, text: '5.7.1 client host blocked' } }],
		['relaying', { recipients: { [addressOf(1)]: { code: 550, text: 'relay not permitted' } } }],
		[
			'the sender’s domain',
			{ recipients: { [addressOf(1)]: { code: 550, text: '5.1.8 Sender address rejected' } } },
		],
	])('is not used up by a refusal because of %s, and it comes again', async (_what, behavior) => {
		const { port } = await serve(behavior);
		const run = await send({ port, items: await claimed(1) });
		expect(codesOf(run)).toEqual(['senderRefused']);
		expect(run.hints.map(({ message }) => message).join()).toContain('nobody is written off');
		expect([await attemptsOf('acct-1'), await nextOf(1)]).toEqual([0, 15]);
	});

	it('is used up by a refusal of what is in the mail: it is not tried for ever', async () => {
		const { port } = await serve({ content: { code: 552, text: '5.3.4 too large' } });
		const run = await send({ port, items: await claimed(1) });
		expect(codesOf(run)).toEqual(['contentRefused']);
		expect([await attemptsOf('acct-1'), await nextOf(1)]).toEqual([1, 15]);
	});

	it.each([
		['a variable that is missing', { message: '{{ account.plam }}' }, 'missingVariable'],
		[
			'a template that asks for too much',
			{ message: '{% assign all = (1..99999999) %}' },
			'templateFailed',
		],
		['an empty subject', { subject: '{% if account.nope %}x{% endif %}' }, 'emptyField'],
		['a sender that is none', { fromEmail: '={{ $json.name }}' }, 'notAnAddress'],
	])('is not used up by a mail that cannot be written: %s', async (_what, parameters, code) => {
		const { port, received } = await serve();
		// however often the mistake goes out, the touch is handed out again
		for (let sweep = 0; sweep < 5; sweep++) {
			const at = NOW + sweep * 60 * MINUTE;
			expect(await claim(ledgerOf(), [touch(1)], at)).toEqual([true]);
			const now = new Date(at).toISOString();
			const run = await send({ port, items: [itemOf(touch(1))], parameters, options: { now } });
			expect(codesOf(run)).toEqual([code]);
			expect(run.hints.map(({ message }) => message).join()).toContain('in about an hour');
			expect(await attemptsOf('acct-1')).toBe(0);
		}
		expect(received).toHaveLength(0);
		expect(await nextOf(1)).toBeGreaterThan(4 * 60 + 45);
	});

	it('is not used up by a pause that began after the claim', async () => {
		const { port, received } = await serve();
		const items = await claimed(1);
		await ledgerOf().pause(
			[{ scope: 'account', id: 'acct-1', reason: 'outage', until: NOW + 600 * MINUTE }],
			NOW,
		);
		expect(codesOf(await send({ port, items }))).toEqual(['paused']);
		expect(received).toHaveLength(0);
		expect([await attemptsOf('acct-1'), await nextOf(1)]).toEqual([0, 15]);
	});
});

describe('a server that refuses us', () => {
	const refused = { code: 550, text: '5.4.5 Daily sending quota exceeded' };

	it('is asked a few times and no more; the rest is put back with its attempt', async () => {
		const { port, received } = await serve({ content: refused });
		const run = await send({ port, items: await claimed(40) });
		expect(received.length).toBeGreaterThanOrEqual(5);
		expect(received.length).toBeLessThanOrEqual(7);
		expect(codesOf(run)).toEqual(Array.from({ length: 40 }, () => 'senderRefused'));
		expect([await attemptsOf('acct-40'), await nextOf(40)]).toEqual([0, 15]);
	});

	it('because of one sender holds up no other', async () => {
		const { port, received } = await serve({ senders: { 'bad@vendor.example': refused } });
		await claim(
			ledgerOf(),
			Array.from({ length: 20 }, (_nothing, index) => touch(index + 1)),
		);
		const items = Array.from({ length: 20 }, (_nothing, index) => {
			const csm = index < 10 ? 'bad@vendor.example' : 'good@vendor.example';
			return itemOf(touch(index + 1), { account: { csm } });
		});
		const run = await send({ port, items, parameters: { fromEmail: '={{ $json.csm }}' } });
		expect(run.outputs[0]).toHaveLength(10);
		expect(received).toHaveLength(10);
		expect(codesOf(run)).toEqual(Array.from({ length: 10 }, () => 'senderRefused'));
	});

	it('now and then, with mails that go in between, stops nothing', async () => {
		const odd = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
		const { port, received } = await serve({
			recipients: Object.fromEntries(odd.map((number) => [addressOf(number), refused])),
		});
		const run = await send({
			port,
			items: await claimed(20),
			options: { fateUnknown: 'sendAgain' },
		});
		expect(received).toHaveLength(10);
		expect(run.outputs[1]).toHaveLength(10);
	});
});

it('a lease that ends while a long batch goes out is seen: what is left is not sent', async () => {
	const { port, received } = await serve({ delayMs: 200 });
	const numbers = Array.from({ length: 18 }, (_nothing, index) => index + 1);
	await ledgerOf().claim(
		numbers.map((number) => ({ touch: touch(number), leaseMs: 700, maxAttempts: 3, caps: [] })),
		NOW,
	);
	const run = await send({ port, items: numbers.map((number) => itemOf(touch(number))) });
	const [sent = [], notSent = []] = outcomes(run);
	expect(sent.length).toBe(received.length);
	expect(sent.length).toBeGreaterThan(0);
	expect(notSent.length).toBeGreaterThan(0);
	expect(new Set(notSent.map((line) => line.split(' ')[1]))).toEqual(new Set(['leaseEnded']));
});

describe('a mail that may have arrived and is to be sent again', () => {
	it('keeps the address closed for other journeys meanwhile (P04)', async () => {
		const { port, received } = await serve({ hangUpAfterContent: [addressOf(1)] });
		await send({ port, items: await claimed(1), options: { fateUnknown: 'sendAgain' } });
		expect(received).toHaveLength(1); // it did arrive, and nobody was told
		const other = touch(1, { key: 'renewal/1', journey: 'renewal', accountId: 'other' });
		const later = NOW + 2 * 60_000;
		const caps = [{ since: later - 24 * 3_600_000 + 1, counts: 'any' as const }];
		expect(
			await ledgerOf().claim([{ touch: other, leaseMs: 60_000, maxAttempts: 3, caps }], later),
		).toEqual([{ key: 'renewal/1', claimed: false, why: 'capped' }]);
	});
});
