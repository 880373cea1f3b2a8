import { CONNECTIONS } from '../../services/mail/postOffice';
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

describe('people who unsubscribe while a batch goes out', () => {
	it(`get nothing that had not left by then: ${String(COUNT)} at random moments of it`, async () => {
		const accepted: string[] = [];
		const { port } = await serve({ onAccept: ({ to }) => accepted.push(to[0] ?? '') });
		// a mail of last week, with the link people use
		const earlier: string[] = [];
		for (let number = 1; number <= COUNT; number++)
			earlier.push(await sent(number, { key: `renewal/1/acct-${String(number)}/t-90/` }));
		const items = await claimed(COUNT);
		const silencedAfter = new Map<string, number>();
		const unsubscribe = async (number: number): Promise<void> => {
			const url = await linkOf(earlier[number - 1] ?? '', { purpose: 'unsubscribe' });
			const run = await runLedger('openLink', [request(url, { body: ONE_CLICK })], { now: NOW });
			expect(run.outputs[0]).toHaveLength(1);
			silencedAfter.set(addressOf(number), accepted.length);
		};
		// one mail every 50 ms; the readers' moments are spread over the batch by a fixed stride
		const sending = send({ port, items, options: { mailsPerMinute: 1200 } });
		const readers = items.map(async (_item, index) => {
			await new Promise((resolve) => setTimeout(resolve, ((index * 37) % COUNT) * 50));
			await unsubscribe(index + 1);
		});
		const run = await sending;
		await Promise.all(readers);

		// one mail per connection may be on the wire at that moment, and cannot be called back
		const late = accepted.filter(
			(address, position) => position >= (silencedAfter.get(address) ?? Infinity) + CONNECTIONS,
		);
		expect(late).toEqual([]);
		// each touch has one fate
		const [left = [], held = []] = outcomes(run);
		expect(left.length + held.length).toBe(COUNT);
		expect(accepted).toHaveLength(left.length);
		expect(held.every((line) => line.endsWith(' suppressed'))).toBe(true);
		expect(Math.min(left.length, held.length)).toBeGreaterThan(COUNT / 10);
	});
});
