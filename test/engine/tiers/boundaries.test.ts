import { assignTiers } from '../../../engine/tiers/assignTiers';
import type { TierPolicy } from '../../../engine/tiers/policy';
import {
	byPackage,
	costToServe,
	coverageEconomics,
	digitalFirst,
} from '../../../engine/tiers/presets';

/** R15, P36: "under" and "above" exclude the figure, "a to b" includes both ends. One cent is the smallest step. */
type Row = [arr: number, tier: string];

/** Pounds at 1.25, yen at 0.0078125 and an own code: rates that are exact, so that an edge stays an edge. */
const RATES = new Map([
	['GBP', 1.25],
	['JPY', 0.0078125],
	['XTS', 4],
]);
const CURRENCIES: [currency: string | undefined, rate: number][] = [
	[undefined, 1],
	['USD', 1],
	['usd', 1],
	['GBP', 1.25],
	['jpy', 0.0078125],
	['XTS', 4],
];

function tierOf(policy: TierPolicy, account: object): string | null | undefined {
	return assignTiers(policy, [{ ...account }], RATES)[0]?.tier;
}

function holds(policy: TierPolicy, rows: Row[], facts: object = {}): void {
	it.each(rows)('an ARR of %d is %s, in whatever currency it is told', (arr, tier) => {
		for (const [currency, rate] of CURRENCIES) {
			// what is a hair off the edge by the rate is not what this table is about
			const amount = arr / rate;
			if (amount * rate !== arr) continue;
			expect([currency, tierOf(policy, { ...facts, arr: amount, currency })]).toEqual([
				currency,
				tier,
			]);
		}
	});
}

const USD = { currency: 'USD' };

describe('the edges of Coverage Economics (R11)', () => {
	describe.each([50_000, 75_000, 100_000])('with high-touch above %d', (highTouchAbove) => {
		holds(coverageEconomics({ ...USD, highTouchAbove }), [
			[0, 'techTouch'],
			[0.01, 'techTouch'],
			[9_999.99, 'techTouch'],
			[10_000, 'pooled'],
			[10_000.01, 'pooled'],
			[49_999.99, 'pooled'],
			[50_000, 'pooled'],
			[highTouchAbove - 0.01, 'pooled'],
			[highTouchAbove, 'pooled'],
			[highTouchAbove + 0.01, 'highTouch'],
			[100_000.01, 'highTouch'],
			[1e12, 'highTouch'],
		]);
	});

	describe('of a self-serve plan', () => {
		const policy = coverageEconomics({ ...USD, selfServePlans: ['free'] });
		const rows: Row[] = [
			[9_999.99, 'techTouch'],
			[10_000, 'techTouch'],
			[75_000, 'techTouch'],
			[75_000.01, 'highTouch'],
		];
		holds(policy, rows, { plan: 'free' });
	});
});

describe('the edges of Cost to Serve (R12)', () => {
	holds(costToServe(USD), [
		[0, 'digital'],
		[4_999.99, 'digital'],
		[5_000, 'hybrid'],
		[5_000.01, 'hybrid'],
		[14_999.99, 'hybrid'],
		[15_000, 'hybrid'],
		[15_000.01, 'namedCsm'],
		[1e12, 'namedCsm'],
	]);
});

describe('the edges of Digital First (R13)', () => {
	describe.each([10_000, 17_500, 25_000])('with digital under %d', (digitalUnder) => {
		holds(digitalFirst({ ...USD, digitalUnder }), [
			[0, 'digital'],
			[digitalUnder - 0.01, 'digital'],
			[digitalUnder, 'human'],
			[digitalUnder + 0.01, 'human'],
			[1e12, 'human'],
		]);
		describe('of a simple, healthy account past onboarding (R16)', () => {
			const facts = {
				complexity: 'simple',
				lifecycleStage: 'adopting',
				health: { band: 'yellow' },
			};
			const rows: Row[] = [
				[digitalUnder - 0.01, 'digital'],
				[digitalUnder, 'digital'],
				[1e12, 'digital'],
			];
			holds(digitalFirst({ ...USD, digitalUnder }), rows, facts);
		});
	});
});

describe('By Package (R14) has no edge', () => {
	const rows: Row[] = [0, 4_999.99, 5_000, 10_000, 25_000, 1e12].map((arr) => [arr, 'digital']);
	holds(byPackage({}), rows, { segment: 'smb' });
});

describe('a strategic account', () => {
	it.each<[string, TierPolicy, string]>([
		['Coverage Economics', coverageEconomics(USD), 'highTouch'],
		['Cost to Serve', costToServe(USD), 'namedCsm'],
		['Digital First', digitalFirst(USD), 'human'],
		['By Package', byPackage({}), 'human'],
	])('is led by a person in %s, at any ARR, even one nobody knows', (_name, policy, tier) => {
		for (const arr of [0, 1e6, undefined, 'much'])
			expect(tierOf(policy, { arr, strategic: true, segment: 'smb' })).toBe(tier);
	});
});

describe('human-led onboarding (R18)', () => {
	const presets: [string, (humanOnboarding?: boolean) => TierPolicy, string, string, boolean][] = [
		[
			'Coverage Economics',
			(on) => coverageEconomics({ ...USD, humanOnboarding: on }),
			'highTouch',
			'techTouch',
			false,
		],
		[
			'Cost to Serve',
			(on) => costToServe({ ...USD, humanOnboarding: on }),
			'namedCsm',
			'digital',
			false,
		],
		[
			'Digital First',
			(on) => digitalFirst({ ...USD, humanOnboarding: on }),
			'human',
			'digital',
			true,
		],
		['By Package', (on) => byPackage({ humanOnboarding: on }), 'human', 'digital', false],
	];

	it.each(presets)('of %s is a switch', (_name, preset, human, lowest, usual) => {
		const small = { arr: 100, segment: 'smb', complexity: 'simple', lifecycleStage: 'onboarding' };
		expect(tierOf(preset(true), small)).toBe(human);
		expect(tierOf(preset(true), { ...small, arr: undefined })).toBe(human);
		expect(tierOf(preset(false), small)).toBe(lowest);
		expect(tierOf(preset(), small)).toBe(usual ? human : lowest);
	});

	it.each(presets)(
		'of %s ends with it for what is simple, and later for what is complex',
		(_name, preset, human, lowest) => {
			const at = (lifecycleStage: string | undefined, complexity: string | undefined): unknown =>
				tierOf(preset(true), { arr: 100, segment: 'smb', complexity, lifecycleStage });
			expect(at('adopting', 'complex')).toBe(human);
			for (const complexity of ['simple', undefined])
				expect(at('adopting', complexity)).toBe(lowest);
			for (const stage of ['established', 'renewing', undefined])
				expect(at(stage, 'simple')).toBe(lowest);
		},
	);
});
