import type { Channel } from '../../../engine/journeys/memory';
import type { Claim, ClaimResult, Ledger, PauseOf } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, HOUR, numbered, T0, touchOf } from '../rows';
import { recallOf, storedTouch } from './readBack';

const ANN = 'ann@example.com';
const CHANNELS: Channel[] = ['email', 'inApp', 'human', 'alert', 'record'];
const touch = (key: string, over: Parameters<typeof touchOf>[1] = {}) =>
	touchOf(key, { address: ANN, ...over });
const claims = (): Claim[] => CHANNELS.map((channel) => claimOf(touch(channel, { channel })));
/** `granted`, or why not, in the order of the claims. */
const outcomes = (results: readonly ClaimResult[]): string[] =>
	results.map((result) => (result.claimed ? 'granted' : result.why));
const ONLY_PEOPLE = ['paused', 'paused', 'granted', 'granted', 'granted'];
const ALL = CHANNELS.map(() => 'granted');

/** P33 and guarantee 8: one switch stops all sends; accounts and contacts can be paused. Nobody is held back from human help. */
export function stopContract(on: WithLedger): void {
	const pauses: [string, PauseOf, PauseOf][] = [
		[
			'everything',
			{ scope: 'all', id: '', reason: 'stop' },
			{ scope: 'account', id: 'other', reason: 'x' },
		],
		[
			'the account',
			{ scope: 'account', id: 'acme', reason: 'talks', until: T0 + DAY },
			{ scope: 'account', id: ANN, reason: 'x' },
		],
		[
			'the address, in any spelling',
			{ scope: 'address', id: 'Ann@Example.com', reason: 'leave', until: T0 + DAY },
			{ scope: 'address', id: 'acme', reason: 'x' },
		],
	];

	describe.each(pauses)('a pause of %s', (_what, pause, another) => {
		it(
			'stops messages to customers and nothing else, until its time or until it is ended',
			on(async (ledger) => {
				await ledger.pause([another], T0);
				expect(outcomes(await claimAfresh(ledger, 'a', T0))).toEqual(ALL);
				await ledger.pause([pause], T0);
				expect(outcomes(await claimAfresh(ledger, 'b', T0))).toEqual(ONLY_PEOPLE);
				expect(outcomes(await claimAfresh(ledger, 'c', T0 + DAY - 1))).toEqual(ONLY_PEOPLE);
				const later = pause.until === undefined ? ONLY_PEOPLE : ALL;
				expect(outcomes(await claimAfresh(ledger, 'd', T0 + DAY))).toEqual(later);
				expect(await ledger.resume([pause, pause])).toEqual([true, false]);
				expect(outcomes(await claimAfresh(ledger, 'e', T0))).toEqual(ALL);
			}),
		);

		it(
			'also stops what was handed out before it left',
			on(async (ledger) => {
				await ledger.claim(claims(), T0);
				await ledger.pause([pause], T0 + 1);
				expect(await ledger.beginSending([...CHANNELS], T0 + 2)).toEqual(
					ONLY_PEOPLE.map((answer) => (answer === 'paused' ? 'paused' : 'granted')),
				);
				expect(await storedTouch(ledger, 'email')).toMatchObject({ state: 'claimed' });
				await ledger.resume([pause]);
				expect(await ledger.beginSending(['email'], T0 + 3)).toEqual(['granted']);
			}),
		);
	});

	describe('a pause of one of several merged records (P32)', () => {
		it.each([
			['the survivor, for a touch of the older record', 'new', 'oldest'],
			['the older record, for a touch of the survivor', 'oldest', 'new'],
			['one older record, for a touch of another', 'old', 'oldest'],
		])('%s: stops its messages at the claim and before they leave', async (_what, paused, of) => {
			await on(async (ledger) => {
				await ledger.linkAliases(
					[
						{ alias: 'old', accountId: 'new' },
						{ alias: 'oldest', accountId: 'old' },
					],
					T0,
				);
				const mine = (key: string) => claimOf(touch(key, { accountId: of }));
				await ledger.claim([mine('before')], T0);
				await ledger.pause([{ scope: 'account', id: paused, reason: 'talks' }], T0 + 1);
				expect(outcomes(await ledger.claim([mine('after')], T0 + 2))).toEqual(['paused']);
				expect(await ledger.beginSending(['before'], T0 + 2)).toEqual(['paused']);
				const other = claimOf(touch('x', { accountId: 'another' }));
				expect(outcomes(await ledger.claim([other], T0 + 2))).toEqual(['granted']);
			})();
		});
	});

	describe('pauses', () => {
		it(
			'are listed while they last, the oldest first, a later word in place of an earlier one',
			on(async (ledger) => {
				await ledger.pause([{ scope: 'account', id: 'b', reason: 'first', until: T0 + 5 }], T0);
				await ledger.pause([{ scope: 'all', id: 'whatever', reason: 'stop' }], T0 + 1);
				await ledger.pause([{ scope: 'account', id: 'a', reason: 'short', until: T0 + 3 }], T0 + 2);
				expect(await ledger.pauses(T0 + 3)).toEqual([
					{ scope: 'account', id: 'b', reason: 'first', until: T0 + 5 },
					{ scope: 'all', id: '', reason: 'stop' },
				]);
				await ledger.pause([{ scope: 'account', id: 'b', reason: 'second' }], T0 + 4);
				expect(await ledger.pauses(T0 + 99)).toEqual([
					{ scope: 'all', id: '', reason: 'stop' },
					{ scope: 'account', id: 'b', reason: 'second' },
				]);
			}),
		);

		it(
			'are part of what a journey recalls',
			on(async (ledger) => {
				await ledger.pause(
					pauses.map(([, pause]) => pause),
					T0,
				);
				const recall = await recallOf(ledger, { addresses: [ANN], now: T0 + 1 });
				expect(recall.stopped).toEqual({ reason: 'stop' });
				expect([...recall.pausedAccounts]).toEqual([
					['acme', { reason: 'talks', until: T0 + DAY }],
				]);
				expect([...recall.pausedAddresses]).toEqual([[ANN, { reason: 'leave', until: T0 + DAY }]]);
				expect((await recallOf(ledger, { now: T0 + DAY })).pausedAccounts.size).toBe(0);
			}),
		);
	});

	describe('two journeys that want one address (P05)', () => {
		const held = (nextAt: number, over: Parameters<typeof touchOf>[1] = {}) =>
			touch('renewal', { journey: 'renewal', priority: 4, nextAt, ...over });
		const tip = (over: Parameters<typeof touchOf>[1] = {}): Claim =>
			claimOf(touch('tip', { journey: 'education', priority: 7, ...over }), {
				yieldsUntil: T0 + DAY,
			});
		const cases: [string, Parameters<typeof touchOf>[1], number, string][] = [
			['waits for one that goes first and is held until soon', {}, T0 + HOUR, 'yields'],
			['waits for one whose time has just come', {}, T0 - HOUR, 'yields'],
			['does not wait for one that is a day late: nobody runs it', {}, T0 - DAY, 'granted'],
			['does not wait for one beyond its own slot', {}, T0 + DAY + 1, 'granted'],
			['does not wait for one that comes after it', { priority: 8 }, T0 + HOUR, 'granted'],
			['does not wait for an equal', { priority: 7 }, T0 + HOUR, 'granted'],
			['does not wait for another address', { address: 'bob@example.com' }, T0, 'granted'],
			['does not wait for a dry run', { dry: true }, T0 + HOUR, 'granted'],
			['does not wait for what has lapsed', { state: 'lapsed' }, T0 + HOUR, 'granted'],
			['does not wait for what was withdrawn', { state: 'withdrawn' }, T0 + HOUR, 'granted'],
		];
		it.each(cases)('the later one %s', async (_what, over, nextAt, expected) => {
			await on(async (ledger) => {
				await ledger.note([held(nextAt, over)]);
				expect(outcomes(await ledger.claim([tip()], T0))).toEqual([expected]);
			})();
		});

		it(
			'what waits is part of what the other recalls, and not of what it recalls itself',
			on(async (ledger) => {
				await ledger.note([held(T0 + HOUR)]);
				const other = await recallOf(ledger, { journey: 'education', addresses: [ANN] });
				expect([...other.waiting]).toEqual([
					[ANN, [{ journey: 'renewal', priority: 4, nextAt: T0 + HOUR }]],
				]);
				const own = await recallOf(ledger, { journey: 'renewal', addresses: [ANN] });
				expect(own.waiting.size).toBe(0);
			}),
		);
	});

	describe('a ramp (P09)', () => {
		const batch = (from: number, count: number, over: Parameters<typeof touchOf>[1] = {}) =>
			numbered(count).map((_n, index) => claimOf(touchOf(`m${from + index}`, over)));
		const ramp = { since: T0, atMost: 5 };

		it(
			'lets so many messages of the journey through, in one batch or in several, and people besides',
			on(async (ledger) => {
				await ledger.claim(batch(100, 3, { journey: 'renewal' }), T0);
				expect(outcomes(await ledger.claim(batch(0, 3), T0, ramp))).toEqual(
					Array(3).fill('granted'),
				);
				const mixed = [...batch(3, 3), ...batch(50, 1, { channel: 'human' })];
				expect(outcomes(await ledger.claim(mixed, T0 + 1, ramp))).toEqual([
					'granted',
					'granted',
					'ramp',
					'granted',
				]);
				expect(
					outcomes(await ledger.claim(batch(60, 1), T0 + DAY, { ...ramp, since: T0 + DAY })),
				).toEqual(['granted']);
			}),
		);

		it(
			'tells who asks how many messages went since',
			on(async (ledger) => {
				await ledger.claim(batch(0, 3), T0 - 1);
				await ledger.claim([...batch(3, 4), ...batch(7, 1, { channel: 'human' })], T0);
				await ledger.claim(batch(8, 1, { journey: 'other' }), T0);
				expect((await recallOf(ledger, { messagesSince: T0 })).handedOut).toBe(4);
				expect((await recallOf(ledger, { messagesSince: T0, dry: true })).handedOut).toBe(0);
				expect((await recallOf(ledger)).handedOut).toBeUndefined();
			}),
		);

		it(
			'holds when eight claim at the same time',
			on(async (ledger) => {
				const answers = await Promise.all(
					numbered(8).map((_n, index) => ledger.claim(batch(index * 10, 3), T0, ramp)),
				);
				expect(answers.flat().filter(({ claimed }) => claimed)).toHaveLength(5);
			}),
		);
	});

	describe('an open case in another journey (P06, P08)', () => {
		it(
			'is part of what every journey recalls of the account',
			on(async (ledger) => {
				const call = touchOf('call', { journey: 'renewal', channel: 'human', address: '' });
				await ledger.claim([claimOf(call), claimOf(touchOf('mail', { journey: 'renewal' }))], T0);
				await ledger.note([touchOf('later', { journey: 'renewal', channel: 'human' })]);
				const { handOvers, touches } = await recallOf(ledger);
				expect(handOvers.map(({ key, state }) => [key, state])).toEqual([['call', 'claimed']]);
				expect(touches).toEqual([]);
				expect((await recallOf(ledger, { accountIds: ['other'] })).handOvers).toEqual([]);
			}),
		);
	});
}

/** One touch per channel under keys of its own. */
async function claimAfresh(ledger: Ledger, run: string, at: number): Promise<ClaimResult[]> {
	return await ledger.claim(
		CHANNELS.map((channel) => claimOf(touch(`${run}-${channel}`, { channel }))),
		at,
	);
}
