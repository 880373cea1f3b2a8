import type { Touch } from '../../../engine/journeys/memory';
import type { Claim } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, numbered, T0, touchOf } from '../rows';

/** Of a hand-over that silences every journey, of onboarding, and of expansion. */
const HUMAN = 1;
const ONBOARDING = 3;
const EXPANSION = 5;

const handOver = (key: string, over: Partial<Touch> = {}): Touch =>
	touchOf(key, {
		journey: `journey of ${key}`,
		channel: 'human',
		priority: HUMAN,
		address: '',
		...over,
	});
/** A claim of an onboarding journey whose decision saw these hand-overs. */
const knowing = (touch: Touch, seen: string[] = [], priority = ONBOARDING): Claim =>
	claimOf(touch, { cases: { seen, priority } });
const granted = (key: string) => ({ key, claimed: true, attempt: 1 });
const refused = (key: string) => ({ key, claimed: false, why: 'caseOpen' });

/** P06, P08: whoever decided before a human was given the account does not speak over that person, nor opens a second case. */
export function caseContract(on: WithLedger): void {
	describe('a human who was given the account since it was decided', () => {
		it(
			'silences messages and further hand-overs, not what is exempt',
			on(async (ledger) => {
				await ledger.claim([knowing(handOver('first'))], T0);
				expect(
					await ledger.claim(
						[
							knowing(handOver('second')),
							knowing(touchOf('mail')),
							knowing(touchOf('inApp', { channel: 'inApp' })),
							claimOf(touchOf('welcome')),
							claimOf(touchOf('alert', { channel: 'alert' })),
							knowing(touchOf('of another account', { accountId: 'other' })),
						],
						T0 + 1,
					),
				).toEqual([
					refused('second'),
					refused('mail'),
					refused('inApp'),
					granted('welcome'),
					granted('alert'),
					granted('of another account'),
				]);
			}),
		);

		it(
			'goes on to do so when the hand-over was confirmed',
			on(async (ledger) => {
				await ledger.claim([knowing(handOver('first'))], T0);
				await ledger.confirm(['first'], T0 + 1);
				expect(await ledger.claim([knowing(touchOf('mail'))], T0 + DAY)).toEqual([refused('mail')]);
			}),
		);

		it(
			'is no news to a decision that saw it: what it says then, it says knowingly',
			on(async (ledger) => {
				await ledger.claim([knowing(handOver('first'))], T0);
				expect(await ledger.claim([knowing(touchOf('mail'), ['first'])], T0 + 1)).toEqual([
					granted('mail'),
				]);
			}),
		);

		it(
			'does not stand in the way of the same hand-over, made again',
			on(async (ledger) => {
				const claim = knowing(handOver('first'));
				await ledger.claim([claim], T0);
				expect(await ledger.claim([claim], T0 + 1)).toEqual([
					{ key: 'first', claimed: false, why: 'taken' },
				]);
				expect(await ledger.claim([claim], T0 + claim.leaseMs)).toEqual([
					{ key: 'first', claimed: true, attempt: 2 },
				]);
			}),
		);

		it.each([
			['of another purpose', ONBOARDING, true],
			['of the same purpose', EXPANSION, false],
		])('and is with sales silences no journey %s', async (_what, priority, claimed) => {
			await on(async (ledger) => {
				await ledger.claim([knowing(handOver('sales', { priority: EXPANSION }))], T0);
				const [mail] = await ledger.claim([knowing(touchOf('mail'), [], priority)], T0 + 1);
				expect(mail?.claimed).toBe(claimed);
			})();
		});

		it.each<[string, Partial<Touch>]>([
			['is only held', {}],
			['lapsed', { state: 'lapsed' }],
			['was withdrawn', { state: 'withdrawn' }],
			['is of a dry run', { state: 'dry', dry: true }],
		])('is none where the hand-over %s', async (_what, over) => {
			await on(async (ledger) => {
				await ledger.note([handOver('first', over)]);
				expect(await ledger.claim([knowing(touchOf('mail'))], T0)).toEqual([granted('mail')]);
			})();
		});

		it(
			'is none where the hand-over failed',
			on(async (ledger) => {
				await ledger.claim([knowing(handOver('first'))], T0);
				await ledger.fail([{ key: 'first', reasons: [], retryAt: T0 + DAY }], T0 + 1);
				expect(await ledger.claim([knowing(touchOf('mail'))], T0 + 2)).toEqual([granted('mail')]);
			}),
		);

		it(
			'has the survivor of a merge and all records merged into it (P32)',
			on(async (ledger) => {
				await ledger.linkAliases(
					[
						{ alias: 'old', accountId: 'acme' },
						{ alias: 'oldest', accountId: 'old' },
					],
					T0,
				);
				await ledger.claim([knowing(handOver('first', { accountId: 'oldest' }))], T0);
				expect(
					await ledger.claim(
						[knowing(touchOf('mail')), knowing(handOver('second', { accountId: 'old' }))],
						T0 + 1,
					),
				).toEqual([refused('mail'), refused('second')]);
			}),
		);

		it(
			'counts within one batch',
			on(async (ledger) => {
				expect(await ledger.claim([knowing(handOver('a')), knowing(handOver('b'))], T0)).toEqual([
					granted('a'),
					refused('b'),
				]);
			}),
		);

		it(
			'is one, though eight journeys hand a hundred accounts over in the same instant',
			on(async (ledger) => {
				const accounts = numbered(100, 'a');
				const answers = await Promise.all(
					numbered(8, 'j').map((journey) =>
						ledger.claim(
							accounts.map((accountId) =>
								knowing(handOver(`${journey}/${accountId}`, { journey, accountId })),
							),
							T0,
						),
					),
				);
				for (const [index] of accounts.entries()) {
					const own = answers.map((results) => results[index]);
					expect(own.filter((result) => result?.claimed === true)).toHaveLength(1);
					expect(
						own.filter((result) => result?.claimed === false && result.why === 'caseOpen'),
					).toHaveLength(7);
				}
			}),
		);

		it(
			'and no mail follows the hand-over that was claimed in the same instant',
			on(async (ledger) => {
				const mails = numbered(7, 'm').map((key) => [knowing(touchOf(key))]);
				const batches = [...mails.slice(0, 3), [knowing(handOver('human'))], ...mails.slice(3)];
				await Promise.all(batches.map((batch) => ledger.claim(batch, T0)));
				const { log } = await ledger.timeline(['acme']);
				// the log is in the order in which the claims were made
				expect(log.at(-1)?.touch).toBe('human');
			}),
		);
	});
}
