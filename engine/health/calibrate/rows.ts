import { z } from 'zod/v4';

const points = z.number().min(0).max(100);

/** A signal as Calibrate sees it: its points say what is good, so that no weight can be below 0. */
export const weighedSignalSchema = z.object({
	id: z.string().min(1),
	label: z.string().min(1),
	/** The weight it has today. */
	weight: z.number().nonnegative(),
});

/** An account on one day, and what became of it. `fit`: whether weights are fitted on it; on the others they are judged. */
export const outcomeRowSchema = z.object({
	accountId: z.string().min(1),
	churned: z.boolean(),
	fit: z.boolean(),
});

/** What each signal earned, 0–100 in the order of the signals; null where the score would leave it out. */
export const pointsSchema = z.array(points.nullable());

export const calibrateSettingsSchema = z.object({
	/** Fewer accounts that left (or that stayed) teach nothing. */
	atLeast: z.number().int().min(1).default(50),
	/** The bands in which accounts are compared (P19). */
	bands: z.object({ green: points.default(75), yellow: points.default(60) }).prefault({}),
	/** Share of the weight (0–1) that must have data for a band to be given. */
	coverageFloor: z.number().min(0).max(1).default(0.6),
	/** Parts into which the fitting rows are cut to choose the penalty. */
	folds: z.number().int().min(2).max(20).default(5),
});

export type WeighedSignal = z.infer<typeof weighedSignalSchema>;
export type OutcomeRow = z.infer<typeof outcomeRowSchema>;
export type Points = z.infer<typeof pointsSchema>;
export type CalibrateSettings = z.infer<typeof calibrateSettingsSchema>;

/** What else decides about a score than points and weights. */
export type Held = {
	/** Places of points that stand for something that is not known; they add no coverage. */
	readonly assumed?: readonly number[];
	/** What the score is at most, where a cap holds. */
	readonly atMost?: number;
};

/** What an account earns before anything is weighed. */
export type Earned = { readonly points: Points; readonly held: Held };

/**
 * The points of all rows, by curves that were learned from the rows with these places only. A model whose curves are
 * given learns nothing and gives the same points whatever it is asked to learn from.
 */
export type PointsFrom = (learnFrom: readonly number[]) => readonly Points[];
