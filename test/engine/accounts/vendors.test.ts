import { accountSchema } from '../../../engine/accounts/account';
import { accountPreset } from '../../../engine/accounts/presets';
import type { Row } from '../../../engine/accounts/row';
import { build, type Settings } from './rows';
import { sampleRows } from './samples';

const canonical = (rows: readonly Row[], settings: Settings): unknown[] =>
	build([rows], { otherColumns: 'leaveOut', ...settings }).accounts.map(({ account }) => account);
const whyNot = (rows: readonly Row[], settings: Settings): [number, string | undefined][] =>
	build([rows], settings).rejected.map(({ place, problems }) => [place.row, problems[0]?.code]);

const GOALS = ['Ship releases weekly', 'Fewer status meetings'];

describe('HubSpot companies', () => {
	const settings = { preset: 'hubspotCompany' };
	const rows = sampleRows('hubspotCompanies');

	it('give what the company pays, its goals (R8) and what success managers noted (R9)', () => {
		expect(canonical(rows, settings)).toEqual([
			{
				accountId: '512',
				aliases: ['498', '501'],
				arr: 18400.5,
				autoRenew: true,
				createdAt: '2026-02-03T10:00:00.000Z',
				csm: 'carla@vendor.example',
				currency: 'EUR',
				goals: GOALS,
				name: 'Acme',
				notes: ['Wants a review before the summer'],
				openOpportunity: true,
				plan: 'Growth',
				renewalDate: '2027-01-31',
				termMonths: 12,
				usage: { limits: { seats: { used: 42, allowed: 50 }, projects: { used: 9, allowed: 10 } } },
			},
			{ accountId: '513', name: 'Bolt', openOpportunity: false },
		]);
	});

	it('that were archived are no accounts', () => {
		expect(whyNot(rows, settings)).toEqual([[2, 'goneRecord']]);
	});

	it.each(['lead', 'opportunity', 'other', 'subscriber', ' Lead'])(
		'that HubSpot calls %p are no customers, so no accounts',
		(stage) => {
			const lead = { id: '9', properties: { lifecyclestage: stage, createdate: '2026-03-17' } };
			expect(whyNot([lead], settings)).toEqual([[0, 'noCustomer']]);
			const fromN8n = { companyId: 9, properties: { lifecyclestage: { value: stage } } };
			expect(whyNot([fromN8n], settings)).toEqual([[0, 'noCustomer']]);
		},
	);

	it.each(['customer', 'evangelist', 'Customer', '', null, undefined])(
		'that HubSpot calls %p are accounts',
		(stage) => {
			const row = { id: '9', properties: { lifecyclestage: stage } };
			expect(canonical([row], settings)).toEqual([{ accountId: '9' }]);
		},
	);

	it('that have churned stay accounts, so that every journey ends (P32)', () => {
		const row = { id: '9', properties: { lifecyclestage: 'other', customer_stage: 'churned' } };
		expect(canonical([row], settings)).toEqual([{ accountId: '9', lifecycleStage: 'churned' }]);
	});

	it('began when they became customers, and not when somebody made the record (P14)', () => {
		const began = (properties: object): unknown =>
			canonical([{ id: '9', createdAt: '2024-01-01', properties }], settings)[0];
		const record = { createdate: '2024-01-01T00:00:00Z' };
		expect(began(record)).toEqual({ accountId: '9' });
		expect(began({ ...record, hs_v2_date_entered_customer: '2026-03-16' })).toEqual({
			accountId: '9',
			createdAt: '2026-03-16',
		});
		expect(began({ ...record, contract_start_date: '2026-03-20' })).toEqual({
			accountId: '9',
			startedAt: '2026-03-20',
		});
	});
});

describe('who is a customer', () => {
	const hubspot = (stage: string): Row => ({ id: stage, properties: { lifecyclestage: stage } });
	const taken = (customersAre: string): unknown[] =>
		canonical(['customer', 'lead', '54321987', '54321988'].map(hubspot), {
			preset: 'hubspotCompany',
			customersAre,
		}).map((account) => (account as Row).accountId);

	it('is a setting, for stages of your own', () => {
		expect(taken('')).toEqual(['customer']);
		expect(taken('customer; 54321987')).toEqual(['customer', '54321987']);
		expect(taken('customer; 5432*')).toEqual(['customer', '54321987', '54321988']);
		expect(taken('*')).toHaveLength(4);
	});

	it('is not asked of a source that only adds to accounts, such as a CRM behind billing', () => {
		const { accounts, rejected } = build(
			[
				[{ accountId: 'lead' }],
				[{ ...hubspot('lead'), properties: { lifecyclestage: 'lead', plan: 'pro' } }],
			],
			{ presets: [accountPreset('hubspotCompany')] },
		);
		expect(accounts).toMatchObject([{ account: { accountId: 'lead', plan: 'pro' } }]);
		expect(rejected).toEqual([]);
	});

	it('says of the people of others the same, and not that their account is missing', () => {
		const { rejected } = build(
			[[hubspot('lead')], [{ companyId: 'lead', properties: { email: 'a@b.example' } }]],
			{ preset: 'hubspotCompany', presets: [accountPreset('hubspotContacts')] },
		);
		expect(rejected.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
			['noCustomer'],
			['noCustomer'],
		]);
	});
});

