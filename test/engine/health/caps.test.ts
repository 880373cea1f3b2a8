import { DAY, earnings, modelOf, NOW, scoreOne } from './models';

const daysAgo = (days: number): string => new Date(NOW - days * DAY).toISOString();
const signals = [
	{ id: 'a', label: 'A', field: 'a', weight: 1 },
	{
		id: 'signIn',
		label: 'Last sign-in',
		field: 'signIn',
		weight: 1,
		curve: { type: 'recency', from: 90, to: 0 },
	},
];
const capped = modelOf(signals, { caps: [{ signal: 'signIn', from: 30, atMost: 40 }] });

describe('a cap', () => {
	it('holds the score down from its value on, as a negative contribution and with its reason', () => {
		// 50 of 50 for a, 25 of 50 for a sign-in 45 days ago
		const health = scoreOne(capped, { a: 100, signIn: daysAgo(45) });
		expect(health).toMatchObject({ score: 40, band: 'red' });
		expect(earnings(health)).toEqual({ a: 50, signIn: 25, 'cap:signIn': -35 });
		expect(health.possible).toEqual([50, 50, 0]);
		expect(health.reasons[0]).toEqual({
			code: 'score_capped',
			signal: 'signIn',
			value: 45,
			atMost: 40,
			without: 75,
			text: 'Last sign-in was 45 days ago, so the score is at most 40 instead of 75',
		});
		expect(health.reasons[1]).toMatchObject({ code: 'signal_lowers', signal: 'signIn' });
	});

	it.each([
		[29, 84],
		[30, 40],
		[31, 40],
	])('of 30 days leaves %p days at %p', (days, score) => {
		expect(scoreOne(capped, { a: 100, signIn: daysAgo(days) }).score).toBe(score);
	});

	it('says nothing where the score is no higher anyway', () => {
		const health = scoreOne(capped, { a: 0, signIn: daysAgo(60) });
		expect(health).toMatchObject({ score: 17, signals: ['a', 'signIn'], possible: [50, 50] });
		expect(health.reasons.map(({ code }) => code)).not.toContain('score_capped');
	});

	it('does not hold where its signal is not known', () => {
		expect(scoreOne(capped, { a: 100 }).score).toBe(100);
	});

	it('is the lowest of those that hold, in whatever order they stand', () => {
		const caps = [
			{ signal: 'signIn', from: 30, atMost: 40 },
			{ signal: 'signIn', from: 60, atMost: 20 },
			{ signal: 'a', to: 10, atMost: 30 },
		];
		const account = { a: 100, signIn: daysAgo(61) };
		expect(scoreOne(modelOf(signals, { caps }), account).score).toBe(20);
		expect(scoreOne(modelOf(signals, { caps: caps.reverse() }), account)).toEqual(
			scoreOne(modelOf(signals, { caps }), account),
		);
	});

	it('may hang on a word, and on a signal that counts for nothing else', () => {
		const stage = { id: 'stage', label: 'Stage', field: 'stage', weight: 0 };
		const values = ['Adopting', 'Leaving'].map((value) => ({ value, points: 0 }));
		const model = modelOf([signals[0] ?? {}, { ...stage, curve: { type: 'categories', values } }], {
			caps: [{ signal: 'stage', is: 'leaving', atMost: 10 }],
		});
		expect(scoreOne(model, { a: 90, stage: 'adopting' })).toMatchObject({ score: 90, coverage: 1 });
		const health = scoreOne(model, { a: 90, stage: ' LEAVING ' });
		expect(health.score).toBe(10);
		expect(health.reasons[0]?.text).toBe(
			'Stage is Leaving, so the score is at most 10 instead of 90',
		);
	});

	it('makes no band known that is not', () => {
		const thin = modelOf(
			[
				{ id: 'a', field: 'a', weight: 1 },
				{ id: 'b', field: 'b', weight: 9 },
			],
			{ caps: [{ signal: 'a', from: 50, atMost: 40 }] },
		);
		expect(scoreOne(thin, { a: 80 })).toMatchObject({ score: 40, band: 'unknown' });
	});
});
