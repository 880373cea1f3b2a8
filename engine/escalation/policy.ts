import { z } from 'zod/v4';
import { businessCalendarSchema } from '../calendar/businessCalendar';
import { KINDS, MEASURES, PRIORITIES, type Priority } from './case';
import { targetSchema } from './target';
import { urgencySchema } from './routing/urgency';

const text = z.string().min(1, { error: 'is empty' });
const words = z.array(text).min(1);
const date = z.iso.date({ error: 'is not a date such as 2026-12-24' });
const amount = z.number().nonnegative();
const email = z
	.email({ error: 'is no e-mail address' })
	.transform((address) => address.toLowerCase());

const IS_ZERO =
	'is not above 0: leave it out for any number, and whoever is to get nothing is away';

/** Who of a pool gets the next case, among those who have room and are not away. */
export const STRATEGIES = ['leastLoaded', 'roundRobin', 'ownCsmFirst', 'longestSinceLast'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export const personSchema = z.strictObject({
	email,
	name: text,
	pools: z.array(text).default([]),
	/** Name of their calendar; left out: the program's. */
	calendar: text.optional(),
	/** The most open cases at a time; left out: any number. */
	mostCases: z.int().positive({ error: IS_ZERO }).optional(),
	/** The most ARR in open cases at a time, in the program's currency. */
	mostArr: z.number().positive({ error: IS_ZERO }).optional(),
	/** Local dates of their calendar's zone, both included. */
	away: z
		.array(
			z.strictObject({ from: date, to: date }).refine(({ from, to }) => from <= to, {
				error: 'ends before it begins',
			}),
		)
		.default([]),
});
export type Person = z.infer<typeof personSchema>;

/** Every condition given must hold; words are compared without case. The first rule that holds decides. */
export const routeRuleSchema = z.strictObject({
	name: text,
	when: z
		.strictObject({
			kinds: z.array(z.enum(KINDS)).min(1).optional(),
			/** Codes of reasons, any of them. */
			reasons: words.optional(),
			tiers: words.optional(),
			/** In the program's currency; `from` and `to` include their figure (P36). */
			arr: z.strictObject({ from: amount.optional(), to: amount.optional() }).optional(),
			regions: words.optional(),
			languages: words.optional(),
			products: words.optional(),
		})
		.default({}),
	/** Tried in this order. */
	pools: words,
	strategy: z.enum(STRATEGIES).optional(),
	/** Instead of what the facts say; an urgent reason stays urgent. */
	priority: z.enum(PRIORITIES).optional(),
});
export type RouteRule = z.infer<typeof routeRuleSchema>;

/** What has to happen by when, for a kind and a priority; without a priority for all that have none of their own. */
export const slaTargetSchema = z.strictObject({
	kind: z.enum(KINDS),
	priority: z.enum(PRIORITIES).optional(),
	measure: z.enum(MEASURES),
	target: targetSchema,
});
export type SlaTarget = z.infer<typeof slaTargetSchema>;

/** Who is told when nobody acknowledged in time: `after` the level before, the first after the breach; then `repeat` times more. */
export const levelSchema = z.strictObject({
	to: z.strictObject({ email, name: text }),
	/** 0 for at once. */
	after: z.strictObject({
		amount,
		unit: z.enum(['minutes', 'hours', 'businessDays']),
		clock: z.enum(['business', 'real']).default('business'),
	}),
	/** How often in all, each `every` after the last. */
	times: z.int().min(1).max(20).default(1),
	every: targetSchema.default({ amount: 4, unit: 'hours', clock: 'business' }),
});
export type Level = z.infer<typeof levelSchema>;

/**
 * To take note and to speak to the customer: P07, R62, R63. That it ends within five business days is ours: what somebody
 * took note of, and then forgot, would have no clock left (and an escalation keeps journeys silent as long as it is open).
 */
export const DEFAULT_TARGETS: readonly z.input<typeof slaTargetSchema>[] = [
	{ kind: 'alert', measure: 'acknowledge', target: { amount: 1, unit: 'businessDays' } },
	{
		kind: 'alert',
		priority: 'urgent',
		measure: 'acknowledge',
		target: { amount: 4, unit: 'hours', clock: 'business' },
	},
	{
		kind: 'escalation',
		measure: 'acknowledge',
		target: { amount: 4, unit: 'hours', clock: 'business' },
	},
	{
		kind: 'escalation',
		measure: 'touch',
		target: { amount: 4, unit: 'hours', clock: 'business' },
	},
	{ kind: 'alert', measure: 'resolve', target: { amount: 5, unit: 'businessDays' } },
	{ kind: 'escalation', measure: 'resolve', target: { amount: 5, unit: 'businessDays' } },
];

/** What a case keeps of the policy for its whole life (the clock of a case is its owner's calendar). */
export const slaPolicySchema = z.strictObject({
	calendar: businessCalendarSchema,
	targets: z.array(slaTargetSchema),
	levels: z.array(levelSchema),
	/** Share of a target's time after which its end is near. */
	nearing: z.number().gt(0).lt(1).default(0.75),
	/** An acknowledgement without a human touch is stale after so long, where a touch is asked for. */
	staleAfter: targetSchema.default({ amount: 8, unit: 'hours', clock: 'business' }),
});
export type SlaPolicy = z.infer<typeof slaPolicySchema>;

export const routerPolicySchema = z
	.strictObject({
		calendars: z.record(text, businessCalendarSchema),
		/** The program's calendar: of the fallback owner, and of people without one of their own. */
		calendar: text,
		people: z.array(personSchema),
		rules: z.array(routeRuleSchema),
		/** Of rules without one of their own. */
		strategy: z.enum(STRATEGIES).default('leastLoaded'),
		/** Whoever has a case that nobody else can take: there is never nobody (R61, R77). Has room for any number. */
		fallback: z.strictObject({ email, name: text }),
		targets: z.array(slaTargetSchema).default(() => slaTargetSchema.array().parse(DEFAULT_TARGETS)),
		levels: z.array(levelSchema).default([]),
		nearing: slaPolicySchema.shape.nearing,
		staleAfter: slaPolicySchema.shape.staleAfter,
		/** What makes a reason more pressing than it was stated to be. */
		urgency: urgencySchema.prefault({}),
		/** A reason within so many days of the last case's end opens that one again. */
		reopenDays: z.int().nonnegative().max(365).default(14),
		/** The most single notices of alerts that are not urgent per owner and local day; the rest comes as one digest. */
		digestCap: z.int().nonnegative().max(1_000).default(10),
	})
	.check((context) => {
		const policy = context.value;
		const names = new Set(Object.keys(policy.calendars));
		if (!names.has(policy.calendar))
			context.issues.push({
				code: 'custom',
				input: policy,
				path: ['calendar'],
				message: `is '${policy.calendar}', which is none of the calendars`,
			});
		for (const [index, { calendar }] of policy.people.entries())
			if (calendar !== undefined && !names.has(calendar))
				context.issues.push({
					code: 'custom',
					input: policy,
					path: ['people', index, 'calendar'],
					message: `is '${calendar}', which is none of the calendars`,
				});
		const seen = new Set<string>();
		for (const [index, { email: address }] of policy.people.entries()) {
			if (seen.has(address))
				context.issues.push({
					code: 'custom',
					input: policy,
					path: ['people', index, 'email'],
					message: 'stands there twice',
				});
			seen.add(address);
		}
		for (const priority of PRIORITIES)
			if (!hasTarget(policy.targets, priority))
				context.issues.push({
					code: 'custom',
					input: policy,
					path: ['targets'],
					message: `give ${priority} escalations nothing to reach: nobody would be reminded of one`,
				});
		const pools = new Set(policy.people.flatMap((person) => person.pools));
		for (const [index, rule] of policy.rules.entries())
			for (const pool of rule.pools)
				if (!pools.has(pool))
					context.issues.push({
						code: 'custom',
						input: policy,
						path: ['rules', index, 'pools'],
						message: `name '${pool}', in which there is nobody`,
					});
	});
export type RouterPolicy = z.infer<typeof routerPolicySchema>;

function hasTarget(targets: readonly SlaTarget[], escalation: Priority): boolean {
	return targets.some(
		({ kind, priority = escalation }) => kind === 'escalation' && priority === escalation,
	);
}
