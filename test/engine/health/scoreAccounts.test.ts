import { b2bSaas, fewData } from '../../../engine/health/presets';
import { compileScorer } from '../../../engine/health/scoreAccounts';
import { DAY, earnings, modelOf, NOW, options, scoreOne } from './models';

const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();
const known = modelOf([
	{ id: 'a', label: 'A', field: 'a', weight: 3 },
	{ id: 'b', label: 'B', field: 'b', weight: 1 },
]);

describe('a score', () => {
	it('is the weighted mean of the points, rounded once', () => {
		// (3 × 50 + 1 × 75) / 4 = 56.25
		const health = scoreOne(known, { a: 50, b: 75 });
		expect(health).toMatchObject({ score: 56, band: 'red', coverage: 1 });
		expect(health).toMatchObject({ signals: ['a', 'b'], contributions: [37.5, 18.75] });
		expect(health.model).toEqual({ id: 'test', version: '1' });
	});

	it.each([
		[74.4, 74, 'yellow'],
		[74.5, 75, 'green'],
		[75, 75, 'green'],
		[59.4, 59, 'red'],
		[59.5, 60, 'yellow'],
		[60, 60, 'yellow'],
		[0, 0, 'red'],
		[100, 100, 'green'],
	])(
		'of %p is shown as %p and is %s: the band follows the figure shown (P19)',
		(a, score, band) => {
			const model = modelOf([{ id: 'a', field: 'a' }]);
			expect(scoreOne(model, { a })).toMatchObject({ score, band });
		},
	);

	it('tells the three signals that cost most, dearest first, with what each earned', () => {
		const model = modelOf([
			{ id: 'a', label: 'A', field: 'a', weight: 10 },
			{ id: 'b', label: 'B', field: 'b', weight: 20 },
			{ id: 'c', label: 'C', field: 'c', weight: 30 },
			{ id: 'd', label: 'D', field: 'd', weight: 40 },
		]);
		const { reasons } = scoreOne(model, { a: 0, b: 0, c: 50, d: 100 });
		expect(reasons.map(({ text }) => text)).toEqual([
			'B is 0, which earns 0 of 20 points',
			'C is 50, which earns 15 of 30 points',
			'A is 0, which earns 0 of 10 points',
		]);
		expect(reasons[1]).toMatchObject({
			code: 'signal_lowers',
			signal: 'c',
			value: 50,
			earned: 15,
			possible: 30,
		});
	});

	it('says so when nothing lowers it', () => {
		expect(scoreOne(known, { a: 100, b: 100 }).reasons).toEqual([
			{ code: 'nothing_lowers_it', text: 'No signal with data costs as much as half a point' },
		]);
	});
});

