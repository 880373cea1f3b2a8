import type { Ledger } from '../../../ledger/ledger';
import { caseOf, casesIn, closed, nosIn, noticeOf, reasonOf, write } from '../caseRows';
import type { WithLedger } from '../contract';
import { claimOf, DAY, enrollmentOf, eventOf, numbered, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const ADA = 'ada@acme.example';
const OLGA = 'olga@vendor.example';

const loadsOf = async (ledger: Ledger) => (await ledger.cases({ loads: true, now: T0 })).loads;

/** What is left of cases that were erased, are too old, or belonged to an earlier try. */
export function caseForgettingContract(on: WithLedger): void {
	describe('cases', () => {
		it(
			'are erased with the account and the records merged into it, their notices and events included',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				const accounts = ['acme', 'old', 'other'];
				await write(ledger, {
					cases: [
						...accounts.map((accountId, index) => caseOf(index + 1, { accountId })),
						caseOf(4, closed(T0)),
					],
					claims: accounts.map((accountId) => noticeOf(`case/${accountId}`, { accountId })),
					events: accounts.map((accountId) =>
						eventOf(`case/${accountId}`, { accountId, type: 'case_opened' }),
					),
				});
				expect(await ledger.erase({ accountIds: ['old'], addresses: [] })).toMatchObject({
					cases: 3,
					events: 2,
					touches: 2,
					log: 2,
				});
				expect(await nosIn(ledger, { nos: [1, 2, 3, 4] })).toEqual([3]);
				expect((await loadsOf(ledger)).get(OLGA)).toMatchObject({ cases: 1, lastNo: 3 });
				const { events, log } = await ledger.timeline(accounts);
				expect([events.length, log.length]).toEqual([1, 1]);
				expect(await ledger.erase({ accountIds: ['acme'], addresses: [] })).toMatchObject({
					cases: 0,
				});
			}),
		);

		it(
			'tell nothing more of a person who was erased; whose case it is stays',
			on(async (ledger) => {
				const text = `Ada <ADA@acme.example> wrote: "call me"`;
				const one = caseOf(1, {
					reasons: [reasonOf(`reply/${ADA}`, { text }), reasonOf('health')],
					facts: { name: `Acme (${ADA})`, csm: OLGA },
					...closed(T0, { outcome: `told ${ADA}` }),
				});
				const other = caseOf(2, { reasons: [reasonOf('other', { text: `mary.${ADA} wrote` })] });
				await write(ledger, { cases: [one, other] });
				const erased = await ledger.erase({ accountIds: [], addresses: [ADA, OLGA] });
				expect(erased).toMatchObject({ cases: 1 });
				expect(await casesIn(ledger, { nos: [1, 2] })).toEqual([
					{
						...one,
						reasons: [
							{ ...one.reasons[0], key: 'reply/(erased)', text: 'Ada <(erased)> wrote: "call me"' },
							one.reasons[1],
						],
						facts: { name: 'Acme ((erased))', csm: OLGA },
						outcome: 'told (erased)',
					},
					other,
				]);
			}),
		);

		it(
			'that were closed before are forgotten, open ones never',
			on(async (ledger) => {
				await ledger.enroll([enrollmentOf('acme')]);
				await write(ledger, {
					cases: [
						caseOf(1, { accountId: 'open', openedAt: T0 - 900 * DAY }),
						caseOf(2, { ...closed(T0 - 1), sla: '{"old":1}' }),
						caseOf(3, closed(T0)),
					],
					claims: [noticeOf('case/2/opened')],
				});
				await ledger.claim([claimOf(touchOf('mail'))], T0);
				expect(await ledger.forgetBefore(T0, [])).toMatchObject({ cases: 1, touches: 0 });
				expect(await nosIn(ledger, { nos: [1, 2, 3] })).toEqual([1, 3]);
				// of touches the notices, which belong to no journey
				expect(await ledger.forgetBefore(T0 + 1, [])).toMatchObject({ cases: 1, touches: 1 });
				expect(await nosIn(ledger, { nos: [1, 2, 3] })).toEqual([1]);
				expect((await recallOf(ledger)).touches.map(({ key }) => key)).toEqual(['mail']);
				expect((await ledger.cases({ now: T0 })).nextNo).toBe(4);
			}),
		);

		it(
			'are forgotten by more than a chunk',
			on(async (ledger) => {
				const many = numbered(4500).map((id, index) =>
					caseOf(index + 1, { accountId: id, ...closed(T0) }),
				);
				await write(ledger, { cases: many });
				expect(await ledger.forgetBefore(T0 + 1, [])).toMatchObject({ cases: 4500 });
			}),
		);

		it(
			'of earlier tries are forgotten when a journey begins afresh, by the clock on the wall',
			on(async (ledger) => {
				for (const [no, receivedAt] of [T0 - 1, T0].entries())
					await ledger.changeCases({ now: T0 - 50 * DAY, receivedAt }, () => ({
						changes: {
							cases: [caseOf(no + 1, { accountId: `a${String(no)}` })],
							days: [],
							notices: [],
							events: [eventOf(`case/${String(no + 1)}/opened`)],
						},
						claims: [],
						confirm: [],
						answer: undefined,
					}));
				await ledger.startAfresh('onboarding', T0);
				expect(await nosIn(ledger, { open: { limit: 9 } })).toEqual([2]);
				const { events } = await ledger.timeline(['acme']);
				expect(events.map(({ id }) => id)).toEqual(['case/2/opened']);
			}),
		);

		it(
			'are all forgotten for a fresh try of the router, with what was written because of them, and nothing else',
			on(async (ledger) => {
				await ledger.claim([claimOf(touchOf('mail'))], T0);
				await ledger.recordEvents(
					[
						eventOf('crm-1', { type: 'case_resolved' }),
						eventOf('call', { type: 'tier_elevated' }),
						eventOf('case/x', { type: 'clicked' }),
					],
					T0,
				);
				const day = { owner: OLGA, day: 1, notices: 1, digests: 1 };
				await write(ledger, {
					cases: [caseOf(1, closed(T0)), caseOf(2)],
					claims: [noticeOf('case/2/opened')],
					days: [day],
					events: [
						eventOf('case/2/opened', { type: 'case_opened' }),
						eventOf('case/2/0', { type: 'tier_elevated' }),
						eventOf('case/1/resolved/0', { type: 'case_resolved' }),
					],
				});
				await ledger.forgetCases();
				const memory = await ledger.cases({
					open: { limit: 9 },
					nos: [1, 2],
					loads: true,
					now: T0,
				});
				expect(memory).toEqual({
					cases: [],
					survivorOf: new Map(),
					loads: new Map(),
					days: new Map(),
					fates: new Map(),
					nextNo: 1,
				});
				const { events, log } = await ledger.timeline(['acme']);
				expect(events.map(({ id }) => id).sort()).toEqual(['call', 'case/x', 'crm-1']);
				expect(log.map(({ touch }) => touch)).toEqual(['mail']);
				// told again, they are told anew
				await write(ledger, { cases: [caseOf(1)], events: [eventOf('case/2/opened')] });
				expect((await ledger.timeline(['acme'])).events).toHaveLength(4);
			}),
		);
	});
}
