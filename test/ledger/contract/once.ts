import type { WithLedger } from '../contract';
import { claimOf, enrollmentOf, eventOf, numbered, T0, touchOf, trues } from '../rows';
import { recallOf } from './readBack';

/** Guarantees 1 and 2, P14, P17: whatever comes twice counts once. */
export function onceContract(on: WithLedger): void {
	describe('what comes twice counts once', () => {
		it(
			'stores an event once that arrives 1,000 times in one batch',
			on(async (ledger) => {
				const answers = await ledger.recordEvents(
					numbered(1000).map(() => eventOf('e')),
					T0,
				);
				expect(answers.indexOf(true)).toBe(0);
				expect(trues(answers)).toBe(1);
				expect((await recallOf(ledger)).events).toHaveLength(1);
			}),
		);

		it(
			'stores an event once that arrives in 100 calls at the same time',
			on(async (ledger) => {
				const answers = await Promise.all(
					numbered(100).map(() => ledger.recordEvents([eventOf('e')], T0)),
				);
				expect(trues(answers.flat())).toBe(1);
				expect((await recallOf(ledger)).events).toHaveLength(1);
			}),
		);

		it(
			'keeps the first report of an event: a late copy moves nothing (P14)',
			on(async (ledger) => {
				const first = eventOf('e', {
					step: 'invite',
					contact: 'ann@example.com',
					data: { a: [1] },
				});
				await ledger.recordEvents([first], T0);
				await ledger.recordEvents([{ ...first, occurredAt: T0 + 5, step: 'other' }], T0 + 10);
				expect((await recallOf(ledger)).events).toEqual([first]);
			}),
		);

		it(
			'says which events it has, by account, type and id, and of whom, and stores nothing by that',
			on(async (ledger) => {
				const known = [
					eventOf('e', { contact: 'Ann@example.com' }),
					eventOf('n', { accountId: '', type: 'merged' }),
				];
				const others = [
					eventOf('f'),
					eventOf('e', { type: 'merged' }),
					eventOf('e', { accountId: 'other' }),
				];
				await ledger.recordEvents(known, T0);
				const asked = [others[0], known[1], others[1], known[0], others[2], known[0]];
				for (let time = 0; time < 2; time++)
					expect(await ledger.knownEvents(asked.flatMap((one) => one ?? []))).toEqual([
						...[undefined, '', undefined, 'ann@example.com', undefined, 'ann@example.com'],
					]);
				expect(await ledger.knownEvents([])).toEqual([]);
			}),
		);

		it(
			'answers in the order of the input, for thousands of rows',
			on(async (ledger) => {
				const ids = numbered(4500, 'e');
				const odd = ids.filter((_id, index) => index % 2 === 1);
				await ledger.recordEvents(
					odd.map((id) => eventOf(id)),
					T0,
				);
				const answers = await ledger.recordEvents(
					ids.map((id) => eventOf(id)),
					T0,
				);
				expect(answers).toEqual(ids.map((_id, index) => index % 2 === 0));
			}),
		);

		it(
			'enrolls each account once when eight callers race',
			on(async (ledger) => {
				const accounts = numbered(500, 'a');
				const answers = await Promise.all(
					numbered(8).map(() => ledger.enroll(accounts.map((id) => enrollmentOf(id)))),
				);
				expect(accounts.map((_id, index) => trues(answers.map((a) => a[index] === true)))).toEqual(
					accounts.map(() => 1),
				);
			}),
		);

		it(
			'claims each touch once when eight callers race, and numbers the first attempt 1',
			on(async (ledger) => {
				const claims = numbered(500, 't').map((key) => claimOf(touchOf(key)));
				const answers = await Promise.all(numbered(8).map(() => ledger.claim(claims, T0)));
				for (const [index, { touch }] of claims.entries()) {
					const own = answers.map((results) => results[index]);
					expect(own.filter((result) => result?.claimed === true)).toEqual([
						{ key: touch.key, claimed: true, attempt: 1 },
					]);
					expect(own.filter((result) => result?.claimed === false)).toEqual(
						numbered(7).map(() => ({ key: touch.key, claimed: false, why: 'taken' })),
					);
				}
			}),
		);

		it(
			'enrolls the same account again in another journey or cycle, and only there',
			on(async (ledger) => {
				const others = [
					enrollmentOf('acme'),
					enrollmentOf('acme', { cycle: 2 }),
					enrollmentOf('acme', { journey: 'renewal' }),
				];
				expect(await ledger.enroll(others)).toEqual([true, true, true]);
				expect(await ledger.enroll(others)).toEqual([false, false, false]);
			}),
		);

		it(
			'never moves the anchor of an enrollment (P14)',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme')]);
				await ledger.enroll([enrollmentOf('acme', { anchorAt: T0 + 999, version: '2' })]);
				expect((await recallOf(ledger)).enrollments).toEqual([enrollmentOf('acme')]);
			}),
		);

		it(
			'keeps everything an enrollment says, also of one that has ended already (P09)',
			on(async (ledger) => {
				const over = enrollmentOf('acme', { state: 'ended', outcome: 'baseline', endedAt: T0 });
				await ledger.enroll([over]);
				expect((await recallOf(ledger)).enrollments).toEqual([over]);
			}),
		);

		it(
			'ends an active enrollment once: the first outcome stays, and it is not enrolled again',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme'), enrollmentOf('acme', { cycle: 2 })]);
				const ended = enrollmentOf('acme', {
					outcome: 'firstValue',
					endedAt: T0 + 1,
					version: '2',
				});
				await ledger.end([ended]);
				await ledger.end([{ ...ended, outcome: 'churned', endedAt: T0 + 2 }]);
				await ledger.end([enrollmentOf('nobody')]);
				expect((await recallOf(ledger)).enrollments).toEqual([
					{ ...ended, state: 'ended' },
					enrollmentOf('acme', { cycle: 2 }),
				]);
				expect(await ledger.enroll([enrollmentOf('acme')])).toEqual([false]);
			}),
		);

		it(
			'does nothing with nothing',
			on(async (ledger) => {
				expect(await ledger.recordEvents([], T0)).toEqual([]);
				expect(await ledger.enroll([])).toEqual([]);
				expect(await ledger.claim([], T0)).toEqual([]);
				expect(await ledger.beginSending([], T0)).toEqual([]);
				expect(await ledger.confirm([], T0)).toEqual([]);
			}),
		);
	});
}
