import type { Figures } from './figures';
import type { LeadTime } from './leadTime';

/** Something the data do not show, so that nobody reads it into the figures. */
export type Limit = {
	readonly code:
		| 'no_dates'
		| 'no_lead_time'
		| 'facts_may_be_late'
		| 'few_churned'
		| 'one_outcome_only'
		| 'no_revenue'
		| 'too_good'
		| 'not_known_then';
	readonly text: string;
};

/** Churn is never foreseen this well; a field that knows the outcome does it. */
const TOO_GOOD = 0.97;

/** Below this the intervals are so wide that figures say little. */
export const FEW_CHURNED = 50;

const SNAPSHOT: readonly Limit[] = [
	{
		code: 'no_dates',
		text: 'The accounts come without dates, so that nobody can tell how the score stood 90, 60 or 30 days before they left',
	},
	{
		code: 'no_lead_time',
		text: 'How early the score warned is unknown: that needs the facts of many days per account',
	},
	{
		code: 'facts_may_be_late',
		text: 'Fields that were filled in when or after a customer left (a last ticket, a closing invoice) make every figure look better than it will be',
	},
];

export function limitsOfSnapshot(figures: Figures): Limit[] {
	return [...SNAPSHOT, ...limitsOf(figures, '')];
}

export function limitsOfHistory(
	horizons: readonly { daysBefore: number; figures: Figures; notKnownThen: number }[],
	lead: LeadTime,
): Limit[] {
	const limits = horizons.flatMap(({ daysBefore, figures, notKnownThen }) => [
		...limitsOf(figures, ` ${daysBefore} days before`),
		...(notKnownThen === 0
			? []
			: [
					{
						code: 'not_known_then' as const,
						text: `${accounts(notKnownThen)} had no facts yet ${daysBefore} days before the outcome and ${notKnownThen === 1 ? 'is' : 'are'} left out there`,
					},
				]),
	]);
	if (lead.churned > 0) return limits;
	return [
		...limits,
		{
			code: 'no_lead_time',
			text: 'How early the score warned is unknown: no account that left has facts of many days',
		},
	];
}

function limitsOf(
	{ churned, retained, accounts: all, withoutArr, auc }: Figures,
	when: string,
): Limit[] {
	const limits: Limit[] = [];
	if (churned === 0 || retained === 0) {
		limits.push({
			code: 'one_outcome_only',
			text: `${churned === 0 ? 'Nobody left' : 'Everybody left'} among the accounts known${when}: there is nothing to tell apart`,
		});
	} else if (churned < FEW_CHURNED) {
		limits.push({
			code: 'few_churned',
			text: `Only ${accounts(churned)} that left ${churned === 1 ? 'was' : 'were'} known${when}: read the intervals, not the figures`,
		});
	}
	if (auc !== null && auc.low > TOO_GOOD) {
		limits.push({
			code: 'too_good',
			text: `AUC ${auc.value.toFixed(3)}${when} is too good to be true: look for a field that was filled in because the customer left`,
		});
	}
	if (all > 0 && withoutArr === all) {
		limits.push({
			code: 'no_revenue',
			text: `No account known${when} has a revenue (arr), so that revenue at risk is unknown`,
		});
	}
	return limits;
}

function accounts(count: number): string {
	return count === 1 ? '1 account' : `${count} accounts`;
}
