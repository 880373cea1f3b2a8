import { compileScorer, scoreAccounts } from '../../../engine/health/scoreAccounts';
import type { Health } from '../../../engine/health/health';
import { modelOf, NOW, options } from './models';

const model = modelOf([{ id: 'a', label: 'A', field: 'a', weight: 1 }], {
	judgement: { field: 'judgment' },
});

// NOW is noon of 31 January 2026 in UTC
function judged(judgment: unknown, a: unknown = 90, zone = 'UTC'): Health {
	const [health] = scoreAccounts(model, [{ a, judgment }], { ...options, now: NOW, zone });
	if (health === undefined) throw new Error('one account gives one score');
	return health;
}

const sum = ({ contributions }: Health): number => contributions.reduce((a, b) => a + b, 0);

describe("a success manager's judgement", () => {
	it('replaces the score openly until it ends, and says who and until when', () => {
		const health = judged({
			score: 35,
			until: '2026-03-31',
			by: 'Ada',
			note: 'their sponsor left',
		});
		expect(health).toMatchObject({ score: 35, band: 'red', signals: ['a', 'judgement'] });
		expect(health.contributions).toEqual([90, -55]);
		expect(health.nextBand).toBeNull();
		expect(health.reasons[0]).toEqual({
			code: 'judged',
			by: 'Ada',
			until: '2026-03-31',
			note: 'their sponsor left',
			without: 90,
			text: 'Judged 35 by Ada until 2026-03-31; the model says 90',
		});
	});

	it.each([
		['red', 90, 59],
		['yellow', 90, 74],
		['yellow', 20, 60],
		['green', 20, 75],
		['green', 90, 90],
	])('of a band (%s) takes the score of it that is nearest to %p: %p', (band, a, score) => {
		const health = judged({ band, until: '2026-03-31' }, a);
		expect(health).toMatchObject({ score, band });
		expect(sum(health)).toBeCloseTo(score, 9);
	});

	it('stands where nothing else is known, with no more coverage than there is', () => {
		const health = judged({ band: 'yellow', until: '2026-03-31' }, null);
		expect(health).toMatchObject({ score: 60, band: 'yellow', coverage: 0 });
		expect(sum(health)).toBe(60);
		expect(health.reasons[0]?.text).toBe('Judged yellow until 2026-03-31; there would be no score');
	});

	it.each([
		['2026-01-31', 'UTC', true],
		['2026-01-30', 'UTC', false],
		// noon in London is past midnight in Auckland
		['2026-01-31', 'Pacific/Auckland', false],
		['2026-02-01', 'Pacific/Auckland', true],
		['2026-01-31T12:00:00Z', 'UTC', false],
		['2026-01-31T12:00:01Z', 'UTC', true],
		['2026-01-31 12:00:00', 'UTC', false],
		['2026-01-31 12:00:01', 'UTC', true],
		[' 2026-01-31 ', 'UTC', true],
		[new Date(NOW), 'UTC', false],
		[new Date(NOW + 1), 'UTC', true],
		[NOW, 'UTC', false],
		[NOW + 1, 'UTC', true],
		[String(NOW + 1), 'UTC', true],
	])('until %s in %s counts: %p', (until, zone, counts) => {
		expect(judged({ score: 10, until }, 90, zone).score).toBe(counts ? 10 : 90);
	});

	it.each([
		[{ score: 10, until: '2026-01-30' }, 'expired', 'it ended on 2026-01-30'],
		[{ score: 10 }, 'no_end', 'it does not say until when it counts'],
		[{ score: 10, until: ' ' }, 'no_end', 'it does not say until when it counts'],
		[{ score: 10, until: 'soon' }, 'invalid', 'its end (until) is not a date'],
		[{ score: 10, until: '23' }, 'invalid', 'its end (until) is not a date'],
		[{ score: 110, until: '2026-03-31' }, 'invalid', 'its score is not a number from 0 to 100'],
		[{ score: 'high', until: '2026-03-31' }, 'invalid', 'its score is not a number'],
		[{ band: 'amber', until: '2026-03-31' }, 'invalid', 'its band is not green, yellow or red'],
		[{ until: '2026-03-31' }, 'invalid', 'it needs a score from 0 to 100'],
		['red', 'invalid', 'it is not an object with score or band, and until'],
	])('as %j is ignored, and said so', (judgment, why, because) => {
		const health = judged(judgment);
		expect(health).toMatchObject({ score: 90, signals: ['a'] });
		expect(health.reasons[0]).toMatchObject({ code: 'judgement_ignored', why, field: 'judgment' });
		expect(health.reasons[0]?.text).toContain(because);
	});

	it.each([
		[{ score: '35' }, 35, 'red'],
		[{ score: ' 35.0 ', band: null }, 35, 'red'],
		[{ band: 'Red' }, 59, 'red'],
		[{ band: ' GREEN ', score: '' }, 90, 'green'],
	])('is read as people write it: %j', (judgment, score, band) => {
		expect(judged({ ...judgment, until: '2026-03-31' })).toMatchObject({ score, band });
	});

	it('tells when it ends as a time where that was none to read, and who by number or name', () => {
		const until = Date.UTC(2026, 2, 31);
		expect(judged({ score: 35, until, by: 7, note: ' ' }).reasons[0]).toMatchObject({
			...{ until: '2026-03-31T00:00:00.000Z', by: '7', note: null },
			text: 'Judged 35 by 7 until 2026-03-31T00:00:00.000Z; the model says 90',
		});
	});

	it('is counted by what is wrong with it, unless it merely ended', () => {
		const scorer = compileScorer(model, { ...options, now: NOW });
		const given: unknown[] = [
			...['red', 'red', { score: 1 }, { score: 1, until: '2026-01-01' }],
			...[{ score: 1, until: '2026-12-31' }, undefined],
		];
		for (const judgment of given) scorer.score({ a: 90, judgment });
		const said = 'The judgment in judgment does not count: ';
		expect(scorer.unread()).toEqual([
			{
				what: 'judgement',
				text: `${said}it is not an object with score or band, and until`,
				accounts: 2,
			},
			{ what: 'judgement', text: `${said}it does not say until when it counts`, accounts: 1 },
		]);
	});

	it.each([undefined, null, ''])('that is %p is none', (judgment) => {
		expect(judged(judgment).reasons.map(({ code }) => code)).toEqual(['signal_lowers']);
	});
});
