import type { z } from 'zod/v4';
import type { reasonSchema } from '../reasons';

export type Reason = z.infer<typeof reasonSchema>;

/** Something a customer or a system did. `id` is the sender's own; the same account, type and id twice is one event. Times are ms since 1970. */
export type JourneyEvent = {
	id: string;
	accountId: string;
	type: string;
	occurredAt: number;
	/** The set-up step, for `set_up_step_completed`. */
	step?: string;
	/** E-mail address of the person who did it. */
	contact?: string;
	/** Key of the touch it answers, for clicks, replies, bounces … (P13). */
	touch?: string;
	/** What else the sender said, kept for the reader. */
	data?: Record<string, unknown>;
};

/** One run of a journey for an account: unique by journey, account and cycle, in each of live and dry. */
export type Enrollment = {
	journey: string;
	dry: boolean;
	accountId: string;
	cycle: number;
	/** Day 0 (P14). Never moves once written. */
	anchorAt: number;
	enrolledAt: number;
	state: 'active' | 'ended';
	outcome?: string;
	endedAt?: number;
	/** Version of the definition that last decided. */
	version: string;
};

/**
 * What a message counts as (P04): `service` waits for 24 hours without an automated e-mail · `marketing` for 7 days as
 * well · `digest`, which was subscribed to, for the 24 hours, and the 7 days of others do not see it.
 */
export const TOUCH_KINDS = ['service', 'marketing', 'digest'] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

export const CHANNELS = ['email', 'inApp', 'human', 'alert', 'record'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * held: decided against for now, with the next possible time · withdrawn: was held, and is due no longer; decided afresh
 * should it fall due again (P27) · claimed: handed to one execution under a lease · sending: handed to the channel, answer
 * outstanding (after a crash nobody knows) · sent: the channel accepted it · failed: the channel refused it · lapsed:
 * written off, with the reason; only where its date moves later it is decided afresh (P27) · dry: a dry run would have sent it
 */
export const TOUCH_STATES = [
	'held',
	'withdrawn',
	'claimed',
	'sending',
	'sent',
	'failed',
	'lapsed',
	'dry',
] as const;
export type TouchState = (typeof TOUCH_STATES)[number];

/** One message to one contact, or one hand-over. `key` never changes, whatever is retried. */
export type Touch = {
	key: string;
	journey: string;
	dry: boolean;
	accountId: string;
	cycle: number;
	stepId: string;
	/** What within the step it is about, such as the set-up step a nudge names; '' where a step has one touch only. */
	topic: string;
	channel: Channel;
	kind: TouchKind;
	/** Of the journey, 1 first (P05): who wants the same slot of an address yields to a smaller one. */
	priority: number;
	/** Lower-case address of the recipient; '' where the channel has none. */
	address: string;
	state: TouchState;
	/** When the step became due. */
	dueAt: number;
	/** When a held or failed touch is decided afresh. */
	nextAt?: number;
	leaseUntil?: number;
	attempts: number;
	/** When it last changed to `state`. */
	changedAt: number;
	/**
	 * When it may have arrived, though nobody heard so and it is to be sent again; ms since 1970. Until it is confirmed it
	 * counts for the caps from then on (P04), and belongs to its address: links in it act on that person.
	 */
	openSince?: number;
	reasons: Reason[];
};

/** When the last automated e-mail left for an address: of any kind, of any but digests, and of education that did not bounce. */
export type LastEmail = { any: number; notDigest: number; education: number };

/** No automated message until then; without a time, until somebody says otherwise. */
export type Pause = { until?: number; reason: string };

/** A message of another journey that waits for its slot at an address. */
export type Waiting = { journey: string; priority: number; nextAt: number };

/** A case of an account that stops journeys (P06); since when, in ms since 1970. */
export type OpenCase = {
	/** `case/<no>/<how often it was opened again>`. */
	key: string;
	accountId: string;
	since: number;
	/** The priority of the journeys it stops, 1 for every one. */
	silences: number;
};

export type Sweep = { decided: number; triggered: number };

/** What a journey needs to know about a page of accounts. */
export type JourneyMemory = {
	enrollments: Enrollment[];
	touches: Touch[];
	events: JourneyEvent[];
	/** Human hand-overs of other journeys, for the same accounts: while a case is open automation is silent (P06, P08). */
	handOvers: Touch[];
	/** Cases of these accounts that are open; in a dry run too (P06, P08). */
	openCases: OpenCase[];
	/** Lower-case address → the last automated e-mail claimed or sent to it, in any journey (P04). */
	lastEmails: ReadonlyMap<string, LastEmail>;
	/** Lower-case address → messages of journeys with another priority that are held for it (P05). */
	waiting: ReadonlyMap<string, readonly Waiting[]>;
	/** Set while all sends are stopped, or an account or address is paused (P33). */
	stopped: Pause | undefined;
	pausedAccounts: ReadonlyMap<string, Pause>;
	pausedAddresses: ReadonlyMap<string, Pause>;
	/** Lower-case addresses that get no automated e-mail (P12). */
	suppressed: ReadonlySet<string>;
	/** Merged record → the account that survived (P32). */
	survivorOf: ReadonlyMap<string, string>;
	/** When this journey first ran (P09). */
	startedAt: number;
	/** Messages of the journey that were handed out to customers since a time (P09). Only where it was asked for. */
	handedOut?: number;
	/**
	 * Besides the accounts asked about: how many the journey decided on since a time, and for how many of them it began, or
	 * was to begin, since (P10). Only where it was asked for.
	 */
	sweep?: Sweep;
};
