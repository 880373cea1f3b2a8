import { z } from 'zod/v4';

/** Alert: the success manager looks, automation goes on. Escalation: a named human takes over (P07). The later is the graver. */
export const KINDS = ['alert', 'escalation'] as const;
/** The most pressing first. */
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
/** What a target is about: somebody took note · a human spoke to the customer, which R63 and R69 measure · it is over. */
export const MEASURES = ['acknowledge', 'touch', 'resolve'] as const;

export type Kind = (typeof KINDS)[number];
export type Priority = (typeof PRIORITIES)[number];
export type Measure = (typeof MEASURES)[number];

const time = z.number();
const text = z.string();

/** Why a human is wanted. The same `key` joins once, however often it is told. */
export const caseReasonSchema = z.object({
	key: text.min(1),
	code: text.min(1),
	kind: z.enum(KINDS),
	priority: z.enum(PRIORITIES),
	at: time,
	text,
	/** Of an escalation: the priority of the journeys it stops, 1 for all of them; with sales, expansion only (P06). */
	silences: z.int().optional(),
});
export type CaseReason = z.infer<typeof caseReasonSchema>;

/**
 * Runs from when a reason of this kind and priority first came: each of them has targets of its own, and whatever is due
 * first counts. What was acknowledged or done before it began does not stop it.
 */
export const clockSchema = z.object({
	kind: z.enum(KINDS),
	priority: z.enum(PRIORITIES),
	startedAt: time,
	acknowledgedAt: time.optional(),
	touchedAt: time.optional(),
});
export type Clock = z.infer<typeof clockSchema>;

/** What is known of an account when it is routed, and told again with each reminder. Amounts in the program's currency. */
export const caseFactsSchema = z.object({
	name: text.optional(),
	arr: z.number().optional(),
	tier: text.optional(),
	region: text.optional(),
	language: text.optional(),
	product: text.optional(),
	/** Address of the account's own success manager, lower case. */
	csm: text.optional(),
	band: text.optional(),
	score: z.number().optional(),
	/** Local date. */
	renewalDate: text.optional(),
	nps: z.number().optional(),
	csat: z.number().optional(),
	/** Of the gravest open ticket, as the sender calls it. */
	severity: text.optional(),
});
export type CaseFacts = z.infer<typeof caseFactsSchema>;

export const personRefSchema = z.object({ email: text, name: text });
export type PersonRef = z.infer<typeof personRefSchema>;

/** `raised` tells the owner; `merged` that case `no` became part of this one: whoever had either. */
const newsSchema = z.discriminatedUnion('event', [
	z.object({ event: z.literal('raised') }),
	z.object({ event: z.literal('merged'), no: z.int().positive(), to: personRefSchema }),
]);

const pauseSchema = z.object({ from: time, to: time.optional() });

/**
 * One case of one account; at most one is open at a time (P08). It has one owner; whoever is told later, because time
 * runs out, helps. Times are ms since 1970.
 */
export const caseSchema = z.object({
	/** Its number, counted through all cases of the ledger. */
	no: z.int().positive(),
	accountId: text.min(1),
	open: z.boolean(),
	/** The gravest of its reasons, of those that this opening is about. */
	kind: z.enum(KINDS),
	priority: z.enum(PRIORITIES),
	owner: personRefSchema,
	/** Whether somebody chose its owner, who need not be in the policy. */
	byHand: z.boolean().optional(),
	/** The pool the owner was chosen from; '' for the account's own success manager and the fallback owner. */
	pool: text,
	facts: caseFactsSchema,
	openedAt: time,
	/** When it became an escalation. */
	escalatedAt: time.optional(),
	resolvedAt: time.optional(),
	outcome: text.optional(),
	/** Of one that ended as merged: the case that it is part of now. */
	mergedInto: z.int().positive().optional(),
	/** How often it was opened again. */
	reopened: z.int().nonnegative(),
	reasons: z.array(caseReasonSchema).min(1),
	/** How many of them, the first ones, an earlier opening was about: they are told, and weigh nothing any more. */
	settled: z.int().nonnegative().optional(),
	clocks: z.array(clockSchema).min(1),
	/** While it waits for the customer; in order, the last may still last. */
	pauses: z.array(pauseSchema),
	acknowledgement: z.object({ at: time, by: text }).optional(),
	/** The first human touch, and the last. */
	firstTouchAt: time.optional(),
	lastTouchAt: time.optional(),
	/** Where the next levels count from: since nobody acknowledged it in time, or an acknowledgement went stale. */
	climb: z.object({ round: z.int().positive(), from: time }).optional(),
	/** What was told already, each once: `nearing/…`, `breached/…`, `level/…`. */
	told: z.array(text),
	/** Keys of notices that were handed out and are not known to have arrived. */
	pending: z.array(text),
	/** An alert beyond the owner's daily cap, which nobody was told of: waits for the digest, or was in one. */
	digest: z.enum(['waiting', 'told']).optional(),
	/** What came about where nobody could be told of it: the next look at deadlines tells it. */
	untold: z.array(newsSchema).optional(),
	/** The policy as it was when the case was opened: the JSON text of a `SlaPolicy`. */
	sla: text,
	/** When it has to be looked at even if nothing is heard of it; undefined for never. */
	nextLook: time.optional(),
});
export type Case = z.infer<typeof caseSchema>;

/** What a person has to do; `lastNo` is the case they were given last, 0 for none. */
export type Load = { cases: number; arr: number; lastNo: number };

/** How many notices an owner got on a day (local date in days since 1970), and whether the day's digest went. */
export type OwnerDay = { owner: string; day: number; notices: number; digests: number };

export function graver(a: Kind, b: Kind): Kind {
	return KINDS.indexOf(a) >= KINDS.indexOf(b) ? a : b;
}

export function morePressing(a: Priority, b: Priority): Priority {
	return PRIORITIES.indexOf(a) <= PRIORITIES.indexOf(b) ? a : b;
}

/** What this opening of the case is about. */
export function currentReasons({
	reasons,
	settled = 0,
}: Pick<Case, 'reasons' | 'settled'>): CaseReason[] {
	return reasons.slice(settled);
}

/** What an open case stops: undefined for nothing, 1 for every journey (P06). */
export function silencedBy(one: Pick<Case, 'reasons' | 'settled'>): number | undefined {
	const stops = currentReasons(one).flatMap(({ kind, silences }) =>
		kind === 'escalation' ? [silences ?? 1] : [],
	);
	return stops.length === 0 ? undefined : Math.min(...stops);
}
