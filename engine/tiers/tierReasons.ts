import { showCurrency, showNumber } from '../accounts/show';
import type { AmountProblem } from './amount';
import type { Facts } from './facts';

/** Why an account has its tier, and what speaks against it; `text` is one plain sentence. */
export type TierReason = Readonly<
	{ text: string } & (
		| { code: 'rule_matched' | 'no_rule_matched' | AmountProblem }
		/** P35; `since` is ISO 8601 in UTC. */
		| {
				code: 'elevated';
				since: string;
				caseResolved: boolean;
				steadyDays: number;
				stableDays: number;
		  }
		| { code: 'returned'; at: string }
		/** P36: names the tier that is kept and the one the rules give. */
		| { code: 'kept_until_renewal'; kept: string; next: string }
		/** R20, R81; amounts in the policy's currency. */
		| { code: 'budget_exceeded'; plannedHours: number; hoursPerYear: number }
		| { code: 'budget_unknown' }
		/** A field holds what cannot be read, and what follows from that. */
		| { code: 'field_invalid'; field: string; problem: string; consequence: string }
	)
>;

/** Why a field counts for nothing; `found` must not repeat what may be personal. */
export function sayInvalid(
	field: string,
	problem: string,
	found: string,
	consequence: string,
): TierReason {
	const text = `Field '${field}' ${problem} (found ${found}): ${consequence}`;
	return { code: 'field_invalid', field, problem, consequence, text };
}

export const NO_RULE: TierReason = Object.freeze({
	code: 'no_rule_matched',
	text: 'No rule fits this account: add one for accounts like it, or complete its fields',
});

/** Why an account's ARR is no amount that can be compared (P36). */
export function sayProblem(code: AmountProblem, account: Facts, currency: string): TierReason {
	return { code, text: problemText(code, account, currency) };
}

export function problemText(code: AmountProblem, account: Facts, currency: string): string {
	switch (code) {
		case 'arr_missing':
			return "ARR is missing (field 'arr')";
		case 'arr_invalid':
			return `ARR is not an amount of 0 or more (field 'arr', found ${showNumber(account.arr)})`;
		case 'currency_without_rate':
			return `ARR is in ${showCurrency(account.currency)} and there is no rate from it to ${currency}`;
	}
}
