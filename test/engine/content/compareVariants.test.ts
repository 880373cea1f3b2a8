import {
	compareVariants,
	experimentSchema,
	type Exposure,
} from '../../../engine/content/compareVariants';
import { differenceOf, quantileFor, sampleSize } from '../../../engine/content/proportions';
import { dice } from '../../harness/dice';
import { freeze } from '../../harness/freeze';

const DAY = 86_400_000;
const PLAN = experimentSchema.parse({
	variants: ['a', 'b'],
	baselineRate: 0.3,
	smallestLift: 0.2,
	windowDays: 7,
});
const PLANNED = sampleSize(0.3, 0.5, 1);

/** `perDay` of each variant a day from day 0; so many of a variant's convert after a day. */
function mails(count: number, rates: Record<string, number>, perDay = 10): Exposure[] {
	return Object.entries(rates).flatMap(([variant, rate]) =>
		Array.from({ length: count }, (_, index): Exposure => {
			const sentAt = Math.floor(index / perDay) * DAY;
			const converts = Math.floor((index + 1) * rate) > Math.floor(index * rate);
			const unit = `${variant}-${String(index).padStart(5, '0')}`;
			return { variant, unit, sentAt, ...(converts ? { convertedAt: sentAt + DAY } : {}) };
		}),
	);
}
const LATE = 1_000 * DAY;

describe('figures of the literature', () => {
	it('the quantiles leave 5 % outside, shared out', () => {
		const density = (x: number): number => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
		for (let comparisons = 1; comparisons <= 9; comparisons++) {
			const z = quantileFor(comparisons);
			const steps = 20_000;
			const width = z / steps;
			let inside = 0;
			// by Simpson's rule
			for (let step = 0; step < steps; step++) {
				const x = step * width;
				inside += (width / 6) * (density(x) + 4 * density(x + width / 2) + density(x + width));
			}
			expect((1 - 2 * inside) * comparisons).toBeCloseTo(0.05, 9);
		}
		expect(() => quantileFor(10)).toThrow(RangeError);
	});

	// Newcombe 1998, table II: method 10 without the correction for continuity
	it.each([
		[56, 70, 48, 80, 0.0524, 0.3339],
		[9, 10, 3, 10, 0.1705, 0.809],
		[6, 7, 2, 7, 0.0582, 0.8062],
		[5, 56, 0, 29, -0.0381, 0.1926],
		[0, 10, 0, 20, -0.1611, 0.2775],
		[0, 10, 0, 10, -0.2775, 0.2775],
		[10, 10, 0, 20, 0.6791, 1],
		[10, 10, 0, 10, 0.6075, 1],
	])('%d of %d against %d of %d', (a, m, b, n, low, high) => {
		const found = differenceOf({ count: a, of: m }, { count: b, of: n }, quantileFor(1));
		expect(found.difference).toBeCloseTo(a / m - b / n, 12);
		expect(found.low).toBeCloseTo(low, 4);
		expect(found.high).toBeCloseTo(high, 4);
	});

	it('the planned number sees the lift four times in five', () => {
		// Fleiss: 0.10 against 0.15 with 80 % at 5 % takes 686 of each
		expect(sampleSize(0.1, 0.15, 1)).toBe(686);
		expect(sampleSize(0.1, 0.15, 3)).toBeGreaterThan(sampleSize(0.1, 0.15, 2));
	});
});

