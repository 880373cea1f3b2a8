import { figuresOf } from '../../../../engine/health/backtest/figures';
import { shareInterval } from '../../../../engine/health/backtest/interval';
import { judgedSchema, type Judged } from '../../../../engine/health/backtest/judged';
import { dice } from '../../../harness/dice';

const bandOf = (score: number): Judged['band'] =>
	score >= 75 ? 'green' : score >= 60 ? 'yellow' : 'red';

let next = 0;
const account = (score: number | null, churned: boolean, more: Partial<Judged> = {}): Judged => ({
	accountId: `A-${String(++next).padStart(4, '0')}`,
	score,
	band: score === null ? 'unknown' : bandOf(score),
	churned,
	...more,
});

/** Twenty accounts; four left: two red, one yellow, one green. */
const twenty = [
	...[20, 30].map((score) => account(score, true, { arr: 10_000 })),
	...[35, 40].map((score) => account(score, false, { arr: 1_000 })),
	account(61, true, { arr: 30_000 }),
	...[62, 63, 64, 65, 66].map((score) => account(score, false, { arr: 1_000 })),
	account(80, true, { arr: 50_000 }),
	...[81, 82, 83, 84, 85, 86, 87, 88].map((score) => account(score, false, { arr: 1_000 })),
	account(null, false),
];

