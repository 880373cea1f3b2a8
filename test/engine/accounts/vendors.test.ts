import { accountSchema } from '../../../engine/accounts/account';
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
				createdAt: '2026-01-12T08:30:00.183Z',
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
			{ accountId: '513', createdAt: '2026-02-01T00:00:00Z', name: 'Bolt', openOpportunity: false },
		]);
	});

	it('that were archived are no accounts', () => {
		expect(whyNot(rows, settings)).toEqual([[2, 'goneRecord']]);
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
				createdAt: '2026-01-12T08:30:00.000+00:00',
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
				createdAt: '2026-02-01T00:00:00.000+00:00',
				currency: 'USD',
				name: 'Bolt',
			},
		]);
	});

	it('that were deleted, merged ones among them, are no accounts', () => {
		expect(whyNot(rows, settings)).toEqual([[2, 'goneRecord']]);
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
