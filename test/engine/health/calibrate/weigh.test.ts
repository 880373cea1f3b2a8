import { bandsByRisk, riskAt } from '../../../../engine/health/calibrate/riskOfScore';
import { calibrateSettingsSchema, pointsSchema } from '../../../../engine/health/calibrate/rows';
import { weigh } from '../../../../engine/health/calibrate/weigh';

const settings = calibrateSettingsSchema.parse({});

describe('a weighed score', () => {
	test.each([
		{ points: [100, 0], weights: [3, 1], score: 75, band: 'green' },
		{ points: [100, null], weights: [3, 1], score: 100, band: 'green' },
		{ points: [null, 60], weights: [1, 2], score: 60, band: 'yellow' },
		{ points: [null, 100], weights: [3, 1], score: 100, band: 'unknown' },
		{ points: [null, null], weights: [3, 1], score: null, band: 'unknown' },
		{ points: [74.5, null], weights: [1, 0], score: 74.5, band: 'green' },
		{ points: [74.4, null], weights: [1, 0], score: 74.4, band: 'yellow' },
		{ points: [0, 100], weights: [1, 0], score: 0, band: 'red' },
	])('of $points by $weights is $score, $band', ({ points, weights, score, band }) => {
		expect(weigh(points, weights, settings)).toEqual({ score, band });
	});
});

describe('bands by risk', () => {
	it('red begins at one and a half times the usual churn, green at half of it', () => {
		const risk = { intercept: 2, slope: -7 };
		const bands = bandsByRisk(risk, 0.25) ?? { green: NaN, yellow: NaN };
		expect(riskAt(risk, bands.yellow)).toBeLessThanOrEqual(0.375);
		expect(riskAt(risk, bands.yellow - 1)).toBeGreaterThan(0.375);
		expect(riskAt(risk, bands.green)).toBeLessThanOrEqual(0.125);
		expect(riskAt(risk, bands.green - 1)).toBeGreaterThan(0.125);
	});

	it('are none where the score tells no risk', () => {
		expect(bandsByRisk({ intercept: -1, slope: 0 }, 0.25)).toBeNull();
	});
});

it('points outside 0 to 100 are refused at the door', () => {
	expect(pointsSchema.safeParse([0, 100, null]).success).toBe(true);
	expect(pointsSchema.safeParse([101]).success).toBe(false);
	expect(pointsSchema.safeParse([Number.NaN]).success).toBe(false);
});
