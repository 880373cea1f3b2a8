import type { Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, HOUR, LEASE, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const ANN = 'ann@example.com';
const mail = (key: string, over: Parameters<typeof touchOf>[1] = {}) =>
	touchOf(key, { address: ANN, ...over });
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
				expect(await ledger.claim([claimOf(mail('second'))], T0 + wait)).toEqual([
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
							claimOf(mail('same')),
							claimOf(touchOf('elsewhere')),
							claimOf(mail('call', { channel: 'human' })),
							claimOf(mail('inApp', { channel: 'inApp' })),
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
				expect(await ledger.claim([claimOf(mail('a')), claimOf(mail('b'))], T0)).toEqual([
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
					keys.map((key) => ledger.claim([claimOf(mail(key))], T0)),
				);
				expect(answers.flat().filter(({ claimed }) => claimed)).toHaveLength(1);
			}),
		);

		it(
			'does not hold an exempt mail, but counts it',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0);
				expect(await ledger.claim([claimOf(mail('celebration'), { capMs: 0 })], T0 + HOUR)).toEqual(
					[granted('celebration')],
				);
				// a day after the first, but not after the exempt one
				expect(await ledger.claim([claimOf(mail('nudge'))], T0 + DAY)).toEqual([
					refused('nudge', 'capped'),
				]);
				expect(await ledger.claim([claimOf(mail('nudge'))], T0 + HOUR + DAY)).toEqual([
					granted('nudge'),
				]);
			}),
		);

		it(
			'starts when the mail was confirmed, not when it was claimed',
			on(async (ledger) => {
				await ledger.claim([claimOf(mail('slow'))], T0);
				await ledger.confirm(['slow'], T0 + HOUR);
				expect(await ledger.claim([claimOf(mail('next'))], T0 + DAY)).toEqual([
					refused('next', 'capped'),
				]);
			}),
		);

		it(
			'is not started by what failed, was held or lapsed',
			on(async (ledger) => {
				await ledger.claim([claimOf(mail('bounced'))], T0);
				await ledger.fail([{ key: 'bounced', reasons: [] }], T0 + 1);
				await ledger.note([mail('held'), mail('lapsed', { state: 'lapsed' })]);
				expect(await ledger.claim([claimOf(mail('next'))], T0 + 2)).toEqual([granted('next')]);
			}),
		);

		it(
			'does not stop a touch from being handed out again after its own attempt',
			on(async (ledger) => {
				await ledger.claim([claimOf(mail('t'))], T0);
				expect(await ledger.claim([claimOf(mail('t'))], T0 + LEASE)).toEqual([
					{ key: 't', claimed: true, attempt: 2 },
				]);
			}),
		);

		it(
			'counts a mail that nobody knows the fate of',
			on(async (ledger) => {
				await ledger.claim([claimOf(mail('lost'))], T0);
				await ledger.beginSending(['lost'], T0 + 1);
				expect(await ledger.claim([claimOf(mail('next'))], T0 + HOUR)).toEqual([
					refused('next', 'capped'),
				]);
			}),
		);

		it(
			'is what recall reports, for the address in any spelling',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0, { journey: 'renewal', accountId: 'other' });
				await sendAt(ledger, 'second', T0 + 2 * DAY);
				await ledger.claim([claimOf(touchOf('bob', { address: 'bob@example.com' }))], T0 + 5);
				const { lastEmailAt } = await recallOf(ledger, {
					addresses: ['Ann@Example.com', 'bob@example.com', 'nobody@example.com'],
				});
				expect([...lastEmailAt].sort()).toEqual([
					[ANN, T0 + 2 * DAY],
					['bob@example.com', T0 + 5],
				]);
			}),
		);

		it(
			'cannot be got around by another spelling of the address',
			on(async (ledger) => {
				await sendAt(ledger, 'first', T0);
				expect(
					await ledger.claim([claimOf(mail('x', { address: 'ANN@example.com' }))], T0),
				).toEqual([refused('x', 'capped')]);
			}),
		);

		it(
			'holds for what was first held for a human and is then mailed',
			on(async (ledger) => {
				await ledger.note([mail('t', { channel: 'human', address: '' })]);
				await ledger.claim([claimOf(mail('t'))], T0);
				expect(await ledger.claim([claimOf(mail('next'))], T0 + 1)).toEqual([
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
	await ledger.claim([claimOf(mail(key, over), { capMs: 0 })], at);
	expect(await ledger.confirm([key], at)).toEqual(['confirmed']);
}
