import { z } from 'zod/v4';
import { CHANNELS, TOUCH_KINDS } from './memory';
import { days, whenSchema } from './when';

export const stepSchema = z.object({
	/** Never changes once accounts are in the journey: history is kept under it. */
	id: z
		.string()
		.regex(
			/^[a-z0-9][a-z0-9-]*$/,
			'must be lower-case letters, digits and hyphens, such as welcome-2',
		),
	name: z.string().min(1, 'needs a name'),
	/** The step's output on the node, its own for life. */
	output: z
		.int()
		.min(1, 'has no number yet: give it the number of an output that is free')
		.max(40, 'must be at most 40'),
	channel: z.enum(CHANNELS),
	when: whenSchema,
	/** What its message counts as (P04); without it, what is usual for the journey. */
	kind: z.enum(TOUCH_KINDS).optional(),
	/** Sent only while this holds about set-up; checked before each touch. */
	onlyWhile: z.enum(['always', 'setUpUnfinished', 'setUpFinished']).default('always'),
	/** Answers something the customer just did: leaves at once, outside sending hours and caps, but counts (P02, P04). */
	atOnce: z.boolean().default(false),
	/** Never sent to a person who has finished set-up (R32). */
	gettingStarted: z.boolean().default(false),
	/** Not sent when it could not go within this many days; 0 for never stale. */
	staleAfterDays: days.default(0),
	/** Least days between two of these for one account, across cycles (P17); 0 for none. */
	apartDays: days.default(0),
	attempts: z.int().min(1).max(10).default(3),
	/**
	 * Its conditions look at health or usage: with `conditionsMet` it is held together with all such triggers while the
	 * data cannot be true (P10).
	 */
	onHealth: z.boolean().default(false),
	/** A hand-over to a human stops the automated messages of every journey, or, as one to sales, of this one only (P06). */
	silences: z.enum(['everything', 'thisJourney']).default('everything'),
	/** Versions of the message, shared out over the accounts by weight. */
	variants: z
		.array(z.object({ name: z.string().min(1, 'needs a name'), weight: z.number().positive() }))
		.default([]),
});

export type Step = z.infer<typeof stepSchema>;
