import type { WithLedger } from '../contract';
import { DAY, enrollmentOf, T0 } from '../rows';

/** Who began a journey in a time, for reports. */
export function enrolledContract(on: WithLedger): void {
	describe('who was enrolled', () => {
		const query = { journey: 'onboarding', from: T0, until: T0 + 30 * DAY, after: '', limit: 10 };

		it(
			'is told by day 0, the first included and the last not, live, of this journey, each account once',
			on(async (ledger) => {
				await ledger.enroll([
					enrollmentOf('before', { anchorAt: T0 - 1 }),
					enrollmentOf('first', { anchorAt: T0 }),
					enrollmentOf('last', { anchorAt: T0 + 30 * DAY - 1 }),
					enrollmentOf('after', { anchorAt: T0 + 30 * DAY }),
					enrollmentOf('dry', { anchorAt: T0, dry: true }),
					enrollmentOf('other', { anchorAt: T0, journey: 'renewal' }),
					enrollmentOf('again', { anchorAt: T0, cycle: 1, state: 'ended', endedAt: T0 + DAY }),
					enrollmentOf('again', { anchorAt: T0 + 2 * DAY, cycle: 2 }),
				]);
				expect(await ledger.enrolledAccounts(query)).toEqual(['again', 'first', 'last']);
			}),
		);

		it(
			'is told page by page, in the order of the ids',
			on(async (ledger) => {
				await ledger.enroll(['c', 'a', 'b'].map((id) => enrollmentOf(id, { anchorAt: T0 })));
				expect(await ledger.enrolledAccounts({ ...query, limit: 2 })).toEqual(['a', 'b']);
				expect(await ledger.enrolledAccounts({ ...query, limit: 2, after: 'b' })).toEqual(['c']);
				expect(await ledger.enrolledAccounts({ ...query, after: 'c' })).toEqual([]);
			}),
		);
	});
}
