import type { Touch } from '../../../engine/journeys/memory';
import { priorityOf } from '../../../engine/journeys/priority';
import type { Cap, Claim, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, dayCap, eventOf, HOUR, LEASE, numbered, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const ANN = 'ann@example.com';
const mail = (key: string, over: Parameters<typeof touchOf>[1] = {}) =>
	touchOf(key, { address: ANN, ...over });
const capped = (at: number, touch: Touch): Claim => claimOf(touch, { caps: dayCap(at) });
const exempt = (touch: Touch): Claim => claimOf(touch);
const refused = (key: string, why: string) => ({ key, claimed: false, why });
const granted = (key: string) => ({ key, claimed: true, attempt: 1 });

/** P04: at most one automated e-mail to an address in any rolling 24 hours; guarantee 3: checked in the claim itself. */
export function capContract(on: WithLedger): void {
	describe('the cap on e-mail to one address', () => {
		const after: [string, number, boolean][] = [
			['at the same moment', 0, false],
			['an hour later', HOUR, false],
			['one millisecond before the day is over', DAY - 1, false],
			['exactly 24 hours later', DAY, true],
		];
		it.each(after)('a second mail %s: allowed is %s', async (_when, wait, allowed) => {
			await on(async (ledger) => {
				await sendAt(ledger, 'first', T0);
				expect(await ledger.claim([capped(T0 + wait, mail('second'))], T0 + wait)).toEqual([
					allowed ? granted('second') : refused('second', 'capped'),
				]);
			})();
		});

		it(
			'counts across journeys and accounts, but not across addresses and other channels',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0, { journey: 'renewal', accountId: 'other' });
				expect(
					await ledger.claim(
						[
							capped(T0 + 1, mail('same')),
							capped(T0 + 1, touchOf('elsewhere')),
							capped(T0 + 1, mail('call', { channel: 'human' })),
							capped(T0 + 1, mail('inApp', { channel: 'inApp' })),
						],
						T0 + 1,
					),
				).toEqual([
					refused('same', 'capped'),
					granted('elsewhere'),
					granted('call'),
					granted('inApp'),
				]);
			}),
		);

		it(
			'lets one of two mails in the same batch through',
			on(async (ledger) => {
				expect(await ledger.claim([capped(T0, mail('a')), capped(T0, mail('b'))], T0)).toEqual([
					granted('a'),
					refused('b', 'capped'),
				]);
			}),
		);

		it(
			'lets one of eight mails through that are claimed at the same time',
			on(async (ledger) => {
				const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
				const answers = await Promise.all(
					keys.map((key) => ledger.claim([capped(T0, mail(key))], T0)),
				);
				expect(answers.flat().filter(({ claimed }) => claimed)).toHaveLength(1);
			}),
		);

		it(
			'does not hold an exempt mail, but counts it',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0);
				expect(await ledger.claim([exempt(mail('celebration'))], T0 + HOUR)).toEqual([
					granted('celebration'),
				]);
				// a day after the first, but not after the exempt one
				expect(await ledger.claim([capped(T0 + DAY, mail('nudge'))], T0 + DAY)).toEqual([
					refused('nudge', 'capped'),
				]);
				expect(
					await ledger.claim([capped(T0 + HOUR + DAY, mail('nudge'))], T0 + HOUR + DAY),
				).toEqual([granted('nudge')]);
			}),
		);

		it(
			'starts when the mail was confirmed, not when it was claimed',
			on(async (ledger) => {
				await ledger.claim([capped(T0, mail('slow'))], T0);
				await ledger.confirm(['slow'], T0 + HOUR);
				expect(await ledger.claim([capped(T0 + DAY, mail('next'))], T0 + DAY)).toEqual([
					refused('next', 'capped'),
				]);
			}),
		);

		it(
			'is not started by what failed, was held, withdrawn or lapsed',
			on(async (ledger) => {
				await ledger.claim([capped(T0, mail('bounced'))], T0);
				await ledger.fail([{ key: 'bounced', reasons: [] }], T0 + 1);
				await ledger.note([
					mail('held'),
					mail('withdrawn', { state: 'withdrawn' }),
					mail('lapsed', { state: 'lapsed' }),
				]);
				expect(await ledger.claim([capped(T0 + 2, mail('next'))], T0 + 2)).toEqual([
					granted('next'),
				]);
			}),
		);

		it(
			'does not stop a touch from being handed out again after its own attempt',
			on(async (ledger) => {
				await ledger.claim([capped(T0, mail('t'))], T0);
				expect(await ledger.claim([capped(T0 + LEASE, mail('t'))], T0 + LEASE)).toEqual([
					{ key: 't', claimed: true, attempt: 2 },
				]);
			}),
		);

		it(
			'counts a mail that nobody knows the fate of',
			on(async (ledger) => {
				await ledger.claim([capped(T0, mail('lost'))], T0);
				await ledger.beginSending(['lost'], T0 + 1);
				expect(await ledger.claim([capped(T0 + HOUR, mail('next'))], T0 + HOUR)).toEqual([
					refused('next', 'capped'),
				]);
			}),
		);

		describe('by a mail that may have arrived and is to be sent again', () => {
			const MAYBE = T0 + 1;
			const RETRY = T0 + LEASE;
			const again = { key: 'lost', reasons: [], retryAt: RETRY };
			/** A mail whose fate is open, and what became of it since. */
			const open = async (ledger: Ledger): Promise<void> => {
				await ledger.claim([capped(T0, mail('lost'))], T0);
				await ledger.beginSending(['lost'], T0, true);
				await ledger.fail([{ ...again, mayHaveArrived: true }], MAYBE);
			};
			const since: [string, (ledger: Ledger) => Promise<unknown>][] = [
				['waits for its next attempt', async () => await Promise.resolve()],
				[
					'is held',
					async (ledger) => {
						await ledger.note([mail('lost', { nextAt: T0 + DAY, changedAt: RETRY })]);
					},
				],
				[
					'lapsed',
					async (ledger) => {
						const over = { state: 'lapsed' as const, address: '', changedAt: RETRY };
						await ledger.note([mail('lost', over)]);
					},
				],
				[
					'did not go at its next attempt',
					async (ledger) => {
						await ledger.claim([capped(RETRY, mail('lost'))], RETRY);
						await ledger.beginSending(['lost'], RETRY, true);
						await ledger.fail([{ ...again, retryAt: RETRY + LEASE }], RETRY + 1);
					},
				],
			];
			it.each(since)('and %s, is closed for a day since it may have', async (_what, happens) => {
				await on(async (ledger) => {
					await open(ledger);
					await happens(ledger);
					const end = MAYBE + DAY;
					const next = (at: number) => ledger.claim([capped(at, mail(`next ${String(at)}`))], at);
					expect(await next(end - 1)).toMatchObject([{ why: 'capped' }]);
					expect((await recallOf(ledger, { addresses: [ANN] })).lastEmails.get(ANN)).toEqual({
						any: MAYBE,
						notDigest: MAYBE,
						education: -Infinity,
					});
					expect(await next(end)).toMatchObject([{ claimed: true }]);
				})();
			});

			it(
				'and died with the process that sent it, goes on once it is confirmed as any other',
				on(async (ledger) => {
					await ledger.claim([capped(T0, mail('lost'))], T0);
					await ledger.beginSending(['lost'], MAYBE, true);
					await ledger.note([mail('lost', { nextAt: T0 + HOUR, changedAt: RETRY })]);
					expect(await ledger.claim([capped(RETRY, mail('next'))], RETRY)).toEqual([
						refused('next', 'capped'),
					]);
					await ledger.claim([capped(RETRY, mail('lost'))], RETRY);
					expect(await ledger.confirm(['lost'], T0 + HOUR)).toEqual(['confirmed']);
					const { touches } = await recallOf(ledger);
					expect(touches[0]).toMatchObject({ state: 'sent', openSince: undefined });
				}),
			);

			it(
				'is handed out again itself, to nobody but its own address, which it keeps',
				on(async (ledger) => {
					await open(ledger);
					const bob = { address: 'bob@example.com' };
					await ledger.note([mail('lost', { ...bob, changedAt: RETRY })]);
					expect(await ledger.claim([capped(RETRY, mail('lost', bob))], RETRY)).toEqual([
						refused('lost', 'taken'),
					]);
					expect(await ledger.claim([capped(RETRY, mail('lost'))], RETRY)).toEqual([
						{ key: 'lost', claimed: true, attempt: 2 },
					]);
					const { touches } = await recallOf(ledger);
					expect(touches[0]).toMatchObject({ address: ANN, openSince: MAYBE });
				}),
			);
		});

		it(
			'is what recall reports, for the address in any spelling',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0, { journey: 'renewal', accountId: 'other' });
				await sendAt(ledger, 'second', T0 + 2 * DAY);
				await ledger.claim(
					[capped(T0 + 5, touchOf('bob', { address: 'bob@example.com' }))],
					T0 + 5,
				);
				await sendAt(ledger, 'digest', T0 + 3 * DAY, { kind: 'digest' });
				const { lastEmails } = await recallOf(ledger, {
					addresses: ['Ann@Example.com', 'bob@example.com', 'nobody@example.com'],
				});
				expect([...lastEmails].sort()).toEqual([
					[ANN, { any: T0 + 3 * DAY, notDigest: T0 + 2 * DAY, education: -Infinity }],
					['bob@example.com', { any: T0 + 5, notDigest: T0 + 5, education: -Infinity }],
				]);
			}),
		);

		it(
			'of marketing looks further back, and past digests (P04)',
			on(async (ledger) => {
				const week: Cap[] = [{ since: T0 - 7 * DAY, counts: 'notDigest' }];
				await sendAt(ledger, 'digest', T0 - DAY, { kind: 'digest' });
				await sendAt(ledger, 'tip', T0 - 6 * DAY, { address: 'bob@example.com' });
				const tip = (key: string, address: string): Claim =>
					claimOf(mail(key, { address, kind: 'marketing' }), { caps: [...dayCap(T0), ...week] });
				expect(
					await ledger.claim([tip('a', ANN), tip('b', 'bob@example.com'), tip('c', ANN)], T0),
				).toEqual([granted('a'), refused('b', 'capped'), refused('c', 'capped')]);
			}),
		);

		describe('of education (P24)', () => {
			const SINCE = T0 - 14 * DAY;
			const tip = { kind: 'marketing', priority: priorityOf('education') } as const;
			const next = (key: string, over: Parameters<typeof touchOf>[1] = {}): Claim =>
				claimOf(mail(key, { ...tip, ...over }), {
					caps: [{ since: SINCE, counts: 'education' }],
				});
			const bounce = (over: Parameters<typeof eventOf>[1] = {}) =>
				eventOf('b', { type: 'bounced', contact: 'Ann@Example.com', occurredAt: SINCE, ...over });

			it.each([
				['a millisecond before its window', SINCE - 1, true],
				['as it begins', SINCE, false],
			])('after a tip for another account %s: allowed is %p', async (_what, at, allowed) => {
				await on(async (ledger) => {
					await sendAt(ledger, 'first', at, { ...tip, journey: 'tips', accountId: 'other' });
					expect(await ledger.claim([next('next')], T0)).toEqual([
						allowed ? granted('next') : refused('next', 'capped'),
					]);
					const { lastEmails } = await recallOf(ledger, { addresses: [ANN] });
					expect(lastEmails.get(ANN)?.education).toBe(allowed ? T0 : at);
				})();
			});

			it(
				'counts no other mails, and no tips to others',
				on(async (ledger) => {
					await sendAt(ledger, 'offer', T0, { kind: 'marketing' });
					await sendAt(ledger, 'tip of bob', T0, { ...tip, address: 'bob@example.com' });
					const { lastEmails } = await recallOf(ledger, { addresses: [ANN] });
					expect(lastEmails.get(ANN)?.education).toBe(-Infinity);
					expect(await ledger.claim([next('next')], T0)).toEqual([granted('next')]);
				}),
			);

			it(
				'lets one of eight tips through that are claimed at the same time',
				on(async (ledger) => {
					const answers = await Promise.all(
						numbered(8).map((accountId) => ledger.claim([next(accountId, { accountId })], T0)),
					);
					expect(answers.flat().filter(({ claimed }) => claimed)).toHaveLength(1);
					expect(
						await ledger.claim(
							['c', 'd'].map((key) => next(key, { address: 'new@example.com' })),
							T0,
						),
					).toEqual([granted('c'), refused('d', 'capped')]);
				}),
			);

			it.each([
				['bounced for good', bounce(), true],
				['bounced, nobody says how', bounce({ data: {} }), true],
				['bounced for now', bounce({ data: { hard: false } }), false],
				[
					'was followed by the bounce of another person',
					bounce({ contact: 'bob@x.example' }),
					false,
				],
				['followed a bounce', bounce({ occurredAt: SINCE - 1 }), false],
				['bounced, as the event of the mail says', bounce({ touch: 'first' }), true],
				['bounced, as the sender says', bounce({ data: { data: { touch: 'first' } } }), true],
				['was followed by the bounce of another mail', bounce({ touch: 'offer' }), false],
				['… as its sender says', bounce({ data: { touch: 'offer', hard: true } }), false],
				['… whose key begins alike', bounce({ data: { touch: 'first/2' } }), false],
				['was followed by a bounce for another account', bounce({ accountId: 'other' }), false],
			])('after a tip that %s', async (_what, event, allowed) => {
				await on(async (ledger) => {
					await sendAt(ledger, 'first', SINCE, tip);
					await ledger.recordEvents([event], T0);
					expect(await ledger.claim([next('next', { accountId: 'other' })], T0)).toEqual([
						allowed ? granted('next') : refused('next', 'capped'),
					]);
				})();
			});
		});

		it(
			'cannot be got around by another spelling of the address',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0);
				expect(
					await ledger.claim([capped(T0, mail('x', { address: 'ANN@example.com' }))], T0),
				).toEqual([refused('x', 'capped')]);
			}),
		);

		it(
			'holds for what was first held for a human and is then mailed',
			on(async (ledger) => {
				await ledger.note([mail('t', { channel: 'human', address: '' })]);
				await ledger.claim([capped(T0, mail('t'))], T0);
				expect(await ledger.claim([capped(T0 + 1, mail('next'))], T0 + 1)).toEqual([
					refused('next', 'capped'),
				]);
			}),
		);
	});
}

async function sendAt(
	ledger: Ledger,
	key: string,
	at: number,
	over: Parameters<typeof touchOf>[1] = {},
): Promise<void> {
	await ledger.claim([exempt(mail(key, over))], at);
	expect(await ledger.confirm([key], at)).toEqual(['confirmed']);
}
