import type { WithLedger } from '../contract';
import { claimOf, enrollmentOf, eventOf, JOURNEY, numbered, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const AWKWARD = [
	'',
	"o'hara",
	'"quoted"',
	'100%',
	'ünï-🦊',
	'1e3',
	'0012',
	'a b',
	'__proto__',
	'null',
];

export function recallContract(on: WithLedger): void {
	describe('recall', () => {
		it(
			'gives every field back as it was given',
			on(async (ledger) => {
				const event = eventOf('e', {
					step: 'invite',
					contact: 'ann@example.com',
					data: { deep: { list: [1, null, 'x'] }, zero: 0, no: false },
				});
				const touch = touchOf('t', {
					cycle: 3,
					stepId: 'nudge',
					topic: 'invite',
					channel: 'inApp',
					nextAt: T0 + 7,
					reasons: [{ code: 'cap', text: 'Too soon', hours: 24, list: ['a'] }],
				});
				await ledger.recordEvents([event], T0 + 60_000);
				await ledger.note([touch]);
				await ledger.enroll([enrollmentOf('acme', { cycle: 3 })]);
				const recall = await recallOf(ledger);
				expect(recall.events).toEqual([event]);
				expect(recall.touches).toEqual([touch]);
				expect(recall.enrollments).toEqual([enrollmentOf('acme', { cycle: 3 })]);
			}),
		);

		it(
			'gives the rows of this journey and these accounts, and events of any journey',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme', { journey: 'renewal' }), enrollmentOf('other')]);
				await ledger.note([
					touchOf('r', { journey: 'renewal' }),
					touchOf('o', { accountId: 'other' }),
				]);
				await ledger.recordEvents([eventOf('mine'), eventOf('theirs', { accountId: 'other' })], T0);
				const recall = await recallOf(ledger);
				expect(recall).toMatchObject({ enrollments: [], touches: [] });
				expect(recall.events.map(({ id }) => id)).toEqual(['mine']);
			}),
		);

		it.each(AWKWARD)('takes the account id %j literally', async (accountId) => {
			await on(async (ledger) => {
				await ledger.enroll([...AWKWARD, '12', '1000'].map((id) => enrollmentOf(id)));
				const { enrollments } = await recallOf(ledger, { accountIds: [accountId] });
				expect(enrollments).toEqual([enrollmentOf(accountId)]);
			})();
		});

		it(
			'forgets one journey and nothing of the others',
			on(async (ledger) => {
				for (const journey of [JOURNEY, 'renewal']) {
					await ledger.enroll([enrollmentOf('acme', { journey })]);
					await ledger.claim([claimOf(touchOf(journey, { journey }))], T0);
					const owner = { id: 'f', name: 'f' };
					await ledger.begin({ journey, dry: false, owner, takeOver: false }, T0);
				}
				await ledger.startAfresh(JOURNEY, 0);
				expect(await recallOf(ledger, { now: T0 + 5 })).toMatchObject({
					enrollments: [],
					touches: [],
					startedAt: T0 + 5,
				});
				const kept = await recallOf(ledger, { journey: 'renewal', now: T0 + 5 });
				expect(kept).toMatchObject({ startedAt: T0 });
				expect([kept.enrollments.length, kept.touches.length]).toEqual([1, 1]);
			}),
		);

		it(
			'has one secret, long enough to sign with',
			on(async (ledger) => {
				const secrets = await Promise.all(numbered(5).map(() => ledger.secret()));
				expect(new Set(secrets).size).toBe(1);
				expect(Buffer.from(secrets[0] ?? '', 'base64url').length).toBeGreaterThanOrEqual(32);
			}),
		);

		it(
			'of 50,000 accounts is complete, and other work gets its turn meanwhile',
			on(async (ledger) => {
				const ids = numbered(50_000, 'a');
				await ledger.enroll(ids.map((id) => enrollmentOf(id)));
				await ledger.note(ids.map((id) => touchOf(`t-${id}`, { accountId: id })));
				let ticks = 0;
				const ticking = setInterval(() => {
					ticks += 1;
				}, 1);
				const recall = await recallOf(ledger, {
					accountIds: ids,
					addresses: ids.map((id) => `t-${id}@example.com`),
				});
				clearInterval(ticking);
				expect(new Set(recall.enrollments.map(({ accountId }) => accountId))).toEqual(new Set(ids));
				expect(recall.enrollments).toHaveLength(50_000);
				expect(recall.touches).toHaveLength(50_000);
				expect(new Set(recall.touches.map(({ key }) => key)).size).toBe(50_000);
				expect(ticks).toBeGreaterThan(10);
			}),
			20_000,
		);
	});
}
