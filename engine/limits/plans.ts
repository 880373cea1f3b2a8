import type { LimitReading } from './readings';

/** A plan as the price list has it; plans stand in their order, the smallest first. */
export type Plan = {
	name: string;
	/** A year, in the currency of the price list, which is the program's. */
	price?: number;
	/** Whether a customer can change to it without a human. */
	selfService: boolean;
	/** What it allows, by the limit's name in lower case; what is not named is not limited, or nobody's business here. */
	limits: ReadonlyMap<string, number>;
};

/** What an upgrade would be (P30). What nobody can know is left out. */
export type Upgrade = {
	plan?: string;
	nextPlan?: string;
	selfService?: boolean;
	/** What the next plan costs more than this one, a year. */
	uplift?: number;
};

export function planOf(name: unknown, plans: readonly Plan[]): Plan | undefined {
	const word = typeof name === 'string' ? nameOf(name) : '';
	return plans.find((plan) => nameOf(plan.name) === word);
}

/** As names are compared: plans' and limits'. */
export function nameOf(text: string): string {
	return text.trim().toLowerCase();
}

/**
 * The next plan that allows more of each limit that is near: the first with self-service, else the first at all. Without
 * one above there is no self-service either (P30).
 */
export function upgradeOf(
	plan: Plan | undefined,
	near: readonly LimitReading[],
	plans: readonly Plan[],
): Upgrade {
	if (plan === undefined) return {};
	const above = plans.slice(plans.indexOf(plan) + 1).filter((candidate) =>
		near.every(({ limit, allowed }) => {
			const then = candidate.limits.get(nameOf(limit));
			return then === undefined || then > allowed;
		}),
	);
	const next = above.find(({ selfService }) => selfService) ?? above[0];
	if (next === undefined) return { plan: plan.name, selfService: false };
	const uplift =
		next.price === undefined || plan.price === undefined ? undefined : next.price - plan.price;
	return {
		plan: plan.name,
		nextPlan: next.name,
		selfService: next.selfService,
		...(uplift === undefined ? {} : { uplift }),
	};
}
