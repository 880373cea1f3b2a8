import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { assignTiers } from '../../../engine/tiers/assignTiers';
import { compileRank } from '../../../engine/tiers/policy';
import { expectEach } from '../../harness/expectEach';
import { dice } from '../../harness/dice';
import { anyAccounts, POLICIES, RATES } from './anyAccounts';

/** By each of eight policies: 120,000 cases. */
const COUNT = 15_000;
const SEED = 2026;
const accounts = anyAccounts(COUNT, SEED);
const named = POLICIES.map((policy, index) => ({
	name: `${policy.id}${index < POLICIES.length / 2 ? '' : ' with human-led onboarding'}`,
	policy,
	tiers: assignTiers(policy, accounts, RATES),
}));

describe.each(named)('$name', ({ policy, tiers }) => {
	it('gives every account one of its tiers, or none with a reason', () => {
		const known = new Map(policy.tiers.map(({ id, name, output }) => [id, { name, output }]));
		const odd = tiers.filter(({ tier, name, output, reasons }) => {
			if (reasons.length !== 1 || (reasons[0]?.text ?? '') === '') return true;
			if (tier === null) return output !== 0 || reasons[0]?.code === 'rule_matched';
			const own = known.get(tier);
			return own?.name !== name || own.output !== output || reasons[0]?.code !== 'rule_matched';
		});
		expect(odd).toEqual([]);
		expect(new Set(tiers.map(({ tier }) => tier)).size).toBe(policy.tiers.length + 1);
	});

	it('never gives a lower tier for more ARR, whatever else is known', () => {
		const roll = dice(7);
		const some = accounts.map((account) => ({ ...account, currency: 'EUR' }));
		const low = some.map(() => (roll() < 0.5 ? 0 : roll() * 100_000));
		// half of them a cent or two more, so that edges are crossed by a hair
		const high = low.map((arr) => arr + (roll() < 0.5 ? 0.02 : roll() * 100_000));
		const rankOf = compileRank(policy);
		const ranksAt = (arrs: number[]): number[] =>
			assignTiers(
				policy,
				some.map((account, index) => ({ ...account, arr: arrs[index] })),
				RATES,
			).map(({ tier }) => rankOf(tier));
		const [before, after] = [ranksAt(low), ranksAt(high)];
		expect(before.findIndex((rank, index) => rank > (after[index] ?? 0))).toBe(-1);
	});

	it('decides each account alone: neither the order nor the neighbors matter', () => {
		const backwards = assignTiers(policy, accounts.toReversed(), RATES).reverse();
		expectEach(backwards, tiers);
	});

	it('reads accounts as well when a CSV or a person spells them otherwise', () => {
		const spelled = (value: unknown): unknown => {
			if (typeof value === 'boolean') return value ? ' Yes' : 'NO';
			return typeof value === 'string' && value !== 'n/a' ? ` ${value.toUpperCase()} ` : value;
		};
		const others = accounts.map(({ accountId, arr, health, ...facts }) => ({
			...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, spelled(value)])),
			accountId,
			arr: typeof arr === 'number' ? ` ${String(arr)} ` : arr,
			health:
				typeof health === 'object' && health !== null && 'band' in health
					? { band: spelled(health.band) }
					: health,
		}));
		expectEach(assignTiers(policy, others, RATES), tiers);
	});

	it('changes nothing of what it was given', () => {
		const frozen = accounts.slice(0, 2_000).map((account) => {
			Object.values(account).forEach((value) => Object.freeze(value));
			return Object.freeze({ ...account });
		});
		expectEach(assignTiers(policy, frozen, RATES), tiers.slice(0, 2_000));
	});
});

it.each(['UTC', 'Pacific/Auckland', 'America/St_Johns'])(
	'tiers are the same in a process of its own in %s, byte for byte',
	(TZ) => {
		const script = join(__dirname, 'digest.process.ts');
		const found = execFileSync(
			process.execPath,
			['--import', 'tsx', script, String(COUNT), String(SEED)],
			{ env: { ...process.env, TZ, NODE_OPTIONS: '' }, encoding: 'utf8' },
		);
		const hash = createHash('sha256');
		for (const { tiers } of named) hash.update(JSON.stringify(tiers));
		expect(found.trim()).toBe(hash.digest('hex'));
	},
);
