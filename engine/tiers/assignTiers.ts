import { compileAmount, type AmountProblem, type Rates } from './amount';
import type { Facts } from './facts';
import { compileRule } from './matchRule';
import type { AccountBudget } from './costToServe';
import type { TierPolicy } from './policy';
import { NO_RULE, sayProblem, type TierReason } from './tierReasons';

/** `output` is the tier's number, 0 for undecided; `arr` in the policy's currency, where it was compared. */
export type TierAssignment = {
	tier: string | null;
	name: string;
	output: number;
	arr?: number;
	currency?: string;
	policy: { readonly id: string; readonly version: string };
	/** What the rules gave, where an escalation elevated the account (P35). */
	base?: TierName;
	/** What the rules give, where the account keeps its tier until its renewal (P36). */
	next?: TierName;
	/** What it may cost a year, where that was asked for (R20). */
	budget?: AccountBudget;
	reasons: readonly TierReason[];
};

export type TierName = { tier: string | null; name: string; output: number };

/** Assigns a tier to each account (R11–R14, P36). Reasons that depend on nothing but the rule are shared. */
export function assignTiers(
	policy: TierPolicy,
	accounts: readonly Facts[],
	rates: Rates = new Map(),
): TierAssignment[] {
	return accounts.map(compileTiers(policy, rates));
}

/**
 * Compiles a policy for many accounts. The first rule that holds decides. Where a rule's other conditions hold and its
 * ARR limit cannot be judged, nothing further is tried: a guess would be worse than a question (P36).
 */
export function compileTiers(
	policy: TierPolicy,
	rates: Rates = new Map(),
): (account: Facts) => TierAssignment {
	const { currency } = policy;
	const amountOf = compileAmount(currency, rates);
	const identity = Object.freeze({ id: policy.id, version: policy.version });
	const tiers = new Map(policy.tiers.map((tier) => [tier.id, tier]));
	const rules = policy.rules.map((rule) => {
		const tier = tiers.get(rule.tier);
		if (tier === undefined) throw new RangeError(`'${rule.tier}' is no tier of this policy`);
		const reason: TierReason = { code: 'rule_matched', text: `${rule.text}: ${tier.name}` };
		// shared by all accounts that the rule decides
		const reasons = Object.freeze([Object.freeze(reason)]);
		return { ...compileRule(rule), tier, reasons };
	});
	const undecided = (reason: TierReason): TierAssignment => ({
		tier: null,
		name: 'Undecided',
		output: 0,
		policy: identity,
		reasons: [reason],
	});
	return (account) => {
		let amount: number | AmountProblem | undefined;
		for (const { meetsFacts, meetsArr, tier, reasons } of rules) {
			if (!meetsFacts(account)) continue;
			if (meetsArr !== undefined) {
				amount ??= amountOf(account.arr, account.currency);
				if (typeof amount === 'string') return undecided(sayProblem(amount, account, currency));
				if (!meetsArr(amount)) continue;
			}
			const { id, name, output } = tier;
			const arr = typeof amount === 'number' ? amount : undefined;
			return arr === undefined
				? { tier: id, name, output, policy: identity, reasons }
				: { tier: id, name, output, arr, currency, policy: identity, reasons };
		}
		return undecided(NO_RULE);
	};
}
