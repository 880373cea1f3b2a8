import type { HealthRow, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { DAY, numbered } from '../rows';

const TODAY = 20_000;

const row = (accountId: string, over: Partial<HealthRow> = {}): HealthRow => ({
	accountId,
	day: TODAY,
	revision: 1,
	state: '{"scores":"4b"}',
	...over,
});
const remember = async (ledger: Ledger, rows: HealthRow[], model = 'own') =>
	await ledger.rememberHealth(model, rows);
const count = async (
	ledger: Ledger,
	scored: number,
	triggered: number,
	day = TODAY,
): Promise<number[]> => {
	const totals = await ledger.countHealth('own', day, { scored, triggered });
	return [totals.scored, totals.triggered];
};
const recalled = async (
	ledger: Ledger,
	accountIds: string[],
	model = 'own',
): Promise<(HealthRow | undefined)[]> => (await ledger.recallHealth(model, accountIds)).rows;

/** What Health Score remembers: one row per account and model. */
export function healthContract(on: WithLedger): void {
	describe('the memory of health', () => {
		it(
			'gives back what it was given, in the order asked, by model',
			on(async (ledger) => {
				expect(await ledger.recallHealth('own', ['a'])).toEqual({
					sweeps: undefined,
					rows: [undefined],
				});
				const state = '{"text":"Ümläute 🙂 \\u0000"}';
				expect(await remember(ledger, [row('b', { state }), row('a')])).toEqual([true, true]);
				await remember(ledger, [row('a', { state: '{}' })], 'other');
				const [none, b, a] = await recalled(ledger, ['c', 'b', 'a']);
				expect(none).toBeUndefined();
				expect(b).toEqual({ accountId: 'b', day: TODAY, revision: 1, state });
				expect(a).toEqual({ accountId: 'a', day: TODAY, revision: 1, state: '{"scores":"4b"}' });
			}),
		);

		it(
			'takes only what follows what is there, so that no day is lost between two sweeps',
			on(async (ledger) => {
				await remember(ledger, [row('a')]);
				const next = row('a', { day: TODAY + 1, revision: 2, state: '{"n":2}' });
				const racing = row('a', { day: TODAY + 2, revision: 2, state: '{"n":3}' });
				expect(await remember(ledger, [next, row('b')])).toEqual([true, true]);
				expect(await remember(ledger, [racing])).toEqual([false]);
				expect(await remember(ledger, [row('a')])).toEqual([false]);
				expect(await recalled(ledger, ['a'])).toEqual([
					{ accountId: 'a', day: TODAY + 1, revision: 2, state: '{"n":2}' },
				]);
				expect(await remember(ledger, [row('c'), row('c', { state: '{}' })])).toEqual([
					true,
					false,
				]);
			}),
		);

		it(
			'counts per model and day who was scored and who triggered, and gives the totals back',
			on(async (ledger) => {
				const sweeps = async () => (await ledger.recallHealth('own', [])).sweeps;
				expect(await count(ledger, 3, 1)).toEqual([3, 1]);
				await ledger.countHealth('other', TODAY, { scored: 7, triggered: 7 });
				expect(await count(ledger, 2, 1)).toEqual([5, 2]);
				expect(await count(ledger, -1, -1)).toEqual([4, 1]);
				expect(await sweeps()).toEqual({ startedDay: TODAY, day: TODAY, scored: 4, triggered: 1 });
				expect(await count(ledger, 1, 0, TODAY + 1)).toEqual([1, 0]);
				const second = { startedDay: TODAY, day: TODAY + 1, scored: 1, triggered: 0 };
				expect(await sweeps()).toEqual(second);
				// a sweep that comes late counts for no day that is over
				expect(await count(ledger, 9, 8)).toEqual([9, 8]);
				expect(await sweeps()).toEqual(second);
			}),
		);

		it(
			'lets of pages counted at the same time each know of those before it',
			on(async (ledger) => {
				const totals = await Promise.all(numbered(8).map(async () => await count(ledger, 15, 2)));
				const inOrder = totals.sort(([a = 0], [b = 0]) => a - b);
				expect(inOrder).toEqual(
					numbered(8).map((_id, index) => [15 * (index + 1), 2 * (index + 1)]),
				);
			}),
		);

		it(
			'lets one of several racing sweeps write each of thousands of rows',
			on(async (ledger) => {
				const ids = numbered(5_000, 'a');
				const sweep = async (n: number) =>
					await remember(
						ledger,
						ids.map((id) => row(id, { state: String(n) })),
					);
				const all = await Promise.all([sweep(1), sweep(2), sweep(3)]);
				for (const [index] of ids.entries())
					expect(all.filter((answers) => answers[index]).length).toBe(1);
			}),
		);

		it(
			'is erased with the account and the records merged into it, and forgotten when nobody scores it',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], 0);
				await remember(ledger, [row('acme'), row('old'), row('b'), row('c', { day: TODAY - 5 })]);
				await remember(ledger, [row('acme')], 'other');
				expect(await ledger.erase({ accountIds: ['acme'], addresses: [] })).toMatchObject({
					health: 3,
				});
				expect(await ledger.forgetBefore((TODAY - 4) * DAY, [])).toMatchObject({ health: 1 });
				const left = await recalled(ledger, ['acme', 'old', 'b', 'c']);
				expect(left.map((one) => one?.accountId)).toEqual([undefined, undefined, 'b', undefined]);
			}),
		);

		it(
			'begins anew for one model',
			on(async (ledger) => {
				await count(ledger, 1, 0);
				await remember(ledger, [row('a')]);
				await remember(ledger, [row('a')], 'other');
				await ledger.forgetHealth('own');
				expect(await ledger.recallHealth('own', ['a'])).toEqual({
					sweeps: undefined,
					rows: [undefined],
				});
				expect(await recalled(ledger, ['a'], 'other')).toMatchObject([{ accountId: 'a' }]);
			}),
		);
	});
}
