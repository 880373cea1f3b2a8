import { compileAmount } from '../../../engine/tiers/amount';
import { compileTiers, type TierAssignment } from '../../../engine/tiers/assignTiers';
import {
	compileBudget,
	costSettingsSchema,
	type CostSettings,
} from '../../../engine/tiers/costToServe';
import { byPackage, coverageEconomics } from '../../../engine/tiers/presets';
import { sumTierCosts, type TierCosts } from '../../../engine/tiers/tierCosts';
import { withBudget } from '../../../engine/tiers/withBudget';

const settings = (over: object = {}): CostSettings => costSettingsSchema.parse(over);

describe('the budget of one account (R20)', () => {
	it.each([
		[1_000, 4.5],
		[1_500, 3],
	])('of 3,000 is 450 a year, which buys what an hour costs', (cost, hours) => {
		// 100,000 or 150,000 a year over 1,000 hours make an hour cost 100 or 150
		const budget = compileBudget(settings({ csmCost: cost * 100, csmHours: 1_000 }))(
			3_000,
			'digital',
		);
		expect(budget).toEqual({ perYear: 450, hoursPerYear: hours, plannedHours: 0, exceeds: false });
	});

	it.each([
		[0.15, 1, 450],
		[0.2, 1, 600],
		[0.2, 0.75, 450],
	])('moves with the share %d and the margin %d (R21)', (budgetShare, grossMargin, perYear) => {
		expect(compileBudget(settings({ budgetShare, grossMargin }))(3_000, 'digital').perYear).toBe(
			perYear,
		);
	});

	it('is exceeded by more hours than it buys, not by just as many', () => {
		// 450 at 125 an hour
		const plan = (hours: number): boolean =>
			compileBudget(settings({ plannedHours: { own: hours } }))(3_000, 'own').exceeds;
		expect([3.59, 3.6, 3.61].map(plan)).toEqual([false, false, true]);
	});

	it('of a tier of which nobody tells hours is not judged', () => {
		const budget = compileBudget(settings());
		expect(budget(0, 'own')).toMatchObject({ plannedHours: null, exceeds: false });
		expect(budget(0, null)).toMatchObject({ plannedHours: null, exceeds: false });
	});
});

describe('the budget beside the tier', () => {
	const policy = coverageEconomics({ currency: 'USD' });
	const rates = new Map([['EUR', 2]]);
	const amountOf = compileAmount('USD', rates);
	const add = withBudget(settings(), amountOf, 'USD');
	const assign = compileTiers(policy, rates);
	const found = (account: Record<string, unknown>): TierAssignment => add(assign(account), account);

	it('warns where the tier takes more hours than the account pays for', () => {
		// 10,000 × 15 % at 125 an hour is 12 hours; a strategic logo gets 40
		expect(found({ arr: 10_000, strategic: true })).toMatchObject({
			tier: 'highTouch',
			budget: { perYear: 1_500, hoursPerYear: 12, plannedHours: 40, exceeds: true },
			reasons: [
				{ code: 'rule_matched' },
				{
					code: 'budget_exceeded',
					plannedHours: 40,
					hoursPerYear: 12,
					text: '40 hours a year are planned for the account, and its budget buys 12',
				},
			],
		});
	});

	it('is in the currency of the program', () => {
		expect(found({ arr: 5_000, currency: 'eur' }).budget?.perYear).toBe(1_500);
	});

	it('says where there is none, once', () => {
		expect(found({ strategic: true }).reasons.map(({ code }) => code)).toEqual([
			'rule_matched',
			'budget_unknown',
		]);
		expect(found({}).reasons.map(({ code }) => code)).toEqual(['arr_missing']);
		expect(found({}).budget).toBeUndefined();
	});

	it('is told by a policy that looks at no amount, too', () => {
		const account = { arr: 3_000, segment: 'smb' };
		const byWord = compileTiers(byPackage({ currency: 'USD' }));
		expect(add(byWord(account), account).budget?.perYear).toBe(450);
	});

	it('of an elevated account is that of the tier it goes back to', () => {
		const account = { arr: 3_000 };
		const tier = { ...assign(account), tier: 'highTouch', name: 'High-Touch', output: 3 };
		const base = { tier: 'techTouch', name: 'Tech-Touch', output: 1 };
		expect(add({ ...tier, base }, account).budget).toMatchObject({
			plannedHours: 0,
			exceeds: false,
		});
	});
});

