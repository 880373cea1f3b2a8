import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isMissing } from '../../engine/accounts/missing';
import { compileKeep } from '../../engine/tiers/keepTier';
import type { Facts } from '../../engine/tiers/facts';
import type { TierPolicy } from '../../engine/tiers/policy';
import { compileFieldPath } from '../platform/fieldPath';
import { parseConfiguration } from '../platform/problems';
import { wordsOf } from '../platform/rows';

const days = z.number().nonnegative();

const assignOptionsSchema = z.object({
	currentTierField: z.string().default(''),
	daysAroundRenewal: days.default(30),
	healthJourneys: z
		.string()
		.default('intervention')
		.transform((text) => wordsOf(text) ?? []),
	review: z.boolean().default(false),
	stableDays: days.default(14),
	stableScore: z.number().min(0).max(100).default(65),
});

export type AssignOptions = z.infer<typeof assignOptionsSchema>;

/**
 * The Options of Assign Tier, read and checked once per execution.
 * @throws NodeOperationError naming the option that is wrong
 */
export function readAssignOptions(context: IExecuteFunctions): AssignOptions {
	const given: unknown = context.getNodeParameter('options', 0, {});
	return parseConfiguration(context.getNode(), 'Options', assignOptionsSchema, given);
}

export type Keeper = {
	keep: ReturnType<typeof compileKeep>;
	/** Where accounts say which tier they have so far. */
	field: string;
	/** Whether any of the accounts says so. */
	isFoundIn: (accounts: readonly Facts[]) => boolean;
};

/** How tiers are kept until renewal (P36); undefined where nobody says which tier accounts have so far. */
export function keeperOf(
	{ currentTierField, daysAroundRenewal, review }: AssignOptions,
	policy: TierPolicy,
	now: number,
): Keeper | undefined {
	const field = currentTierField.trim();
	if (field === '') return undefined;
	const currentOf = compileFieldPath(field);
	return {
		keep: compileKeep(policy, { field, currentOf, review, daysAroundRenewal, now }),
		field,
		isFoundIn: (accounts) => accounts.some((account) => !isMissing(currentOf(account))),
	};
}
