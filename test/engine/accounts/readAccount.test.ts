import { jsonParse } from 'n8n-workflow';
import { accountSchema } from '../../../engine/accounts/account';
import type { Row } from '../../../engine/accounts/row';
import { accountsOf, problemsOf } from './rows';

describe('a row becomes an account', () => {
	it.each<[string, string]>([
		['accountId', 'A1'],
		['Account ID', 'A1'],
		['account_id', 'A1'],
		['ACCOUNT-ID', 'A1'],
		['Company ID', 'A1'],
		['customerID', 'A1'],
	])('finds the id under "%s"', (heading, id) => {
		expect(accountsOf([{ [heading]: id }])[0]).toMatchObject({ accountId: id });
	});

	it.each<[string, string, Row]>([
		['ARR', '12000', { arr: 12_000 }],
		['Annual Recurring Revenue', '12000.50', { arr: 12_000.5 }],
		['Renewal Date', '2026-03-01', { renewalDate: '2026-03-01' }],
		['Time Zone', 'Europe/Berlin', { timezone: 'Europe/Berlin' }],
		['Strategic', 'Yes', { strategic: true }],
		['Auto Renew', '0', { autoRenew: false }],
		['Lifecycle Stage', 'Onboarding', { lifecycleStage: 'onboarding' }],
		['Excluded', 'partner', { excluded: 'partner' }],
		['Excluded', 'no', { excluded: false }],
		['Merged IDs', 'B1; B2', { aliases: ['B1', 'B2'] }],
		['Notes', 'one; note', { notes: ['one; note'] }],
		['Currency', 'eur', { currency: 'EUR' }],
		['Created At', '1767225600000', { createdAt: '2026-01-01T00:00:00.000Z' }],
		['Active Users', '7', { usage: { activeUsers: 7 } }],
		['usage.activeUsers', '7', { usage: { activeUsers: 7 } }],
		['Open Tickets', '0', { support: { openTickets: 0 } }],
		['NPS', '-20', { sentiment: { nps: -20 } }],
		['Licenses Used', '3', { licences: { used: 3 } }],
		[
			'Completed Steps',
			'connect-data;invite-team',
			{ setup: { completed: [{ step: 'connect-data' }, { step: 'invite-team' }] } },
		],
		['First Value At', '2026-03-01', { setup: { completed: [], firstValueAt: '2026-03-01' } }],
	])('reads "%s" holding "%s"', (heading, cell, expected) => {
		expect(accountsOf([{ accountId: 'A1', [heading]: cell }])[0]).toMatchObject(expected);
	});

	it.each([
		['12,000.50', 12_000.5],
		['1,234,567', 1_234_567],
		['1e5', 100_000],
		[' 12 ', 12],
		[0, 0],
	])('reads the number %p as %d', (cell, value) => {
		expect(accountsOf([{ accountId: 'A1', arr: cell }])[0]).toHaveProperty('arr', value);
	});

	it.each(['', '   ', 'NA', 'N/A', '#N/A', 'NULL', null, undefined])(
		'takes %p for missing: neither zero nor invalid',
		(cell) => {
			const [account] = accountsOf([
				{ accountId: 'A1', arr: cell, 'Time Zone': cell, email: cell, usage: cell },
			]);
			expect(Object.keys(account ?? {})).toEqual(['accountId', 'Time Zone', 'email']);
		},
	);

	it('keeps zero and no', () => {
		expect(accountsOf([{ accountId: 'A1', arr: 0, openOpportunity: false }])[0]).toEqual({
			accountId: 'A1',
			arr: 0,
			openOpportunity: false,
		});
	});

	it('makes the first contact from flat columns, with the defaults of the schema', () => {
		const [account] = accountsOf([
			{
				accountId: 'A1',
				Email: 'ana@example.com',
				'Contact Role': 'Decision Maker',
				Unsubscribed: 'yes',
			},
		]);
		expect(account?.contacts).toEqual([
			{ email: 'ana@example.com', role: 'decisionMaker', status: 'active', unsubscribed: true },
		]);
	});

	it('takes "Unsubscribed" without an address for the first contact of the list', () => {
		const [account] = accountsOf([
			{
				accountId: 'A1',
				Unsubscribed: 1,
				contacts: [{ email: 'ana@example.com' }, { email: 'bo@example.com', role: 'admin' }],
			},
		]);
		expect(account?.contacts).toMatchObject([
			{ unsubscribed: true },
			{ unsubscribed: false, role: 'admin' },
		]);
	});

	it('lets unknown columns and unknown parts of known objects pass untouched', () => {
		const tickets = [{ id: 1 }];
		const [account] = accountsOf([
			{ accountId: 'A1', tickets, ARR: '5', usage: { activeUsers: '2', dashboards: 'x' } },
		]);
		expect(account).toEqual({
			accountId: 'A1',
			tickets,
			ARR: '5',
			arr: 5,
			usage: { activeUsers: 2, dashboards: 'x' },
		});
		expect(account?.tickets).toBe(tickets);
	});

	it('keeps the account’s fields only, when other columns are left out', () => {
		expect(
			accountsOf([{ 'Account ID': 'A1', ARR: '5', other: 1 }], { otherColumns: 'leaveOut' }),
		).toEqual([{ accountId: 'A1', arr: 5 }]);
	});

	it('prefers the exact canonical name, then the order of the known headings, and skips empty cells', () => {
		expect(accountsOf([{ 'Company ID': 'no', accountId: 'A1' }])[0]).toMatchObject({
			accountId: 'A1',
		});
		expect(accountsOf([{ ID: 'no', 'Account ID': 'A1' }])[0]).toMatchObject({ accountId: 'A1' });
		expect(accountsOf([{ 'Account ID': '', ID: 'A1' }])[0]).toMatchObject({ accountId: 'A1' });
	});

	it('never changes its input and never follows a heading that would change the object itself', () => {
		const row = jsonParse<Row>(
			'{"accountId":" A1 ","usage":{"activeUsers":"1","__proto__":{"x":1}},"__proto__":{"arr":5}}',
		);
		const before = JSON.stringify(row);
		const [account] = accountsOf([row]);
		expect(JSON.stringify(row)).toBe(before);
		expect(Object.keys(account ?? {})).toEqual(['accountId', 'usage']);
		expect(account?.arr).toBeUndefined();
		expect(accountSchema.parse(account)).toEqual({ accountId: 'A1', usage: { activeUsers: 1 } });
	});
});

