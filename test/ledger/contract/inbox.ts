import type { ArrivedEvent, InboxBatch, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { DAY, MINUTE, numbered, T0 } from '../rows';

const LEASE = 30_000;
const ADA = 'ada@acme.example';

const arrived = (id: string, over: Partial<ArrivedEvent> = {}): ArrivedEvent => ({
	id,
	event: JSON.stringify({ id, type: 'customer_created' }),
	...over,
});
const take = async (
	ledger: Ledger,
	now = T0,
	sizes: number[] = [100],
	inbox = 'in',
): Promise<InboxBatch | undefined> => await ledger.takeUp({ inbox, now, leaseMs: LEASE, sizes });
const idsOf = (batch: InboxBatch | undefined): unknown[] =>
	(batch?.events ?? []).map((event) => (JSON.parse(event) as { id: unknown }).id).toSorted();
const done = (at: number) => ({ done: true, at });
const again = (at: number) => ({ done: false, at });

/** What arrived, until somebody has dealt with it. */
export function inboxContract(on: WithLedger): void {
	describe('what arrives', () => {
		it(
			'is new once per id and inbox, however often it is sent, and whatever became of it',
			on(async (ledger) => {
				expect(await ledger.receive('in', [arrived('a'), arrived('b'), arrived('a')], T0)).toEqual([
					true,
					true,
					false,
				]);
				expect(await ledger.receive('in', [arrived('b'), arrived('c')], T0 + 1)).toEqual([
					false,
					true,
				]);
				expect(await ledger.receive('other', [arrived('a')], T0)).toEqual([true]);
				const batch = await take(ledger, T0 + 1);
				expect(idsOf(batch)).toEqual(['a', 'b', 'c']);
				await ledger.settle('in', batch?.key ?? '', done(T0 + 2));
				expect(await ledger.receive('in', [arrived('a')], T0 + 7 * DAY)).toEqual([false]);
				expect(await take(ledger, T0 + 8 * DAY)).toBeUndefined();
			}),
		);

		it(
			'is handed out as it came',
			on(async (ledger) => {
				const event = JSON.stringify({
					text: 'Ümläute 🙂 \u0000 "quoted"',
					deep: { list: [1, null] },
				});
				await ledger.receive('in', [arrived('a', { event })], T0);
				expect((await take(ledger))?.events).toEqual([event]);
			}),
		);

		it(
			'is handed to one of many who ask at once, in batches of the size asked for, the oldest first',
			on(async (ledger) => {
				const ids = numbered(90);
				for (const [index, id] of ids.entries())
					await ledger.receive('in', [arrived(id)], T0 + index);
				const batches = await Promise.all(
					numbered(5).map(async () => await take(ledger, T0 + DAY, [20])),
				);
				expect(batches.flatMap(idsOf).toSorted()).toEqual(ids.toSorted());
				expect(new Set(batches.map((batch) => batch?.key)).size).toBe(5);
				const sizes = batches.map((batch) => batch?.events.length ?? 0);
				expect(sizes.toSorted((a, b) => a - b)).toEqual([10, 20, 20, 20, 20]);
				const oldest = batches.find((batch) => idsOf(batch).includes(ids[0]));
				expect(idsOf(oldest)).toEqual(ids.slice(0, 20).toSorted());
				expect(await take(ledger, T0 + DAY)).toBeUndefined();
			}),
		);

		it(
			'is handed out again when the lease ends, under another key; the first one has no say then',
			on(async (ledger) => {
				await ledger.receive('in', [arrived('a')], T0);
				const first = await take(ledger);
				expect(await take(ledger, T0 + LEASE - 1)).toBeUndefined();
				const second = await take(ledger, T0 + LEASE);
				expect(idsOf(second)).toEqual(['a']);
				expect([first?.attempt, second?.attempt]).toEqual([1, 2]);
				expect(second?.key).not.toBe(first?.key);
				expect(await ledger.holdOn('in', first?.key ?? '', T0 + DAY)).toBe(false);
				await ledger.settle('in', first?.key ?? '', done(T0 + LEASE));
				expect(idsOf(await take(ledger, T0 + 2 * LEASE))).toEqual(['a']);
			}),
		);

		it(
			'stays with who holds on to it',
			on(async (ledger) => {
				await ledger.receive('in', [arrived('a')], T0);
				const batch = await take(ledger);
				expect(await ledger.holdOn('in', batch?.key ?? '', T0 + 10 * MINUTE)).toBe(true);
				expect(await take(ledger, T0 + 10 * MINUTE - 1)).toBeUndefined();
				await ledger.settle('in', batch?.key ?? '', done(T0));
				expect(await ledger.holdOn('in', batch?.key ?? '', T0 + DAY)).toBe(false);
			}),
		);

		it(
			'and failed is handed out after its pause, in smaller batches, and never together with what is new',
			on(async (ledger) => {
				const ids = numbered(8);
				await ledger.receive(
					'in',
					ids.map((id) => arrived(id)),
					T0,
				);
				const first = await take(ledger, T0, [100, 3, 1]);
				await ledger.settle('in', first?.key ?? '', again(T0 + MINUTE));
				await ledger.receive('in', [arrived('new')], T0 + 1);
				const fresh = await take(ledger, T0 + 1, [100, 3, 1]);
				expect(idsOf(fresh)).toEqual(['new']);
				await ledger.settle('in', fresh?.key ?? '', done(T0 + 2));
				expect(await take(ledger, T0 + MINUTE - 1, [100, 3, 1])).toBeUndefined();
				const second = await take(ledger, T0 + MINUTE, [100, 3, 1]);
				expect([second?.attempt, second?.events.length]).toEqual([2, 3]);
				await ledger.settle('in', second?.key ?? '', again(T0 + 2 * MINUTE));
				const others = [
					await take(ledger, T0 + 2 * MINUTE, [100, 3, 1]),
					await take(ledger, T0 + 2 * MINUTE, [100, 3, 1]),
					await take(ledger, T0 + 2 * MINUTE, [100, 3, 1]),
				];
				expect(others.map((batch) => batch?.events.length).toSorted()).toEqual([1, 2, 3]);
			}),
		);

		it(
			'of another inbox is nobody else’s',
			on(async (ledger) => {
				await ledger.receive('other', [arrived('a')], T0);
				expect(await take(ledger)).toBeUndefined();
				expect(idsOf(await take(ledger, T0, [1], 'other'))).toEqual(['a']);
			}),
		);

		it(
			'is known until its id is forgotten, and what waits is never forgotten so',
			on(async (ledger) => {
				await ledger.receive('in', [arrived('a')], T0);
				const batch = await take(ledger);
				await ledger.settle('in', batch?.key ?? '', done(T0));
				await ledger.receive('in', [arrived('b')], T0);
				expect(await ledger.forgetHandled(T0)).toBe(0);
				expect(await ledger.forgetHandled(T0 + 1)).toBe(1);
				expect(await ledger.receive('in', [arrived('a'), arrived('b')], T0 + 2)).toEqual([
					true,
					false,
				]);
			}),
		);
	});

	describe('what arrived, and privacy', () => {
		it(
			'of an erased account goes to nobody, and does not come back',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				const events = [
					arrived('a', { accountId: 'acme' }),
					arrived('b', { accountId: 'old' }),
					arrived('c', { accountId: 'other' }),
				];
				await ledger.receive('in', events, T0);
				const removed = await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(removed.events).toBe(2);
				expect(await ledger.receive('in', events, T0)).toEqual([false, false, false]);
				expect(idsOf(await take(ledger))).toEqual(['c']);
			}),
		);

		it(
			'goes on without the name of a person who was erased',
			on(async (ledger) => {
				const event = JSON.stringify({ id: 'a', contact: ADA, raw: { to: `Ada <${ADA}>` } });
				await ledger.receive('in', [arrived('a', { event }), arrived(`mail/${ADA}`)], T0);
				const removed = await ledger.erase({ accountIds: [], addresses: ['Ada@Acme.example'] });
				expect(removed.events).toBe(2);
				const batch = await take(ledger);
				expect(batch?.events).toHaveLength(2);
				expect(batch?.events.join('')).not.toContain('acme.example');
				expect(batch?.events.join('')).toContain('"contact":"(erased)"');
			}),
		);

		it(
			'an unsubscribed person of an erased account stays unsubscribed, also where only the inbox names them',
			on(async (ledger) => {
				await ledger.suppress([{ address: ADA, reason: 'unsubscribed' }], T0);
				const event = JSON.stringify({ id: 'a', contact: ADA });
				await ledger.receive('in', [arrived('a', { accountId: 'acme', event })], T0);
				const removed = await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(removed.suppressions).toBe(1);
			}),
		);

		it(
			'and is old is forgotten with everything else',
			on(async (ledger) => {
				await ledger.receive('in', [arrived('a')], T0);
				await ledger.receive('in', [arrived('b')], T0 + DAY);
				expect((await ledger.forgetBefore(T0 + 1, [])).events).toBe(1);
				expect(idsOf(await take(ledger, T0 + DAY))).toEqual(['b']);
			}),
		);
	});
}
