import {
	compareVariants,
	experimentSchema,
	type Exposure,
} from '../../../engine/content/compareVariants';
import { differenceOf, quantileFor, sampleSize } from '../../../engine/content/proportions';
import { dice } from '../../harness/dice';

const DAY = 86_400_000;

/** A test that is looked at every day for half as long again as it takes; whether anybody ever saw a difference. */
function everTold(
	roll: () => number,
	variants: readonly string[],
	rateOf: (variant: string) => number,
): boolean {
	const plan = experimentSchema.parse({
		variants,
		baselineRate: 0.3,
		smallestLift: 0.3,
		windowDays: 2,
	});
	const planned = sampleSize(0.3, 0.6, variants.length - 1);
	const perDay = Math.ceil(planned / 8);
	const exposures: Exposure[] = [];
	for (let day = 0; day < 16; day++) {
		for (const variant of variants) {
			for (let index = 0; index < perDay; index++) {
				const sentAt = day * DAY;
				const unit = `${variant}/${String(day)}/${String(index)}`;
				const convertedAt = roll() < rateOf(variant) ? sentAt + DAY : undefined;
				exposures.push({ variant, unit, sentAt, convertedAt });
			}
		}
		const comparison = compareVariants(exposures, plan, day * DAY + 1);
		if (comparison.verdict === 'tooEarly') continue;
		const told = comparison.results.some(
			({ verdict }) => verdict === 'better' || verdict === 'worse',
		);
		if (told) return true;
	}
	return false;
}

// three standard errors above 5 % of 10,000
const MOST_FALSE = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / 10_000);

it('of 10,000 tests of a thing with itself, looked at daily, at most one in twenty tells a difference', () => {
	const roll = dice(21);
	let told = 0;
	for (let test = 0; test < 10_000; test++) if (everTold(roll, ['a', 'b'], () => 0.3)) told++;
	expect(told / 10_000).toBeLessThanOrEqual(MOST_FALSE);
	// a test that never tells anything would hold too
	expect(told).toBeGreaterThan(100);
});

it('nor with four variants, where any of three comparisons could', () => {
	const roll = dice(22);
	let told = 0;
	for (let test = 0; test < 2_000; test++) {
		if (everTold(roll, ['a', 'b', 'c', 'd'], () => 0.3)) told++;
	}
	expect(told / 2_000).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 2_000));
});

it('a difference worth seeing is seen about four times in five', () => {
	const roll = dice(23);
	let told = 0;
	for (let test = 0; test < 2_000; test++) {
		if (everTold(roll, ['a', 'b'], (variant) => (variant === 'a' ? 0.3 : 0.6))) told++;
	}
	expect(told / 2_000).toBeGreaterThan(0.76);
});

it('the interval holds the truth in at least 94 of 100, over all rates and sizes', () => {
	const roll = dice(24);
	const z = quantileFor(1);
	const draw = (of: number, rate: number): number => {
		let count = 0;
		for (let index = 0; index < of; index++) if (roll() < rate) count++;
		return count;
	};
	let held = 0;
	const tests = 20_000;
	for (let test = 0; test < tests; test++) {
		const [p, q] = [roll(), roll()];
		const [m, n] = [20 + Math.floor(roll() * 300), 20 + Math.floor(roll() * 300)];
		const { low, high } = differenceOf(
			{ count: draw(m, p), of: m },
			{ count: draw(n, q), of: n },
			z,
		);
		if (low <= p - q && p - q <= high) held++;
	}
	expect(held / tests).toBeGreaterThanOrEqual(0.94);
});
