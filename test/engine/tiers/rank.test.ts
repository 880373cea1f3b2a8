import { compileTiers } from '../../../engine/tiers/assignTiers';
import { elevate } from '../../../engine/tiers/elevate';
import { compileKeep } from '../../../engine/tiers/keepTier';
import { compileRank, humanLedTier, type TierPolicy } from '../../../engine/tiers/policy';
import { coverageEconomics } from '../../../engine/tiers/presets';

const NOW = Date.UTC(2026, 5, 15, 12);
const LADDER = ['techTouch', 'pooled', 'highTouch'];
const ARR_OF: Record<string, number> = { techTouch: 2_000, pooled: 20_000, highTouch: 90_000 };
const PAIRS = LADDER.flatMap((has) => LADDER.map((gets): [string, string] => [has, gets]));

/** Coverage Economics, its tiers on other wires. */
function policyOn(outputs: readonly number[]): TierPolicy {
	const policy = coverageEconomics({ currency: 'USD' });
	const tiers = policy.tiers.map((tier, index) => ({ ...tier, output: outputs[index] ?? 1 }));
	return { ...policy, tiers };
}

/** The number of a tier is its wire for life, and nothing else (R17, P35, P36). */
describe.each([
	[1, 2, 3],
	[3, 2, 1],
	[2, 3, 1],
	[1, 3, 2],
	[1, 1, 1],
	[2, 1, 1],
])('with tiers on the outputs %d, %d and %d', (...outputs) => {
	const policy = policyOn(outputs);
	const assign = compileTiers(policy);

	it.each(PAIRS)(
		'an account that has %s and by the rules gets %s keeps the higher',
		(has, gets) => {
			const keep = compileKeep(policy, {
				field: 'crmTier',
				currentOf: () => has,
				review: false,
				daysAroundRenewal: 30,
				now: NOW,
			});
			const account = { arr: ARR_OF[gets], renewalDate: '2026-12-01' };
			const kept = keep(assign(account), account);
			const higher = LADDER[Math.max(LADDER.indexOf(has), LADDER.indexOf(gets))];
			expect(kept.tier).toBe(higher);
			// where nothing is kept, nothing is said of it
			if (higher === gets) expect(kept).toEqual(assign(account));
			else expect(kept.next).toMatchObject({ tier: gets });
		},
	);

	it.each(PAIRS)(
		'an account in %s that an escalation gives to %s has the higher',
		(has, humanLed) => {
			const to = {
				humanLed: humanLedTier({ ...policy, humanLed }),
				rankOf: compileRank(policy),
			};
			const standing = {
				state: 'elevated' as const,
				since: NOW,
				last: { key: 't', at: NOW },
				caseResolved: false,
			};
			const health = { score: 50, steadyDays: 0 };
			const terms = { stableDays: 14, stableScore: 65 };
			const given = assign({ arr: ARR_OF[has] });
			const tier = elevate(given, to, standing, health, terms, 'UTC');
			const isHigher = LADDER.indexOf(humanLed) > LADDER.indexOf(has);
			expect(tier.tier).toBe(isHigher ? humanLed : has);
			if (isHigher) expect(tier.base).toMatchObject({ tier: has });
			else expect(tier).toBe(given);
		},
	);

	it('the human-led tier is the one with the most human time, unless another is named', () => {
		expect(humanLedTier(policy).id).toBe('highTouch');
		expect(humanLedTier({ ...policy, humanLed: 'pooled' }).id).toBe('pooled');
	});
});
