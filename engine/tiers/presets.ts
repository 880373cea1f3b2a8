import { tierPolicySchema, type Tier, type TierPolicy, type TierRule } from './policy';

/**
 * From the least human time to the most, which is their rank. Presets number their tiers alike (1 to 3), so that changing
 * the preset moves no wire.
 */
export const PRESET_TIERS = {
	coverageEconomics: [
		{ id: 'techTouch', name: 'Tech-Touch', output: 1 },
		{ id: 'pooled', name: 'Pooled', output: 2 },
		{ id: 'highTouch', name: 'High-Touch', output: 3 },
	],
	costToServe: [
		{ id: 'digital', name: 'Digital', output: 1 },
		{ id: 'hybrid', name: 'Digital + Quarterly Touchpoint', output: 2 },
		{ id: 'namedCsm', name: 'Named CSM', output: 3 },
	],
	digitalFirst: [
		{ id: 'digital', name: 'Digital', output: 1 },
		{ id: 'human', name: 'Human-Led', output: 3 },
	],
	byPackage: [
		{ id: 'digital', name: 'Digital', output: 1 },
		{ id: 'human', name: 'Human-Led', output: 3 },
	],
} satisfies Record<string, Tier[]>;

export type TierPreset = keyof typeof PRESET_TIERS;

const figure = new Intl.NumberFormat('en-US');
const say = (amount: number): string => figure.format(amount);

/**
 * R18: everybody's onboarding is led by a person, and that of a complex product stays so until it is established. A
 * switch, since R11 and R12 run their lowest tier without people.
 */
export type HumanOnboarding = { humanOnboarding?: boolean };

function onboardingRules(tier: string, wanted: boolean): TierRule[] {
	if (!wanted) return [];
	return [
		{ tier, text: 'Onboarding is led by a person', stages: ['onboarding'] },
		{
			tier,
			text: 'The product is complex, and still being adopted',
			complexity: 'complex',
			stages: ['adopting'],
		},
	];
}

export type CoverageEconomics = HumanOnboarding & {
	currency: string;
	/** R11: somewhere from 50,000 to 100,000. */
	highTouchAbove?: number;
	/** Plans that customers serve themselves on, tech-touch up to the high-touch point. */
	selfServePlans?: string[];
};

/** R11; boundaries by P36: exactly 10,000 and exactly the high-touch point are pooled. */
export function coverageEconomics(settings: CoverageEconomics): TierPolicy {
	const { currency, highTouchAbove = 75_000, selfServePlans = [] } = settings;
	const { humanOnboarding = false } = settings;
	const selfServe =
		selfServePlans.length === 0
			? []
			: [{ tier: 'techTouch', text: 'The plan is self-serve', plans: selfServePlans }];
	return tierPolicySchema.parse({
		id: 'coverage-economics',
		currency,
		tiers: PRESET_TIERS.coverageEconomics,
		rules: [
			{ tier: 'highTouch', text: 'The account is a strategic logo', strategic: true },
			...onboardingRules('highTouch', humanOnboarding),
			{
				tier: 'highTouch',
				text: `ARR is above ${say(highTouchAbove)}`,
				arr: { above: highTouchAbove },
			},
			...selfServe,
			{
				tier: 'pooled',
				text: `ARR is from 10,000 to ${say(highTouchAbove)}`,
				arr: { from: 10_000, to: highTouchAbove },
			},
			{ tier: 'techTouch', text: 'ARR is under 10,000', arr: { under: 10_000 } },
		],
	});
}

/** R12; boundaries by P36: exactly 5,000 and exactly 15,000 are the middle tier. */
export function costToServe(settings: HumanOnboarding & { currency: string }): TierPolicy {
	const { currency, humanOnboarding = false } = settings;
	return tierPolicySchema.parse({
		id: 'cost-to-serve',
		currency,
		tiers: PRESET_TIERS.costToServe,
		rules: [
			{ tier: 'namedCsm', text: 'The product is complex', complexity: 'complex' },
			{ tier: 'namedCsm', text: 'The account is a strategic reference', strategic: true },
			{ tier: 'namedCsm', text: 'There is an expansion opportunity', openOpportunity: true },
			...onboardingRules('namedCsm', humanOnboarding),
			{ tier: 'namedCsm', text: 'ARR is above 15,000', arr: { above: 15_000 } },
			{ tier: 'hybrid', text: 'ARR is from 5,000 to 15,000', arr: { from: 5_000, to: 15_000 } },
			{ tier: 'digital', text: 'ARR is under 5,000', arr: { under: 5_000 } },
		],
	});
}

export type DigitalFirst = HumanOnboarding & {
	currency: string;
	/** R13: somewhere from 10,000 to 25,000. */
	digitalUnder?: number;
};

/**
 * R13 and R16: digital below the threshold; from it on complexity, health and lifecycle stage decide, and only what is
 * known to be simple, past onboarding (R18) and not in trouble goes digital. Standard (R16) is what nobody called strategic.
 */
export function digitalFirst(settings: DigitalFirst): TierPolicy {
	const { currency, digitalUnder = 25_000, humanOnboarding = true } = settings;
	const limit = say(digitalUnder);
	return tierPolicySchema.parse({
		id: 'digital-first',
		currency,
		tiers: PRESET_TIERS.digitalFirst,
		rules: [
			{ tier: 'human', text: 'The account is strategic', strategic: true },
			...onboardingRules('human', humanOnboarding),
			{ tier: 'digital', text: `ARR is under ${limit}`, arr: { under: digitalUnder } },
			{ tier: 'human', text: `ARR is ${limit} or more, in onboarding`, stages: ['onboarding'] },
			{
				tier: 'digital',
				text: `ARR is ${limit} or more, but the account is simple and healthy`,
				complexity: 'simple',
				bands: ['green', 'yellow'],
				stages: ['adopting', 'established', 'renewing'],
			},
			{
				tier: 'human',
				text: `ARR is ${limit} or more, and it is not known to be simple, healthy and onboarded`,
				arr: { from: digitalUnder },
			},
		],
	});
}

export type ByPackage = HumanOnboarding & {
	digital?: string[];
	human?: string[];
	/** Only for what accounts may cost: no rule looks at an amount. */
	currency?: string;
};

/** R14: by what is sold and to whom; a word may name the plan or the segment. A human tier wins where both speak. */
export function byPackage(settings: ByPackage): TierPolicy {
	const { digital = ['smb'], human = ['mid-market', 'enterprise'] } = settings;
	const { humanOnboarding = false } = settings;
	return tierPolicySchema.parse({
		id: 'by-package',
		currency: settings.currency === '' ? undefined : settings.currency,
		tiers: PRESET_TIERS.byPackage,
		rules: [
			{ tier: 'human', text: 'The account is strategic', strategic: true },
			...onboardingRules('human', humanOnboarding),
			{ tier: 'human', text: `Package or size is ${human.join(' or ')}`, packages: human },
			{ tier: 'digital', text: `Package or size is ${digital.join(' or ')}`, packages: digital },
		],
	});
}