describe('Salesforce accounts', () => {
	const settings = { preset: 'salesforceAccount' };
	const rows = sampleRows('salesforceAccounts');

	it('give what the account pays in the currency of the record, with times any reader knows', () => {
		expect(canonical(rows, settings)).toEqual([
			{
				accountId: '0015g00000XyZabAAB',
				arr: 18400.5,
				autoRenew: false,
				createdAt: '2026-01-20',
				csm: 'carla@vendor.example',
				currency: 'EUR',
				goals: GOALS,
				name: 'Acme',
				notes: ['Wants a review before the summer'],
				plan: 'Growth',
				renewalDate: '2027-01-31',
				startedAt: '2026-02-01',
				termMonths: 12,
				usage: { limits: { seats: { used: 42, allowed: 50 } } },
			},
			{
				accountId: '0015g00000XyZacAAB',
				currency: 'USD',
				name: 'Bolt',
			},
		]);
	});

	it('that were deleted, merged ones among them, are no accounts', () => {
		expect(whyNot(rows, settings)).toEqual([[2, 'goneRecord']]);
	});

	it.each([
		['Prospect', 'noCustomer'],
		['Partner', 'noCustomer'],
		['Former Customer', 'noCustomer'],
		['Customer - Direct', undefined],
		['Customer', undefined],
		[null, undefined],
	])('of the type %p: %p', (Type, code) => {
		const rows = [{ Id: '001', Type, CreatedDate: '2026-03-17T08:30:00.000+0000' }];
		expect(whyNot(rows, settings)).toEqual(code === undefined ? [] : [[0, code]]);
		// the record's own age is no day 0 (P14)
		if (code === undefined) expect(canonical(rows, settings)).toEqual([{ accountId: '001' }]);
	});
});

describe('Stripe customers', () => {
	const settings = { preset: 'stripeCustomer' };
	const rows = sampleRows('stripeCustomers');
	const { accounts, rejected } = build([rows], settings);
	const of = (name: string): unknown =>
		accounts.find(({ account }) => account.name === name)?.account;

	it('pay price times quantity a year, whatever the interval; seconds become dates', () => {
		// 1,200.00 × 12 seats a year and 50.00 a month
		expect(of('Acme')).toMatchObject({
			accountId: 'cus_Acme',
			arr: 15000,
			currency: 'EUR',
			plan: 'Growth',
			termMonths: 12,
			autoRenew: true,
			renewalDate: '2027-01-01T00:00:00.000Z',
			startedAt: '2026-01-01T00:00:00.000Z',
			createdAt: '2025-12-01T00:00:00.000Z',
			licences: { bought: 12 },
			locale: 'de',
			contacts: [{ email: 'billing@acme.example', name: 'Acme', role: 'user', locale: 'de' }],
		});
	});

	it('of an older version have the period on the subscription; past due is overdue, an announced end no renewal', () => {
		expect(of('Bolt')).toMatchObject({
			arr: 348,
			currency: 'USD',
			invoiceState: 'overdue',
			autoRenew: false,
			termMonths: 1,
			renewalDate: '2026-02-01T00:00:00.000Z',
		});
		expect(of('Bolt')).not.toHaveProperty('licences');
	});

	it('who pay by use have no known ARR, which is not zero', () => {
		expect(of('Crow')).not.toHaveProperty('arr');
		expect(of('Crow')).toMatchObject({ plan: 'Metered' });
	});

	it('who pay in two currencies have no known ARR, and the item says so (P36)', () => {
		expect(of('Dune')).not.toHaveProperty('arr');
		expect(of('Dune')).not.toHaveProperty('currency');
		const dune = accounts.find(({ account }) => account.name === 'Dune');
		expect(dune?.warnings).toMatchObject([{ code: 'severalCurrencies', field: 'arr' }]);
	});

	it('count yen whole and a trial not at all', () => {
		expect(of('Yen')).toMatchObject({ arr: 300000, currency: 'JPY' });
	});

	it('whose last subscription was canceled have churned (P32)', () => {
		expect(of('Echo')).toMatchObject({ lifecycleStage: 'churned' });
		expect(of('Echo')).not.toHaveProperty('arr');
	});

	it('that were deleted are rejected, and so are other objects', () => {
		expect(rejected.map(({ place, problems }) => [place.row, problems[0]?.code])).toEqual([
			[5, 'goneRecord'],
			[7, 'otherRecord'],
		]);
	});

	it('are put together from subscriptions alone, each counted once', () => {
		const subscriptions = sampleRows('stripeSubscriptions');
		expect(canonical([...subscriptions, ...subscriptions], settings)).toMatchObject([
			{
				accountId: 'cus_Acme',
				arr: 15000,
				currency: 'EUR',
				renewalDate: '2027-01-01T00:00:00.000Z',
			},
		]);
		expect(canonical([...rows.slice(0, 1), ...subscriptions], settings)).toMatchObject([
			{ name: 'Acme', arr: 15000 },
		]);
	});

	it('fit the schema of the account', () => {
		for (const { account } of accounts)
			expect(accountSchema.safeParse(account).error?.issues).toBeUndefined();
	});
});

describe('Segment group calls', () => {
	const settings = { preset: 'segmentGroup' };
	const rows = sampleRows('segmentGroups');

	it('say of each trait the last word, in whatever order they arrive', () => {
		const expected = [
			{
				accountId: '512',
				createdAt: '2026-01-12T08:30:00Z',
				goals: GOALS,
				name: 'Acme',
				notes: ['Asked for an audit log'],
				plan: 'growth',
				renewalDate: '2027-01-31',
			},
			{ accountId: '513', name: 'Bolt' },
		];
		expect(canonical(rows, settings)).toEqual(expected);
		expect(canonical(rows.toReversed(), settings)).toEqual(expected.toReversed());
	});

	it('are not tracks, and name a group', () => {
		expect(whyNot(rows, settings)).toEqual([
			[4, 'otherRecord'],
			[5, 'noAccount'],
		]);
	});
});
