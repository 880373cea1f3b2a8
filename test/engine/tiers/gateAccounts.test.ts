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

	it.each([
		[{ tier: 'highTouch', name: 'High-Touch' }, 'High-Touch'],
		[{ tier: 'highTouch', name: 'High-Touch' }, 'highTouch'],
		[{ tier: 'highTouch' }, ' high touch '],
		[{ tier: 'high-touch', name: 'High-Touch' }, 'highTouch'],
		[{ tier: 'human', name: 'Human-Led' }, 'Human-Led'],
		[{ tier: 'hybrid', name: 'Digital + Quarterly Touchpoint' }, 'digital + quarterly touchpoint'],
		[{ tier: 'mid-touch', name: 'Mid Touch' }, 'Mid-Touch'],
	])('knows the tier %j as %p', (tier, named) => {
		expect(codes({ tier }, { motion: 'm', tiers: [named] })).toEqual(['allowed']);
		expect(codes({ tier }, { motion: 'm', tiers: ['low'] })).toEqual(['tier_not_allowed']);
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

	it.each([true, 'test', 'partner', 'internal', 'yes', 1, ' Test ', 'TRUE', 'Excluded'])(
		'always holds an account excluded as %p, until a person lifts it',
		(excluded) => {
			expect(decide({ ...good, excluded }, { motion: 'm' })).toMatchObject({
				decision: 'hold',
				lookAgainAt: null,
				reasons: [{ code: 'excluded' }],
			});
		},
	);

	it.each([false, undefined, null, 'no', ' No ', 'FALSE', 0, '0', '', ' ', 'n/a'])(
		'does not take %p for an exclusion',
		(excluded) => {
			expect(codes({ ...good, excluded })).toEqual(['allowed']);
		},
	);

	it('always holds a churned customer', () => {
		expect(decide({ lifecycleStage: 'churned' }, { motion: 'm' })).toMatchObject({
			lookAgainAt: null,
			reasons: [{ code: 'churned' }],
		});
	});

	it.each(['Churned', ' CHURNED ', 'churned'])('takes %p for churned', (lifecycleStage) => {
		expect(decide({ lifecycleStage }, { motion: 'm' })).toMatchObject({
			lookAgainAt: null,
			reasons: [{ code: 'churned' }],
		});
		// told once, also where stages are chosen
		expect(codes({ ...good, lifecycleStage })).toEqual(['churned']);
	});

	it('knows a stage whatever its case and blanks', () => {
		expect(codes({ ...good, lifecycleStage: ' Adopting ' })).toEqual(['allowed']);
		expect(codes({ ...good, lifecycleStage: 'ONBOARDING' })).toEqual(['stage_not_allowed']);
	});

	// what cannot be read may be an exclusion, or a customer who left
	it.each<[object, string, string]>([
		[{ excluded: 'perhaps' }, 'excluded_invalid', 'found a text of 7 characters'],
		[{ excluded: 2 }, 'excluded_invalid', 'found a number of 1 digit'],
		[{ excluded: [] }, 'excluded_invalid', 'found a list of 0'],
		[{ lifecycleStage: 'Churnd' }, 'stage_invalid', 'found "Churnd"'],
		[{ lifecycleStage: 'cancelled' }, 'stage_invalid', 'found a text of 9 characters'],
		[{ lifecycleStage: ['churned'] }, 'stage_invalid', 'found a list of 1'],
	])('holds %j until a person has looked, as %s: %s', (fact, code, text) => {
		const decision = decide({ ...good, ...fact });
		expect(decision).toMatchObject({ decision: 'hold', lookAgainAt: null, reasons: [{ code }] });
		expect(decision.reasons).toHaveLength(1);
		expect(decision.reasons[0]?.text).toContain(text);
	});

	it('leaves exclusion and churn to a journey that follows, however they are spelled', () => {
		const follows = { motion: 'm', journeyFollows: true };
		const facts = { excluded: 'perhaps', lifecycleStage: 'cancelled' };
		expect(codes(facts, follows)).toEqual(['allowed']);
		expect(codes(facts, { ...follows, stages: ['adopting'] })).toEqual(['stage_invalid']);
	});

	it.each<[unknown, boolean]>([
		[false, true],
		[undefined, true],
		[null, true],
		['', true],
		['no', true],
		[' False ', true],
		[0, true],
		['0', true],
		['subscribed', true],
		['Opted in', true],
		[true, false],
		['yes', false],
		['Yes ', false],
		['true', false],
		[1, false],
		['1', false],
		['Unsubscribed', false],
		['opted-out', false],
		['2026-01-01', false],
		['perhaps', false],
		[{}, false],
	])('takes a contact whose unsubscribed is %p for reachable: %p', (unsubscribed, reachable) => {
		const contacts = [{ email: 'ada@example.com', unsubscribed }];
		expect(codes({ ...good, contacts })).toEqual([reachable ? 'allowed' : 'nobody_reachable']);
	});

	it.each<[unknown, boolean]>([
		['Active', true],
		[null, true],
		['', true],
		['Left', false],
		['BOUNCED', false],
		['on leave', false],
		[0, false],
	])('takes a contact whose status is %p for reachable: %p', (status, reachable) => {
		const contacts = [{ email: 'ada@example.com', status }];
		expect(codes({ ...good, contacts })).toEqual([reachable ? 'allowed' : 'nobody_reachable']);
	});

	it.each<[object, string]>([
		[{ unsubscribed: 'perhaps' }, "(field 'unsubscribed' of a contact, found a text of 7 chara"],
		[{ status: 'on leave' }, "(field 'status' of a contact, found a text of 8 characters)"],
		[{ unsubscribed: true }, 'all have left, bounced or unsubscribed'],
		[{ email: ' ', status: 'on leave' }, 'all have left, bounced or unsubscribed'],
	])('says what was found where nobody can be reached because of %j', (fact, text) => {
		const contacts = [
			{ email: 'a@example.com', status: 'left' },
			{ email: 'b@b.example', ...fact },
		];
		expect(decide({ ...good, contacts }).reasons[0]?.text).toContain(text);
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

	it.each(['', ' ', null, 'n/a'])('whose end is %p is none', (pausedUntil) => {
		expect(codes({ ...good, pausedUntil }, open)).toEqual(['allowed']);
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
