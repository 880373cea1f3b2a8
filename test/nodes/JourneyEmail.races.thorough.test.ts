import * as opening from '../../nodes/platform/openLedger';
import {
	addressOf,
	claimed,
	NOW,
	outcomes,
	send,
	serve,
	startEachTestAfresh,
} from './JourneyEmail.setup';
import { linkOf, ONE_CLICK, request, runLedger, sent } from './JourneyLedger.links.setup';

startEachTestAfresh();

const COUNT = 60;

afterEach(() => {
	jest.restoreAllMocks();
});

/** The addresses of mails that may leave, in the order in which the ledger says so, right before they do. */
function listGrants(): string[] {
	const granted: string[] = [];
	const { openLedger } = opening;
	jest.spyOn(opening, 'openLedger').mockImplementation(async (...given) => {
		const ledger = await openLedger(...given);
		const beginSending: typeof ledger.beginSending = async (keys, ...rest) => {
			const answers = await ledger.beginSending(keys, ...rest);
			for (const [index, key] of keys.entries()) {
				const [, number = ''] = /acct-(\d+)\//.exec(key) ?? [];
				if (answers[index] === 'granted') granted.push(addressOf(Number(number)));
			}
			return answers;
		};
		return new Proxy(ledger, {
			get: (target, name, receiver): unknown =>
				name === 'beginSending' ? beginSending : Reflect.get(target, name, receiver),
		});
	});
	return granted;
}

describe('people who unsubscribe while a batch goes out', () => {
	it(`get nothing that had not left by then: ${String(COUNT)} at random moments of it`, async () => {
		const accepted: string[] = [];
		const { port } = await serve({ onAccept: ({ to }) => accepted.push(to[0] ?? '') });
		const granted = listGrants();
		// a mail of last week, with the link people use
		const earlier: string[] = [];
		for (let number = 1; number <= COUNT; number++)
			earlier.push(await sent(number, { key: `renewal/1/acct-${String(number)}/t-90/` }));
		const items = await claimed(COUNT);
		const grantedBefore = new Map<string, number>();
		const unsubscribe = async (number: number): Promise<void> => {
			const url = await linkOf(earlier[number - 1] ?? '', { purpose: 'unsubscribe' });
			const run = await runLedger('openLink', [request(url, { body: ONE_CLICK })], { now: NOW });
			expect(run.outputs[0]).toHaveLength(1);
			grantedBefore.set(addressOf(number), granted.length);
		};
		// one mail every 50 ms; the readers' moments are spread over the batch by a fixed stride
		const sending = send({ port, items, options: { mailsPerMinute: 1200 } });
		const readers = items.map(async (_item, index) => {
			await new Promise((resolve) => setTimeout(resolve, ((index * 37) % COUNT) * 50));
			await unsubscribe(index + 1);
		});
		const run = await sending;
		await Promise.all(readers);

		// what had its last look at the ledger by then is on the wire, and cannot be called back
		const late = granted.filter(
			(address, position) => position >= (grantedBefore.get(address) ?? Infinity),
		);
		expect(late).toEqual([]);
		expect([...accepted].sort()).toEqual([...granted].sort());
		// each touch has one fate
		const [left = [], held = []] = outcomes(run);
		expect(left.length + held.length).toBe(COUNT);
		expect(accepted).toHaveLength(left.length);
		expect(held.every((line) => line.endsWith(' suppressed'))).toBe(true);
		expect(Math.min(left.length, held.length)).toBeGreaterThan(COUNT / 10);
	});
});
