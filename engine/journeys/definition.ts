import { z } from 'zod/v4';
import { CONTACT_ROLES, timeZone } from '../accounts/account';
import { sendingHoursSchema } from '../calendar/sendingHours';
import { CHANNELS } from './memory';

const days = z.number().min(0);

/** What makes a step due. */
export const whenSchema = z.discriminatedUnion('type', [
	/** n local days after day 0 (P01, P14). */
	z.object({ type: z.literal('daysAfterStart'), days }),
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
	/** Another step could reach nobody (P12) or used up its attempts; once per episode. */
	z.object({ type: z.literal('unreachable') }),
]);

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
});

export const journeySchema = z
	.object({
		id: z
			.string()
			.regex(
				/^[a-z0-9][a-z0-9-]*$/,
				'must be lower-case letters, digits and hyphens, such as onboarding',
			),
		version: z.string().min(1),
		/** The programme's zone, for accounts without one of their own. */
		timezone: timeZone,
		/** Set-up steps in the order in which customers do them. */
		checklist: z
			.array(
				z.object({
					step: z.string().min(1),
					title: z.string().min(1),
					url: z.string().default(''),
				}),
			)
			.default([]),
		steps: z.array(stepSchema).min(1, 'a journey needs at least one step'),
		/** Whom a message goes to, best first (P11). */
		roles: z.array(z.enum(CONTACT_ROLES)).default(['admin', 'decisionMaker', 'champion', 'user']),
		/** Where human hand-overs and alerts go when the account has no success manager of its own. */
		team: z
			.union([z.literal(''), z.email()], {
				error: 'is not an e-mail address such as team@example.com',
			})
			.default(''),
		sendingHours: sendingHoursSchema,
		/** At most one automated e-mail per address in this many rolling hours, across journeys (P04). */
		capHours: z.number().min(0).default(24),
		/** Only accounts that began at most this long before the journey first ran are enrolled (P09). */
		enrollWithinDays: days.default(14),
		/** The episode ends after this many days, first value or not. */
		endAfterDays: days.default(90),
		leaseMinutes: z.number().min(1).default(30),
	})
	.check(({ value: journey, issues }) => {
		for (const [index, step] of journey.steps.entries()) {
			if (journey.steps.findIndex((other) => other.id === step.id) !== index) {
				issues.push({
					code: 'custom',
					input: journey,
					path: ['steps', index, 'id'],
					message: `'${step.id}' is the id of an earlier step; every step needs its own`,
				});
			}
			if (step.when.type === 'setUpStalled' && journey.checklist.length === 0) {
				issues.push({
					code: 'custom',
					input: journey,
					path: ['steps', index, 'when'],
					message: 'waits for a stalled set-up, but the set-up checklist is empty',
				});
			}
		}
		const human = journey.steps.find(
			(step) => step.channel === 'human' || step.channel === 'alert',
		);
		if (human !== undefined && journey.team === '') {
			issues.push({
				code: 'custom',
				input: journey,
				path: ['team'],
				message: `'${human.name}' goes to a human, so there must be a team address to fall back on`,
			});
		}
	});

export type Journey = z.infer<typeof journeySchema>;
export type Step = z.infer<typeof stepSchema>;
