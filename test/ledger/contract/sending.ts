import type { WithLedger } from '../contract';
import { claimOf, LEASE, T0, touchOf } from '../rows';
import { recallOf, storedTouch } from './readBack';

const ANN = 'ann@example.com';
const claim = claimOf(touchOf('t', { address: ANN }));
const unsubscribe = [{ address: 'Ann@Example.COM', reason: 'one-click' }];

/** Rule 5 and P12: suppression is looked at again at each step on the way out. */
export function sendingContract(on: WithLedger): void {
	describe('an unsubscribed address', () => {
		it(
			'is recalled as suppressed, in lower case, with no other',
			on(async (ledger) => {
				await ledger.suppress(unsubscribe, T0);
				await ledger.suppress(unsubscribe, T0 + 1);
				const { suppressed } = await recallOf(ledger, {
					addresses: ['ANN@example.com', 'bob@example.com'],
				});
				expect([...suppressed]).toEqual([ANN]);
			}),
		);

		it(
			'is silent as long as one source says so, and each takes back its own word only',
			on(async (ledger) => {
				const said = (source: string) => ({ address: ANN, source, reason: 'x' });
				await ledger.suppress([said('account/a'), said('account/b')], T0);
				const silent = async (): Promise<boolean> =>
					(await recallOf(ledger, { addresses: [ANN] })).suppressed.has(ANN);
				await ledger.unsuppress([
					{ address: 'ANN@example.com', source: 'account/a' },
					{ address: 'bob@example.com', source: 'account/b' },
				]);
				expect(await silent()).toBe(true);
				await ledger.unsuppress([{ address: ANN, source: 'account/b' }]);
				expect(await silent()).toBe(false);
			}),
		);

		it(
			'stops a claim although recall came before it',
			on(async (ledger) => {
				expect((await recallOf(ledger, { addresses: [ANN] })).suppressed.size).toBe(0);
				await ledger.suppress(unsubscribe, T0);
				expect(await ledger.claim([claim], T0)).toEqual([
					{ key: 't', claimed: false, why: 'suppressed' },
				]);
				expect(await storedTouch(ledger, 't')).toBeUndefined();
			}),
		);

		it(
			'stops a claim whatever the spelling of the recipient',
			on(async (ledger) => {
				await ledger.suppress(unsubscribe, T0);
				const shouting = claimOf(touchOf('t', { address: 'ANN@EXAMPLE.COM' }));
				expect(await ledger.claim([shouting], T0)).toEqual([
					{ key: 't', claimed: false, why: 'suppressed' },
				]);
			}),
		);

		it(
			'stops an exempt mail as well',
			on(async (ledger) => {
				await ledger.suppress(unsubscribe, T0);
				expect(await ledger.claim([{ ...claim, caps: [] }], T0)).toEqual([
					{ key: 't', claimed: false, why: 'suppressed' },
				]);
			}),
		);

		it(
			'stops a mail between claim and sending',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.suppress(unsubscribe, T0 + 1);
				expect(await ledger.beginSending(['t'], T0 + 2)).toEqual(['suppressed']);
				expect(await storedTouch(ledger, 't')).not.toMatchObject({ state: 'sending' });
				expect(await ledger.claim([claim], T0 + LEASE)).toEqual([
					{ key: 't', claimed: false, why: 'suppressed' },
				]);
			}),
		);

		it(
			'stops a mail that was first held for a human',
			on(async (ledger) => {
				await ledger.note([touchOf('t', { channel: 'human', address: '' })]);
				await ledger.claim([claim], T0);
				await ledger.suppress(unsubscribe, T0 + 1);
				expect(await ledger.beginSending(['t'], T0 + 2)).toEqual(['suppressed']);
			}),
		);

		it(
			'stops e-mail only: a person may still call (P12)',
			on(async (ledger) => {
				await ledger.suppress(unsubscribe, T0);
				const call = claimOf(touchOf('call', { channel: 'human', address: ANN }));
				expect(await ledger.claim([call], T0)).toEqual([
					{ key: 'call', claimed: true, attempt: 1 },
				]);
				expect(await ledger.beginSending(['call'], T0)).toEqual(['granted']);
			}),
		);

		it(
			'does not undo what was sent before',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.beginSending(['t'], T0);
				await ledger.suppress(unsubscribe, T0 + 1);
				expect(await ledger.confirm(['t'], T0 + 2)).toEqual(['confirmed']);
			}),
		);
	});

	describe('sending', () => {
		it(
			'is granted to one of eight who ask at the same time; the others learn that it is under way',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				const eight = Array.from({ length: 8 }, () => ledger.beginSending(['t'], T0 + 1));
				const answers = (await Promise.all(eight)).flat();
				expect(answers.sort()).toEqual([...Array<string>(7).fill('fateUnknown'), 'granted']);
			}),
		);

		it(
			'answers for each key in the order asked',
			on(async (ledger) => {
				await ledger.claim([claim, claimOf(touchOf('u'))], T0);
				expect(await ledger.beginSending(['x', 'u', 'u', 't'], T0)).toEqual([
					'unknownTouch',
					'granted',
					'fateUnknown',
					'granted',
				]);
				expect(await ledger.confirm(['t', 'x', 't', 'u'], T0)).toEqual([
					'confirmed',
					'unknownTouch',
					'alreadySent',
					'confirmed',
				]);
			}),
		);

		it(
			'ends with its lease, to the millisecond',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				expect(await ledger.beginSending(['t'], T0 + LEASE)).toEqual(['leaseEnded']);
				expect(await ledger.beginSending(['t'], T0 + LEASE - 1)).toEqual(['granted']);
			}),
		);

		it.each(['human', 'alert'] as const)(
			'to a colleague (%s) that a crash cut off is handed out again: told twice is better than never',
			async (channel) => {
				await on(async (ledger) => {
					const call = claimOf(touchOf('call', { channel }));
					await ledger.claim([call], T0);
					await ledger.beginSending(['call'], T0 + 1);
					expect(await ledger.claim([call], T0 + LEASE - 1)).toMatchObject([{ claimed: false }]);
					expect(await ledger.claim([call], T0 + LEASE)).toMatchObject([{ claimed: true }]);
				})();
			},
		);

		it(
			'of a late mail is counted although it was handed out again: nobody sends it twice',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.claim([claim], T0 + LEASE);
				expect(await ledger.confirm(['t'], T0 + LEASE + 1)).toEqual(['confirmed']);
				expect(await ledger.beginSending(['t'], T0 + LEASE + 2)).toEqual(['alreadySent']);
			}),
		);

		it(
			'keeps why a mail failed and when it is tried again',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.beginSending(['t'], T0);
				const reasons = [{ code: 'refused', text: 'Mailbox full', status: 552 }];
				await ledger.fail([{ key: 't', reasons, retryAt: T0 + 9 }], T0 + 1);
				expect(await storedTouch(ledger, 't')).toMatchObject({
					state: 'failed',
					nextAt: T0 + 9,
					leaseUntil: undefined,
					changedAt: T0 + 1,
					attempts: 1,
					reasons,
				});
			}),
		);
	});

	describe('a mail that was being sent when the process died', () => {
		const again = async (ledger: Parameters<typeof storedTouch>[0], at: number) =>
			(await ledger.claim([claim], at)).map(({ claimed }) => claimed);

		it(
			'is handed out to nobody, however long ago',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.beginSending(['t'], T0);
				expect(await again(ledger, T0 + 1000 * LEASE)).toEqual([false]);
			}),
		);

		it(
			'is handed out again under its key when the lease has ended, where its sender wants that',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				expect(await ledger.beginSending(['t'], T0, true)).toEqual(['granted']);
				expect(await ledger.beginSending(['t'], T0 + 1, true)).toEqual(['fateUnknown']);
				expect(await again(ledger, T0 + LEASE - 1)).toEqual([false]);
				expect(await again(ledger, T0 + LEASE)).toEqual([true]);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'claimed', attempts: 2 });
			}),
		);

		it(
			'is done when its sender learns that it arrived after all',
			on(async (ledger) => {
				await ledger.claim([claim], T0);
				await ledger.beginSending(['t'], T0, true);
				expect(await ledger.confirm(['t'], T0 + 2 * LEASE)).toEqual(['confirmed']);
				expect(await again(ledger, T0 + 3 * LEASE)).toEqual([false]);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'sent', nextAt: undefined });
			}),
		);
	});
}
