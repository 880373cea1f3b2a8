import type { WithLedger } from '../contract';
import { DAY, HOUR, JOURNEY, numbered, T0, touchOf } from '../rows';

const RUN = { journey: JOURNEY, dry: false };
const owner = { id: 'f', name: 'f' };
const AHEAD = [{ code: 'notStarted', text: 'Not enrolled yet: the contract starts in May.' }];
const OTHER = [{ code: 'conditionsNotMet', text: 'Not enrolled: it does not meet them.' }];
const TIER = [{ code: 'tier_not_allowed', text: 'onboarding is not for tier highTouch' }];

/** What *Look Up* tells of accounts that no journey took in: why not, and whom a gate kept from it. */
export function outsideContract(on: WithLedger): void {
	describe('why an account is not in a journey', () => {
		it(
			'is what the last decision said, by journey, live and dry, until the account is in',
			on(async (ledger) => {
				const dry = { journey: 'renewal', dry: true };
				await ledger.begin({ ...RUN, owner, takeOver: false }, T0);
				await ledger.begin({ ...dry, owner, takeOver: false }, T0);
				await ledger.schedule(RUN, [
					{ accountId: 'acme', decidedAt: T0, lookAt: T0 + DAY, outside: AHEAD },
					{ accountId: 'other', decidedAt: T0, outside: AHEAD },
					{ accountId: 'in', decidedAt: T0 },
				]);
				await ledger.schedule(dry, [{ accountId: 'acme', decidedAt: T0, outside: OTHER }]);
				const outside = async () => (await ledger.timeline(['acme', 'in', 'nobody'])).outside;
				const renewal = { ...dry, accountId: 'acme', decidedAt: T0, reasons: OTHER };
				expect(await outside()).toEqual([
					{ ...RUN, accountId: 'acme', decidedAt: T0, lookAt: T0 + DAY, reasons: AHEAD },
					renewal,
				]);
				await ledger.schedule(RUN, [{ accountId: 'acme', decidedAt: T0 + HOUR, outside: OTHER }]);
				expect((await outside())[0]).toEqual({
					...RUN,
					accountId: 'acme',
					decidedAt: T0 + HOUR,
					reasons: OTHER,
				});
				await ledger.schedule(RUN, [{ accountId: 'acme', decidedAt: T0 + DAY }]);
				expect(await outside()).toEqual([renewal]);
				await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(await outside()).toEqual([]);
			}),
		);
	});

	it(
		'what a dry run said of an account counts until the journey has run live',
		on(async (ledger) => {
			const dry = { ...RUN, dry: true };
			await ledger.begin({ ...dry, owner, takeOver: false }, T0);
			await ledger.schedule(dry, [{ accountId: 'acme', decidedAt: T0, outside: AHEAD }]);
			expect((await ledger.timeline(['acme'])).outside).toHaveLength(1);
			await ledger.begin({ ...RUN, owner, takeOver: false }, T0 + DAY);
			expect((await ledger.timeline(['acme'])).outside).toEqual([]);
		}),
	);

	describe('whom a gate holds', () => {
		const held = (accountId: string, reasons = TIER) => ({ accountId, reasons });
		const passed = (accountId: string) => ({ accountId, reasons: [] });

		it(
			'is remembered since the first hold, with the reasons of now, until it passes',
			on(async (ledger) => {
				const holds = async () => (await ledger.timeline(['acme', 'bo'])).gateHolds;
				await ledger.rememberHolds([JOURNEY], [held('acme'), passed('bo')], T0);
				expect(await holds()).toEqual([{ ...held('acme'), journey: JOURNEY, since: T0 }]);
				await ledger.rememberHolds([JOURNEY], [held('acme', OTHER), held('bo')], T0 + HOUR);
				expect(await holds()).toEqual([
					{ ...held('acme', OTHER), journey: JOURNEY, since: T0 },
					{ ...held('bo'), journey: JOURNEY, since: T0 + HOUR },
				]);
				// who is not among the items of a run stays as they were
				await ledger.rememberHolds([JOURNEY], [passed('acme')], T0 + DAY);
				expect(await holds()).toEqual([{ ...held('bo'), journey: JOURNEY, since: T0 + HOUR }]);
				await ledger.rememberHolds([JOURNEY], [held('acme')], T0 + 2 * DAY);
				expect((await holds())[0]).toMatchObject({ accountId: 'acme', since: T0 + 2 * DAY });
			}),
		);

		it(
			'is told of each journey behind the gate by itself, of thousands too',
			on(async (ledger) => {
				const ids = numbered(5_000, 'a');
				await ledger.rememberHolds(
					['touch', 'readout'],
					ids.map((id) => held(id)),
					T0,
				);
				await ledger.rememberHolds(
					['touch'],
					ids.map((id) => passed(id)),
					T0,
				);
				const { gateHolds } = await ledger.timeline(ids);
				expect(gateHolds).toHaveLength(5_000);
				expect(new Set(gateHolds.map(({ journey }) => journey))).toEqual(new Set(['readout']));
			}),
		);

		it(
			'is forgotten with the account, with the record that was merged, and with its time',
			on(async (ledger) => {
				const ids = ['acme', 'old', 'gone', 'early'];
				const left = async () =>
					(await ledger.timeline(ids)).gateHolds.map(({ accountId }) => accountId);
				await ledger.rememberHolds([JOURNEY], [held('early')], T0 - DAY);
				await ledger.rememberHolds(
					[JOURNEY],
					['acme', 'old', 'gone'].map((id) => held(id)),
					T0,
				);
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				expect(await left()).toEqual(['acme', 'early', 'gone']);
				await ledger.erase({ accountIds: ['gone'], addresses: [] });
				expect(await left()).toEqual(['acme', 'early']);
				expect(await ledger.forgetBefore(T0, [])).toMatchObject({ log: 1 });
				expect(await left()).toEqual(['acme']);
			}),
		);
	});

	it(
		'the journeys that are known have run, live or dry, or have a gate that holds somebody',
		on(async (ledger) => {
			expect(await ledger.knownJourneys()).toEqual([]);
			await ledger.begin({ ...RUN, owner, takeOver: false }, T0);
			await ledger.begin({ ...RUN, dry: true, owner, takeOver: false }, T0);
			await ledger.begin({ journey: 'a', dry: true, owner, takeOver: false }, T0);
			await ledger.rememberHolds(['z'], [{ accountId: 'acme', reasons: TIER }], T0);
			expect(await ledger.knownJourneys()).toEqual(['a', JOURNEY, 'z']);
		}),
	);

	it(
		'an address is of whom a mail was last thought of, else of the record that says it unsubscribed',
		on(async (ledger) => {
			const to = (key: string, accountId: string, address: string, changedAt: number) =>
				touchOf(key, { accountId, address, changedAt });
			await ledger.note([
				to('1', 'before', 'ann@x.example', T0),
				to('2', 'acme', 'ann@x.example', T0 + HOUR),
			]);
			const reason = 'unsubscribed';
			await ledger.suppress(
				[
					{ address: 'ann@x.example', source: 'account/third', reason },
					{ address: 'bo@x.example', source: 'account/bos', reason },
					{ address: 'cat@x.example', reason },
				],
				T0 + DAY,
			);
			const asked = ['Ann@X.example', 'bo@x.example', 'cat@x.example', 'dot@x.example'];
			expect(await ledger.accountsOf(asked)).toEqual(['acme', 'bos', undefined, undefined]);
		}),
	);
}