describe('precision and recall of the bands', () => {
	const { bands } = figuresOf(twenty);
	const row = (band: string): object | undefined => bands.find((one) => one.band === band);

	it('red: two of four left, and they are half of all that left', () => {
		expect(row('red')).toMatchObject({ accounts: 4, churned: 2, precision: 0.5, recall: 0.5 });
	});

	it('yellow or red: three of ten, and three quarters of all that left', () => {
		expect(row('yellowOrRed')).toMatchObject({ accounts: 10, precision: 0.3, recall: 0.75 });
	});

	it('green: one of nine left', () => {
		expect(row('green')).toMatchObject({ accounts: 9, churned: 1, precision: 1 / 9 });
	});

	it('unknown is a row of its own, and everybody is in exactly one of the four', () => {
		expect(row('unknown')).toMatchObject({ accounts: 1, churned: 0, precision: 0 });
		const four = bands.filter(({ band }) => band !== 'yellowOrRed');
		expect(four.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(20);
	});

	it('lift: half of red left where a fifth of everybody did', () => {
		expect(row('red')).toMatchObject({ lift: 2.5 });
	});

	it('revenue at risk caught: red held 20,000 of the 100,000 that left, yellow or red half', () => {
		expect(row('red')).toMatchObject({ arr: 22_000, churnedArr: 20_000, arrCaught: 0.2 });
		expect(row('yellowOrRed')).toMatchObject({ arrCaught: 0.5 });
		expect(figuresOf(twenty).withoutArr).toBe(1);
	});

	it('has no precision where the band is empty and no recall where nobody left', () => {
		const calm = figuresOf([account(90, false), account(91, false)]);
		const red = calm.bands.find(({ band }) => band === 'red');
		expect(red).toMatchObject({ precision: null, recall: null, lift: null, arrCaught: null });
		expect(calm.auc).toBeNull();
	});
});

describe('the interval of a share', () => {
	it('is what Newcombe (1998) gives as Wilson score interval for 81 of 263, 15 of 148, 0 of 20 and 1 of 29', () => {
		const published = [
			[81, 263, 0.2553, 0.3662],
			[15, 148, 0.0624, 0.1605],
			[0, 20, 0, 0.1611],
			[1, 29, 0.0061, 0.1718],
		] as const;
		for (const [count, of, low, high] of published) {
			expect(shareInterval(count, of)?.low).toBeCloseTo(low, 4);
			expect(shareInterval(count, of)?.high).toBeCloseTo(high, 4);
		}
	});

	it('of nobody is none', () => {
		expect(shareInterval(0, 0)).toBeUndefined();
	});
});

describe('churn per tenth of the scores', () => {
	const hundred = Array.from({ length: 100 }, (_one, index) => account(index, index < 15));
	const { deciles } = figuresOf(hundred);

	it('begins with the lowest scores', () => {
		expect(deciles.map(({ accounts }) => accounts)).toEqual(Array.from({ length: 10 }, () => 10));
		expect(deciles.map(({ churned }) => churned)).toEqual([10, 5, 0, 0, 0, 0, 0, 0, 0, 0]);
		expect(deciles[0]).toMatchObject({ lowestScore: 0, highestScore: 9, churnRate: 1 });
	});

	it('says how much of the churn was met so far, and how many times the average it is', () => {
		expect(deciles[0]?.caught).toBeCloseTo(10 / 15, 12);
		expect(deciles[1]?.caught).toBe(1);
		expect(deciles[0]?.lift).toBeCloseTo(1 / 0.15, 12);
	});

	it('leaves out tenths that nobody is in', () => {
		const three = figuresOf([account(1, true), account(2, false), account(3, false)]);
		expect(three.deciles.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(3);
		expect(three.deciles.every(({ accounts }) => accounts > 0)).toBe(true);
	});
});

describe('the gain curve', () => {
	it('runs from nobody to everybody, through the corners of the order', () => {
		const rows = [account(10, true), account(20, false), account(30, true), account(40, false)];
		const { gains } = figuresOf(rows);
		expect(gains).toHaveLength(101);
		const at = (percent: number): number | undefined => gains[percent]?.caught;
		expect([0, 25, 50, 75, 100].map(at)).toEqual([0, 0.5, 0.5, 1, 1]);
	});

	it('is a straight line where all scores are equal: no order, no gain', () => {
		const rows = Array.from({ length: 10 }, (_one, index) => account(50, index < 3));
		for (const { accounts, caught } of figuresOf(rows).gains) {
			expect(caught).toBeCloseTo(accounts, 12);
		}
	});
});

describe('reliability', () => {
	it('compares the probability given with what came of it', () => {
		const rows = Array.from({ length: 100 }, (_one, index) =>
			account(index, index % 10 === 0, { risk: 0.1 }),
		);
		const { reliability, brier } = figuresOf(rows);
		expect(reliability).toHaveLength(10);
		for (const row of reliability) {
			expect(row).toMatchObject({ accounts: 10, churned: 1, observed: 0.1 });
			expect(row.expected).toBeCloseTo(0.1, 12);
		}
		// everybody given the overall churn: 0.1 × 0.9
		expect(brier?.value).toBeCloseTo(0.09, 12);
		expect(brier?.ofBaseRate).toBeCloseTo(0.09, 12);
	});

	it('of a score that gives no probability is churn per ten points', () => {
		const rows = [account(5, true), account(9.9, false), account(10, false), account(100, false)];
		const { reliability, brier } = figuresOf(rows);
		expect(reliability.map(({ accounts }) => accounts)).toEqual([2, 1, 1]);
		expect(reliability[0]).toMatchObject({ observed: 0.5, expected: null, lowestScore: 5 });
		expect(brier).toBeNull();
	});

	it('Brier is 0 for certainty that was right and 1 for certainty that was wrong', () => {
		const right = [account(0, true, { risk: 1 }), account(100, false, { risk: 0 })];
		const wrong = [account(0, true, { risk: 0 }), account(100, false, { risk: 1 })];
		expect(figuresOf(right).brier?.value).toBe(0);
		expect(figuresOf(wrong).brier?.value).toBe(1);
	});
});

describe('all figures', () => {
	const roll = dice(5);
	const rows = Array.from({ length: 500 }, () => {
		const churned = roll() < 0.3;
		const score = roll() < 0.05 ? null : Math.floor(roll() * 80 + (churned ? 0 : 20));
		return account(score, churned, roll() < 0.1 ? {} : { arr: roll() * 1e5 });
	});

	it('are the same to the last digit whatever order the accounts come in', () => {
		const shuffled = rows
			.map((row) => ({ row, place: roll() }))
			.sort((a, b) => a.place - b.place)
			.map(({ row }) => row);
		expect(JSON.stringify(figuresOf(shuffled))).toBe(JSON.stringify(figuresOf(rows)));
	});

	it('leave their input alone', () => {
		const frozen = Object.freeze(rows.map((row) => Object.freeze({ ...row })));
		expect(() => figuresOf(frozen)).not.toThrow();
	});

	it('of nobody are empty, not an error', () => {
		expect(figuresOf([])).toMatchObject({ accounts: 0, auc: null, deciles: [], gains: [] });
	});

	it('refuse a score of 101 and a risk of 2', () => {
		expect(judgedSchema.safeParse(account(101, false)).success).toBe(false);
		expect(judgedSchema.safeParse(account(50, false, { risk: 2 })).success).toBe(false);
	});
});
