import { z } from 'zod/v4';

const text = z.string().min(1);
/** More wires than this nobody can follow on a canvas. */
export const MAX_OUTPUT = 20;

const amount = z.number().nonnegative();
const words = z.array(text).min(1);

export const LIFECYCLE_STAGES = [
	'onboarding',
	'adopting',
	'established',
	'renewing',
	'churned',
] as const;
export const BANDS = ['green', 'yellow', 'red', 'unknown'] as const;

/** Limits of ARR read literally (P36): `above` and `under` exclude their figure, `from` and `to` include it. */
export const arrLimitsSchema = z.object({
	above: amount.optional(),
	from: amount.optional(),
	to: amount.optional(),
	under: amount.optional(),
});

/** Every condition given must hold. A fact that is not known meets no condition; only an unknown ARR stops the search. */
export const tierRuleSchema = z.object({
	tier: text,
	/** Why the tier follows, as a person would say it: "ARR is above 75,000". */
	text,
	arr: arrLimitsSchema.optional(),
	strategic: z.boolean().optional(),
	openOpportunity: z.boolean().optional(),
	plans: words.optional(),
	segments: words.optional(),
	/** Words that the plan or the segment may be. */
	packages: words.optional(),
	complexity: z.enum(['simple', 'complex']).optional(),
	stages: z.array(z.enum(LIFECYCLE_STAGES)).min(1).optional(),
	bands: z.array(z.enum(BANDS)).min(1).optional(),
});

/** A tier keeps its output number for life; several tiers may share one. The number is a wire's, and says nothing else. */
export const tierSchema = z.object({
	id: text,
	name: text,
	output: z.int().min(1).max(MAX_OUTPUT),
});

/** Tiers and the rules that lead to them: the first rule that holds decides (R11–R14, R18). */
export const tierPolicySchema = z
	.object({
		id: text,
		version: text.default('1'),
		/** The currency in which every amount of the rules is meant. */
		currency: text.default('USD'),
		/** From the least human time to the most: their order alone tells which tier is higher. */
		tiers: z.array(tierSchema).min(1, { error: 'has no tier' }),
		/** The tier whose accounts a person leads (R17, R18); left out: the last, with the most human time. */
		humanLed: text.optional(),
		rules: z.array(tierRuleSchema).min(1, { error: 'has no rule: add at least one' }),
	})
	.check(({ value: { tiers, rules, humanLed }, issues }) => {
		const known = new Map(tiers.map((tier) => [tier.id, tier]));
		for (const tier of tiers) {
			const same = known.get(tier.id);
			if (same === tier || same === undefined) continue;
			issues.push({
				code: 'custom',
				input: tier.id,
				path: [],
				message: `'${tier.name}' has the outputs ${tier.output} and ${same.output}: a tier has one`,
			});
		}
		if (humanLed !== undefined && !known.has(humanLed)) {
			issues.push({
				code: 'custom',
				input: humanLed,
				path: ['humanLed'],
				message: `'${humanLed}' is no tier of this policy`,
			});
		}
		rules.forEach(({ tier }, index) => {
			if (known.has(tier)) return;
			issues.push({
				code: 'custom',
				input: tier,
				path: ['rules', index, 'tier'],
				message: `'${tier}' is no tier of this policy`,
			});
		});
	});

export type ArrLimits = z.infer<typeof arrLimitsSchema>;
export type TierRule = z.infer<typeof tierRuleSchema>;
export type Tier = z.infer<typeof tierSchema>;
export type TierPolicy = z.infer<typeof tierPolicySchema>;

/** The tier whose accounts a person leads (R17, R18). */
export function humanLedTier({ tiers, humanLed }: TierPolicy): Tier {
	const tier = tiers.find(({ id }) => id === humanLed) ?? tiers.at(-1);
	if (tier === undefined) throw new RangeError('A policy has at least one tier');
	return tier;
}

/** How much human time a tier gives among those of its policy: 1 the least, 0 for none and for one that it lacks. */
export type RankOf = (tier: string | null) => number;

/** Compiles the ranks of a policy's tiers (P36). */
export function compileRank({ tiers }: TierPolicy): RankOf {
	const ranks = new Map<string | null, number>(tiers.map(({ id }, index) => [id, index + 1]));
	return (tier) => ranks.get(tier) ?? 0;
}
