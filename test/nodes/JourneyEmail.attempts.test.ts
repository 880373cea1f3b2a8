import {
	claimed,
	ledgerOf,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
	addressOf,
	itemOf,
	touch,
} from './JourneyEmail.setup';

startEachTestAfresh();

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
