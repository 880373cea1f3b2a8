import type { ConfirmResult, Ledger, SendGrant } from '../../../ledger/ledger';
import type { TouchState } from '../../../engine/journeys/memory';
import type { WithLedger } from '../contract';
import { claimOf, LEASE, T0, touchOf } from '../rows';
import { storedTouch } from './readBack';

/** Every question is asked at this time, so that what "ended" and "due" mean is visible in `reach`. */
const NOW = T0 + LEASE;
const RETRY = [{ code: 'refused', text: 'Refused' }];
type Stored = TouchState | undefined;
type Case = {
	name: string;
	reach: (ledger: Ledger) => Promise<unknown>;
	state: Stored;
	/** Number of the attempt, or why not. */
	claim: number | 'taken';
	begin: [SendGrant, Stored];
	confirm: [ConfirmResult, Stored];
	fail: Stored;
	noteHeld: Stored;
	noteLapsed: Stored;
	noteWithdrawn: Stored;
};

const claimAt = async (ledger: Ledger, at: number): Promise<unknown> =>
	await ledger.claim([claimOf(touchOf('t'))], at);
const sendAt = async (ledger: Ledger, at: number): Promise<unknown> => {
	await claimAt(ledger, at);
	return await ledger.beginSending(['t'], at);
};
const failAt = async (ledger: Ledger, retryAt?: number): Promise<void> => {
	await claimAt(ledger, T0);
	await ledger.fail([{ key: 't', reasons: RETRY, retryAt }], T0);
};

/** Written by hand from the docstrings of ledger/ledger.ts and engine/journeys/memory.ts. */
const CASES: Case[] = [
	{
		name: 'nobody has heard of',
		reach: async () => await Promise.resolve(),
		state: undefined,
		claim: 1,
		begin: ['unknownTouch', undefined],
		confirm: ['unknownTouch', undefined],
		fail: undefined,
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'held',
		reach: async (ledger) => await ledger.note([touchOf('t', { nextAt: NOW })]),
		state: 'held',
		claim: 1,
		begin: ['notClaimed', 'held'],
		confirm: ['notClaimed', 'held'],
		fail: 'held',
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'withdrawn',
		reach: async (ledger) => await ledger.note([touchOf('t', { state: 'withdrawn' })]),
		state: 'withdrawn',
		// decided afresh when it falls due again (P27)
		claim: 1,
		begin: ['notClaimed', 'withdrawn'],
		confirm: ['notClaimed', 'withdrawn'],
		fail: 'withdrawn',
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'claimed, lease running',
		reach: async (ledger) => await claimAt(ledger, T0 + 1),
		state: 'claimed',
		claim: 'taken',
		begin: ['granted', 'sending'],
		confirm: ['confirmed', 'sent'],
		fail: 'failed',
		noteHeld: 'claimed',
		noteLapsed: 'claimed',
		noteWithdrawn: 'claimed',
	},
	{
		name: 'claimed, lease ended',
		reach: async (ledger) => await claimAt(ledger, T0),
		state: 'claimed',
		claim: 2,
		begin: ['leaseEnded', 'claimed'],
		confirm: ['confirmed', 'sent'],
		fail: 'failed',
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'being sent',
		reach: async (ledger) => await sendAt(ledger, T0 + 1),
		state: 'sending',
		claim: 'taken',
		begin: ['fateUnknown', 'sending'],
		confirm: ['confirmed', 'sent'],
		fail: 'failed',
		noteHeld: 'sending',
		noteLapsed: 'sending',
		noteWithdrawn: 'sending',
	},
	{
		name: 'being sent since before its lease ended',
		reach: async (ledger) => await sendAt(ledger, T0),
		state: 'sending',
		claim: 'taken',
		begin: ['fateUnknown', 'sending'],
		confirm: ['confirmed', 'sent'],
		fail: 'failed',
		noteHeld: 'sending',
		noteLapsed: 'sending',
		noteWithdrawn: 'sending',
	},
	{
		name: 'sent',
		reach: async (ledger) => {
			await sendAt(ledger, T0);
			await ledger.confirm(['t'], T0);
		},
		state: 'sent',
		claim: 'taken',
		begin: ['alreadySent', 'sent'],
		confirm: ['alreadySent', 'sent'],
		fail: 'sent',
		noteHeld: 'sent',
		noteLapsed: 'sent',
		noteWithdrawn: 'sent',
	},
	{
		name: 'failed, to be tried later',
		reach: async (ledger) => {
			await failAt(ledger, NOW + 1);
		},
		state: 'failed',
		claim: 'taken',
		begin: ['notClaimed', 'failed'],
		confirm: ['notClaimed', 'failed'],
		fail: 'failed',
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'failed, to be tried now',
		reach: async (ledger) => {
			await failAt(ledger, NOW);
		},
		state: 'failed',
		claim: 2,
		begin: ['notClaimed', 'failed'],
		confirm: ['notClaimed', 'failed'],
		fail: 'failed',
		noteHeld: 'held',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'withdrawn',
	},
	{
		name: 'failed for good',
		reach: async (ledger) => {
			await failAt(ledger);
		},
		state: 'failed',
		claim: 'taken',
		begin: ['notClaimed', 'failed'],
		confirm: ['notClaimed', 'failed'],
		fail: 'failed',
		// held would be handed out again, and "without `retryAt`, never"
		noteHeld: 'failed',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'failed',
	},
	{
		name: 'lapsed',
		reach: async (ledger) => await ledger.note([touchOf('t', { state: 'lapsed' })]),
		state: 'lapsed',
		claim: 'taken',
		begin: ['notClaimed', 'lapsed'],
		confirm: ['notClaimed', 'lapsed'],
		fail: 'lapsed',
		noteHeld: 'lapsed',
		noteLapsed: 'lapsed',
		noteWithdrawn: 'lapsed',
	},
];

