import type { TierPolicy } from '../../../engine/tiers/policy';
import {
	byPackage,
	costToServe,
	coverageEconomics,
	digitalFirst,
} from '../../../engine/tiers/presets';
import { dice, pick } from '../../harness/dice';

export const RATES = new Map([
	['EUR', 1.1],
	['GBP', 1.3],
]);
const USD = { currency: 'USD' };
/** Every preset with its switches both ways. */
export const POLICIES: TierPolicy[] = [false, true].flatMap((humanOnboarding) => [
	coverageEconomics({ ...USD, humanOnboarding, selfServePlans: ['free'] }),
	costToServe({ ...USD, humanOnboarding }),
	digitalFirst({ ...USD, humanOnboarding }),
	byPackage({ humanOnboarding }),
]);

const EDGES = [0, 4_999.99, 5_000, 10_000, 15_000, 25_000, 75_000, 75_000.01] as const;

/** Accounts of every kind: on edges, in other currencies, with facts missing and wrong. */
export function anyAccounts(count: number, seed: number): Record<string, unknown>[] {
	const roll = dice(seed);
	const maybe = (value: unknown): unknown => {
		const way = roll();
		return way < 0.15 ? undefined : way < 0.2 ? 'n/a' : value;
	};
	return Array.from({ length: count }, (_none, index) => ({
		accountId: `a${String(index)}`,
		arr: maybe(roll() < 0.3 ? pick(roll, EDGES) : roll() * 120_000),
		currency: maybe(pick(roll, ['USD', 'EUR', 'gbp', 'CHF'])),
		plan: maybe(pick(roll, ['free', 'pro', 'Enterprise'])),
		segment: maybe(pick(roll, ['smb', 'Mid-Market'])),
		complexity: maybe(pick(roll, ['simple', 'complex'])),
		lifecycleStage: maybe(pick(roll, ['onboarding', 'adopting', 'established', 'renewing'])),
		strategic: maybe(roll() < 0.1),
		openOpportunity: maybe(roll() < 0.2),
		health: maybe({ band: pick(roll, ['green', 'yellow', 'red', 'unknown']) }),
	}));
}
