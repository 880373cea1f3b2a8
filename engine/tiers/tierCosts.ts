import {
	budgetOf,
	exceeds,
	hourlyCost,
	plannedHoursOf,
	toCents,
	type CostSettings,
} from './costToServe';

/** One account as it is counted: `arr` in the program's currency, undefined where nobody knows it. */
export type CountedAccount = { tier: string | null; name: string; arr: number | undefined };

export type CostReason = Readonly<
	{ text: string } & (
		| { code: 'hours_exceed_budget'; plannedHours: number; budgetHours: number }
		| { code: 'book_too_small'; bookPerCsm: number; bookTarget: number }
		| { code: 'accounts_per_csm'; accountsPerCsm: number; from: number; to: number }
		| { code: 'hours_unknown' | 'arr_unknown' }
	)
>;

/** What serving the accounts of one tier takes a year; null where it cannot be told. */
export type TierCosts = {
	/** null for what nobody could place; `all` for the sum over all tiers. */
	tier: string | null;
	name: string;
	accounts: number;
	/** Of those whose ARR is known. */
	arr: number;
	arrUnknown: number;
	/** What they may cost, and the hours that buys. */
	budget: number;
	budgetHours: number;
	plannedHoursPerAccount: number | null;
	plannedHours: number | null;
	plannedCost: number | null;
	/** Planned cost as a share of ARR, 0–1. */
	costShare: number | null;
	/** Success managers needed. */
	headcount: number | null;
	accountsPerCsm: number | null;
	bookPerCsm: number | null;
	/** Accounts whose own budget does not pay their planned hours. */
	accountsOverBudget: number;
	/** ARR from which an account pays for its tier's planned hours: where a cut-off would have to be (R21). */
	paysFrom: number | null;
	reasons: CostReason[];
};

/**
 * Sums up what each tier costs and is worth (R19–R21, R67), tiers in order of first appearance, and all of them together
 * last.
 */
export function sumTierCosts(
	settings: CostSettings,
	accounts: Iterable<CountedAccount>,
): TierCosts[] {
	const sums = new Map<string | null, Sum>();
	for (const { tier, name, arr } of accounts) {
		let sum = sums.get(tier);
		if (sum === undefined) {
			const hours = tier === null ? undefined : plannedHoursOf(tier, settings);
			sum = { tier, name, hours, accounts: 0, arr: 0, arrUnknown: 0, over: 0, planned: 0 };
			sums.set(tier, sum);
		}
		add(sum, arr, settings);
	}
	const list = [...sums.values()];
	const tiers = list.map((sum) => costsOf(sum, settings));
	return list.length === 0 ? [] : [...tiers, costsOf(together(list), settings)];
}

type Sum = {
	tier: string | null;
	name: string;
	/** Planned for one account; undefined where that differs or nobody tells. */
	hours: number | undefined;
	accounts: number;
	arr: number;
	arrUnknown: number;
	over: number;
	/** Planned for all, undefined where nobody tells. */
	planned: number | undefined;
};

/** The line that sums up all tiers. */
export const ALL_TIERS = 'all';

function add(sum: Sum, arr: number | undefined, settings: CostSettings): void {
	sum.accounts++;
	sum.planned = sum.hours === undefined ? undefined : sum.hours * sum.accounts;
	if (arr === undefined) {
		sum.arrUnknown++;
		return;
	}
	sum.arr += arr;
	const hours = budgetOf(arr, settings) / hourlyCost(settings);
	if (sum.hours !== undefined && exceeds(sum.hours, hours)) sum.over++;
}

function together(list: readonly Sum[]): Sum {
	const total: Sum = {
		tier: ALL_TIERS,
		name: 'All Tiers',
		hours: undefined,
		accounts: 0,
		arr: 0,
		arrUnknown: 0,
		over: 0,
		planned: 0,
	};
	for (const { accounts, arr, arrUnknown, over, planned } of list) {
		total.accounts += accounts;
		total.arr += arr;
		total.arrUnknown += arrUnknown;
		total.over += over;
		// what nobody plans for takes nobody's time
		total.planned = (total.planned ?? 0) + (planned ?? 0);
	}
	return total;
}

