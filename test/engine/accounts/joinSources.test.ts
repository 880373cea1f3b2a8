import type { Row } from '../../../engine/accounts/row';
import { build } from './rows';

const accounts = [
	{ accountId: 'A', arr: 10, aliases: ['old A'], contacts: [{ email: 'ana@example.com' }] },
	{ accountId: 'B' },
];

function joined(rows: readonly Row[], keys: string[] = []): (Row | undefined)[] {
	return build([accounts, rows], { keys }).accounts.map(({ account }) => account);
}

describe('a further source', () => {
	it('adds what is missing and never replaces what is there', () => {
		const [a, b] = joined([{ 'Account ID': 'A', arr: 99, plan: 'growth', NPS: 5 }]);
		expect(a).toMatchObject({ arr: 10, plan: 'growth', sentiment: { nps: 5 } });
		expect(b).toEqual({ accountId: 'B' });
	});

	it('adds missing parts to an object that is there', () => {
		const usage = [{ accountId: 'B', usage: { activeUsers: 1 } }];
		const more = [{ accountId: 'B', usage: { activeUsers: 9, events: 5 } }];
		expect(build([accounts, usage, more]).accounts[1]?.account.usage).toEqual({
			activeUsers: 1,
			events: 5,
		});
	});

	it('is joined by any field, numbers and texts alike', () => {
		const first = [{ accountId: 7 }];
		const tickets = [{ id: 'T-1', org: { ref: 7 }, 'Open Tickets': 2 }];
		expect(build([first, tickets], { keys: ['org.ref'] }).accounts[0]?.account).toMatchObject({
			accountId: '7',
			support: { openTickets: 2 },
		});
	});

	it('finds the surviving account by the id of a record that was merged into it (P32)', () => {
		expect(joined([{ accountId: 'old A', NPS: 5 }])[0]).toMatchObject({ sentiment: { nps: 5 } });
	});

	it('adds people, and what keeps mail from people who are known', () => {
		const [a, b] = joined([
			{ accountId: 'A', Email: 'ANA@example.com', Unsubscribed: 'yes', 'Contact Role': 'admin' },
			{ accountId: 'A', Email: 'bo@example.com', 'Email Status': 'bounced' },
			{ accountId: 'B', Email: 'cy@example.com' },
		]);
		expect(a?.contacts).toMatchObject([
			{ email: 'ana@example.com', unsubscribed: true, role: 'admin', status: 'active' },
			{ email: 'bo@example.com', status: 'bounced' },
		]);
		expect(b?.contacts).toMatchObject([{ email: 'cy@example.com' }]);
	});

	it('does not lose an unsubscribe that came without an address, whichever source came first', () => {
		expect(joined([{ accountId: 'A', Unsubscribed: 'yes' }])[0]?.contacts).toMatchObject([
			{ unsubscribed: true },
		]);
		const flat = [{ accountId: 'B', Unsubscribed: 'yes' }];
		const people = [{ accountId: 'B', Email: 'cy@example.com' }];
		expect(build([flat, people]).accounts[0]?.account.contacts).toMatchObject([
			{ unsubscribed: true },
		]);
	});

	it('sends rows of no account to rejected, with the row, the source and the key', () => {
		const { accounts: built, rejected } = build(
			[accounts, [{ accountId: 'A' }, { org: 'C' }, { org: ' ' }]],
			{ keys: ['org'] },
		);
		expect(built).toHaveLength(2);
		expect(
			rejected.map(({ place, problems }) => [place.row, problems.map(({ code }) => code)]),
		).toEqual([
			[0, ['noAccount']],
			[1, ['noAccount']],
			[2, ['noAccount']],
		]);
		expect(rejected[1]?.problems[0]?.text).toMatch(/^Row 2 of source 2 .*"org" holds "C"/);
		expect(rejected[2]?.problems[0]?.text).toMatch(/^Row 3 of source 2 .*"org" is empty/);
	});

	it('with a bad row keeps the account and rejects the row', () => {
		const { accounts: built, rejected } = build([accounts, [{ accountId: 'A', NPS: 'x' }]]);
		expect(built).toHaveLength(2);
		expect(rejected[0]?.problems[0]?.text).toMatch(
			/^Row 1 of source 2: "NPS" \(sentiment\.nps\) holds a text of 1 character/,
		);
	});

	it('leaves a trace of every row in exactly one account or in rejected', () => {
		const rows = Array.from({ length: 200 }, (_, index) => ({
			accountId: ['A', 'B', 'C', '', 'old A'][index % 5],
		}));
		const result = build([accounts, rows, rows.slice(7)]);
		const places = [
			...result.accounts.flatMap((account) => account.places),
			...result.rejected.map(({ place }) => place),
		].map(({ source, row }) => `${String(source)}/${String(row)}`);
		expect(places).toHaveLength(2 + 200 + 193);
		expect(new Set(places).size).toBe(places.length);
	});
});
