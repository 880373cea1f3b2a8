import type { AgendaEntry, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { DAY, eventOf, HOUR, JOURNEY, numbered, T0 } from '../rows';
import { recallOf } from './readBack';

const RUN = { journey: JOURNEY, dry: false };
const due = async (
	ledger: Ledger,
	now: number,
	over: { limit?: number; dry?: boolean; journey?: string } = {},
) => await ledger.due({ ...RUN, now, limit: 100, ...over });
const decided = (accountId: string, over: Partial<AgendaEntry> = {}): AgendaEntry => ({
	accountId,
	decidedAt: T0,
	...over,
});

/** *List Due*: the accounts that need a decision, so that facts are fetched for them only. */
export function agendaContract(on: WithLedger): void {
	describe('who is due', () => {
		it(
			'whose time has come, to the millisecond, the longest waiting first; ended ones never',
			on(async (ledger) => {
				await ledger.schedule(RUN, [
					decided('b', { lookAt: T0 + HOUR }),
					decided('a', { lookAt: T0 + 2 * HOUR }),
					decided('ended'),
				]);
				expect(await due(ledger, T0 + HOUR - 1)).toEqual([]);
				expect(await due(ledger, T0 + HOUR)).toEqual(['b']);
				expect(await due(ledger, T0 + 2 * HOUR)).toEqual(['b', 'a']);
				expect(await due(ledger, T0 + 2 * HOUR, { limit: 1 })).toEqual(['b']);
				await ledger.schedule(RUN, [decided('b', { decidedAt: T0 + HOUR, lookAt: T0 + DAY })]);
				expect(await due(ledger, T0 + 2 * HOUR)).toEqual(['a']);
			}),
		);

		it(
			'of whom something was heard since the last decision, or who was never decided on',
			on(async (ledger) => {
				await ledger.schedule(RUN, [decided('known'), decided('quiet')]);
				await ledger.recordEvents([eventOf('1', { accountId: 'known' })], T0 + 5);
				await ledger.recordEvents([eventOf('2', { accountId: 'new' })], T0 + 7);
				expect(await due(ledger, T0 + 4)).toEqual([]);
				expect(await due(ledger, T0 + 10)).toEqual(['known', 'new']);
				await ledger.schedule(RUN, [
					decided('known', { decidedAt: T0 + 10 }),
					decided('new', { decidedAt: T0 + 10 }),
				]);
				expect(await due(ledger, T0 + 20)).toEqual([]);
				// recorded in the very millisecond of the decision: it may not have been seen
				await ledger.recordEvents([eventOf('3', { accountId: 'new' })], T0 + 10);
				expect(await due(ledger, T0 + 20)).toEqual(['new']);
			}),
		);

		it(
			'counts by journey, live and dry apart',
			on(async (ledger) => {
				await ledger.schedule({ ...RUN, dry: true }, [decided('a', { lookAt: T0 })]);
				await ledger.schedule({ journey: 'renewal', dry: false }, [decided('b', { lookAt: T0 })]);
				expect(await due(ledger, T0)).toEqual([]);
				expect(await due(ledger, T0, { dry: true })).toEqual(['a']);
				expect(await due(ledger, T0, { journey: 'renewal' })).toEqual(['b']);
			}),
		);

		it(
			'unless told otherwise, of the live journey once it has run, of the dry one before',
			on(async (ledger) => {
				const owner = { id: 'f', name: 'f' };
				const either = async () => await ledger.due({ journey: JOURNEY, now: T0, limit: 9 });
				await ledger.schedule({ ...RUN, dry: true }, [decided('dry', { lookAt: T0 })]);
				await ledger.schedule(RUN, [decided('live', { lookAt: T0 })]);
				await ledger.begin({ ...RUN, dry: true, owner, takeOver: false }, T0);
				expect(await either()).toEqual(['dry']);
				await ledger.begin({ ...RUN, owner, takeOver: false }, T0);
				expect(await either()).toEqual(['live']);
			}),
		);

		it(
			'is the survivor of a merge, once, also through several merges',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'new' }], T0);
				await ledger.recordEvents(
					[eventOf('1', { accountId: 'old' }), eventOf('2', { accountId: 'new' })],
					T0,
				);
				expect(await due(ledger, T0)).toEqual(['new']);
				await ledger.schedule(RUN, [decided('new', { decidedAt: T0 + 1 })]);
				expect(await due(ledger, T0 + 2)).toEqual([]);
				await ledger.linkAliases([{ alias: 'new', accountId: 'newest' }], T0);
				expect(await due(ledger, T0 + 2)).toEqual(['newest']);
			}),
		);

		it(
			'tells who counts newly triggered accounts of those besides the ones asked about (P10)',
			on(async (ledger) => {
				const at = (accountId: string, decidedAt: number, triggeredAt?: number) => ({
					accountId,
					decidedAt,
					...(triggeredAt === undefined ? {} : { triggeredAt }),
				});
				const asked = async (accountIds: string[], over = {}) =>
					(await recallOf(ledger, { accountIds, triggersSince: T0, ...over })).sweep;
				expect(await asked([])).toEqual({ decided: 0, triggered: 0 });
				await ledger.schedule(RUN, [
					at('began', T0, T0),
					at('began before, decided since', T0 + 9, T0 - 1),
					at('never', T0 + 1, 0),
					at('decided before', T0 - 1, T0 - 1),
					at('not counted', T0 + 1),
				]);
				await ledger.schedule({ ...RUN, dry: true }, [at('dry', T0, T0)]);
				await ledger.schedule({ ...RUN, journey: 'renewal' }, [at('other', T0, T0)]);
				expect(await asked([])).toEqual({ decided: 3, triggered: 1 });
				expect(await asked(['never', 'somebody'])).toEqual({ decided: 2, triggered: 1 });
				expect(await asked(['began'])).toEqual({ decided: 2, triggered: 0 });
				expect(await asked([], { dry: true })).toEqual({ decided: 1, triggered: 1 });
				expect((await recallOf(ledger)).sweep).toBeUndefined();
				// held for one decision, and mended before the next
				await ledger.schedule(RUN, [at('began', T0 + 5, 0)]);
				expect(await asked([])).toEqual({ decided: 3, triggered: 0 });
				await ledger.linkAliases([{ alias: 'never', accountId: 'acme' }], T0);
				expect(await asked(['acme'])).toEqual({ decided: 2, triggered: 0 });
			}),
		);

		it(
			'counts besides thousands',
			on(async (ledger) => {
				const ids = numbered(6_000, 'a');
				await ledger.schedule(
					RUN,
					ids.map((accountId, index) => ({
						accountId,
						decidedAt: T0,
						triggeredAt: index % 2 === 0 ? T0 : 0,
					})),
				);
				const { sweep } = await recallOf(ledger, {
					accountIds: ids.slice(0, 5_000),
					triggersSince: T0,
				});
				expect(sweep).toEqual({ decided: 1_000, triggered: 500 });
			}),
		);

		it(
			'is no account of which only the program itself said something',
			on(async (ledger) => {
				await ledger.recordEvents([eventOf('alarm', { accountId: '' })], T0);
				expect(await due(ledger, T0 + 1)).toEqual([]);
			}),
		);

		it(
			'of ten thousand, in the order of their time',
			on(async (ledger) => {
				const ids = numbered(10_000, 'a');
				await ledger.schedule(
					RUN,
					ids.map((id, index) => decided(id, { lookAt: T0 + 10_000 - index })),
				);
				expect(await due(ledger, T0 + 10_000, { limit: 20_000 })).toEqual([...ids].reverse());
			}),
		);
	});
}
