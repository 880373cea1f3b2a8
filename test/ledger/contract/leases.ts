import type { WithLedger } from '../contract';
import { claimOf, HOUR, LEASE, T0, touchOf } from '../rows';
import { storedTouch } from './readBack';

/** Guarantee 2: handed to exactly one execution, under a lease, with a key that never changes. */
export function leaseContract(on: WithLedger): void {
	const claim = claimOf(touchOf('t'));

	describe('a lease', () => {
		it(
			'keeps the touch until its last millisecond, then hands it out again with the next attempt',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				expect(await ledger.claim([claim], T0 + LEASE - 1)).toEqual([
					{ key: 't', claimed: false, why: 'taken' },
				]);
				expect(await ledger.claim([claim], T0 + LEASE)).toEqual([
					{ key: 't', claimed: true, attempt: 2 },
				]);
				expect(await storedTouch(ledger, 't')).toMatchObject({
					key: 't',
					state: 'claimed',
					attempts: 2,
					leaseUntil: T0 + 2 * LEASE,
					changedAt: T0 + LEASE,
				});
			}),
		);

		it.each([1, 2, 5])(
			'hands a touch out %i times at most',
			async (maxAttempts) =>
				await on(async (ledger) => {
					const limited = { ...claim, maxAttempts };
					for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
						expect(await ledger.claim([limited], T0 + attempt * LEASE)).toEqual([
							{ key: 't', claimed: true, attempt },
						]);
					}
					expect(await ledger.claim([limited], T0 + 100 * LEASE)).toEqual([
						{ key: 't', claimed: false, why: 'taken' },
					]);
				})(),
		);

		it(
			'costs no attempt where a touch was cut off before its sender marked it, for two days',
			on(async (ledger) => {
				const marked = { ...claim, maxAttempts: 2, marked: true };
				for (let sweep = 0; sweep < 20; sweep++) {
					expect(await ledger.claim([marked], T0 + sweep * LEASE)).toEqual([
						{ key: 't', claimed: true, attempt: 1 },
					]);
				}
				const days = T0 + 48 * HOUR;
				const [second, third] = [await ledger.claim([marked], days), days + LEASE];
				expect(second).toEqual([{ key: 't', claimed: true, attempt: 2 }]);
				expect(await ledger.claim([marked], third)).toEqual([
					{ key: 't', claimed: false, why: 'taken' },
				]);
			}),
		);

		it(
			'costs an attempt where it was marked before the end, and where nobody marks',
			on(async (ledger) => {
				const marked = { ...claim, marked: true };
				await ledger.claim([marked, claimOf(touchOf('u'))], T0);
				await ledger.beginSending(['t'], T0 + 1, true);
				expect(await ledger.claim([marked, claimOf(touchOf('u'))], T0 + LEASE)).toEqual([
					{ key: 't', claimed: true, attempt: 2 },
					{ key: 'u', claimed: true, attempt: 2 },
				]);
			}),
		);

		it(
			'counts attempts on through failures and holds',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.fail([{ key: 't', reasons: [], retryAt: T0 + HOUR }], T0 + 1);
				expect(await ledger.claim([claim], T0 + HOUR - 1)).toEqual([
					{ key: 't', claimed: false, why: 'taken' },
				]);
				expect(await ledger.claim([claim], T0 + HOUR)).toEqual([
					{ key: 't', claimed: true, attempt: 2 },
				]);
				const later = T0 + HOUR + LEASE;
				await ledger.note([touchOf('t', { state: 'held', nextAt: later + 1, changedAt: later })]);
				expect(await ledger.claim([claim], later + 1)).toEqual([
					{ key: 't', claimed: true, attempt: 3 },
				]);
				expect(await ledger.claim([claim], later + HOUR)).toEqual([
					{ key: 't', claimed: false, why: 'taken' },
				]);
			}),
		);

		it(
			'gives an attempt back that failed for a reason of our own, as often as it takes',
			on(async (ledger) => {
				for (let hour = 0; hour < 10; hour++) {
					const now = T0 + hour * HOUR;
					expect(await ledger.claim([claim], now)).toEqual([
						{ key: 't', claimed: true, attempt: 1 },
					]);
					await ledger.fail(
						[{ key: 't', reasons: [], retryAt: now + HOUR, keepsAttempt: true }],
						now + 1,
					);
				}
			}),
		);

		it(
			'goes to one of two claims for the same key in one batch',
			on(async (ledger) => {
				expect(await ledger.claim([claim, claim], T0)).toEqual([
					{ key: 't', claimed: true, attempt: 1 },
					{ key: 't', claimed: false, why: 'taken' },
				]);
			}),
		);

		it(
			'stores what was decided last: recipient, channel, due time and reasons',
			on(async (ledger) => {
				await ledger.note([touchOf('t', { channel: 'human', address: '', reasons: [] })]);
				const decided = touchOf('t', {
					address: 'new@example.com',
					dueAt: T0 + 5,
					reasons: [{ code: 'due', text: 'Now it is', step: 'invite' }],
				});
				await ledger.claim([claimOf(decided)], T0 + 10);
				expect(await storedTouch(ledger, 't')).toEqual({
					...decided,
					state: 'claimed',
					attempts: 1,
					changedAt: T0 + 10,
					leaseUntil: T0 + 10 + LEASE,
				});
			}),
		);
	});
}
