import { z } from 'zod/v4';
import { timeZone } from '../accounts/account';

const points = z.int().min(-1_000).max(1_000);

/** What speaks for an item and how much. Whole numbers, so that sums are exact and everybody can follow them. */
export const pointsSchema = z.strictObject({
	/** Teaches a feature that is in use and does not go well: help comes before what is new, for the stage and a goal too. */
	featureStruggling: points.default(90),
	/** Teaches a feature that is not in use (R34). */
	featureUnused: points.default(40),
	/** Its outcome is one of the account's goals (R6, R78). */
	goal: points.default(25),
	stageNamed: points.default(15),
	languageExact: points.default(12),
	languageBase: points.default(10),
	/** What the contact was sent or uses has prepared for it (R37). */
	nextStep: points.default(10),
	roleNamed: points.default(10),
	/** It names no language. */
	languageAny: points.default(6),
	planNamed: points.default(5),
	recentlyReviewed: points.default(5),
	/** The first fallback language; each later one has 1 less, and none less than 0. */
	languageFallback: points.default(3),
	/** For each one of its kind that the contact was sent lately. */
	sameKindLately: points.default(-10),
});
export type Points = z.infer<typeof pointsSchema>;

export const selectorSettingsSchema = z.strictObject({
	/** The same content not again to the same contact for so many local days; 0: never again. */
	windowDays: z.int().min(0).max(36_500).default(180),
	/** At most so many of one kind within `kindDays` local days; 0: any number. */
	mostPerKind: z.int().min(0).max(1_000).default(2),
	kindDays: z.int().min(1).max(36_500).default(60),
	/** The best so many are handed on. */
	choices: z.int().min(1).max(100).default(8),
	/** Read by those whose language has nothing; in this order. */
	fallbackLanguages: z.array(z.string()).max(20).default(['en']),
	/** Reviewed at most so many days ago is recent. */
	recentDays: z.int().min(0).max(36_500).default(90),
	/** The program's, in which dates of the catalogue are meant. */
	zone: timeZone.default('UTC'),
	points: pointsSchema.default(pointsSchema.parse({})),
});
export type SelectorSettings = z.infer<typeof selectorSettingsSchema>;
