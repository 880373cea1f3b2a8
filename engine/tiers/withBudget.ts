import type { AmountProblem } from './amount';
import type { TierAssignment } from './assignTiers';
import { compileBudget, type CostSettings } from './costToServe';
import type { Facts } from './facts';
import { problemText, type TierReason } from './tierReasons';

const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/**
 * Compiles what each account may cost a year, beside its tier (R20). An elevation is for weeks, not for a year: hours are
 * those of the tier the account goes back to.
 */
export function withBudget(
	settings: CostSettings,
	amountOf: (arr: unknown, currency: unknown) => number | AmountProblem,
	currency: string,
): (assignment: TierAssignment, account: Facts) => TierAssignment {
	const budgetOf = compileBudget(settings);
	return (assignment, account) => {
		const amount = assignment.arr ?? amountOf(account.arr, account.currency);
		const { tier, reasons } = assignment;
		if (typeof amount === 'string') {
			// undecided for the same reason says it already
			if (reasons.some(({ code }) => code === amount)) return assignment;
			const text = `No budget: ${problemText(amount, account, currency)}`;
			return { ...assignment, reasons: [...reasons, { code: 'budget_unknown', text }] };
		}
		const budget = budgetOf(amount, assignment.base === undefined ? tier : assignment.base.tier);
		const { plannedHours, hoursPerYear } = budget;
		if (!budget.exceeds || plannedHours === null) return { ...assignment, budget };
		const reason: TierReason = {
			code: 'budget_exceeded',
			plannedHours,
			hoursPerYear,
			text: `${figure.format(plannedHours)} hours a year are planned for the account, and its budget buys ${figure.format(hoursPerYear)}`,
		};
		return { ...assignment, budget, reasons: [...reasons, reason] };
	};
}
