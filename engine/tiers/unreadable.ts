import { show, showChoice } from '../accounts/show';
import { factsOf, type Fact, type Facts } from './facts';
import type { TierPolicy } from './policy';
import { sayInvalid, type TierReason } from './tierReasons';

const NOTHING: readonly TierReason[] = Object.freeze([]);

/**
 * Compiles what the rules look at in an account and cannot read, a reason each. No rule that asks for it fits, so the
 * tier that the account gets may be another than was meant.
 */
export function compileUnreadable(policy: TierPolicy): (account: Facts) => readonly TierReason[] {
	const facts = factsOf(policy);
	return (account) => {
		let found: TierReason[] | undefined;
		for (const fact of facts) {
			const value = fact.valueOf(account);
			if (fact.read(value) === 'unreadable') (found ??= []).push(sayUnreadable(fact, value));
		}
		return found ?? NOTHING;
	};
}

function sayUnreadable({ field, choices }: Fact, value: unknown): TierReason {
	const consequence = 'no rule that asks for it fits';
	if (choices.length === 0)
		return sayInvalid(field, 'is neither yes nor no', show(value), consequence);
	const problem = `is none of ${choices.join(', ')}`;
	return sayInvalid(field, problem, showChoice(value, choices), consequence);
}
