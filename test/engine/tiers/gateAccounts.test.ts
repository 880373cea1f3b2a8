import { gateAccounts } from '../../../engine/tiers/gateAccounts';
import { gateSchema, type GateDecision } from '../../../engine/tiers/gate';

const NOW = Date.UTC(2026, 2, 1, 12);
const TOMORROW = '2026-03-02T12:00:00.000Z';

const good = {
	accountId: 'a',
	lifecycleStage: 'adopting',
	tier: { tier: 'pooled' },
	health: { band: 'green', coverage: 0.9 },
	contacts: [{ email: 'ada@example.com', status: 'active', unsubscribed: false }],
};

const strict = {
	motion: 'education',
	tiers: ['pooled', 'techTouch'],
	bands: ['green', 'yellow'],
	stages: ['adopting', 'established'],
	minimumCoverage: 0.6,
	reachableContact: true,
};

function decide(account: object, gate: object = strict): GateDecision {
	const [decision] = gateAccounts(gateSchema.parse(gate), [{ ...account }], NOW);
	if (decision === undefined) throw new Error('one account gives one decision');
	return decision;
}

const codes = (account: object, gate?: object): string[] =>
	decide(account, gate).reasons.map(({ code }) => code);

describe('a gate', () => {
	it('lets an account pass that meets everything', () => {
		expect(decide(good)).toEqual({
			motion: 'education',
			decision: 'pass',
			reasons: [{ code: 'allowed', text: 'Nothing keeps the account out of education' }],
			lookAgainAt: null,
		});
	});

	it('with no limits lets anything pass that is not always held', () => {
		expect(decide({}, { motion: 'm' }).decision).toBe('pass');
	});

	it.each([
		[{ tier: { tier: 'highTouch' } }, 'tier_not_allowed'],
		[{ tier: { tier: null } }, 'tier_unknown'],
		[{ tier: undefined }, 'tier_unknown'],
		[{ health: { band: 'red', coverage: 0.9 } }, 'band_not_allowed'],
		[{ health: { band: 'unknown', coverage: 0.9 } }, 'band_not_allowed'],
		[{ health: { band: 'green', coverage: 0.59 } }, 'coverage_too_low'],
		[{ health: undefined }, 'health_unknown'],
		[{ lifecycleStage: 'onboarding' }, 'stage_not_allowed'],
		[{ lifecycleStage: undefined }, 'stage_not_allowed'],
		[{ contacts: [] }, 'nobody_reachable'],
		[{ contacts: undefined }, 'nobody_reachable'],
		[{ contacts: [{ email: 'a@example.com', unsubscribed: true }] }, 'nobody_reachable'],
		[{ contacts: [{ email: 'a@example.com', status: 'bounced' }] }, 'nobody_reachable'],
		[{ contacts: [{ email: 'a@example.com', status: 'left' }] }, 'nobody_reachable'],
	])('holds an account with %j because of %s, and looks again tomorrow', (fact, code) => {
		expect(codes({ ...good, ...fact })).toEqual([code]);
		expect(decide({ ...good, ...fact })).toMatchObject({ decision: 'hold', lookAgainAt: TOMORROW });
	});

	it('takes a coverage of exactly the minimum, whatever sums made it', () => {
		expect(
			codes({ ...good, health: { band: 'green', coverage: 0.1 + 0.2 + 0.3 - 1e-12 } }),
		).toEqual(['allowed']);
	});

	it.each([true, 'test', 'partner', 'internal', 'yes', 1])(
		'always holds an account excluded as %p, until a person lifts it',
		(excluded) => {
			expect(decide({ ...good, excluded }, { motion: 'm' })).toMatchObject({
				decision: 'hold',
				lookAgainAt: null,
				reasons: [{ code: 'excluded' }],
			});
		},
	);

	it.each([false, undefined, null])('does not take %p for an exclusion', (excluded) => {
		expect(codes({ ...good, excluded })).toEqual(['allowed']);
	});

	it('always holds a churned customer', () => {
		expect(decide({ lifecycleStage: 'churned' }, { motion: 'm' })).toMatchObject({
			lookAgainAt: null,
			reasons: [{ code: 'churned' }],
		});
	});

	it('tells every reason, not only the first', () => {
		expect(codes({ excluded: true, lifecycleStage: 'churned', pausedUntil: '2027-01-01' })).toEqual(
			['excluded', 'churned', 'paused', 'tier_unknown', 'health_unknown', 'nobody_reachable'],
		);
	});
});

describe('a pause', () => {
	const open = { motion: 'm' };

	it.each([
		['2026-03-01T12:00:00Z', 'pass', null],
		['2026-03-01T12:00:01Z', 'hold', '2026-03-01T12:00:01.000Z'],
		['2026-02-01', 'pass', null],
		['2026-03-20', 'hold', '2026-03-20T00:00:00.000Z'],
	])('until %s means %s until %s', (pausedUntil, decision, lookAgainAt) => {
		expect(decide({ ...good, pausedUntil }, open)).toMatchObject({ decision, lookAgainAt });
	});

	it('until a date ends at the start of that day where the account is (P01)', () => {
		const at = (timezone: string): unknown =>
			decide({ pausedUntil: '2026-03-02', timezone }, open).lookAgainAt;
		expect(at('Asia/Tokyo')).toBe('2026-03-01T15:00:00.000Z');
		expect(at('America/Los_Angeles')).toBe('2026-03-02T08:00:00.000Z');
	});

	it('beside another reason is looked at again when both may have ended', () => {
		const red = { ...good, health: { band: 'red', coverage: 1 } };
		expect(decide({ ...red, pausedUntil: '2026-03-20' }).lookAgainAt).toBe(
			'2026-03-20T00:00:00.000Z',
		);
		expect(decide({ ...red, pausedUntil: '2026-03-01T13:00:00Z' }).lookAgainAt).toBe(TOMORROW);
	});

	it.each(['until further notice', 20260301, true])(
		'whose end is %p holds, and says so',
		(pausedUntil) => {
			expect(decide({ ...good, pausedUntil }, open)).toMatchObject({
				decision: 'hold',
				lookAgainAt: null,
				reasons: [{ code: 'paused_until_invalid' }],
			});
		},
	);
});

it('a gate without a motion is refused', () => {
	expect(gateSchema.safeParse({ motion: '' }).error?.issues[0]?.message).toContain('is empty');
});
