import type { MailClue } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, eventOf, HOUR, T0, touchOf } from '../rows';

const ANN = 'ann@example.com';

/** What senders tell of our messages without knowing our accounts; P04 and P12 are rules per address. */
export function traceContract(on: WithLedger): void {
	describe('whose account an event is that names none', () => {
		const sent = (key: string, accountId: string, at: number, address = ANN) => ({
			claim: claimOf(touchOf(key, { accountId, address, changedAt: at, dueAt: at })),
			at,
		});
		const send = async (
			ledger: Parameters<Parameters<WithLedger>[0]>[0],
			...mails: ReturnType<typeof sent>[]
		): Promise<void> => {
			for (const { claim, at } of mails) {
				await ledger.claim([claim], at);
				await ledger.confirm([claim.touch.key], at);
			}
		};
		const clue = (by: number, over: Partial<MailClue> = {}): MailClue => ({
			address: ANN,
			by,
			...over,
		});

		it(
			'is told by the touch it names, whoever it is to, and by nothing else then',
			on(async (ledger) => {
				await send(ledger, sent('t1', 'acme', T0), sent('t2', 'other', T0 + DAY));
				expect(
					await ledger.traceMails([
						{ touch: 't1', by: T0 + 2 * DAY },
						clue(T0 + 2 * DAY, { touch: 't1' }),
						{ touch: 'nobody', by: T0 },
						clue(T0 + 2 * DAY, { touch: 'nobody' }),
					]),
				).toEqual([
					{ accountId: 'acme', address: ANN, touch: 't1' },
					{ accountId: 'acme', address: ANN, touch: 't1' },
					undefined,
					{ accountId: 'other', address: ANN },
				]);
			}),
		);

		it(
			'is the one about which the last mail to the address was by then, in any case of letters; else the first since',
			on(async (ledger) => {
				await send(
					ledger,
					sent('m1', 'acme', T0),
					sent('m2', 'other', T0 + DAY),
					sent('m3', 'acme', T0 + 2 * DAY),
					sent('m4', 'far', T0 + HOUR, 'bo@example.com'),
				);
				const whose = async (...clues: MailClue[]): Promise<(string | undefined)[]> =>
					(await ledger.traceMails(clues)).map((trace) => trace?.accountId);
				expect(
					await whose(
						clue(T0 - DAY),
						clue(T0),
						clue(T0 + DAY - 1),
						clue(T0 + DAY),
						clue(T0 + 9 * DAY, { address: 'Ann@Example.com' }),
						clue(T0, { address: 'bo@example.com' }),
						clue(T0, { address: 'eve@example.com' }),
						{ by: T0 },
					),
				).toEqual(['acme', 'acme', 'acme', 'other', 'acme', 'far', undefined, undefined]);
			}),
		);

		it(
			'of two mails since, whichever account comes first by name, is that of the first; and any before is better than both',
			on(async (ledger) => {
				await send(
					ledger,
					sent('m1', 'zoo', T0),
					sent('m2', 'acme', T0 + DAY),
					sent('m3', 'yard', T0, 'bo@example.com'),
					sent('m4', 'beta', T0 + HOUR, 'bo@example.com'),
				);
				const traces = await ledger.traceMails([
					clue(T0 - HOUR),
					clue(T0 + DAY - 1),
					clue(T0 + DAY),
					clue(T0 + DAY, { address: 'bo@example.com' }),
				]);
				expect(traces.map((trace) => trace?.accountId)).toEqual(['zoo', 'zoo', 'acme', 'beta']);
			}),
		);

		it(
			'is not told by what never left: held, or only a dry run',
			on(async (ledger) => {
				await ledger.note([
					touchOf('held', { address: ANN }),
					touchOf('dry', { address: ANN, state: 'dry', dry: true }),
				]);
				expect(await ledger.traceMails([clue(T0 + DAY), { touch: 'dry', by: T0 + DAY }])).toEqual([
					undefined,
					undefined,
				]);
			}),
		);

		it(
			'a touch of a colleague tells the account, and no address of a customer',
			on(async (ledger) => {
				const alert = touchOf('a', { channel: 'alert', address: 'cs@vendor.example' });
				await ledger.claim([claimOf(alert)], T0);
				expect(
					await ledger.traceMails([
						{ touch: 'a', by: T0 },
						clue(T0, { address: 'cs@vendor.example' }),
					]),
				).toEqual([{ accountId: 'acme', address: '', touch: 'a' }, undefined]);
			}),
		);
	});

	describe('what is known of no account', () => {
		const nobodys = [
			eventOf('e1', { accountId: '', type: 'reply_received', contact: ANN, data: { a: 1 } }),
			eventOf('e2', { accountId: '', type: 'clicked', contact: 'bo@example.com' }),
			eventOf('e3', { accountId: '', type: 'churned' }),
		];

		it(
			'is found by the address or the id of the event, and is no account',
			on(async (ledger) => {
				await ledger.recordEvents([...nobodys, eventOf('e4', { contact: ANN })], T0);
				expect(await ledger.nobodysEvents(['Ann@Example.com'])).toEqual([nobodys[0]]);
				expect(await ledger.nobodysEvents(['e3', 'bo@example.com'])).toEqual([
					nobodys[1],
					nobodys[2],
				]);
				expect(await ledger.nobodysEvents(['acme', 'e4'])).toEqual([]);
				expect(await ledger.due({ journey: 'onboarding', now: T0 + 1, limit: 9 })).toEqual([
					'acme',
				]);
			}),
		);

		it(
			'is forgotten with its details, also what would be kept of a customer',
			on(async (ledger) => {
				await ledger.recordEvents(nobodys, T0);
				await ledger.forgetBefore(T0 + 1, ['churned']);
				expect(await ledger.nobodysEvents(['e1', 'e2', 'e3'])).toEqual([]);
			}),
		);

		it(
			'loses the person who is erased',
			on(async (ledger) => {
				await ledger.recordEvents(nobodys, T0);
				await ledger.erase({ accountIds: [], addresses: [ANN] });
				expect(await ledger.nobodysEvents([ANN])).toEqual([]);
				expect(await ledger.nobodysEvents(['e1'])).toEqual([
					eventOf('e1', { accountId: '', type: 'reply_received' }),
				]);
			}),
		);
	});
}
