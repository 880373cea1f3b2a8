import { z } from 'zod/v4';
import { consentSchema } from './consent';
import type { GateReason } from './gateReasons';
import { BANDS, LIFECYCLE_STAGES } from './policy';

/** Who may enter a motion (R76, R80). An empty list allows all. */
export const gateSchema = z.object({
	motion: z.string().min(1, { error: 'is empty: name the motion, such as onboarding' }),
	/** Ids or names of tiers, whatever their case and punctuation. */
	tiers: z.array(z.string().min(1)).default([]),
	bands: z.array(z.enum(BANDS)).default([]),
	stages: z.array(z.enum(LIFECYCLE_STAGES)).default([]),
	/** Lowest share of the health model's weight (0–1) that must have had data; 0 asks for no score at all. */
	minimumCoverage: z.number().min(0).max(1).default(0),
	/** Whether somebody must be reachable by e-mail (P12). */
	reachableContact: z.boolean().default(false),
	/** What somebody must have agreed to before they are written to; left out, nobody is asked. */
	consent: consentSchema.optional(),
	/**
	 * A journey right behind stops excluded and paused accounts itself, and ends the journeys of churned ones in the same
	 * sweep (P32), which it cannot do for accounts that are held before it.
	 */
	journeyFollows: z.boolean().default(false),
	/** When to look again at what a new day may change; scores are daily (P19). */
	lookAgainAfterHours: z.number().positive().default(24),
});

export type Gate = z.infer<typeof gateSchema>;

/** `lookAgainAt` is ISO 8601 in UTC; null for a pass, and where only a person can lift the hold. */
export type GateDecision = {
	motion: string;
	decision: 'hold' | 'pass';
	reasons: GateReason[];
	lookAgainAt: string | null;
};
