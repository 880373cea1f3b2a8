import { z } from 'zod/v4';
import { DAY_MS } from '../calendar/zone';
import { differenceOf, quantileFor, sampleSize, type Difference } from './proportions';
import { MOST_VARIANTS } from './variants';

/** What is settled before the first mail goes out, so that nobody decides by what they see. */
export const experimentSchema = z
	.strictObject({
		/** The first is what the others are compared with. */
		variants: z
			.array(z.string().min(1))
			.min(2)
			.max(MOST_VARIANTS)
			.refine((names) => new Set(names).size === names.length, {
				error: 'names one variant twice',
			}),
		/** Share that converts today, 0–1. */
		baselineRate: z.number().gt(0).lt(1),
		/** The smallest difference worth seeing, as a share: 0.02 is from 10 % to 12 %. */
		smallestLift: z.number().gt(0).lt(1),
		/** Days within which a conversion counts; nobody is judged before they have passed. */
		windowDays: z.number().positive().max(3_650),
	})
	.refine(({ baselineRate, smallestLift }) => baselineRate + smallestLift <= 1, {
		error: 'lifts the rate above 100 %',
		path: ['smallestLift'],
	});
export type Experiment = z.infer<typeof experimentSchema>;

/** One mail of the experiment. */
export type Exposure = {
	readonly variant: string;
	/** What was assigned; its first mail counts, because more of one account tell nothing new. */
	readonly unit: string;
	/** ms since 1970 */
	readonly sentAt: number;
	readonly convertedAt?: number;
};

export type Progress = {
	readonly variant: string;
	/** Units that count towards the plan, up to now. */
	readonly sent: number;
	/** Still to be sent. */
	readonly missing: number;
	/** Sent, and the days for a conversion have not passed. */
	readonly waiting: number;
};

export type Result = {
	readonly variant: string;
	readonly sent: number;
	readonly converted: number;
	/** 0–1 */
	readonly rate: number;
	/** In comparison with the first variant, which has none. All intervals together hold with 95 %. */
	readonly lift?: Difference;
	readonly verdict?: 'better' | 'worse' | 'noDifference';
};

export type Comparison =
	| {
			readonly verdict: 'tooEarly';
			/** Units that each variant needs. */
			readonly planned: number;
			readonly progress: readonly Progress[];
	  }
	| {
			readonly verdict: 'decided';
			readonly planned: number;
			readonly results: readonly Result[];
	  };

/**
 * Compares variants once, and not before: whoever looks every day and stops when it looks good finds a difference where
 * there is none. Until every variant has its planned number and all of their windows have passed, nothing about
 * conversions is told. Then the first so many units of each decide, so that later ones change nothing.
 *
 * The number is for a power of 80 % at 5 %, shared out among the comparisons (Bonferroni), so that the intervals say the
 * same as the verdicts; they are Newcombe's.
 * @param now in ms since 1970
 */
export function compareVariants(
	exposures: readonly Exposure[],
	{ variants, baselineRate, smallestLift, windowDays }: Experiment,
	now: number,
): Comparison {
	const comparisons = variants.length - 1;
	const planned = sampleSize(baselineRate, baselineRate + smallestLift, comparisons);
	const firsts = firstOfEach(exposures, now);
	const windowMs = windowDays * DAY_MS;
	const groups = variants.map((variant) => ({
		variant,
		counted: firsts.filter((one) => one.variant === variant).slice(0, planned),
	}));
	const progress = groups.map(({ variant, counted }) => ({
		variant,
		sent: counted.length,
		missing: planned - counted.length,
		waiting: counted.filter(({ sentAt }) => sentAt + windowMs > now).length,
	}));
	if (progress.some(({ missing, waiting }) => missing > 0 || waiting > 0)) {
		return { verdict: 'tooEarly', planned, progress };
	}
	const z = quantileFor(comparisons);
	const shares = groups.map(({ variant, counted }) => ({
		variant,
		count: counted.filter((one) => converted(one, windowMs)).length,
		of: counted.length,
	}));
	const [baseline] = shares;
	const results = shares.map((share): Result => {
		const { variant, count, of } = share;
		const result = { variant, sent: of, converted: count, rate: count / of };
		if (baseline === undefined || share === baseline) return result;
		const lift = differenceOf(share, baseline, z);
		return { ...result, lift, verdict: verdictOf(lift) };
	});
	return { verdict: 'decided', planned, results };
}

/** By time and then by name, whatever order they come in. */
function firstOfEach(exposures: readonly Exposure[], now: number): Exposure[] {
	const firsts = new Map<string, Exposure>();
	for (const one of exposures) {
		const before = firsts.get(one.unit);
		if (one.sentAt <= now && (before === undefined || isBefore(one, before))) {
			firsts.set(one.unit, one);
		}
	}
	return [...firsts.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

function isBefore(a: Exposure, b: Exposure): boolean {
	if (a.sentAt !== b.sentAt) return a.sentAt < b.sentAt;
	return a.unit === b.unit ? a.variant < b.variant : a.unit < b.unit;
}

function converted({ sentAt, convertedAt }: Exposure, windowMs: number): boolean {
	return convertedAt !== undefined && convertedAt >= sentAt && convertedAt <= sentAt + windowMs;
}

function verdictOf({ low, high }: Difference): NonNullable<Result['verdict']> {
	if (low > 0) return 'better';
	return high < 0 ? 'worse' : 'noDifference';
}
