import type { Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { enrollmentOf, eventOf, numbered, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

async function remember(ledger: Ledger, accounts: string[]): Promise<void> {
	await ledger.enroll(accounts.map((id) => enrollmentOf(id)));
	await ledger.note(accounts.map((accountId) => touchOf(`touch-${accountId}`, { accountId })));
	await ledger.recordEvents(
		accounts.map((accountId) => eventOf(`event-${accountId}`, { accountId })),
		T0,
	);
}

async function known(ledger: Ledger, accountIds: string[]): Promise<object> {
	const { enrollments, touches, events, survivorOf } = await recallOf(ledger, { accountIds });
	const ids = (rows: { accountId: string }[]): string[] => rows.map((r) => r.accountId).sort();
	return {
		enrollments: ids(enrollments),
		touches: ids(touches),
		events: ids(events),
		survivorOf: Object.fromEntries([...survivorOf].sort()),
	};
}

const family = (ids: string[], survivorOf: Record<string, string>): object => ({
	enrollments: ids,
	touches: ids,
	events: ids,
	survivorOf,
});

/** P32: on a merge the survivor inherits history, caps, cycles, unsubscribes and open cases of the other. */
export function aliasContract(on: WithLedger): void {
	describe('a merged record', () => {
		it(
			'is recalled with its survivor, the survivor with it, and nobody else with them',
			on(async (ledger) => {
				await remember(ledger, ['old', 'new', 'other']);
				await ledger.linkAliases([{ alias: 'old', accountId: 'new' }], T0);
				const both = family(['new', 'old'], { old: 'new' });
				expect(await known(ledger, ['new'])).toEqual(both);
				expect(await known(ledger, ['old'])).toEqual(both);
				expect(await known(ledger, ['old', 'new'])).toEqual(both);
				expect(await known(ledger, ['other'])).toEqual(family(['other'], {}));
			}),
		);

		it(
			'is still found when its survivor is merged in turn, in either order of the news',
			on(async (ledger) => {
				await remember(ledger, ['a', 'b', 'c', 'x', 'y', 'z']);
				await ledger.linkAliases([{ alias: 'a', accountId: 'b' }], T0);
				await ledger.linkAliases([{ alias: 'b', accountId: 'c' }], T0);
				await ledger.linkAliases([{ alias: 'y', accountId: 'z' }], T0);
				await ledger.linkAliases([{ alias: 'x', accountId: 'y' }], T0);
				for (const asked of ['a', 'b', 'c']) {
					expect(await known(ledger, [asked])).toEqual(family(['a', 'b', 'c'], { a: 'c', b: 'c' }));
				}
				for (const asked of ['x', 'y', 'z']) {
					expect(await known(ledger, [asked])).toEqual(family(['x', 'y', 'z'], { x: 'z', y: 'z' }));
				}
			}),
		);

		it(
			'knows its siblings',
			on(async (ledger) => {
				await remember(ledger, ['a', 'b', 'c']);
				await ledger.linkAliases(
					[
						{ alias: 'a', accountId: 'c' },
						{ alias: 'b', accountId: 'c' },
					],
					T0,
				);
				expect(await known(ledger, ['a'])).toEqual(family(['a', 'b', 'c'], { a: 'c', b: 'c' }));
			}),
		);

		it(
			'follows the latest news when a merge is turned round, and a record is never its own alias',
			on(async (ledger) => {
				await remember(ledger, ['a', 'b']);
				await ledger.linkAliases([{ alias: 'a', accountId: 'b' }], T0);
				await ledger.linkAliases([{ alias: 'b', accountId: 'a' }], T0 + 1);
				await ledger.linkAliases([{ alias: 'a', accountId: 'a' }], T0 + 2);
				expect(await known(ledger, ['a'])).toEqual(family(['a', 'b'], { b: 'a' }));
				expect(await known(ledger, ['b'])).toEqual(family(['a', 'b'], { b: 'a' }));
			}),
		);

		it(
			'follows the latest news when it turns out to be merged into another',
			on(async (ledger) => {
				await remember(ledger, ['a', 'b', 'c']);
				await ledger.linkAliases([{ alias: 'a', accountId: 'b' }], T0);
				await ledger.linkAliases([{ alias: 'a', accountId: 'c' }], T0 + 1);
				expect(await known(ledger, ['c'])).toEqual(family(['a', 'c'], { a: 'c' }));
				expect(await known(ledger, ['b'])).toEqual(family(['b'], {}));
			}),
		);

		it(
			'comes once however far apart the two stand in a long list',
			on(async (ledger) => {
				await remember(ledger, ['old', 'new']);
				await ledger.linkAliases([{ alias: 'old', accountId: 'new' }], T0);
				const asked = ['old', ...numbered(4500, 'x'), 'new', ...numbered(2500, 'y'), 'old'];
				expect(await known(ledger, asked)).toEqual(family(['new', 'old'], { old: 'new' }));
			}),
		);
	});
}