export function touchStateContract(on: WithLedger): void {
	describe('a touch that lapsed for one date, when its date moves (P27)', () => {
		const later = touchOf('t', { dueAt: T0 + 1 });
		const lapsed = async (ledger: Ledger): Promise<void> =>
			await ledger.note([touchOf('t', { state: 'lapsed' })]);
		it.each([
			['later', T0 + 1, true],
			['earlier', T0 - 1, false],
		])('%s: may be claimed is %s', async (_where, dueAt, claimed) => {
			await on(async (ledger) => {
				await lapsed(ledger);
				const [answer] = await ledger.claim([claimOf({ ...later, dueAt })], NOW);
				expect(answer?.claimed).toBe(claimed);
			})();
		});
		it(
			'later, is held or lapses for that one, and then stays so',
			on(async (ledger) => {
				await lapsed(ledger);
				await ledger.note([{ ...later, state: 'lapsed' }]);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'lapsed', dueAt: T0 + 1 });
				await ledger.note([{ ...later, nextAt: NOW }]);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'lapsed' });
				await ledger.note([{ ...later, nextAt: NOW, dueAt: T0 + 2 }]);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'held', dueAt: T0 + 2 });
			}),
		);
	});

	describe.each(CASES)('a touch $name', (row) => {
		const asking = (ask: (ledger: Ledger) => Promise<void>): (() => Promise<void>) =>
			on(async (ledger) => {
				await row.reach(ledger);
				expect((await storedTouch(ledger, 't'))?.state).toBe(row.state);
				await ask(ledger);
			});

		it(
			`claimed: ${String(row.claim)}`,
			asking(async (ledger) => {
				expect(await ledger.claim([claimOf(touchOf('t'))], NOW)).toEqual([
					row.claim === 'taken'
						? { key: 't', claimed: false, why: 'taken' }
						: { key: 't', claimed: true, attempt: row.claim },
				]);
			}),
		);
		it(
			`begun: ${row.begin.join(' → ')}`,
			asking(async (ledger) => {
				expect(await ledger.beginSending(['t'], NOW)).toEqual([row.begin[0]]);
				expect((await storedTouch(ledger, 't'))?.state).toBe(row.begin[1]);
			}),
		);
		it(
			`confirmed: ${row.confirm.join(' → ')}`,
			asking(async (ledger) => {
				expect(await ledger.confirm(['t'], NOW)).toEqual([row.confirm[0]]);
				expect((await storedTouch(ledger, 't'))?.state).toBe(row.confirm[1]);
			}),
		);
		it.each([['for good', undefined] as const, ['for now', NOW + 1] as const])(
			`failed %s: ${row.fail ?? 'nothing stored'}`,
			async (_how, retryAt) => {
				await asking(async (ledger) => {
					const before = await storedTouch(ledger, 't');
					const reasons = [{ code: 'bounced', text: 'Bounced' }];
					await ledger.fail([{ key: 't', reasons, retryAt }], NOW);
					const touch = await storedTouch(ledger, 't');
					expect(touch?.state).toBe(row.fail);
					if (row.state === 'claimed' || row.state === 'sending') {
						expect(touch).toMatchObject({ nextAt: retryAt, reasons, changedAt: NOW });
					} else expect(touch).toEqual(before);
				})();
			},
		);
		it.each([
			['held', row.noteHeld] as const,
			['lapsed', row.noteLapsed] as const,
			['withdrawn', row.noteWithdrawn] as const,
		])('noted as %s: %s', async (state, then) => {
			await asking(async (ledger) => {
				const before = await storedTouch(ledger, 't');
				const noted = touchOf('t', {
					state,
					nextAt: state === 'held' ? NOW + 5 : undefined,
					changedAt: NOW,
					reasons: [{ code: 'noted', text: 'Noted' }],
				});
				await ledger.note([noted]);
				const touch = await storedTouch(ledger, 't');
				expect(touch?.state).toBe(then);
				if (then === state && row.state !== 'lapsed')
					expect(touch).toEqual({ ...noted, attempts: before?.attempts ?? 0 });
				else expect(touch).toEqual(before);
			})();
		});
	});
}