function costsOf(sum: Sum, settings: CostSettings): TierCosts {
	const { tier, name, hours, accounts, arr, arrUnknown, over, planned } = sum;
	const { csmHours } = settings;
	const hour = hourlyCost(settings);
	const budget = budgetOf(arr, settings);
	const cost = planned === undefined ? undefined : planned * hour;
	const headcount = planned === undefined ? undefined : planned / csmHours;
	const people = headcount === undefined || headcount === 0 ? undefined : headcount;
	const costs = {
		budget: toCents(budget),
		budgetHours: toCents(budget / hour),
		plannedHoursPerAccount: hours ?? null,
		plannedHours: planned === undefined ? null : toCents(planned),
		plannedCost: cost === undefined ? null : toCents(cost),
		costShare: cost === undefined || arr === 0 ? null : rounded(cost / arr),
		headcount: headcount === undefined ? null : toCents(headcount),
		accountsPerCsm: people === undefined ? null : toCents(accounts / people),
		bookPerCsm: people === undefined ? null : toCents(arr / people),
		paysFrom: hours === undefined ? null : paysFrom(hours, settings),
	};
	return {
		tier,
		name,
		accounts,
		arr: toCents(arr),
		arrUnknown,
		...costs,
		accountsOverBudget: over,
		reasons: [...judge(costs, sum, settings)],
	};
}

/** The least amount in cents that pays, by the sum that judges each account; rounding alone may fall a cent short. */
function paysFrom(hours: number, settings: CostSettings): number {
	const hour = hourlyCost(settings);
	const exact = (hours * hour) / budgetOf(1, settings);
	const cents = Math.floor(exact * 100);
	for (const more of [0, 1, 2]) {
		const arr = (cents + more) / 100;
		if (!exceeds(hours, budgetOf(arr, settings) / hour)) return arr;
	}
	return exact;
}

/** Warnings, the dearest first (R19, R20, R67, R81). */
function* judge(
	costs: Pick<
		TierCosts,
		'budgetHours' | 'plannedHours' | 'costShare' | 'accountsPerCsm' | 'bookPerCsm'
	>,
	{ tier, arrUnknown, accounts, planned }: Sum,
	settings: CostSettings,
): Generator<CostReason, void, void> {
	const { budgetHours, plannedHours, costShare, accountsPerCsm, bookPerCsm } = costs;
	const { bookTarget, accountsTarget, budgetShare, grossMargin } = settings;
	if (arrUnknown > 0) {
		const one = arrUnknown === 1;
		const consequence = one ? 'it takes hours and brings' : 'they take hours and bring';
		const text = `${counted(arrUnknown, 'account')} of ${say(accounts)} ${one ? 'is' : 'are'} without a known ARR: ${consequence} no budget`;
		yield { code: 'arr_unknown', text };
	}
	if (planned === undefined || plannedHours === null) {
		if (tier === null) return;
		const text =
			'Nobody told how many human hours an account of this tier gets: add it to Planned Hours';
		yield { code: 'hours_unknown', text };
		return;
	}
	if (exceeds(plannedHours, budgetHours)) {
		const most = `${say(plannedHours)} hours are planned a year, and the budget buys ${say(budgetHours)}`;
		const share =
			costShare === null
				? ''
				: `: ${percent(costShare)} of ARR, where ${percent(budgetShare * grossMargin)} is the limit`;
		yield { code: 'hours_exceed_budget', plannedHours, budgetHours, text: `${most}${share}` };
	}
	if (bookPerCsm !== null && tier !== ALL_TIERS && bookPerCsm < bookTarget) {
		const text = `A success manager looks after ${say(bookPerCsm)} of ARR here; ${say(bookTarget)} is the aim`;
		yield { code: 'book_too_small', bookPerCsm, bookTarget, text };
	}
	const { from, to } = accountsTarget;
	if (
		tier === ALL_TIERS &&
		accountsPerCsm !== null &&
		!(accountsPerCsm >= from && accountsPerCsm <= to)
	) {
		const text = `A success manager looks after ${say(accountsPerCsm)} accounts over all tiers; ${say(from)} to ${say(to)} is the aim`;
		yield { code: 'accounts_per_csm', accountsPerCsm, from, to, text };
	}
}

const figure = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

function say(amount: number): string {
	return figure.format(amount);
}

function percent(share: number): string {
	return `${figure.format(share * 100)} %`;
}

function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
}

function counted(count: number, what: string): string {
	return `${say(count)} ${what}${count === 1 ? '' : 's'}`;
}
