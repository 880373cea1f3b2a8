import { Engine, type Event } from 'json-rules-engine';
import { compileTiers, type TierAssignment } from '../../engine/tiers/assignTiers';
import { coverageEconomics } from '../../engine/tiers/presets';
import { page } from './accounts';

/** Accounts of the health bench, one of 40 a strategic logo, one of seven on a self-serve plan or in another currency. */
export function tierAccounts(from: number, count: number) {
	return page(from, count).map((account, index) => {
		const i = from + index;
		return {
			...account,
			arr: 1000 + ((i * 37) % 120_000),
			currency: i % 7 === 0 ? 'EUR' : 'USD',
			plan: i % 7 === 3 ? 'free' : account.plan,
			strategic: i % 40 === 0,
		};
	});
}
export type TierAccount = ReturnType<typeof tierAccounts>[number];

/** What every contender says about an account, and what is compared. */
export type FoundTier = { tier: string | null; name: string; output: number; text: string };

/** Places a page of accounts as fast as it can; `foundOf` reads one result, outside the time that is taken. */
export type TierContender<T = unknown> = {
	assign(accounts: readonly TierAccount[]): readonly T[] | Promise<readonly T[]>;
	foundOf(result: T): FoundTier;
};

const RATE = 1.25;
const assign = compileTiers(
	coverageEconomics({ currency: 'USD', selfServePlans: ['free', 'starter'] }),
	new Map([['EUR', RATE]]),
);

/** Tier Gate's engine: any policy, compiled. */
const ours: TierContender<TierAssignment> = {
	assign: (accounts) => accounts.map((account) => assign(account)),
	foundOf: ({ tier, name, output, reasons }) => ({
		tier,
		name,
		output,
		text: reasons[0]?.text ?? '',
	}),
};

type LoopTier = {
	tier: string;
	name: string;
	output: number;
	arr: number;
	currency: string;
	reasons: { code: string; text: string }[];
};

/** The floor: the one preset with its figures in the code, nothing of it can be configured. */
const loop: TierContender<LoopTier> = {
	assign: (accounts) => accounts.map(tierInLoop),
	foundOf: ({ tier, name, output, reasons }) => ({
		tier,
		name,
		output,
		text: reasons[0]?.text ?? '',
	}),
};

type Place = Pick<LoopTier, 'tier' | 'name' | 'output' | 'reasons'>;

/** Made once: whoever writes for speed makes no sentence per account. */
const place = (tier: string, name: string, output: number, text: string): Place => ({
	tier,
	name,
	output,
	reasons: [{ code: 'rule_matched', text: `${text}: ${name}` }],
});
const LOGO = place('highTouch', 'High-Touch', 3, 'The account is a strategic logo');
const LARGE = place('highTouch', 'High-Touch', 3, 'ARR is above 75,000');
const SELF_SERVE = place('techTouch', 'Tech-Touch', 1, 'The plan is self-serve');
const MIDDLE = place('pooled', 'Pooled', 2, 'ARR is from 10,000 to 75,000');
const SMALL = place('techTouch', 'Tech-Touch', 1, 'ARR is under 10,000');

function tierInLoop(account: TierAccount): LoopTier {
	const arr = account.currency === 'EUR' ? account.arr * RATE : account.arr;
	const { tier, name, output, reasons } = placeOf(account, arr);
	return { tier, name, output, arr, currency: 'USD', reasons };
}

function placeOf({ strategic, plan }: TierAccount, arr: number): Place {
	if (strategic) return LOGO;
	if (arr > 75_000) return LARGE;
	if (plan === 'free' || plan === 'starter') return SELF_SERVE;
	return arr >= 10_000 ? MIDDLE : SMALL;
}

const AMOUNT = 'amount';

function compileRules(): Engine {
	const engine = new Engine([], { allowUndefinedFacts: true });
	engine.addFact(AMOUNT, async (_parameters, almanac) => {
		const arr = await almanac.factValue<number>('arr');
		return (await almanac.factValue<string>('currency')) === 'EUR' ? arr * RATE : arr;
	});
	const strategic = { fact: 'strategic', operator: 'equal', value: true };
	const usual = { fact: 'strategic', operator: 'equal', value: false };
	const above = { fact: AMOUNT, operator: 'greaterThan', value: 75_000 };
	const notAbove = { fact: AMOUNT, operator: 'lessThanInclusive', value: 75_000 };
	const free = { fact: 'plan', operator: 'in', value: ['free', 'starter'] };
	const paid = { fact: 'plan', operator: 'notIn', value: ['free', 'starter'] };
	const from = { fact: AMOUNT, operator: 'greaterThanInclusive', value: 10_000 };
	const under = { fact: AMOUNT, operator: 'lessThan', value: 10_000 };
	const rule = (all: object[], tier: string, name: string, output: number, text: string): void => {
		engine.addRule({
			conditions: { all: all.map((one) => ({ fact: '', operator: '', value: 0, ...one })) },
			event: { type: 'tier', params: { tier, name, output, text: `${text}: ${name}` } },
		});
	};
	rule([strategic], 'highTouch', 'High-Touch', 3, 'The account is a strategic logo');
	rule([usual, above], 'highTouch', 'High-Touch', 3, 'ARR is above 75,000');
	rule([usual, notAbove, free], 'techTouch', 'Tech-Touch', 1, 'The plan is self-serve');
	rule([usual, notAbove, paid, from], 'pooled', 'Pooled', 2, 'ARR is from 10,000 to 75,000');
	rule([usual, paid, under], 'techTouch', 'Tech-Touch', 1, 'ARR is under 10,000');
	return engine;
}

const engine = compileRules();

const jsonRulesEngine: TierContender<Event[]> = {
	assign: async (accounts) => {
		const results: Event[][] = [];
		for (const account of accounts) results.push((await engine.run(account)).events);
		return results;
	},
	foundOf: ([event]): FoundTier => {
		const { tier, name, output, text } = event?.params ?? {};
		return { tier: String(tier), name: String(name), output: Number(output), text: String(text) };
	},
};

export const TIER_CONTENDERS: Record<string, TierContender> = { ours, loop, jsonRulesEngine };
