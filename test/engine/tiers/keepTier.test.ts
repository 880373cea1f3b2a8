import { DateTime } from 'luxon';
import { compileTiers, type TierAssignment } from '../../../engine/tiers/assignTiers';
import { compileKeep, type FallTerms } from '../../../engine/tiers/keepTier';
import { coverageEconomics } from '../../../engine/tiers/presets';

const NOW = Date.UTC(2026, 5, 15, 12);
const policy = coverageEconomics({ currency: 'USD' });
const assign = compileTiers(policy);

function tierOf(account: Record<string, unknown>, over: Partial<FallTerms> = {}): TierAssignment {
	const keep = compileKeep(policy, {
		field: 'crmTier',
		currentOf: ({ crmTier }) => crmTier,
		review: false,
		daysAroundRenewal: 30,
		now: NOW,
		...over,
	});
	return keep(assign(account), account);
}

/** P36: a tier falls only at renewal or review, it rises at once. */
describe('a tier', () => {
	it('rises at once', () => {
		expect(tierOf({ arr: 80_000, crmTier: 'Tech-Touch' }).tier).toBe('highTouch');
	});

	it('does not fall before the renewal, and says what it would be', () => {
		const account = { arr: 9_000, crmTier: 'Pooled', renewalDate: '2026-12-01' };
		expect(tierOf(account)).toMatchObject({
			tier: 'pooled',
			name: 'Pooled',
			output: 2,
			next: { tier: 'techTouch', name: 'Tech-Touch', output: 1 },
			reasons: [
				{ code: 'kept_until_renewal', kept: 'pooled', next: 'techTouch' },
				{ code: 'rule_matched' },
			],
		});
	});

	it.each([
		['2026-07-15', 'techTouch'],
		['2026-07-16', 'pooled'],
		['2026-05-17', 'techTouch'],
		['2026-05-16', 'pooled'],
		// renewed a month ago, so the date is next year's
		['2027-06-01', 'techTouch'],
		['2027-04-01', 'pooled'],
		['soon', 'pooled'],
		[undefined, 'pooled'],
	])('may fall within 30 days of a renewal on %s: %s', (renewalDate, tier) => {
		expect(tierOf({ arr: 9_000, crmTier: 'pooled', renewalDate }).tier).toBe(tier);
	});

	// P01: months are calendar months, clamped to the last day of the month; days are local days
	it.each([
		['2026-02-28T00:00:00Z', 'techTouch', '2026-03-31', 'UTC', 1, 5],
		['2026-02-27T23:59:59Z', 'pooled', '2026-03-31', 'UTC', 1, 5],
		['2026-03-05T00:00:00Z', 'techTouch', '2026-03-31', 'UTC', 1, 5],
		['2026-03-05T00:00:01Z', 'pooled', '2026-03-31', 'UTC', 1, 5],
		['2026-06-15T00:00:00Z', 'techTouch', '2027-06-15', 'UTC', 12, 0],
		['2026-06-14T18:00:00Z', 'pooled', '2027-06-15', 'UTC', 12, 0],
		['2026-03-10T22:59:59Z', 'pooled', '2026-04-10', 'Europe/Berlin', 12, 30],
		['2026-03-10T23:00:00Z', 'techTouch', '2026-04-10', 'Europe/Berlin', 12, 30],
	])(
		'at %s is %s, where the renewal is on %s in %s, terms have %d months and %d days count as near',
		(now, tier, renewalDate, timezone, termMonths, daysAroundRenewal) => {
			const account = { arr: 9_000, crmTier: 'pooled', renewalDate, timezone, termMonths };
			expect(tierOf(account, { now: Date.parse(now), daysAroundRenewal }).tier).toBe(tier);
		},
	);

	it('falls in a review whatever the date', () => {
		expect(tierOf({ arr: 9_000, crmTier: 'High-Touch' }, { review: true }).tier).toBe('techTouch');
	});

	it.each(['', ' ', 'n/a', undefined, null])('is not kept where %p tells none', (crmTier) => {
		expect(tierOf({ arr: 9_000, crmTier })).toEqual(assign({ arr: 9_000 }));
	});

	it.each(['Platinum', 7, {}, true])(
		'is not kept where %p is no tier of the policy, and that is told',
		(crmTier) => {
			const tier = tierOf({ arr: 9_000, crmTier });
			expect(tier).toMatchObject({
				tier: 'techTouch',
				reasons: [{ code: 'rule_matched' }, { code: 'field_invalid', field: 'crmTier' }],
			});
			expect(tier.reasons[1]?.text).not.toContain('Platinum');
		},
	);

	it('is known by its name or id, whatever the case and punctuation', () => {
		for (const crmTier of ['highTouch', 'High-Touch', ' high touch ', 'HIGH_TOUCH'])
			expect(tierOf({ arr: 9_000, crmTier }).tier).toBe('highTouch');
	});

	it('that the rules give as well is nothing to keep, and nothing is said of it', () => {
		const account = { arr: 9_000, crmTier: 'Tech-Touch', renewalDate: '2026-12-01' };
		expect(tierOf(account)).toEqual(assign(account));
	});

	it.each<[unknown]>([
		['2026-07-01'],
		[' 2026-07-01 '],
		[new Date('2026-07-01')],
		[Date.parse('2026-07-01')],
		[DateTime.fromISO('2026-07-01', { zone: 'utc' })],
	])('may fall near a renewal that is written %p', (renewalDate) => {
		expect(tierOf({ arr: 9_000, crmTier: 'pooled', renewalDate }).tier).toBe('techTouch');
	});

	it('stays where the renewal cannot be read, and says so', () => {
		const account = { arr: 9_000, crmTier: 'pooled', renewalDate: 'next spring' };
		expect(tierOf(account)).toMatchObject({
			tier: 'pooled',
			reasons: [
				{ code: 'kept_until_renewal' },
				{ code: 'rule_matched' },
				{ code: 'field_invalid', field: 'renewalDate' },
			],
		});
	});

	it('that falls by a term taken for the usual one says so', () => {
		const account = { arr: 9_000, crmTier: 'pooled', renewalDate: '2027-06-01' };
		expect(tierOf({ ...account, termMonths: 'three' })).toMatchObject({
			tier: 'techTouch',
			reasons: [{ code: 'rule_matched' }, { code: 'field_invalid', field: 'termMonths' }],
		});
	});

	it.each<[unknown, string, boolean]>([
		// a term of three months began on 1 June, one of twelve a year ago
		[3, 'techTouch', false],
		['3', 'techTouch', false],
		[' 3 ', 'techTouch', false],
		[undefined, 'pooled', false],
		['', 'pooled', false],
		['three', 'pooled', true],
		[0, 'pooled', true],
		[-3, 'pooled', true],
		[{}, 'pooled', true],
	])('of a term of %p months, renewed on 1 September, is %s', (termMonths, expected, isTold) => {
		const account = { arr: 9_000, crmTier: 'pooled', renewalDate: '2026-09-01', termMonths };
		const { tier, reasons } = tierOf(account);
		expect(tier).toBe(expected);
		const told = reasons.filter(({ code }) => code === 'field_invalid');
		expect(told).toMatchObject(isTold ? [{ field: 'termMonths' }] : []);
	});

	it('is not guessed from the one before', () => {
		expect(tierOf({ crmTier: 'pooled' }).tier).toBeNull();
	});
});
