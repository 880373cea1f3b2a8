import { z } from 'zod/v4';

export const days = z.number().min(0);

export const months = z.int().min(0).default(0);

/** Where in an account a date stands: `renewalDate`, `contract.noticeBy`. */
export const dateField = z
	.string()
	.regex(
		/^[^.\s[\]]+(\.[^.\s[\]]+)*$/,
		'must be the path of a date such as renewalDate or contract.noticeBy',
	);

/** What makes a step due. */
export const whenSchema = z.discriminatedUnion('type', [
	/** n local days after day 0 (P01, P14). */
	z.object({ type: z.literal('daysAfterStart'), days }),
	/** n local days after the step with this id was sent in the episode. */
	z.object({ type: z.literal('daysAfterStep'), step: z.string(), days }),
	/** n local days after the first message of the episode was sent, in any channel (P20). */
	z.object({ type: z.literal('daysAfterFirstMessage'), days }),
	/** From the start of the local date so many calendar months and n days before a date of the account (P01). */
	z.object({ type: z.literal('daysBeforeDate'), field: dateField, days, months }),
	/** So many calendar months and n local days after a date of the account (P01). */
	z.object({ type: z.literal('daysAfterDate'), field: dateField, days, months }),
	/** Every n local dates, the first on day 0; one that went, or lapsed, begins the wait for the next (P24). */
	z.object({ type: z.literal('everyDays'), days: z.number().min(1) }),
	/** As soon as the step's own conditions hold, once per episode. */
	z.object({ type: z.literal('conditionsMet') }),
	/** Nobody engaged with any message for n local days (P13, R41); never where engagement is unknown. */
	z.object({ type: z.literal('noEngagement'), days }),
	/** n local days without a completed set-up step; names the first open one (P15). */
	z.object({
		type: z.literal('setUpStalled'),
		days,
		/** Least days between two nudges. */
		gapDays: days,
		atMost: z.int().min(1),
		/** From this day of the journey on nobody is nudged. */
		untilDay: days,
	}),
	/** n days after every set-up step is done. */
	z.object({ type: z.literal('setUpFinished'), days }),
	/** First value reached (P16). */
	z.object({ type: z.literal('firstValue'), days }),
	/** The customer asks for a human: a reply, a request, a cancellation, an open ticket of the highest severity (P18, P33). */
	z.object({ type: z.literal('helpWanted') }),
	/** A question of the account in the community that nobody has answered for so many hours; once each (R58). */
	z.object({ type: z.literal('questionUnanswered'), hours: z.number().min(0) }),
	/** Answers of one person of the account were accepted so often in the last n local days; once each, and to them (R58). */
	z.object({
		type: z.literal('answersAccepted'),
		answers: z.int().min(1),
		days: z.number().min(1),
	}),
	/** Another step could reach nobody (P12) or used up its attempts; once per episode. */
	z.object({ type: z.literal('unreachable') }),
]);

export type When = z.infer<typeof whenSchema>;

/** What falls on a day that is known before. */
export const DATED: ReadonlySet<string> = new Set<When['type']>([
	'daysAfterStart',
	'daysBeforeDate',
	'daysAfterDate',
]);
