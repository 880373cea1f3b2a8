import {
	designOf,
	fitLogistic,
	logLoss,
	type LogisticOptions,
} from '../../../../engine/health/calibrate/logistic';
import { dice } from '../../../harness/dice';

const free: LogisticOptions = { penalty: 0, nonNegative: false };

/** Hours studied and exam passed of twenty students: the worked example of Wikipedia's "Logistic regression". */
const hours = [
	0.5, 0.75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5, 5.5,
];
const passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map(Boolean);

describe('logistic regression', () => {
	it('gives the published fit of the students: -4.0777 + 1.5046 × hours', () => {
		const fit = fitLogistic(designOf(hours.map((hour) => [hour])), passed, free);
		expect(fit.intercept).toBeCloseTo(-4.0777, 4);
		expect(fit.coefficients[0]).toBeCloseTo(1.5046, 4);
		// the log-likelihood given there is -8.02988
		const loss = logLoss(designOf(hours.map((hour) => [hour])), passed, fit);
		expect(loss * 20).toBeCloseTo(8.02988, 4);
	});

	it('without columns is the log odds of the share', () => {
		const fit = fitLogistic(
			designOf(passed.map(() => [])),
			passed.map((_one, at) => at < 5),
			free,
		);
		expect(fit.intercept).toBeCloseTo(Math.log(5 / 15), 10);
	});

	it('answers in the other direction with the opposite sign, or with nothing where signs are fixed', () => {
		const failed = passed.map((one) => !one);
		const design = designOf(hours.map((hour) => [hour]));
		expect(fitLogistic(design, failed, free).coefficients[0]).toBeCloseTo(-1.5046, 4);
		const held = fitLogistic(design, failed, { penalty: 0, nonNegative: true });
		expect(held.coefficients).toEqual([0]);
		expect(held.intercept).toBeCloseTo(0, 10);
	});

	it('stays finite where the outcome could be told apart without fail', () => {
		const design = designOf([[0], [1], [2], [3]]);
		const fit = fitLogistic(design, [false, false, true, true], {
			penalty: 1e-3,
			nonNegative: true,
		});
		expect(Number.isFinite(fit.coefficients[0])).toBe(true);
	});

	it('shrinks towards nothing as the penalty grows', () => {
		const design = designOf(hours.map((hour) => [hour]));
		const sizes = [0, 0.01, 0.1, 1, 100].map(
			(penalty) => fitLogistic(design, passed, { penalty, nonNegative: true }).coefficients[0] ?? 0,
		);
		expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
		expect(sizes.at(-1)).toBeLessThan(0.02);
	});

	it('with signs and penalty is the best there is: at its end no allowed step goes downhill (Karush-Kuhn-Tucker)', () => {
		for (let seed = 1; seed <= 30; seed++) {
			const roll = dice(seed);
			const truth = [1.5, 0, -1, 0.5, 0].map((one) => one * roll() * 2);
			const rows = Array.from({ length: 200 }, () => {
				const shared = roll();
				return truth.map(() => roll() + shared);
			});
			const outcome = rows.map((row) => {
				const sum = row.reduce((total, value, at) => total + value * (truth[at] ?? 0), -1);
				return roll() < 1 / (1 + Math.exp(-sum));
			});
			const design = designOf(rows);
			const penalty = [0, 0.001, 0.1][seed % 3] ?? 0;
			const fit = fitLogistic(design, outcome, { penalty, nonNegative: true });
			const slopeAt = (place: number): number => {
				const moved = (by: number): number => {
					const coefficients = fit.coefficients.map((one, at) => one + (at === place ? by : 0));
					const ridge = coefficients.reduce((sum, one) => sum + one * one, 0) * (penalty / 2);
					const intercept = fit.intercept + (place === -1 ? by : 0);
					return logLoss(design, outcome, { intercept, coefficients }) + ridge;
				};
				return (moved(1e-5) - moved(-1e-5)) / 2e-5;
			};
			expect(Math.abs(slopeAt(-1))).toBeLessThan(1e-6);
			fit.coefficients.forEach((coefficient, place) => {
				expect(coefficient).toBeGreaterThanOrEqual(0);
				if (coefficient > 0) expect(Math.abs(slopeAt(place))).toBeLessThan(1e-6);
				else expect(slopeAt(place)).toBeGreaterThan(-1e-6);
			});
		}
	});

	it('takes a column that repeats another one, and a column that never changes', () => {
		const design = designOf(hours.map((hour) => [hour, hour, 1]));
		const fit = fitLogistic(design, passed, free);
		const [one, two] = fit.coefficients;
		expect((one ?? 0) + (two ?? 0)).toBeCloseTo(1.5046, 3);
	});
});
