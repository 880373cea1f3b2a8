import type { WithLedger } from '../contract';
import { claimOf, enrollmentOf, eventOf, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

/** What no database keeps in a text: NUL, halves of characters. Nodes refuse such ids; should one get through, its neighbors go on. */
const ODD = ['a\0b', 'a\ud800', '\udc00', '\0'];

export function oddTextContract(on: WithLedger): void {
	describe.each(ODD)('an id %j beside good ones', (odd) => {
		it(
			'keeps nobody from being merged, and is merged with nobody',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('ab'), enrollmentOf('a'), enrollmentOf('good')]);
				await ledger.linkAliases(
					[
						{ alias: odd, accountId: 'acme' },
						{ alias: 'good', accountId: 'acme' },
						{ alias: 'acme', accountId: odd },
					],
					T0,
				);
				const { survivorOf } = await ledger.timeline(['acme', 'ab', 'a', odd]);
				expect([...survivorOf]).toEqual([['good', 'acme']]);
			}),
		);

		it(
			'keeps nobody from being recalled, looked up, paused, decided on or erased',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme'), enrollmentOf(odd)]);
				await ledger.recordEvents([eventOf('e'), eventOf(odd), eventOf('f', { step: odd })], T0);
				const claimed = await ledger.claim(
					[claimOf(touchOf('t')), claimOf(touchOf(odd, { accountId: odd }))],
					T0,
				);
				expect(claimed.map((one) => one.claimed)).toEqual([true, true]);
				const asked = { accountIds: ['acme', odd], addresses: [`${odd}@example.com`] };
				const { enrollments, touches } = await recallOf(ledger, {
					...asked,
					triggersSince: T0,
					messagesSince: T0,
				});
				expect(enrollments).toContainEqual(enrollmentOf('acme'));
				expect(touches.map(({ key }) => key)).toContain('t');
				expect((await ledger.timeline(['acme', odd])).events).toHaveLength(3);
				await ledger.pause(
					[odd, 'acme'].map((id) => ({ scope: 'account', id, reason: odd })),
					T0,
				);
				expect(await ledger.beginSending(['t'], T0)).toEqual(['paused']);
				expect(await ledger.resume([odd, 'acme'].map((id) => ({ scope: 'account', id })))).toEqual([
					true,
					true,
				]);
				await ledger.schedule({ journey: 'onboarding', dry: false }, [
					{ accountId: odd, decidedAt: T0 },
					{ accountId: 'acme', decidedAt: T0 },
				]);
				expect(await ledger.touchesByToken(['nothing', odd])).toEqual([undefined, undefined]);
				expect(await ledger.confirm([odd, 't'], T0)).toContain('confirmed');
				expect(await ledger.erase({ accountIds: [odd, 'acme'], addresses: [odd] })).toMatchObject({
					enrollments: 2,
				});
			}),
		);
	});
}
