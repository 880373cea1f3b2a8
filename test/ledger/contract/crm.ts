import type { Ledger } from '../../../ledger/ledger';
import { caseOf, write } from '../caseRows';
import type { WithLedger } from '../contract';
import { claimOf, DAY, enrollmentOf, eventOf, HOUR, numbered, T0, touchOf } from '../rows';

async function send(ledger: Ledger, key: string, at: number, over: object = {}): Promise<void> {
	await ledger.claim([claimOf(touchOf(key, over))], at);
	await ledger.confirm([key], at);
}

/** What the record of an account in a CRM is to show, and what the CRM was told. */
export function crmContract(on: WithLedger): void {
	describe('what a CRM is to show', () => {
		it(
			'is the last message that was sent and the next one that waits, of live runs, to customers',
			on(async (ledger) => {
				await send(ledger, 'first', T0);
				await send(ledger, 'second', T0 + HOUR, { stepId: 'guide', channel: 'inApp' });
				await send(ledger, 'alert', T0 + 2 * HOUR, { channel: 'alert' });
				await send(ledger, 'dry', T0 + 2 * HOUR, { dry: true });
				await ledger.note([
					touchOf('later', { nextAt: T0 + 3 * DAY }),
					touchOf('next', { nextAt: T0 + 2 * DAY, journey: 'renewal', stepId: 'summary' }),
					touchOf('open end'),
				]);
				expect(await ledger.crmFacts('hubspot', ['acme', 'nobody'])).toEqual([
					{
						accountId: 'acme',
						lastTouch: { at: T0 + HOUR, journey: 'onboarding', stepId: 'guide', channel: 'inApp' },
						nextTouch: {
							at: T0 + 2 * DAY,
							journey: 'renewal',
							stepId: 'summary',
							channel: 'email',
						},
						journeys: [],
						health: [],
					},
					{ accountId: 'nobody', journeys: [], health: [] },
				]);
			}),
		);

		it(
			'is also score, tier, journeys and the open case, those of merged records among them (P32)',
			on(async (ledger) => {
				await ledger.enroll([
					enrollmentOf('acme', { journey: 'renewal' }),
					enrollmentOf('old', { journey: 'education' }),
					enrollmentOf('acme', { journey: 'dry', dry: true }),
					enrollmentOf('acme', { journey: 'over', state: 'ended', endedAt: T0 }),
				]);
				const row = { accountId: 'acme', day: 20_000, revision: 1, state: '{}' };
				await ledger.rememberHealth('b2b', [row]);
				await ledger.rememberTiers([{ accountId: 'acme', tier: 'Digital' }], T0);
				await ledger.rememberTiers([{ accountId: 'acme', tier: 'Pooled' }], T0 + DAY);
				await write(ledger, { cases: [caseOf(1, { accountId: 'old' })] });
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				const [facts] = await ledger.crmFacts('hubspot', ['acme']);
				const { no, kind, priority, owner, openedAt } = caseOf(1);
				expect(facts).toEqual({
					accountId: 'acme',
					journeys: ['education', 'renewal'],
					health: [{ model: 'b2b', day: 20_000, state: '{}' }],
					tier: 'Pooled',
					openCase: { no, kind, priority, owner: owner.name, openedAt },
				});
				expect(await ledger.knownAccounts('', 10)).toEqual(['acme']);
			}),
		);

		it(
			'is also what a journey handed to a human, until it is resolved: the oldest of them, of live runs (P06)',
			on(async (ledger) => {
				const human = { channel: 'human', address: 'team@vendor.example', stepId: 'call' } as const;
				const handOver = async (): Promise<unknown> =>
					(await ledger.crmFacts('hubspot', ['acme']))[0]?.handOver;
				const resolve = async (at: number, accountId: string): Promise<void> => {
					const event = { type: 'case_resolved', occurredAt: at, accountId };
					await ledger.recordEvents([eventOf(`resolved ${String(at)}`, event)], at);
				};
				await send(ledger, 'alert', T0, { ...human, channel: 'alert' });
				await send(ledger, 'dry', T0, { ...human, dry: true });
				await ledger.claim([claimOf(touchOf('on its way', human))], T0);
				expect(await handOver()).toBeUndefined();
				await send(ledger, 'first', T0 + HOUR, { ...human, accountId: 'old' });
				await send(ledger, 'second', T0 + 2 * HOUR, { ...human, journey: 'renewal' });
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0 + 2 * HOUR);
				const first = { journey: 'onboarding', stepId: 'call', to: 'team@vendor.example' };
				expect(await handOver()).toEqual({ ...first, at: T0 + HOUR });
				await resolve(T0 + HOUR, 'old');
				expect(await handOver()).toEqual({ ...first, journey: 'renewal', at: T0 + 2 * HOUR });
				await resolve(T0 + 3 * HOUR, 'acme');
				expect(await handOver()).toBeUndefined();
				await send(ledger, 'third', T0 + DAY, human);
				expect(await handOver()).toEqual({ ...first, at: T0 + DAY });
			}),
		);

		it(
			'is remembered as told, by CRM, until it is told otherwise or the account is erased',
			on(async (ledger) => {
				await ledger.rememberTiers([{ accountId: 'acme', tier: 'Digital' }], T0);
				await ledger.toldCrm('hubspot', [{ accountId: 'acme', told: '["a"]' }], T0);
				await ledger.toldCrm('hubspot', [{ accountId: 'acme', told: '["b"]' }], T0);
				const told = async (target: string): Promise<string | undefined> =>
					(await ledger.crmFacts(target, ['acme']))[0]?.told;
				expect([await told('hubspot'), await told('salesforce')]).toEqual(['["b"]', undefined]);
				await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(await told('hubspot')).toBeUndefined();
				expect(await ledger.knownAccounts('', 10)).toEqual([]);
			}),
		);

		it(
			'is asked for of whom only a hand-over is known, as the survivor of merged records',
			on(async (ledger) => {
				const human = { channel: 'human', address: 'team@vendor.example', cycle: 0 } as const;
				await send(ledger, 'a', T0, { ...human, accountId: 'outside' });
				await send(ledger, 'b', T0, { ...human, accountId: 'gone' });
				await ledger.linkAliases([{ alias: 'gone', accountId: 'outside' }], T0);
				expect(await ledger.knownAccounts('', 10)).toEqual(['outside']);
				expect(await ledger.knownAccounts('outside', 10)).toEqual([]);
			}),
		);

		it(
			'is asked for page by page, whatever it is known from, and goes on where it stopped',
			on(async (ledger) => {
				const ids = numbered(2_500, 'acc-').sort();
				const some = ids.slice(0, 1_500);
				const others = ids.slice(1_000);
				await ledger.rememberTiers(
					some.map((accountId) => ({ accountId, tier: 'Digital' })),
					T0,
				);
				await ledger.enroll(others.map((accountId) => enrollmentOf(accountId)));
				const found: string[] = [];
				for (let page = 0; page < 5; page++)
					found.push(...(await ledger.knownAccounts(found.at(-1) ?? '', 1_000)));
				expect(found).toHaveLength(2_500);
				expect([...found].sort()).toEqual(ids);
				expect(await ledger.crmCursor('hubspot')).toBe('');
				await ledger.moveCrmCursor('hubspot', 'acc-7');
				await ledger.moveCrmCursor('hubspot', 'acc-9');
				expect([await ledger.crmCursor('hubspot'), await ledger.crmCursor('salesforce')]).toEqual([
					'acc-9',
					'',
				]);
			}),
		);
	});
}
