import { z } from 'zod/v4';
import { dateField, days, months } from './when';

/** What begins an episode. */
export const startSchema = z.discriminatedUnion('type', [
	/** The customer came into being (P14). */
	z.object({ type: z.literal('customerCreated') }),
	z.object({ type: z.literal('firstValue') }),
	/** As a step before a date; each new date is a cycle of its own (P25, P27). */
	z.object({ type: z.literal('beforeDate'), field: dateField, days, months }),
	/** The account meets the conditions to enter. */
	z.object({ type: z.literal('conditions') }),
]);
export type Start = z.infer<typeof startSchema>;

const atMost = z.int().min(0).default(0);

/**
 * Whether an account whose episode ended comes in again when it meets the conditions: never · when it met them no longer
 * in between · n local dates after it came in · for each limit of its plan n local dates after what was said of it left, and
 * for another limit at once (P29). `atMost` episodes altogether, 0 for no limit.
 */
export const reEntrySchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('never') }),
	z.object({ type: z.literal('onReMatch'), atMost }),
	z.object({ type: z.literal('afterDays'), days, atMost }),
	z.object({ type: z.literal('afterDaysPerLimit'), days, atMost }),
]);
export type ReEntry = z.infer<typeof reEntrySchema>;
