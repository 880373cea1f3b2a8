import { z } from 'zod/v4';
import { CONTACT_ROLES, timeZone } from '../accounts/account';
import { sendingHoursSchema } from '../calendar/sendingHours';
import { findMistakes } from './mistakes';
import { JOURNEY_TYPES } from './priority';
import { reEntrySchema, startSchema } from './start';
import { stepSchema } from './step';
import { days } from './when';

export { stepSchema, type Step } from './step';

/** An address of a colleague; empty where there is none. */
function addressOr(example: string) {
	return z
		.union([z.literal(''), z.email()], { error: `is not an e-mail address such as ${example}` })
		.default('');
}

const journeyShape = z.object({
	id: z
		.string()
		.regex(
			/^[a-z0-9][a-z0-9-]*$/,
			'must be lower-case letters, digits and hyphens, such as onboarding',
		),
	version: z.string().min(1),
	/** What it is for: says who goes first (P05) and what its messages count as (P04). */
	type: z.enum(JOURNEY_TYPES).default('onboarding'),
	start: startSchema.default({ type: 'customerCreated' }),
	reEntry: reEntrySchema.default({ type: 'never' }),
	/** What becomes of accounts that meet the conditions, or reached first value, before the journey first ran (P09). */
	atGoLive: z.enum(['baseline', 'enroll']).default('baseline'),
	/** Whether the conditions to enter look at health or usage (P10); by default those of an intervention do. */
	onHealth: z.boolean().optional(),
	/** Whether such triggers are held while the data cannot be true (P10). */
	holdMassTriggers: z.boolean().default(true),
	/** Whether first value is the goal (P16); by default of a journey that starts with the customer. */
	endsAtFirstValue: z.boolean().optional(),
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
	/** Whom a message goes to, best first; without it, what is usual for the journey (P11). */
	roles: z.array(z.enum(CONTACT_ROLES)).optional(),
	/** Where human hand-overs and alerts go when the account has no success manager of its own. */
	team: addressOr('team@example.com'),
	/** Where hand-overs to sales go, whoever the account's success manager is; empty: as all others (P30). */
	sales: addressOr('sales@example.com'),
	sendingHours: sendingHoursSchema,
	/** At most one automated e-mail per address in this many rolling hours, across journeys (P04). */
	capHours: z.number().min(0).default(24),
	/** Marketing also needs so many local dates without any automated e-mail but digests (P04). */
	marketingDays: z.int().min(0).default(7),
	/** Only accounts that began at most this long before the journey first ran are enrolled (P09). */
	enrollWithinDays: days.default(14),
	/** A customer may be asked how it goes so many days after first value, and after a ticket or case was closed (R57) … */
	momentAfterFirstValue: days.default(30),
	momentAfterCase: days.default(7),
	/** … and for so many days from then on. */
	momentDays: z.number().min(1).default(14),
	/** The episode ends after this many days, whatever was reached; 0 for never. */
	endAfterDays: days.default(90),
	/** Whether clicks and replies come back as events; engagement is unknown otherwise (P13). */
	engagementReported: z.boolean().default(false),
	/** Share of the accounts that get no marketing message, in per cent. */
	holdOutPercent: z.number().min(0).max(50).default(0),
	/** At most this many messages to customers a day for the first `rampDays` days (P09); 0 for no ramp. */
	rampPerDay: z.int().min(0).default(0),
	rampDays: z.int().min(0).default(0),
	leaseMinutes: z.number().min(1).default(30),
});

export type Journey = z.infer<typeof journeyShape>;

export const journeySchema = journeyShape.check(({ value: journey, issues }) => {
	for (const { path, message } of findMistakes(journey))
		issues.push({ code: 'custom', input: journey, path, message });
});

/** P16: whether first value ends the journey. */
export function endsAtFirstValue({ endsAtFirstValue: told, start }: Journey): boolean {
	return told ?? start.type === 'customerCreated';
}