describe('own mapping', () => {
	const mapping = [
		{ target: 'accountId', source: 'crm.key' },
		{ target: 'usage.activeUsers', source: 'Logins' },
	];

	it('reads canonical fields from wherever they stand', () => {
		expect(
			accountsOf([{ crm: { key: 7 }, Logins: '3' }], { preset: 'ownMapping', mapping })[0],
		).toMatchObject({
			accountId: '7',
			usage: { activeUsers: 3 },
		});
	});

	it('wins over the preset, which still finds the rest', () => {
		const row = {
			'Account ID': 'other',
			crm: { key: 'A1' },
			'Active Users': 99,
			Logins: 3,
			ARR: 5,
		};
		expect(accountsOf([row], { mapping })[0]).toMatchObject({
			accountId: 'A1',
			arr: 5,
			usage: { activeUsers: 3 },
		});
	});

	it('does not fall back on another column where the mapped one is empty', () => {
		const row = { accountId: 'A1', arr: '5', Total: '' };
		const [account] = accountsOf([row], { mapping: [{ target: 'arr', source: 'Total' }] });
		expect(account).toEqual({ accountId: 'A1', Total: '' });
	});

	it('alone knows exact canonical names besides, so that nothing unchecked bears one', () => {
		const settings = { preset: 'ownMapping', mapping: [{ target: 'accountId', source: 'key' }] };
		expect(accountsOf([{ key: 'A1', ARR: 'x' }], settings)).toEqual([
			{ accountId: 'A1', key: 'A1', ARR: 'x' },
		]);
		expect(problemsOf([{ key: 'A1', arr: 'x' }], settings)).toEqual([['notANumber arr']]);
	});

	it('refuses a target that is no field of the account', () => {
		expect(() => accountsOf([], { mapping: [{ target: 'nope', source: 'x' }] })).toThrow(
			"'nope' is not a field of the account",
		);
	});
});

describe('HubSpot companies', () => {
	it.each<[string, Row]>([
		[
			'as the current API gives them',
			{
				id: '77',
				properties: {
					name: 'Acme',
					arr: '1200',
					annualrevenue: '9000000',
					hs_lifecyclestage_customer_date: '2026-01-01T00:00:00.000Z',
				},
			},
		],
		[
			'as n8n’s HubSpot node gives them',
			{
				companyId: 77,
				properties: {
					name: { value: 'Acme' },
					arr: { value: '1200' },
					annualrevenue: { value: '9000000' },
					hs_lifecyclestage_customer_date: { value: '1767225600000' },
				},
			},
		],
	])('are read %s; what a company earns is not what it pays', (_title, row) => {
		expect(accountsOf([row], { preset: 'hubspotCompany' })).toEqual([
			{ ...row, accountId: '77', name: 'Acme', arr: 1200, createdAt: '2026-01-01T00:00:00.000Z' },
		]);
	});
});
