import type { Case } from '../../../engine/escalation/case';
import { foldStandings, isReturning } from '../../../engine/tiers/elevation';
import type { Claim } from '../../../ledger/ledger';
import { caseOf, closed, reasonOf, write } from '../caseRows';
import type { WithLedger } from '../contract';
import { claimOf, DAY, eventOf, numbered, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const ONBOARDING = 3;
const EXPANSION = 5;

const sales: Partial<Case> = { reasons: [reasonOf('sales', { silences: EXPANSION })] };
const alert: Partial<Case> = { kind: 'alert', reasons: [reasonOf('health', { kind: 'alert' })] };
const mail = (key: string, priority = ONBOARDING, seen: string[] = [], accountId = 'acme'): Claim =>
	claimOf(touchOf(key, { accountId }), { cases: { seen, priority } });
const granted = (key: string) => ({ key, claimed: true, attempt: 1 });
const refused = (key: string) => ({ key, claimed: false, why: 'caseOpen' });

/** P06: what an open case tells journeys, when they decide and when they claim. */
export function caseSilenceContract(on: WithLedger): void {
	describe('an open case', () => {
		it(
			'is recalled for journeys, with what it stops',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await write(ledger, {
					cases: [
						caseOf(1, { accountId: 'old', openedAt: T0, escalatedAt: T0 + 5, reopened: 2 }),
						caseOf(2, { ...sales, escalatedAt: undefined, openedAt: T0 + 6 }),
						caseOf(3, { ...alert, accountId: 'alert' }),
						caseOf(4, { ...closed(T0), accountId: 'closed' }),
						caseOf(5, { accountId: 'other' }),
					],
				});
				const accountIds = ['acme', 'alert', 'closed'];
				for (const dry of [false, true])
					expect((await recallOf(ledger, { accountIds, dry })).openCases).toEqual([
						{ key: 'case/1/2', accountId: 'old', since: T0 + 5, silences: 1 },
						{ key: 'case/2/0', accountId: 'acme', since: T0 + 6, silences: EXPANSION },
					]);
			}),
		);

		it(
			'refuses what was decided before it was opened, and nothing else',
			on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1)] });
				expect(
					await ledger.claim(
						[
							mail('mail'),
							mail('knowing', ONBOARDING, ['case/1/0']),
							mail('of another account', ONBOARDING, [], 'other'),
							claimOf(touchOf('welcome')),
							claimOf(touchOf('alert', { channel: 'alert' })),
							claimOf(touchOf('call', { channel: 'human', address: '' }), {
								cases: { seen: [], priority: ONBOARDING },
							}),
						],
						T0,
					),
				).toEqual([
					refused('mail'),
					granted('knowing'),
					granted('of another account'),
					granted('welcome'),
					granted('alert'),
					refused('call'),
				]);
			}),
		);

		it.each<[string, Partial<Case>, number[]]>([
			['of an escalation refuses every journey', {}, [ONBOARDING, EXPANSION]],
			['with sales refuses expansion only', sales, [EXPANSION]],
			[
				'with sales and for another reason refuses every journey',
				{ reasons: [reasonOf('sales', { silences: EXPANSION }), reasonOf('reply')] },
				[ONBOARDING, EXPANSION],
			],
			['of an alert refuses nobody (P07)', alert, []],
			['that is closed refuses nobody', closed(T0), []],
		])('%s', async (_what, over, stopped) => {
			await on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1, over)] });
				const answers = await ledger.claim(
					[mail('onboarding'), mail('expansion', EXPANSION)],
					T0 + 1,
				);
				expect(answers.map(({ claimed }) => !claimed)).toEqual([
					stopped.includes(ONBOARDING),
					stopped.includes(EXPANSION),
				]);
			})();
		});

		it(
			'that was opened again, or became an escalation, is news to who saw it before',
			on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1, { reopened: 1 })] });
				expect(await ledger.claim([mail('m', ONBOARDING, ['case/1/0'])], T0)).toEqual([
					refused('m'),
				]);
			}),
		);

		it(
			'of one record stops the records merged with it (P32), and dry runs as well (P34)',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await write(ledger, { cases: [caseOf(1, { accountId: 'old' })] });
				const dry = claimOf(touchOf('dry', { dry: true }), {
					cases: { seen: [], priority: ONBOARDING },
				});
				expect(await ledger.claim([mail('m'), dry], T0)).toEqual([refused('m'), refused('dry')]);
			}),
		);

		it(
			'and no mail follows the case that was opened in the same instant',
			on(async (ledger) => {
				const mails = numbered(7, 'm').map((key) => async () => {
					await ledger.claim([mail(key)], T0);
				});
				const open = async (): Promise<void> => {
					await write(ledger, {
						cases: [caseOf(1)],
						claims: [claimOf(touchOf('case/1/opened', { channel: 'alert' }))],
					});
				};
				await Promise.all([...mails.slice(0, 3), open, ...mails.slice(3)].map((go) => go()));
				const { log } = await ledger.timeline(['acme']);
				expect(log.at(-1)?.touch).toBe('case/1/opened');
			}),
		);

		it(
			'is heard of: its account is due when it opens and when it is resolved',
			on(async (ledger) => {
				const run = { journey: 'onboarding', dry: false };
				await ledger.begin({ ...run, owner: { id: 'f', name: 'f' }, takeOver: false }, T0);
				const due = async (now: number): Promise<string[]> =>
					await ledger.due({ journey: 'onboarding', now, limit: 9 });
				await ledger.schedule(run, [{ accountId: 'acme', decidedAt: T0 }]);
				expect(await due(T0 + 1)).toEqual([]);
				const opened = eventOf('case/1/opened', { type: 'case_opened', occurredAt: T0 + 1 });
				await write(ledger, { cases: [caseOf(1)], events: [opened] }, T0 + 1);
				expect(await due(T0 + 1)).toEqual(['acme']);
				await ledger.schedule(run, [{ accountId: 'acme', decidedAt: T0 + 2 }]);
				expect(await due(T0 + 2)).toEqual([]);
				const resolved = eventOf('case/1/resolved/0', { type: 'case_resolved' });
				await write(
					ledger,
					{ cases: [caseOf(1, closed(T0 + 3))], events: [{ ...resolved, occurredAt: T0 + 3 }] },
					T0 + 3,
				);
				expect(await due(T0 + 3)).toEqual(['acme']);
				expect((await recallOf(ledger, { now: T0 + 3 })).openCases).toEqual([]);
			}),
		);

		it(
			'for health elevates without any hand-over, and the account returns once it is resolved and well (P35)',
			on(async (ledger) => {
				const standing = async (now: number) => {
					const memory = await ledger.escalations({ accountIds: ['acme'], journeys: [] });
					return foldStandings(memory, now).get('acme');
				};
				const terms = { stableDays: 14, stableScore: 65 };
				const well = { score: 70, steadyDays: 14 };
				const elevated = (at: number, reopened: number) =>
					eventOf(`case/1/${String(reopened)}`, { type: 'tier_elevated', occurredAt: at });
				const resolved = (at: number, reopened: number) =>
					eventOf(`case/1/resolved/${String(reopened)}`, { type: 'case_resolved', occurredAt: at });
				await write(ledger, { cases: [caseOf(1)], events: [elevated(T0, 0)] });
				const first = await standing(T0 + DAY);
				expect(first).toMatchObject({ state: 'elevated', since: T0, caseResolved: false });
				if (first === undefined) throw new Error('Not elevated');
				expect(isReturning(first, well, terms)).toBe(false);
				await write(ledger, {
					cases: [caseOf(1, closed(T0 + DAY))],
					events: [resolved(T0 + DAY, 0)],
				});
				const second = await standing(T0 + DAY);
				if (second === undefined) throw new Error('Not elevated');
				expect(isReturning(second, well, terms)).toBe(true);
				expect(isReturning(second, { score: 70, steadyDays: 13 }, terms)).toBe(false);
				const back = eventOf('case/1/0/back', { type: 'tier_returned', occurredAt: T0 + 2 * DAY });
				await write(ledger, { events: [back] });
				expect(await standing(T0 + 2 * DAY)).toEqual({ state: 'returned', at: T0 + 2 * DAY });
				// opened again, it elevates again
				await write(ledger, {
					cases: [caseOf(1, { reopened: 1 })],
					events: [elevated(T0 + 3 * DAY, 1)],
				});
				expect(await standing(T0 + 3 * DAY)).toMatchObject({
					state: 'elevated',
					since: T0 + 3 * DAY,
					caseResolved: false,
				});
			}),
		);
	});
}
