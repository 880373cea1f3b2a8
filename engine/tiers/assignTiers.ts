import { showCurrency, showNumber } from '../accounts/show';
import { compileAmount, type AmountProblem, type Rates } from './amount';
import { compileRule, type Facts } from './matchRule';
import type { TierPolicy } from './policy';

export type TierReason = {
	readonly code: 'rule_matched' | 'no_rule_matched' | AmountProblem;
	readonly text: string;
};

/** `output` is the tier's number, 0 for undecided; `arr` in the policy's currency, where it was compared. */
export type TierAssignment = {
	tier: string | null;
	name: string;
	output: number;
	arr?: number;
	currency?: string;
	policy: { readonly id: string; readonly version: string };
	reasons: TierReason[];
};

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
		const reason: TierReason = Object.freeze({
			code: 'rule_matched',
			text: `${rule.text}: ${tier.name}`,
		});
		return { ...compileRule(rule), tier, reason };
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
		for (const { meetsFacts, meetsArr, tier, reason } of rules) {
			if (!meetsFacts(account)) continue;
			if (meetsArr !== undefined) {
				amount ??= amountOf(account.arr, account.currency);
				if (typeof amount === 'string') return undecided(sayProblem(amount, account, currency));
				if (!meetsArr(amount)) continue;
			}
			const { id, name, output } = tier;
			const arr = typeof amount === 'number' ? amount : undefined;
			return arr === undefined
				? { tier: id, name, output, policy: identity, reasons: [reason] }
				: { tier: id, name, output, arr, currency, policy: identity, reasons: [reason] };
		}
		return undecided(NO_RULE);
	};
}

const NO_RULE: TierReason = Object.freeze({
	code: 'no_rule_matched',
	text: 'No rule fits this account: add one for accounts like it, or complete its fields',
});

function sayProblem(code: AmountProblem, account: Facts, currency: string): TierReason {
	switch (code) {
		case 'arr_missing':
			return { code, text: "ARR is missing (field 'arr')" };
		case 'arr_invalid':
			return {
				code,
				text: `ARR is not an amount of 0 or more (field 'arr', found ${showNumber(account.arr)})`,
			};
		case 'currency_without_rate':
			return {
				code,
				text: `ARR is in ${showCurrency(account.currency)} and there is no rate from it to ${currency}`,
			};
	}
}
