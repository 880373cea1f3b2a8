import { assignTiers, type TierAssignment } from '../../../engine/tiers/assignTiers';
import { tierPolicySchema, type TierPolicy } from '../../../engine/tiers/policy';
import {
	byPackage,
	costToServe,
	coverageEconomics,
	digitalFirst,
} from '../../../engine/tiers/presets';

const USD = { currency: 'USD' };

function assign(policy: TierPolicy, account: object, rates?: [string, number][]): TierAssignment {
	const [tier] = assignTiers(policy, [{ ...account }], new Map(rates));
	if (tier === undefined) throw new Error('one account gives one tier');
	return tier;
}

const tierOf = (policy: TierPolicy, account: object): unknown => assign(policy, account).tier;

describe('Coverage economics (R11), boundaries read literally (P36)', () => {
	it.each([
		[0, 'techTouch', 1],
		[9_999.99, 'techTouch', 1],
		[10_000, 'pooled', 2],
		[50_000, 'pooled', 2],
		[50_001, 'pooled', 2],
		[75_000, 'pooled', 2],
		[75_000.01, 'highTouch', 3],
		[100_001, 'highTouch', 3],
	])('ARR %p is %s on output %p', (arr, tier, output) => {
		expect(assign(coverageEconomics(USD), { arr })).toMatchObject({ tier, output, arr });
	});

	it.each([50_000, 60_000, 100_000])('high-touch begins above the chosen point %p', (point) => {
		const policy = coverageEconomics({ ...USD, highTouchAbove: point });
		expect(tierOf(policy, { arr: point })).toBe('pooled');
		expect(tierOf(policy, { arr: point + 1 })).toBe('highTouch');
	});

	it('a strategic logo is high-touch at any ARR, even at one nobody knows', () => {
		const policy = coverageEconomics(USD);
		for (const arr of [0, 20_000, undefined, 'much']) {
			expect(tierOf(policy, { arr, strategic: true })).toBe('highTouch');
		}
		expect(tierOf(policy, { arr: 20_000, strategic: false })).toBe('pooled');
	});

	it('a self-serve plan is tech-touch up to the high-touch point', () => {
		const policy = coverageEconomics({ ...USD, selfServePlans: ['Self-Serve'] });
		expect(tierOf(policy, { arr: 75_000, plan: 'self serve' })).toBe('techTouch');
		expect(tierOf(policy, { arr: 80_000, plan: 'self serve' })).toBe('highTouch');
		expect(tierOf(policy, { arr: 20_000, plan: 'pro' })).toBe('pooled');
	});
});

describe('Cost to serve (R12)', () => {
	it.each([
		[4_999.99, 'digital', 1],
		[5_000, 'hybrid', 2],
		[15_000, 'hybrid', 2],
		[15_000.01, 'namedCsm', 3],
	])('ARR %p is %s on output %p', (arr, tier, output) => {
		expect(assign(costToServe(USD), { arr })).toMatchObject({ tier, output });
	});

	it.each([{ complexity: 'complex' }, { strategic: true }, { openOpportunity: true }])(
		'an account with %j has a named CSM at any ARR',
		(fact) => {
			expect(tierOf(costToServe(USD), { arr: 100, ...fact })).toBe('namedCsm');
		},
	);
});

describe('Digital first (R13, R16)', () => {
	const simple = { complexity: 'simple', lifecycleStage: 'established', health: { band: 'green' } };

	it.each([10_000, 20_000, 25_000])(
		'is digital under %p once onboarded, however healthy and complex',
		(digitalUnder) => {
			const policy = digitalFirst({ ...USD, digitalUnder });
			const bad = { complexity: 'complex', health: { band: 'red' }, lifecycleStage: 'renewing' };
			expect(tierOf(policy, { ...bad, arr: digitalUnder - 0.01 })).toBe('digital');
			expect(tierOf(policy, { ...bad, arr: digitalUnder })).toBe('human');
			expect(tierOf(policy, { ...simple, arr: digitalUnder })).toBe('digital');
		},
	);

	it.each([
		[{}, 'digital', 1],
		[{ health: { band: 'yellow' } }, 'digital', 1],
		[{ health: { band: 'red' } }, 'human', 3],
		[{ health: { band: 'unknown' } }, 'human', 3],
		[{ health: undefined }, 'human', 3],
		[{ complexity: 'complex' }, 'human', 3],
		[{ complexity: undefined }, 'human', 3],
		[{ lifecycleStage: 'onboarding' }, 'human', 3],
		[{ lifecycleStage: undefined }, 'human', 3],
	])('a simple, healthy account of 40,000 with %j is %s on output %p', (fact, tier, output) => {
		const account = { arr: 40_000, ...simple, ...fact };
		expect(assign(digitalFirst(USD), account)).toMatchObject({ tier, output });
	});
});

