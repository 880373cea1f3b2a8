import type { Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, eventOf, T0, touchOf } from '../rows';
import { recallOf } from './readBack';

const ADA = 'ada@acme.example';
const BO = 'bo@acme.example';

/** What is left of a person or an account that was erased, wherever senders put an address. */
export function erasingContract(on: WithLedger): void {
	const told: [string, Record<string, unknown>][] = [
		['in a list of contacts', { account: { contacts: [{ email: ADA, name: 'Ada Lovelace' }] } }],
		['in capitals', { by: 'ADA@Acme.example' }],
		['as a name', { seen: { [ADA]: 3 } }],
		['in a text', { text: `Dear all,\nwrite to ${ADA}.\nBye` }],
		['in brackets', { from: `Ada <${ADA}>` }],
		['in a link', { link: 'https://app.example/?u=ada%40acme.example&x=1' }],
		['in a link to a mail', { link: `https://app.example/?to%3Dmailto:${ADA}` }],
	];

	const erasePerson = async (ledger: Ledger, address: string) =>
		await ledger.erase({ accountIds: [], addresses: [address] });

	describe('to erase a person', () => {
		it.each(told)('removes what an event of anybody tells of them %s', async (_where, data) => {
			await on(async (ledger) => {
				await ledger.recordEvents([eventOf('e', { accountId: 'other', data })], T0);
				expect(await erasePerson(ledger, 'Ada@ACME.example')).toMatchObject({ events: 1 });
				const { events } = await ledger.timeline(['other']);
				expect(events).toEqual([eventOf('e', { accountId: 'other', data: undefined })]);
				expect(await erasePerson(ledger, ADA)).toMatchObject({ events: 0 });
			})();
		});

		it.each([
			'maryada@acme.example',
			'mary.ada@acme.example',
			'mary-ada@acme.example',
			'ada@acme.example.org',
			'ada@acme.examples',
			'ada@acmeXexample',
			'Ada Lovelace',
		])('leaves what tells of %s', async (text) => {
			await on(async (ledger) => {
				await ledger.recordEvents([eventOf('e', { data: { text } })], T0);
				expect(await erasePerson(ledger, ADA)).toMatchObject({ events: 0 });
				expect((await ledger.timeline(['acme'])).events).toEqual([
					eventOf('e', { data: { text } }),
				]);
			})();
		});

		it.each(['%', '_da@acme.example', 'a', 'acme.example', '@'])(
			'leaves all where %s is no address',
			async (text) => {
				await on(async (ledger) => {
					await ledger.recordEvents([eventOf('e', { data: { email: ADA } })], T0);
					expect(await erasePerson(ledger, text)).toMatchObject({ events: 0 });
				})();
			},
		);

		it(
			'finds addresses of other scripts in any case',
			on(async (ledger) => {
				await ledger.recordEvents([eventOf('e', { data: { to: 'JÖRG@Müller.example' } })], T0);
				expect(await erasePerson(ledger, 'jörg@müller.example')).toMatchObject({ events: 1 });
			}),
		);

		it(
			'keeps of an event what decides and tells of nobody',
			on(async (ledger) => {
				const data = { severity: 'P1', automatic: true, healthScore: 7, note: ADA, text: 'x' };
				await ledger.recordEvents([eventOf('e', { data })], T0);
				await erasePerson(ledger, ADA);
				const [event] = (await ledger.timeline(['acme'])).events;
				expect(event?.data).toEqual({ severity: 'P1', automatic: true, healthScore: 7 });
				await ledger.recordEvents(
					[eventOf('w', { accountId: 'two', data: { data: { human: false, by: ADA } } })],
					T0,
				);
				await erasePerson(ledger, ADA);
				expect((await ledger.timeline(['two'])).events[0]?.data).toEqual({ human: false });
			}),
		);

		it(
			'takes the address out of reasons, logs and the reasons of pauses',
			on(async (ledger) => {
				const reasons = [
					{ code: 'refused', text: `550 <Ada@acme.example>: unknown`, to: [ADA, BO], count: 1 },
				];
				await ledger.note([touchOf('t', { reasons })]);
				await ledger.pause([{ scope: 'account', id: 'acme', reason: `${ADA} asked` }], T0);
				await erasePerson(ledger, ADA);
				const erased = [
					{ code: 'refused', text: '550 <(erased)>: unknown', to: ['(erased)', BO], count: 1 },
				];
				const { log } = await ledger.timeline(['acme']);
				expect(log.map((entry) => entry.reasons)).toEqual([erased]);
				expect((await recallOf(ledger)).touches.map((touch) => touch.reasons)).toEqual([erased]);
				expect(await ledger.pauses(T0)).toEqual([
					{ scope: 'account', id: 'acme', reason: '(erased) asked' },
				]);
			}),
		);
	});

	describe('to erase an account', () => {
		const suppressedStill = async (ledger: Ledger, addresses: string[]): Promise<string[]> => {
			const { suppressed } = await recallOf(ledger, { addresses });
			return [...suppressed].sort();
		};

		it(
			'keeps no word of its record about people, who get nothing all the same',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				const say = (address: string, source: string) => ({ address, source, reason: 'x' });
				await ledger.suppress(
					[say(ADA, 'account/acme'), say(BO, 'account/old'), say('eve@x.example', 'account/eve')],
					T0,
				);
				const erased = await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(erased).toMatchObject({ suppressions: 2 });
				// whoever takes back what the account said finds nothing: it is a fingerprint now
				await ledger.unsuppress([
					{ address: ADA, source: 'account/acme' },
					{ address: BO, source: 'account/old' },
				]);
				expect(await suppressedStill(ledger, [ADA, BO])).toEqual([ADA, BO]);
				// of another account it is kept as it was
				await ledger.unsuppress([{ address: 'eve@x.example', source: 'account/eve' }]);
				expect(await suppressedStill(ledger, ['eve@x.example'])).toEqual([]);
			}),
		);

		it(
			'leaves nobody’s events without its people: those it wrote to, and those its events name',
			on(async (ledger) => {
				await ledger.claim([claimOf(touchOf('1', { address: ADA }))], T0);
				await ledger.claim(
					[claimOf(touchOf('2', { channel: 'human', address: 'team@vendor.example' }))],
					T0,
				);
				await ledger.recordEvents(
					[
						eventOf('a', { contact: 'Bo@acme.example' }),
						eventOf('n1', { accountId: '', contact: ADA, data: { text: 'call me' } }),
						eventOf('n2', { accountId: '', data: { from: `Bo <${BO}>`, severity: 'P1' } }),
						eventOf('n3', { accountId: '', data: { to: 'team@vendor.example' } }),
						eventOf('n4', { accountId: '', contact: 'eve@x.example', data: { n: 1 } }),
						eventOf('o', { accountId: 'other', contact: ADA, data: { n: 2 } }),
					],
					T0,
				);
				expect(await ledger.erase({ accountIds: ['acme'], addresses: [] })).toMatchObject({
					events: 3,
				});
				expect(await ledger.nobodysEvents(['n1', 'n2', 'n3', 'n4'])).toEqual([
					eventOf('n1', { accountId: '', contact: undefined, data: undefined }),
					eventOf('n2', { accountId: '', data: { severity: 'P1' } }),
					eventOf('n3', { accountId: '', data: { to: 'team@vendor.example' } }),
					eventOf('n4', { accountId: '', contact: 'eve@x.example', data: { n: 1 } }),
				]);
				expect((await ledger.timeline(['other'])).events).toMatchObject([{ contact: ADA }]);
			}),
		);

		it(
			'keeps as a fingerprint who unsubscribed and only ever stood in its events',
			on(async (ledger) => {
				await ledger.recordEvents(
					[
						eventOf('1', { contact: 'Bo@acme.example' }),
						eventOf('2', { data: { contacts: [{ email: ADA }], text: `cc: <CAT@acme.example>.` } }),
					],
					T0,
				);
				const people = [ADA, BO, 'cat@acme.example'];
				await ledger.suppress(
					[...people, 'eve@x.example'].map((address) => ({ address, reason: 'unsubscribed' })),
					T0,
				);
				expect(await ledger.erase({ accountIds: ['acme'], addresses: [] })).toMatchObject({
					suppressions: 3,
				});
				await ledger.unsuppress(people.map((address) => ({ address, source: '' })));
				expect(await suppressedStill(ledger, people)).toEqual(people);
				await ledger.unsuppress([{ address: 'eve@x.example', source: '' }]);
				expect(await suppressedStill(ledger, ['eve@x.example'])).toEqual([]);
				expect(await ledger.claim([claimOf(touchOf('t', { address: ADA }))], T0)).toEqual([
					{ key: 't', claimed: false, why: 'suppressed' },
				]);
			}),
		);
	});
}
