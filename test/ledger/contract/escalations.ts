import type { Touch } from '../../../engine/journeys/memory';
import type { EscalationMemory } from '../../../engine/tiers/elevation';
import type { Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, eventOf, LEASE, numbered, T0, touchOf } from '../rows';

const handOver = (key: string, over: Partial<Touch> = {}): Touch =>
	touchOf(key, { journey: 'intervention', channel: 'human', priority: 1, address: '', ...over });

const asked = async (ledger: Ledger, ...accountIds: string[]): Promise<EscalationMemory> =>
	await ledger.escalations({ accountIds, journeys: ['intervention', 'rescue'] });

const keysOf = ({ handOvers }: EscalationMemory): string[] =>
	handOvers.map(({ key }) => key).sort();

const NOTHING = { handOvers: [], events: [], survivorOf: new Map() };

/** P35: which accounts a health journey gave to a person, and what came of it. */
export function escalationContract(on: WithLedger): void {
	describe('the escalations of accounts', () => {
		it(
			'are live hand-overs of the journeys asked about, from the claim on, with when they were made',
			on(async (ledger) => {
				await ledger.claim(
					[
						claimOf(handOver('first')),
						claimOf(handOver('rescue', { journey: 'rescue' })),
						claimOf(handOver('onboarding', { journey: 'onboarding' })),
						claimOf(handOver('other', { accountId: 'other' })),
						claimOf(touchOf('mail', { journey: 'intervention' })),
						claimOf(handOver('alert', { channel: 'alert' })),
					],
					T0,
				);
				await ledger.confirm(['first'], T0 + 5);
				const memory = await asked(ledger, 'acme');
				expect(memory).toMatchObject({ events: [], survivorOf: new Map() });
				expect([...memory.handOvers].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
					{ accountId: 'acme', key: 'first', state: 'sent', at: T0 + 5 },
					{ accountId: 'acme', key: 'rescue', state: 'claimed', at: T0 },
				]);
				expect(keysOf(await asked(ledger, 'acme', 'other'))).toEqual(['first', 'other', 'rescue']);
				expect(await ledger.escalations({ accountIds: ['acme'], journeys: [] })).toEqual(NOTHING);
			}),
		);

		it.each<[string, Partial<Touch>]>([
			['was only held', {}],
			['lapsed', { state: 'lapsed' }],
			['was withdrawn', { state: 'withdrawn' }],
			['is of a dry run (P34)', { state: 'dry', dry: true }],
		])('are none where the hand-over %s', async (_what, over) => {
			await on(async (ledger) => {
				await ledger.note([handOver('first', over)]);
				expect(await asked(ledger, 'acme')).toEqual(NOTHING);
			})();
		});

		it(
			'are none where the hand-over failed, or was claimed in a dry run',
			on(async (ledger) => {
				await ledger.claim(
					[claimOf(handOver('failed')), claimOf(handOver('dry', { dry: true }))],
					T0,
				);
				await ledger.fail([{ key: 'failed', reasons: [], retryAt: T0 + DAY }], T0 + 1);
				expect(await asked(ledger, 'acme')).toEqual(NOTHING);
				await ledger.claim([claimOf(handOver('failed'))], T0 + LEASE + DAY);
				expect(keysOf(await asked(ledger, 'acme'))).toEqual(['failed']);
			}),
		);

		it(
			'come with what was remembered of elevations, and resolved cases, of whoever was ever escalated',
			on(async (ledger) => {
				await ledger.claim([claimOf(handOver('first'))], T0);
				const own = [
					eventOf('1', { type: 'case_resolved' }),
					eventOf('2', { type: 'tier_elevated' }),
					eventOf('3', { type: 'tier_returned' }),
				];
				const others = [
					eventOf('4', { type: 'clicked' }),
					eventOf('5', { type: 'case_resolved', accountId: 'never' }),
					eventOf('6', { type: 'tier_elevated', accountId: 'forgotten' }),
				];
				await ledger.recordEvents([...own, ...others], T0);
				const { events } = await asked(ledger, 'acme', 'never');
				expect(events.map(({ id }) => id).sort()).toEqual(['1', '2', '3']);
				expect(await asked(ledger, 'never')).toEqual(NOTHING);
				// retention may have forgotten the hand-over
				expect(await asked(ledger, 'forgotten')).toMatchObject({
					handOvers: [],
					events: [{ id: '6' }],
				});
			}),
		);

		it(
			'of merged records are those of all of them (P32)',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await ledger.claim([claimOf(handOver('first', { accountId: 'old' }))], T0);
				await ledger.recordEvents([eventOf('1', { type: 'case_resolved' })], T0);
				const memory = await asked(ledger, 'acme');
				expect(keysOf(memory)).toEqual(['first']);
				expect(memory.events).toMatchObject([{ accountId: 'acme', id: '1' }]);
				expect([...memory.survivorOf]).toEqual([['old', 'acme']]);
				expect(keysOf(await asked(ledger, 'old'))).toEqual(['first']);
			}),
		);

		it(
			'are found among more accounts than one transaction takes',
			on(async (ledger) => {
				const accounts = numbered(4500, 'a');
				await ledger.claim(
					['a0', 'a2000', 'a4499'].map((accountId) => claimOf(handOver(accountId, { accountId }))),
					T0,
				);
				expect(keysOf(await asked(ledger, ...accounts))).toEqual(['a0', 'a2000', 'a4499']);
			}),
		);

		it(
			'are forgotten with the account, and outlive retention as long as they matter',
			on(async (ledger) => {
				await ledger.recordEvents([eventOf('2', { type: 'tier_elevated' })], T0);
				await ledger.forgetBefore(T0 + DAY, ['tier_elevated', 'tier_returned']);
				expect((await asked(ledger, 'acme')).events).toHaveLength(1);
				await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(await asked(ledger, 'acme')).toEqual(NOTHING);
			}),
		);
	});
}