describe('the cost of a tier', () => {
	const accounts = (count: number, tier: string | null, arr: number | undefined) =>
		Array.from({ length: count }, () => ({ tier, name: `Tier ${String(tier)}`, arr }));
	const costOf = (given: ReturnType<typeof accounts>, over: object = {}): TierCosts[] =>
		sumTierCosts(settings(over), given);

	it('a success manager of 150,000 on a book of 1.5 M is 10 % of it, and too rich (R19)', () => {
		// thirty accounts at 40 hours are one success manager's 1,200
		const [tier] = costOf(accounts(30, 'highTouch', 50_000));
		expect(tier).toMatchObject({
			accounts: 30,
			arr: 1_500_000,
			plannedHours: 1_200,
			plannedCost: 150_000,
			costShare: 0.1,
			headcount: 1,
			accountsPerCsm: 30,
			bookPerCsm: 1_500_000,
			reasons: [
				{
					code: 'book_too_small',
					bookPerCsm: 1_500_000,
					bookTarget: 2_000_000,
					text: 'A success manager looks after 1,500,000 of ARR here; 2,000,000 is the aim',
				},
			],
		});
		// within R20's 15 % all the same
		expect(tier).toMatchObject({ budget: 225_000, budgetHours: 1_800 });
	});

	it.each([
		[66_666, 'book_too_small'],
		[66_667, undefined],
	])('a book of 30 × %d is judged against 2 M', (arr, code) => {
		expect(costOf(accounts(30, 'highTouch', arr))[0]?.reasons[0]?.code).toBe(code);
	});

	it('says where the hours exceed the budget, how many accounts that are, and from where it would pay', () => {
		// 40 hours at 125 are 5,000 a year, 15 % of 33,333.33 and a third of a cent
		const [tier] = costOf(
			[...accounts(3, 'highTouch', 20_000), ...accounts(1, 'highTouch', 33_333.34)],
			{ bookTarget: 1 },
		);
		expect(tier).toMatchObject({
			accountsOverBudget: 3,
			paysFrom: 33_333.34,
			plannedHours: 160,
			budgetHours: 112,
			reasons: [{ code: 'hours_exceed_budget', plannedHours: 160, budgetHours: 112 }],
		});
	});

	it.each<[object, number]>([
		[{}, 40],
		[{ budgetShare: 0.18, grossMargin: 0.77 }, 24],
		[{ csmCost: 140_000, csmHours: 1_300 }, 6],
		[{ budgetShare: 0.2 }, 3.6],
		[{ budgetShare: 0.07, csmCost: 99_999, csmHours: 1_111 }, 0.1],
		[{}, 0],
	])('with %j pays from a figure that pays for %d hours, and from no cent less', (over, hours) => {
		const plan = { ...over, plannedHours: { own: hours } };
		const paysFrom = costOf(accounts(1, 'own', 1), plan)[0]?.paysFrom ?? NaN;
		const overBudget = (arr: number): unknown =>
			costOf(accounts(1, 'own', arr), plan)[0]?.accountsOverBudget;
		expect(overBudget(paysFrom)).toBe(0);
		expect(overBudget(paysFrom - 0.01)).toBe(1);
		expect(compileBudget(settings(plan))(paysFrom, 'own').exceeds).toBe(false);
	});

	it.each([
		[1, 0, '1 account of 1 is without a known ARR: it takes hours and brings no budget'],
		[1, 1, '1 account of 2 is without a known ARR: it takes hours and brings no budget'],
		[2, 1, '2 accounts of 3 are without a known ARR: they take hours and bring no budget'],
	])('says of %d without an ARR and %d with one: %s', (unknown, known, text) => {
		const all = [...accounts(unknown, 'pooled', undefined), ...accounts(known, 'pooled', 40_000)];
		expect(costOf(all)[0]?.reasons[0]).toEqual({ code: 'arr_unknown', text });
	});

	it('sums all tiers up last, and judges accounts per success manager over all of them (R67)', () => {
		const few = costOf([...accounts(100, 'pooled', 40_000), ...accounts(50, 'digital', 2_000)]);
		expect(few.map(({ tier }) => tier)).toEqual(['pooled', 'digital', 'all']);
		// 600 hours are half a success manager
		expect(few[2]).toMatchObject({
			accounts: 150,
			headcount: 0.5,
			accountsPerCsm: 300,
			reasons: [],
		});
		for (const [digital, perCsm] of [
			[0, 200],
			[300, 800],
		] as const) {
			const all = costOf([
				...accounts(100, 'pooled', 40_000),
				...accounts(digital, 'digital', 2_000),
			]).at(-1);
			expect(all?.accountsPerCsm).toBe(perCsm);
			expect(all?.reasons.map(({ code }) => code)).toEqual(
				perCsm === 200 ? [] : ['accounts_per_csm'],
			);
		}
	});

	it('counts who has no ARR and who has no tier, and hides neither', () => {
		const [pooled, undecided, all] = costOf([
			...accounts(1, 'pooled', undefined),
			...accounts(1, 'pooled', 40_000),
			...accounts(1, null, 5_000),
		]);
		expect(pooled).toMatchObject({ accounts: 2, arrUnknown: 1, arr: 40_000, plannedHours: 12 });
		expect(pooled?.reasons[0]?.code).toBe('arr_unknown');
		expect(undecided).toMatchObject({ tier: null, accounts: 1, plannedHours: null, reasons: [] });
		expect(all).toMatchObject({ accounts: 3, arr: 45_000, plannedHours: 12 });
	});

	it('of which nobody tells hours is not guessed', () => {
		expect(costOf(accounts(1, 'own', 5_000))[0]).toMatchObject({
			plannedHours: null,
			headcount: null,
			bookPerCsm: null,
			reasons: [{ code: 'hours_unknown' }],
		});
	});

	it('without any account is nothing', () => {
		expect(costOf([])).toEqual([]);
	});

	it.each([
		{ budgetShare: 0 },
		{ budgetShare: 1.1 },
		{ csmCost: 0 },
		{ csmHours: -1 },
		{ plannedHours: { a: -1 } },
	])('refuses %j', (over) => {
		expect(costSettingsSchema.safeParse(over).success).toBe(false);
	});
});
