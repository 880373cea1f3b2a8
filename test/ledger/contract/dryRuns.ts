import type { WithLedger } from '../contract';
import { claimOf, dayCap, enrollmentOf, LEASE, T0, touchOf } from '../rows';
import { recallOf, storedTouch } from './readBack';

const dryTouch = touchOf('t', { dry: true, state: 'dry', address: 'ann@example.com' });

/** P34: a dry run only records; nothing of it counts as an attempt, is sent later or keeps a live run from anything. */
export function dryRunContract(on: WithLedger): void {
	describe('a dry run', () => {
		it(
			'sees its own rows only, and a live run sees none of them',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme', { dry: true })]);
				await ledger.note([dryTouch]);
				expect(await recallOf(ledger)).toMatchObject({ enrollments: [], touches: [] });
				const dry = await recallOf(ledger, { dry: true });
				expect(dry.enrollments).toEqual([enrollmentOf('acme', { dry: true })]);
				expect(dry.touches).toEqual([dryTouch]);
			}),
		);

		it(
			'does not keep the live run from enrolling and claiming',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme', { dry: true })]);
				await ledger.note([dryTouch]);
				expect(await ledger.enroll([enrollmentOf('acme')])).toEqual([true]);
				const live = { ...dryTouch, key: 'live', dry: false };
				expect(await ledger.claim([claimOf(live)], T0 + 1)).toEqual([
					{ key: 'live', claimed: true, attempt: 1 },
				]);
				expect(await ledger.beginSending(['live'], T0 + 2)).toEqual(['granted']);
				expect(await ledger.confirm(['live'], T0 + 3)).toEqual(['confirmed']);
				expect(await recallOf(ledger, { dry: true })).toMatchObject({ touches: [dryTouch] });
			}),
		);

		it(
			'changes no live row, even if the keys were mixed up',
			on(async (ledger) => {
				const held = touchOf('t', { nextAt: T0 + 9 });
				await ledger.note([held]);
				await ledger.note([dryTouch]);
				await ledger.note([{ ...dryTouch, state: 'lapsed' }]);
				expect(await storedTouch(ledger, 't')).toEqual(held);
				await ledger.claim([claimOf(held)], T0);
				await ledger.claim([claimOf({ ...dryTouch })], T0 + LEASE);
				expect(await storedTouch(ledger, 't')).toMatchObject({ state: 'claimed', attempts: 1 });
			}),
		);

		it(
			'is never sent, confirmed or failed',
			on(async (ledger) => {
				await ledger.note([dryTouch]);
				await ledger.claim([claimOf(touchOf('c', { dry: true }))], T0);
				expect(await ledger.beginSending(['t', 'c'], T0)).toEqual(['notClaimed', 'notClaimed']);
				expect(await ledger.confirm(['t', 'c'], T0)).toEqual(['notClaimed', 'notClaimed']);
				await ledger.fail([{ key: 't', reasons: [] }], T0);
				expect(await storedTouch(ledger, 't', { dry: true })).toEqual(dryTouch);
			}),
		);

		it(
			'counts toward its own cap and not toward the live one',
			on(async (ledger) => {
				await ledger.note([dryTouch]);
				const next = touchOf('next', { address: dryTouch.address });
				expect(
					await ledger.claim([claimOf({ ...next, dry: true }, { caps: dayCap(T0 + 1) })], T0 + 1),
				).toEqual([{ key: 'next', claimed: false, why: 'capped' }]);
				expect(await ledger.claim([claimOf(next, { caps: dayCap(T0 + 1) })], T0 + 1)).toEqual([
					{ key: 'next', claimed: true, attempt: 1 },
				]);
				const addresses = [dryTouch.address];
				const dry = await recallOf(ledger, { dry: true, addresses });
				expect(dry.lastEmails.get(dryTouch.address)?.any).toBe(T0);
				const live = await recallOf(ledger, { addresses });
				expect(live.lastEmails.get(dryTouch.address)?.any).toBe(T0 + 1);
			}),
		);

		it(
			'notes nothing away from an ended live enrollment, and ends only its own',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme'), enrollmentOf('acme', { dry: true })]);
				await ledger.end([enrollmentOf('acme', { dry: true, outcome: 'churned', endedAt: T0 })]);
				expect((await recallOf(ledger)).enrollments).toEqual([enrollmentOf('acme')]);
			}),
		);
	});
}