describe('what is not known', () => {
	it('gives a band at the very floor of coverage, whatever weights add up to in bits (P19)', () => {
		// 13.5 of 22.5 is 60 %, and 0.5999999999999999 to a computer
		const weights = [7.8, 4.1, 1.6, 9];
		const model = modelOf(weights.map((weight, i) => ({ id: `s${i}`, field: `s${i}`, weight })));
		expect(scoreOne(model, { s0: 80, s1: 80, s2: 80 })).toMatchObject({ score: 80, band: 'green' });
	});

	it('says of a date to come that it is none up to today', () => {
		const curve = { type: 'recency', from: 30, to: 0 };
		const model = modelOf([{ id: 'a', label: 'Last sign-in', field: 'a', curve }]);
		const { reasons } = scoreOne(model, { a: daysAgo(-3) });
		expect(reasons.map(({ text }) => text)).toContain(
			'Last sign-in is not a date up to today (a) and is left out',
		);
	});

	it('is not zero: weights renormalize over what is, and coverage says how much that was', () => {
		const health = scoreOne(known, { a: 80 });
		expect(health).toMatchObject({ score: 80, coverage: 0.75, missing: ['b'], invalid: [] });
		expect(earnings(health)).toEqual({ a: 80 });
		expect(health.reasons[0]).toMatchObject({
			code: 'signal_missing',
			signal: 'b',
			counted: 'leaveOut',
			weight: 25,
			text: 'B has no data (b) and is left out',
		});
	});

	it.each([
		['leaveOut', 100, { a: 100 }],
		['neutral', 88, { a: 75, b: 12.5 }],
		['worst', 75, { a: 75, b: 0 }],
	])('counts by the policy %s', (missing, score, contributions) => {
		const model = modelOf([
			{ id: 'a', field: 'a', weight: 3 },
			{ id: 'b', field: 'b', weight: 1, missing },
		]);
		const health = scoreOne(model, { a: 100 });
		expect(health).toMatchObject({ score, coverage: 0.75 });
		expect(earnings(health)).toEqual(contributions);
	});

	it.each([undefined, null, '', '  ', 'NA', 'n/a'])('is missing as %p', (a) => {
		expect(scoreOne(known, { a, b: 100 })).toMatchObject({ missing: ['a'], invalid: [] });
	});

	it.each([true, {}, [], NaN, Infinity, '12 %', -1, 101])('is invalid as %p', (a) => {
		const model = modelOf([
			{ id: 'a', label: 'A', field: 'a', range: { min: 0, max: 100 } },
			{ id: 'b', field: 'b', weight: 9 },
		]);
		const health = scoreOne(model, { a, b: 100 });
		expect(health).toMatchObject({ score: 100, missing: [], invalid: ['a'], coverage: 0.9 });
		expect(health.reasons[0]?.text).toBe('A is not a number from 0 to 100 (a) and is left out');
	});

	it('is stale when the source says it is too old, and fresh when the source says nothing', () => {
		const model = modelOf([
			{ id: 'a', label: 'A', field: 'a', asOf: { field: 'asOf', maxAgeDays: 14 } },
			{ id: 'b', field: 'b', weight: 9 },
		]);
		const at = (asOf?: string): unknown => scoreOne(model, { a: 1, b: 100, asOf }).stale;
		expect([at(daysAgo(15)), at(daysAgo(14)), at('2025-12-31'), at()]).toEqual([
			['a'],
			[],
			['a'],
			[],
		]);
		expect(scoreOne(model, { b: 100, asOf: daysAgo(15) })).toMatchObject({
			missing: ['a'],
			stale: [],
		});
	});

	it('makes the band unknown under the coverage floor, never green (P19)', () => {
		const model = modelOf([
			{ id: 'a', field: 'a', weight: 59 },
			{ id: 'b', field: 'b', weight: 41 },
		]);
		const thin = scoreOne(model, { a: 100 });
		expect(thin).toMatchObject({ score: 100, band: 'unknown', coverage: 0.59 });
		expect(thin.reasons[0]).toMatchObject({
			code: 'coverage_below_floor',
			floor: 0.6,
			text: 'Only 59 % of the weight has data and 60 % is needed for a band',
		});
		const enough = modelOf([
			{ id: 'a', field: 'a', weight: 60 },
			{ id: 'b', field: 'b', weight: 40 },
		]);
		expect(scoreOne(enough, { a: 100 }).band).toBe('green');
	});

	it('gives no score at all when it is everything, whatever the policy', () => {
		const model = modelOf([
			{ id: 'a', field: 'a', missing: 'worst' },
			{ id: 'b', field: 'b', missing: 'neutral' },
		]);
		const health = scoreOne(model, {});
		expect(health).toMatchObject({
			score: null,
			band: 'unknown',
			coverage: 0,
			missing: ['a', 'b'],
		});
		expect(earnings(health)).toEqual({});
		expect(health.reasons[0]?.text).toBe('Nothing is known about this account');
	});
});

