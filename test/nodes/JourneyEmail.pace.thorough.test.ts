import {
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
} from './JourneyEmail.setup';

startEachTestAfresh();

const touches = (count: number) => Array.from({ length: count }, (_unused, at) => touch(at + 1));

describe('Mails per Minute', () => {
	it('spreads the mails evenly over all connections', async () => {
		const at: number[] = [];
		const { port } = await serve({ onAccept: () => at.push(performance.now()) });
		const items = await claimed(11);
		const start = performance.now();
		await send({ port, items, options: { mailsPerMinute: 600 } });
		expect(at).toHaveLength(11);
		// none before its turn, one every 100 ms
		for (const [turn, time] of at.entries()) expect(time - start).toBeGreaterThan(turn * 100 - 5);
	});

	it('puts back what cannot leave before its lease ends, at once and without costing an attempt', async () => {
		const { port, received } = await serve();
		// two seconds of lease at one mail a second: two go
		await claim(ledgerOf(), touches(5), NOW, 2000);
		const run = await send({
			port,
			items: touches(5).map((one) => itemOf(one)),
			options: { mailsPerMinute: 60 },
		});
		expect(outcomes(run)[1]).toEqual(
			['acct-3', 'acct-4', 'acct-5'].map((id) => `${id} rateLimited`),
		);
		expect(received.map(({ to }) => to[0])).toEqual([1, 2].map(addressOf));
		const { state, nextAt } = await stateOf(ledgerOf(), 5);
		expect(state).toBe('failed');
		expect(Math.round(((nextAt ?? 0) - NOW) / 1000)).toBe(4);
		// as often as it takes: no attempt was used up
		for (let round = 1; round <= 5; round++) {
			const now = NOW + round * MINUTE;
			expect(await claim(ledgerOf(), [touch(5)], now, 1)).toEqual([true]);
			await send({
				port,
				items: [itemOf(touch(5))],
				options: { mailsPerMinute: 60, now: new Date(now + 1).toISOString() },
			});
		}
	});

	it('keeps nobody waiting for a server that is not there', async () => {
		const server = await serve();
		await server.close();
		const items = await claimed(60);
		const started = performance.now();
		const run = await send({ port: server.port, items, options: { mailsPerMinute: 120 } });
		expect(run.outputs.map((output) => output.length)).toEqual([0, 60]);
		// at that pace sixty mails would take half a minute
		expect(performance.now() - started).toBeLessThan(15_000);
	});
});

describe('a pause between the claim and the sending', () => {
	it('puts the mail back with its reason, and costs no attempt', async () => {
		const { port, received } = await serve();
		const items = await claimed(1);
		await ledgerOf().pause([{ scope: 'account', id: 'acct-1', reason: 'on hold' }], NOW);
		expect(outcomes(await send({ port, items }))).toEqual([[], ['acct-1 paused']]);
		expect(received).toHaveLength(0);
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({
			state: 'failed',
			reasons: [{ code: 'paused' }],
		});
	});
});

describe('Fate Unknown: send again', () => {
	const options = { fateUnknown: 'sendAgain' };

	it('has one mail in flight at a time', async () => {
		const inFlight: number[] = [];
		const ids = Array.from({ length: 20 }, (_unused, at) => `acct-${String(at + 1)}`);
		const query = { journey: 'onboarding', dry: false, accountIds: ids, addresses: [], now: NOW };
		const asked: Promise<void>[] = [];
		const ledger = ledgerOf();
		const { port, received, connections } = await serve({
			delayMs: 5,
			onAccept: () => {
				const count = async (): Promise<void> => {
					const { touches: all } = await ledger.recall(query);
					inFlight.push(all.filter(({ state }) => state === 'sending').length);
				};
				asked.push(count());
			},
		});
		await send({ port, items: await claimed(20), options });
		await Promise.all(asked);
		expect([received.length, connections()]).toEqual([20, 1]);
		expect(Math.max(...inFlight)).toBe(1);
	});

	it('a recipient that always ends the line takes nobody with it', async () => {
		const { port, received } = await serve({ hangUpAtRecipient: { [addressOf(2)]: 100 } });
		const run = await send({ port, items: await claimed(10), options });
		expect(outcomes(run)[1]).toEqual(['acct-2 serverUnreachable']);
		expect(received).toHaveLength(9);
	});

	it('a line lost after the content is handed out again, under the same Message-ID', async () => {
		const broken = await serve({ hangUpAfterContent: [addressOf(1)] });
		const items = await claimed(1);
		const first = await send({ port: broken.port, items, options });
		expect(outcomes(first)).toEqual([[], ['acct-1 fateUnknown']]);
		expect(await stateOf(ledgerOf(), 1)).toMatchObject({ state: 'failed' });

		const later = NOW + 16 * MINUTE;
		expect(await claim(ledgerOf(), [touch(1)], later)).toEqual([true]);
		const well = await serve();
		const now = new Date(later).toISOString();
		expect(
			outcomes(await send({ port: well.port, items, options: { ...options, now } }))[0],
		).toEqual(['acct-1 accepted']);
		const ids = [...broken.received, ...well.received].map((mail) => mail.header('message-id'));
		expect(ids).toHaveLength(2);
		expect(new Set(ids).size).toBe(1);
	});

	it('a mail that a crash cut off is handed out again when its lease ends; held, it never is', async () => {
		const after = NOW + 31 * MINUTE;
		await claim(ledgerOf(), touches(2));
		// what the process did before it died
		await ledgerOf().beginSending([touch(1).key], NOW, true);
		await ledgerOf().beginSending([touch(2).key], NOW);
		expect(await claim(ledgerOf(), touches(2), NOW + MINUTE)).toEqual([false, false]);
		expect(await claim(ledgerOf(), touches(2), after)).toEqual([true, false]);
		const { port, received } = await serve();
		const now = new Date(after).toISOString();
		const items = touches(2).map((one) => itemOf(one));
		expect(outcomes(await send({ port, items, options: { ...options, now } }))).toEqual([
			['acct-1 accepted'],
			['acct-2 fateUnknown'],
		]);
		expect(received).toHaveLength(1);
	});
});
