import { z } from 'zod/v4';

/**
 * What serving customers may cost and does cost. All of it moves with your margin and what people cost, so all of it is
 * input (R21); the defaults are the figures of R19, R20 and R67.
 */
export const costSettingsSchema = z.object({
	/** Share of ARR that customer success may cost, 0–1 (R20: 15–20 %). */
	budgetShare: z.number().positive().max(1).default(0.15),
	/** Gross margin, 0–1, to budget from gross profit instead of ARR (R21); 1 takes ARR as it is. */
	grossMargin: z.number().positive().max(1).default(1),
	/** Loaded cost of one success manager a year (R19: 120,000–180,000). */
	csmCost: z.number().positive().default(150_000),
	/** Hours a year one success manager has for accounts: 1,200 make an hour cost 125 (R20: 100–150). */
	csmHours: z.number().positive().default(1_200),
	/** ARR one success manager is to look after (R19: 2–5 M). */
	bookTarget: z.number().positive().default(2_000_000),
	/** Accounts one success manager is to look after, over all tiers (R67). */
	accountsTarget: z
		.object({ from: z.number().positive(), to: z.number().positive() })
		.default({ from: 200, to: 500 }),
	/** Human hours planned for one account a year, by tier id. */
	plannedHours: z.record(z.string(), z.number().nonnegative()).default({}),
});

export type CostSettings = z.infer<typeof costSettingsSchema>;

/**
 * Hours that the ready-made tiers plan where nobody says otherwise: 1,200 hours over the accounts a success manager has
 * in R11 (15–40 high-touch, 100–300 pooled), an hour a quarter in R12, and no planned hour where people come in on
 * escalation only.
 */
export const USUAL_HOURS: ReadonlyMap<string, number> = new Map([
	['techTouch', 0],
	['pooled', 6],
	['highTouch', 40],
	['digital', 0],
	['hybrid', 4],
	['namedCsm', 24],
	['human', 24],
]);

/** One account: amounts in the program's currency, `plannedHours` null where its tier has none told. */
export type AccountBudget = {
	/** What it may cost a year. */
	perYear: number;
	/** The human hours that buys. */
	hoursPerYear: number;
	plannedHours: number | null;
	exceeds: boolean;
};

/** Sums of fractions may come out a hair above what they are. */
const ROUNDING_SLACK = 1e-9;

/** What one hour of a success manager costs. */
export function hourlyCost({ csmCost, csmHours }: CostSettings): number {
	return csmCost / csmHours;
}

/** What an account of this ARR may cost a year. */
export function budgetOf(arr: number, { budgetShare, grossMargin }: CostSettings): number {
	return arr * grossMargin * budgetShare;
}

/** Hours planned for an account of the tier; undefined where nobody tells. */
export function plannedHoursOf(
	tier: string,
	{ plannedHours }: Pick<CostSettings, 'plannedHours'>,
): number | undefined {
	return Object.hasOwn(plannedHours, tier) ? plannedHours[tier] : USUAL_HOURS.get(tier);
}

/** Whether the planned hours cost more than the budget buys (R20, R81); exactly the budget is within it. */
export function exceeds(plannedHours: number, hoursPerYear: number): boolean {
	return plannedHours > hoursPerYear + ROUNDING_SLACK;
}

/** Compiles the budget of accounts (R20): 3,000 × 15 % is 450 a year, at 125 an hour 3.6 hours. */
export function compileBudget(
	settings: CostSettings,
): (arr: number, tier: string | null) => AccountBudget {
	const cost = hourlyCost(settings);
	return (arr, tier) => {
		const perYear = budgetOf(arr, settings);
		const hours = perYear / cost;
		const planned = tier === null ? undefined : plannedHoursOf(tier, settings);
		return {
			perYear: toCents(perYear),
			hoursPerYear: toCents(hours),
			plannedHours: planned ?? null,
			exceeds: planned !== undefined && exceeds(planned, hours),
		};
	};
}

export function toCents(amount: number): number {
	return Math.round((amount + Number.EPSILON) * 100) / 100;
}