describe('what is measured', () => {
	it('may be a share, of a divisor that is large enough', () => {
		const share = {
			id: 's',
			label: 'Use',
			field: 'l.used',
			of: { field: 'l.bought', atLeast: 10 },
		};
		const model = modelOf([{ ...share, curve: { type: 'linear', from: 0, to: 1 } }]);
		const at = (used: unknown, bought: unknown): unknown[] => {
			const { score, missing, invalid } = scoreOne(model, { l: { used, bought } });
			return [score, missing, invalid];
		};
		expect(at(5, 10)).toEqual([50, [], []]);
		expect(at(5, 9)).toEqual([null, ['s'], []]);
		expect(at(5, undefined)).toEqual([null, ['s'], []]);
		expect(at(5, 'ten')).toEqual([null, [], ['s']]);
		expect(at('five', 10)).toEqual([null, [], ['s']]);
		expect(at(0, 0)).toEqual([null, ['s'], []]);
	});

	it('counts whole days since a date, and up to a day ahead, as zones differ, as today', () => {
		const curve = { type: 'recency', from: 10, to: 0 };
		const model = modelOf([{ id: 'd', label: 'Last call', field: 'd', curve }]);
		const at = (d: unknown): unknown => scoreOne(model, { d }).score;
		expect([at(daysAgo(4.9)), at(daysAgo(5)), at('2026-01-26'), at(daysAgo(-1))]).toEqual([
			60, 50, 50, 100,
		]);
		expect(scoreOne(model, { d: daysAgo(5) }).reasons[0]?.text).toBe(
			'Last call was 5 days ago, which earns 50 of 100 points',
		);
		expect(scoreOne(model, { d: 'last week' }).invalid).toEqual(['d']);
	});

	it.each([
		{ type: 'recency', from: 10, to: 0 },
		{ type: 'halfLife', days: 7 },
	])('a date more than a day ahead is impossible, and earns nothing: $type', (curve) => {
		const model = modelOf([{ id: 'd', label: 'Last call', field: 'd', curve }]);
		for (const d of [new Date(NOW + DAY + 1).toISOString(), daysAgo(-300), '2062-03-01']) {
			expect(scoreOne(model, { d })).toMatchObject({ score: null, invalid: ['d'] });
		}
	});

	it.each([
		[true, 100],
		['Yes', 100],
		[1, 100],
		[false, 0],
		['no', 0],
		['0', 0],
	])('reads %p as yes or no', (y, score) => {
		expect(
			scoreOne(modelOf([{ id: 'y', field: 'y', curve: { type: 'yesNo' } }]), { y }).score,
		).toBe(score);
	});

	it('reads plain numbers in text, and a column whose name is the path', () => {
		const model = modelOf([{ id: 'n', field: 'sentiment.nps' }]);
		expect(scoreOne(model, { 'sentiment.nps': ' 40 ' }).score).toBe(40);
	});

	it('never takes what every object inherits for data', () => {
		const model = modelOf([{ id: 'a', field: 'a.valueOf' }]);
		expect(() => scoreOne(model, { a: {} })).toThrow("'a.valueOf' is not a field path");
	});
});

describe('a tally', () => {
	it('counts signals that were missing, invalid and stale apart', () => {
		const scorer = compileScorer(known, options);
		for (const account of [{ a: 1 }, { a: 'x' }, { a: 2, b: 1 }]) scorer.score(account);
		expect(scorer.tally()).toMatchObject([
			{ signal: { id: 'a' }, accounts: 3, missing: 0, invalid: 1, stale: 0 },
			{ signal: { id: 'b' }, accounts: 3, missing: 2, invalid: 0, stale: 0 },
		]);
	});
});

describe('the presets', () => {
	it('weigh the four groups of R22', () => {
		const weights: Record<string, number> = {};
		for (const { group, weight } of b2bSaas.signals)
			weights[group] = (weights[group] ?? 0) + weight;
		expect(weights).toEqual({ usage: 40, support: 20, sentiment: 20, licences: 20 });
	});

	it('score an account that is at its best on everything 100, at its worst 0', () => {
		const best = {
			usage: { adoption: 0.9, events: 900, previousEvents: 800, lastActiveAt: daysAgo(0) },
			support: { openP1: 0, openTickets: 0 },
			sentiment: { nps: 90, csat: 5 },
			licences: { used: 50, bought: 50 },
		};
		const worst = {
			usage: { adoption: 0, events: 50, previousEvents: 100, lastActiveAt: daysAgo(60) },
			support: { openP1: 2, openTickets: 9 },
			sentiment: { nps: -90, csat: 1 },
			licences: { used: 1, bought: 50 },
		};
		for (const model of [b2bSaas, fewData]) {
			expect(scoreOne(model, best)).toMatchObject({ score: 100, band: 'green', coverage: 1 });
			expect(scoreOne(model, worst)).toMatchObject({ score: 0, band: 'red', coverage: 1 });
		}
	});

	it('give nothing to usage that fell by 40 % (R5) and do not compare with fewer than 50 events (P03)', () => {
		const trend = (events: number, previousEvents: number): unknown =>
			earnings(scoreOne(b2bSaas, { usage: { events, previousEvents } })).usageTrend;
		expect([trend(60, 100), trend(100, 100), trend(49, 49)]).toEqual([0, 100, undefined]);
	});
});
