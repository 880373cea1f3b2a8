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
/** A mail that is on the wire while its reader unsubscribes cannot be called back; this is far longer. */
const ON_THE_WIRE_MS = 250;

describe('people who unsubscribe while a batch goes out', () => {
	it(`get nothing that had not left by then: ${String(COUNT)} at random moments of it`, async () => {
		const acceptedAt = new Map<string, number>();
		const { port } = await serve({
			onAccept: ({ to }) => acceptedAt.set(to[0] ?? '', performance.now()),
		});
		// a mail of last week, with the link people use
		const earlier: string[] = [];
		for (let number = 1; number <= COUNT; number++)
			earlier.push(await sent(number, { key: `renewal/1/acct-${String(number)}/t-90/` }));
		const items = await claimed(COUNT);
		const silencedAt = new Map<string, number>();
		const unsubscribe = async (number: number): Promise<void> => {
			const url = await linkOf(earlier[number - 1] ?? '', { purpose: 'unsubscribe' });
			const run = await runLedger('openLink', [request(url, { body: ONE_CLICK })], { now: NOW });
			expect(run.outputs[0]).toHaveLength(1);
			silencedAt.set(addressOf(number), performance.now());
		};
		// one mail every 50 ms; the readers' moments are spread over the batch by a fixed stride
		const sending = send({ port, items, options: { mailsPerMinute: 1200 } });
		const readers = items.map(async (_item, index) => {
			await new Promise((resolve) => setTimeout(resolve, ((index * 37) % COUNT) * 50));
			await unsubscribe(index + 1);
		});
		const run = await sending;
		await Promise.all(readers);

		const late = [...acceptedAt].filter(
			([address, at]) => at > (silencedAt.get(address) ?? Infinity) + ON_THE_WIRE_MS,
		);
		expect(late).toEqual([]);
		// each touch has one fate
		const [left = [], held = []] = outcomes(run);
		expect(left.length + held.length).toBe(COUNT);
		expect(acceptedAt.size).toBe(left.length);
		expect(held.every((line) => line.endsWith(' suppressed'))).toBe(true);
		expect(Math.min(left.length, held.length)).toBeGreaterThan(COUNT / 10);
	});
});