describe('nobody is told anything too early', () => {
	it.each([
		['one is missing', mails(PLANNED - 1, { a: 0.1, b: 0.9 }), LATE],
		['one variant is missing', mails(PLANNED, { a: 0.1 }), LATE],
		[
			'the last window has not passed',
			mails(PLANNED, { a: 0.1, b: 0.9 }),
			Math.floor((PLANNED - 1) / 10) * DAY + 7 * DAY - 1,
		],
		[
			'many mails to few accounts',
			mails(PLANNED, { a: 0.1, b: 0.9 }).map((one, index) => ({
				...one,
				unit: String(index % 50),
			})),
			LATE,
		],
		['nothing was sent', [], LATE],
		['all lies in the future', mails(PLANNED, { a: 0.1, b: 0.9 }), -1],
	])('%s', (_what, exposures, now) => {
		const comparison = compareVariants(freeze(exposures), PLAN, now);
		expect(comparison.verdict).toBe('tooEarly');
		expect(Object.keys(comparison).sort()).toEqual(['planned', 'progress', 'verdict']);
		expect(JSON.stringify(comparison)).not.toMatch(/convert|rate|lift|low|high|better|worse/);
	});

	it('says how many are missing, and how many are waiting', () => {
		const comparison = compareVariants(mails(20, { a: 0.5, b: 0.5 }), PLAN, 8 * DAY);
		expect(comparison).toMatchObject({
			planned: PLANNED,
			progress: [
				// those of the second day wait until day 8, which is now
				{ variant: 'a', sent: 20, missing: PLANNED - 20, waiting: 0 },
				{ variant: 'b', sent: 20, missing: PLANNED - 20, waiting: 0 },
			],
		});
		expect(compareVariants(mails(20, { a: 0.5 }), PLAN, 8 * DAY - 1)).toMatchObject({
			progress: [{ waiting: 10 }, { sent: 0, missing: PLANNED, waiting: 0 }],
		});
	});
});

describe('once it is time', () => {
	it('a clear difference is told, and none where there is none', () => {
		const clear = compareVariants(mails(PLANNED, { a: 0.3, b: 0.6 }), PLAN, LATE);
		expect(clear).toMatchObject({
			verdict: 'decided',
			results: [{ variant: 'a' }, { variant: 'b', verdict: 'better' }],
		});
		const worse = compareVariants(mails(PLANNED, { a: 0.6, b: 0.3 }), PLAN, LATE);
		expect(worse).toMatchObject({ results: [{}, { verdict: 'worse' }] });
		const same = compareVariants(mails(PLANNED, { a: 0.3, b: 0.3 }), PLAN, LATE);
		expect(same).toMatchObject({ results: [{}, { verdict: 'noDifference' }] });
	});

	it('what comes later, and in which order, changes nothing', () => {
		const all = mails(PLANNED, { a: 0.3, b: 0.5 });
		const first = compareVariants(all, PLAN, LATE);
		const later = mails(PLANNED, { a: 1, b: 0 }).map((one) => {
			return { ...one, unit: `later-${one.unit}`, sentAt: one.sentAt + 500 * DAY };
		});
		const roll = dice(3);
		const mixed = [...all, ...later]
			.map((one) => ({ one, at: roll() }))
			.sort((a, b) => a.at - b.at);
		expect(compareVariants(freeze(mixed.map(({ one }) => one)), PLAN, LATE)).toEqual(first);
	});

	it('the first mail of an account counts, within its days, to the last one', () => {
		const [one, ...others] = mails(PLANNED, { a: 0, b: 0 });
		if (one === undefined) throw new Error('no mails');
		const converted = (convertedAt: number): unknown => {
			const again = { ...one, sentAt: one.sentAt + 30 * DAY, convertedAt: one.sentAt + 31 * DAY };
			const comparison = compareVariants([again, { ...one, convertedAt }, ...others], PLAN, LATE);
			return comparison.verdict === 'decided' ? comparison.results[0]?.converted : undefined;
		};
		expect(converted(one.sentAt)).toBe(1);
		expect(converted(one.sentAt + 7 * DAY)).toBe(1);
		expect(converted(one.sentAt + 7 * DAY + 1)).toBe(0);
		expect(converted(one.sentAt - 1)).toBe(0);
	});
});

it.each([
	['one variant', { variants: ['a'] }],
	['a variant twice', { variants: ['a', 'a'] }],
	['a rate of 0', { baselineRate: 0 }],
	['a rate in percent', { baselineRate: 30 }],
	['no lift', { smallestLift: 0 }],
	['a lift above 100 %', { smallestLift: 0.8 }],
	['no window', { windowDays: 0 }],
])('a plan with %s is refused', (_what, changes) => {
	expect(experimentSchema.safeParse({ ...PLAN, ...changes }).success).toBe(false);
});
