import { z } from 'zod/v4';
import { show, showZone } from './show';
import { isIsoTime } from '../calendar/localTime';
import { isZone } from '../calendar/zone';

/** ISO 8601 date (`2026-03-01`) or date-time; a date without a time is a local date in the account's zone (P01). */
export const isoTime = z.string().refine(isIsoTime, {
	error: (issue) =>
		`is not an ISO date or date-time such as 2026-03-01 (found ${show(issue.input)})`,
});

export const timeZone = z.string().refine(isZone, {
	error: (issue) =>
		`is not an IANA time zone such as Europe/Berlin (found ${showZone(issue.input)})`,
});

const MOST_CHARACTERS = 500;
/** An event's key holds three ids, and an entry of an index in Postgres takes 2,704 bytes. */
const MOST_BYTES = 800;
const encoder = new TextEncoder();

/** What keeps a text from being an id: it stands in keys, and one that no database takes must not stop a whole sweep. */
function flawOf(id: string): string | undefined {
	if (id === '') return 'is empty';
	if (id.length > MOST_CHARACTERS) return 'is longer than 500 characters';
	if (id.includes('\0')) return 'holds the character NUL';
	if (!id.isWellFormed()) return 'holds half a character';
	// a character takes at most three bytes for each unit of its length
	return id.length * 3 > MOST_BYTES && encoder.encode(id).length > MOST_BYTES
		? 'is longer than 500 characters of one byte, or 800 bytes, which is the most an id may take'
		: undefined;
}

/** Whether the text can be an id: of an account, an event, its type. */
export function isId(text: string): boolean {
	return flawOf(text) === undefined;
}

/** An id of an account, a record, an event, its type or its step: 1 to 500 characters (800 bytes), as any database keeps them. */
export const idText = z.string().refine(isId, {
	error: ({ input }) => (typeof input === 'string' ? flawOf(input) : undefined),
});

export const CONTACT_ROLES = ['admin', 'decisionMaker', 'champion', 'user'] as const;

/** Of an address, by the standard of mail (RFC 5321). */
export const LONGEST_ADDRESS = 254;

export const contactSchema = z.looseObject({
	email: z.email().max(LONGEST_ADDRESS),
	name: z.string().optional(),
	role: z.enum(CONTACT_ROLES).default('user'),
	status: z.enum(['active', 'bounced', 'left']).default('active'),
	unsubscribed: z.boolean().default(false),
	timezone: timeZone.optional(),
	locale: z.string().optional(),
	/** When this person finished set-up; whoever has never gets "getting started" again (R32). */
	setupCompletedAt: isoTime.optional(),
});

/** What the product or CRM says about set-up. A step without a date was seen done, nobody knows since when. */
const setupSchema = z.looseObject({
	completed: z
		.array(
			z.looseObject({ step: z.string().min(1), at: isoTime.optional(), by: z.string().optional() }),
		)
		.default([]),
	firstValueAt: isoTime.optional(),
});

const amount = z.number().nonnegative();

/**
 * The canonical account (design, "The canonical account"). Unknown fields pass through untouched. An absent
 * field is *missing*; it is never read as zero or false.
 */
export const accountSchema = z.looseObject({
	accountId: idText,
	name: z.string().optional(),
	/** Annual recurring revenue in `currency`. */
	arr: amount.optional(),
	currency: z.string().length(3).optional(),
	plan: z.string().optional(),
	segment: z.string().optional(),
	useCase: z.string().optional(),
	/** Ids of records that were merged into this one (P32). */
	aliases: z.array(idText).optional(),
	lifecycleStage: z
		.enum(['onboarding', 'adopting', 'established', 'renewing', 'churned'])
		.optional(),
	complexity: z.enum(['simple', 'complex']).optional(),
	strategic: z.boolean().optional(),
	/** Start of the contract. */
	startedAt: isoTime.optional(),
	/** When the customer record came into being; onboarding's day 0 unless the contract starts later (P14). */
	createdAt: isoTime.optional(),
	renewalDate: isoTime.optional(),
	termMonths: z.number().positive().optional(),
	autoRenew: z.boolean().optional(),
	noticeDays: z.number().nonnegative().optional(),
	openOpportunity: z.boolean().optional(),
	invoiceState: z.enum(['paid', 'open', 'overdue']).optional(),
	pausedUntil: isoTime.optional(),
	excluded: z.union([z.boolean(), z.enum(['test', 'partner', 'internal'])]).optional(),
	executiveSponsor: z.string().optional(),
	/** E-mail address of the success manager who owns the account, if any. */
	csm: z.string().optional(),
	timezone: timeZone.optional(),
	locale: z.string().optional(),
	contacts: z.array(contactSchema).optional(),
	usage: z
		.looseObject({
			/** Weekly active users. */
			activeUsers: amount.optional(),
			/** Meaningful product events in the current and the previous closed week. */
			events: amount.optional(),
			previousEvents: amount.optional(),
			lastActiveAt: isoTime.optional(),
			asOf: isoTime.optional(),
			featuresUsed: z.array(z.string()).optional(),
			/** Share of core features in use, 0–1. */
			adoption: z.number().min(0).max(1).optional(),
			/** By name what the account uses of what its plan allows; without `allowed` the plan may say it. */
			limits: z
				.record(z.string(), z.looseObject({ used: amount.optional(), allowed: amount.optional() }))
				.optional(),
		})
		.optional(),
	support: z.looseObject({ openTickets: amount.optional(), openP1: amount.optional() }).optional(),
	sentiment: z
		.looseObject({
			nps: z.number().min(-100).max(100).optional(),
			csat: z.number().min(0).max(5).optional(),
		})
		.optional(),
	licences: z.looseObject({ bought: amount.optional(), used: amount.optional() }).optional(),
	setup: setupSchema.optional(),
	goals: z.array(z.string()).optional(),
	notes: z.array(z.string()).optional(),
});

export type Account = z.infer<typeof accountSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type ContactRole = (typeof CONTACT_ROLES)[number];
