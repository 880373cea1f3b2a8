import type { Ledger } from '../../ledger/ledger';
import { openMemoryLedger } from '../../ledger/sqlite';
import { deliverAll } from '../../nodes/JourneyEmail/delivery';
import type { Delivered, Desk, Sendable } from '../../nodes/JourneyEmail/oneMail';
import type { PostAnswer } from '../../services/mail/answer';
import type { Letter } from '../../services/mail/letter';
import { addressOf, claim, MINUTE, NOW, touch } from './JourneyEmail.setup';

let ledger: Ledger;
beforeEach(() => {
	ledger = openMemoryLedger();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await ledger.close();
});

const letterTo = (number: number): Letter => ({
	from: { address: 'success@vendor.example' },
	to: { address: addressOf(number) },
	subject: 'Welcome',
	text: 'Hello',
	messageId: `<${String(number)}@vendor.example>`,
});

/** Claims touches 1 to `count`. */
async function claimed(count: number): Promise<Sendable[]> {
	const touches = Array.from({ length: count }, (_nothing, index) => touch(index + 1));
	await claim(ledger, touches);
	return touches.map(({ key }, index) => ({
		index,
		key,
		toHuman: true,
		write: () => letterTo(index + 1),
	}));
}

type Ran = { codes: (string | undefined)[]; left: string[]; results: Map<number, Delivered> };

/** Sends with a server that accepts everything, unless told otherwise. */
async function deliver(touches: Sendable[], over: Partial<Desk> = {}): Promise<Ran> {
	const left: string[] = [];
	const accept: PostAnswer = { fate: 'accepted' };
	const results = await deliverAll(touches, {
		ledger,
		post: {
			send: async ({ to }) => {
				left.push(to.address);
				return await Promise.resolve(accept);
			},
			close: () => undefined,
		},
		clock: () => NOW,
		stopped: () => false,
		resend: false,
		leaseEnds: () => Infinity,
		confirmPauses: [5, 5],
		...over,
	});
	const codes = touches.map(({ index }) => results.get(index)?.reasons.at(-1)?.code);
	return { codes, left, results };
}

async function touchOf(number: number): Promise<object | undefined> {
	const query = { journey: 'onboarding', dry: false, addresses: [], now: NOW };
	const { touches } = await ledger.recall({ ...query, accountIds: [`acct-${String(number)}`] });
	return touches[0];
}

describe('what has not left is put back at once, without an attempt used up', () => {
	it('when the execution is stopped', async () => {
		const touches = await claimed(3);
		const { codes, left } = await deliver(touches, { stopped: () => true });
		expect([codes, left]).toEqual([['stopped', 'stopped', 'stopped'], []]);
		for (const number of [1, 2, 3])
			expect(await touchOf(number)).toMatchObject({
				state: 'failed',
				attempts: 0,
				nextAt: NOW + 15 * MINUTE,
				reasons: [{ code: 'stopped' }],
			});
	});

	it('when its turn does not come before its lease ends', async () => {
		const touches = await claimed(1);
		const pace = { slotOf: () => NOW, turn: async () => await Promise.resolve(false) };
		expect(await deliver(touches, { pace })).toMatchObject({ codes: ['rateLimited'], left: [] });
		expect(await touchOf(1)).toMatchObject({ state: 'failed', attempts: 0 });
	});
});

it('one item that cannot be written, whatever happens over it, takes no other along', async () => {
	const touches = await claimed(5);
	const broken = touches.map((one, index) =>
		index === 2
			? {
					...one,
					write: () => {
						throw new RangeError('Maximum call stack size exceeded');
					},
				}
			: one,
	);
	const { codes, left } = await deliver(broken);
	expect(left).toHaveLength(4);
	expect(codes[2]).toBe('templateFailed');
	expect(await touchOf(3)).toMatchObject({ state: 'failed', attempts: 0 });
});

describe('a ledger that cannot write down an acceptance', () => {
	it('is asked again, and the mail is sent as if nothing had been', async () => {
		const touches = await claimed(1);
		const confirm = jest.spyOn(ledger, 'confirm');
		confirm.mockRejectedValueOnce(new Error('locked')).mockRejectedValueOnce(new Error('locked'));
		expect(await deliver(touches)).toMatchObject({ codes: ['accepted'], left: [addressOf(1)] });
		expect(confirm).toHaveBeenCalledTimes(3);
		expect(await touchOf(1)).toMatchObject({ state: 'sent' });
	});

	it('ends the run when it stays so: no further mail leaves that nobody would remember', async () => {
		const touches = await claimed(20);
		jest.spyOn(ledger, 'confirm').mockRejectedValue(new Error('locked'));
		const { codes, left, results } = await deliver(touches);
		expect(left).toHaveLength(3);
		expect(codes.filter((code) => code === 'notRecorded')).toHaveLength(3);
		expect(codes.filter((code) => code === 'ledgerUnavailable')).toHaveLength(17);
		expect([...results.values()].filter(({ state }) => state === 'sent')).toHaveLength(3);
		expect(await touchOf(20)).toMatchObject({ state: 'claimed' });
	});
});