describe('By package (R14)', () => {
	it.each([
		[{ segment: 'SMB' }, 'digital', 1],
		[{ plan: 'smb', arr: undefined }, 'digital', 1],
		[{ segment: 'Mid-Market' }, 'human', 3],
		[{ segment: 'mid market', plan: 'smb' }, 'human', 3],
		[{ plan: 'ENTERPRISE' }, 'human', 3],
		[{ plan: 'pro' }, null, 0],
		[{}, null, 0],
	])('%j is %s on output %p, without a look at ARR', (account, tier, output) => {
		expect(assign(byPackage({}), account)).toMatchObject({ tier, output });
	});
});

describe('an account nobody can place', () => {
	it.each([
		[{}, 'arr_missing', "ARR is missing (field 'arr')"],
		[{ arr: null }, 'arr_missing', "ARR is missing (field 'arr')"],
		[{ arr: '12k' }, 'arr_invalid', 'a text of 3 characters'],
		[{ arr: -1 }, 'arr_invalid', '-1'],
		[{ arr: NaN }, 'arr_invalid', 'NaN'],
		[{ arr: 5, currency: 'GBP' }, 'currency_without_rate', 'no rate from it to USD'],
		[{ arr: 5, currency: 7 }, 'currency_without_rate', 'ARR is in a number of 1 digit'],
	])('%j is undecided because of %s, never guessed', (account, code, text) => {
		const tier = assign(coverageEconomics(USD), account);
		expect(tier).toMatchObject({ tier: null, name: 'Undecided', output: 0, reasons: [{ code }] });
		expect(tier.reasons[0]?.text).toContain(text);
	});

	it('is told that no rule fits where none does', () => {
		const policy = tierPolicySchema.parse({
			id: 'own',
			tiers: [{ id: 'a', name: 'A', output: 1 }],
			rules: [{ tier: 'a', text: 'Plan is x', plans: ['x'] }],
		});
		expect(assign(policy, { plan: 'y' }).reasons).toMatchObject([{ code: 'no_rule_matched' }]);
	});
});

describe('amounts (P36)', () => {
	const policy = coverageEconomics({ currency: 'EUR' });

	it('are compared in the currency of the policy, by the rate table', () => {
		const rates: [string, number][] = [['USD', 0.9]];
		const at = (arr: number, currency: string): TierAssignment =>
			assign(policy, { arr, currency }, rates);
		expect(at(11_000, 'usd')).toMatchObject({ tier: 'techTouch', arr: 9_900, currency: 'EUR' });
		expect(at(12_000, 'USD')).toMatchObject({ tier: 'pooled', arr: 10_800 });
		expect(at(10_000, 'eur')).toMatchObject({ tier: 'pooled', arr: 10_000 });
	});

	it('of accounts that name no currency are in that of the policy', () => {
		expect(assign(policy, { arr: 10_000 })).toMatchObject({ tier: 'pooled' });
	});
});

it('every preset numbers its tiers alike, from least to most human time', () => {
	const outputs = [coverageEconomics(USD), costToServe(USD), digitalFirst(USD), byPackage({})].map(
		({ tiers }) => tiers.map(({ output }) => output),
	);
	expect(outputs).toEqual([
		[1, 2, 3],
		[1, 2, 3],
		[1, 3],
		[1, 3],
	]);
});

it('a tier says which rule of which policy led to it', () => {
	expect(assign(coverageEconomics(USD), { arr: 80_000 })).toEqual({
		tier: 'highTouch',
		name: 'High-Touch',
		output: 3,
		arr: 80_000,
		currency: 'USD',
		policy: { id: 'coverage-economics', version: '1' },
		reasons: [{ code: 'rule_matched', text: 'ARR is above 75,000: High-Touch' }],
	});
});

it('a policy whose tier has two outputs, or whose rule leads nowhere, is refused', () => {
	const tier = { id: 'a', name: 'A', output: 1 };
	const rule = { tier: 'a', text: 'always' };
	const refusal = (tiers: object[], rules: object[]): string | undefined =>
		tierPolicySchema.safeParse({ id: 'p', tiers, rules }).error?.issues[0]?.message;
	expect(refusal([tier, { ...tier, output: 2 }], [rule])).toContain('a tier has one');
	expect(refusal([tier], [{ ...rule, tier: 'b' }])).toContain("'b' is no tier");
	expect(refusal([tier], [])).toContain('has no rule');
});
