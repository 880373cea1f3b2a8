import type { HealthModel } from '../../../engine/health/model';
import { compileScorer, scoreAccounts } from '../../../engine/health/scoreAccounts';
import { DAY, earnings, modelOf, NOW, options, scoreOne } from './models';
import { dice } from '../../harness/dice';

const old = new Date(NOW - 20 * DAY).toISOString();

/** An account in which signal b says nothing, in one of the three ways. */
const absent = {
	missing: { a: 80 },
	invalid: { a: 80, b: 'high' },
	stale: { a: 80, b: 100, asOf: old },
} as const;

const model = (policies: object): HealthModel =>
	modelOf([
		{ id: 'a', label: 'A', field: 'a', weight: 3 },
		{
			id: 'b',
			label: 'B',
			field: 'b',
			weight: 1,
			asOf: { field: 'asOf', maxAgeDays: 14 },
			...policies,
		},
	]);

describe.each(['missing', 'invalid', 'stale'] as const)('a signal that is %s', (state) => {
	// of 80 points weighing 3 and what b counts for, weighing 1
	it.each([
		['leaveOut', 80, { a: 80 }],
		['neutral', 73, { a: 60, b: 12.5 }],
		['worst', 60, { a: 60, b: 0 }],
	])('counts by its own policy %s, and adds no coverage', (policy, score, contributions) => {
		const health = scoreOne(model({ [state]: policy }), absent[state]);
		expect(health).toMatchObject({ score, coverage: 0.75, [state]: ['b'] });
		expect(earnings(health)).toEqual(contributions);
		expect(health.reasons[0]).toMatchObject({ code: `signal_${state}`, counted: policy });
	});

	it('gives no score and says why where it must be known', () => {
		const health = scoreOne(model({ [state]: 'fail' }), absent[state]);
		expect(health).toMatchObject({
			score: null,
			band: 'unknown',
			coverage: 0.75,
			signals: [],
			contributions: [],
			nextBand: null,
		});
		expect(health.reasons).toHaveLength(1);
		expect(health.reasons[0]?.text).toContain('must be known for a score');
	});

	it('is judged by no other policy than that', () => {
		const others = { missing: 'worst', invalid: 'worst', stale: 'worst', [state]: 'leaveOut' };
		expect(scoreOne(model(others), absent[state]).score).toBe(80);
	});
});

describe('weights', () => {
	it('renormalize openly: what each signal could earn adds up to 100', () => {
		const random = dice(4);
		const signals = Array.from({ length: 6 }, (_none, index) => ({
			id: `s${index}`,
			field: `s${index}`,
			weight: 1 + index,
			missing: ['leaveOut', 'neutral', 'worst'][index % 3],
		}));
		const accounts = Array.from({ length: 200 }, () =>
			Object.fromEntries(
				signals.flatMap(({ field }) => (random() < 0.4 ? [] : [[field, random() * 100]])),
			),
		);
		for (const { signals: ids, possible, score } of scoreAccounts(
			modelOf(signals),
			accounts,
			options,
		)) {
			expect(possible).toHaveLength(ids.length);
			if (score !== null) expect(possible.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 9);
		}
	});
});

describe('an As Of', () => {
	const worst = model({ stale: 'neutral', invalid: 'worst' });
	it.each([
		['unknown', 'invalid', 60],
		['12', 'invalid', 60],
		[{}, 'invalid', 60],
		[new Date(NOW + DAY + 1), 'invalid', 60],
		[new Date(NOW + DAY), 'known', 85],
		[NOW - 20 * DAY, 'stale', 73],
		['2026-01-01 10:00:00', 'stale', 73],
		['', 'known', 85],
		['NA', 'known', 85],
		[null, 'known', 85],
	])('of %p makes the value %s', (asOf, state, score) => {
		const health = scoreOne(worst, { a: 80, b: 100, asOf });
		expect(health.score).toBe(score);
		expect(health.invalid).toEqual(state === 'invalid' ? ['b'] : []);
		if (state !== 'invalid') return;
		expect(health.reasons[0]?.text).toContain('or its As Of (asOf) is not a date up to today');
	});

	it('that cannot be is counted by its field, once an account', () => {
		const clocked = ['b', 'c'].map((id) => {
			return { id, field: id, asOf: { field: 'asOf', maxAgeDays: 14 } };
		});
		const scorer = compileScorer(modelOf(clocked), options);
		for (const asOf of ['never', 'never', old, '', 'once']) scorer.score({ b: 1, c: 1, asOf });
		expect(scorer.unread()).toEqual([{ what: 'asOf', field: 'asOf', accounts: 3 }]);
	});
});
