import type { Account } from '../accounts/account';
import type { Journey } from './definition';
import type { Engagement } from './engagement';
import type {
	Channel,
	Enrollment,
	JourneyEvent,
	JourneyMemory,
	LastEmail,
	OpenCase,
	Reason,
	Touch,
} from './memory';
import { HUMAN_PRIORITY, priorityOf, usualKind } from './priority';
import type { Progress } from './progress';
import type { Step } from './step';

/** A step that is due for one account. */
export type Candidate = {
	step: Step;
	topic: string;
	dueAt: number;
	reason: Reason;
	/** Address of the one person it is for, whatever their role; else it is chosen (P11). */
	person?: string;
};

/** One account in one cycle of a journey, with everything that is decided on. */
export type Episode = {
	journey: Journey;
	account: Account;
	zone: string;
	progress: Progress;
	engagement: Engagement;
	enrollment: Enrollment;
	/** Set when the episode is over whatever else is due. */
	ending: string | undefined;
	/** Paused or already ended: nothing is decided but what a customer asks of a human (R64). */
	helpOnly: boolean;
	/** Touches of the account in every cycle of this journey, those of records merged into it included. */
	touches: readonly Touch[];
	/** Those of this episode, and what merged records were sent in theirs (P32). */
	mine: readonly Touch[];
	/** What was recorded of the account. */
	events: readonly JourneyEvent[];
	/** Hand-overs of other journeys (P06). */
	handOvers: readonly Touch[];
	/** What somebody has the account for, whichever journey or person gave it to them (P06). */
	openCases: readonly OpenCase[];
	/** What is known about whom a message may go to now, whichever account they belong to. */
	addresses: Addresses;
	pausedAccount: JourneyMemory['stopped'];
	/** The first day of the journey, on which what holds already is only listed (P09). */
	goingLive: boolean;
	/** What was asked for before is not this journey's: the day before it went live, in ms since 1970 (P09). */
	heardSince: number;
	/** Why nothing of health or usage triggers now (P10). */
	massHold: Reason | undefined;
	now: number;
	/** The step's own conditions on the account. */
	meetsConditions: (step: Step) => boolean;
};

export type Addresses = Pick<
	JourneyMemory,
	'suppressed' | 'waiting' | 'stopped' | 'pausedAddresses'
> & {
	/** Kept up to date with what is planned, so that accounts which share an address share its caps. */
	lastEmails: Map<string, LastEmail>;
};

/** What makes steps due is decided on. */
export type Situation = Omit<Episode, 'touches' | 'mine'> & {
	/** Touches of this episode. */
	touches: readonly Touch[];
	/** Touches of every cycle. */
	allTouches: readonly Touch[];
};

/** States in which a touch has, or may have, reached somebody. */
export const HANDED_OVER: ReadonlySet<string> = new Set(['claimed', 'sending', 'sent', 'dry']);

/**
 * Whether a touch may be handed out (again): held, withdrawn, refused for now, or claimed by an execution that never
 * confirmed.
 */
export function isPending(touch: Touch, now: number): boolean {
	if (touch.state === 'held' || touch.state === 'withdrawn') return true;
	if (touch.state === 'failed') return touch.nextAt !== undefined && touch.nextAt <= now;
	// cut off while it was being sent, by a sender that is to send it again
	if (touch.state === 'sending') return touch.nextAt !== undefined && touch.nextAt <= now;
	return touch.state === 'claimed' && (touch.leaseUntil ?? 0) <= now;
}

/** A change of the time zone moves a date by less. */
const MOVED_MS = 24 * 3_600_000;

/**
 * Whether a due step needs no decision any more: it went, is on its way, or was written off. What was written off for an
 * earlier date is not sent, and unsent steps move with their date (P27).
 */
export function isSettled(
	before: Touch | undefined,
	{ step: { when }, dueAt }: Candidate,
	now: number,
): boolean {
	if (before === undefined || isPending(before, now)) return false;
	const byDate = when.type === 'daysBeforeDate' || when.type === 'daysAfterDate';
	return !(byDate && before.state === 'lapsed' && dueAt > before.dueAt + MOVED_MS);
}

/** Handed to its channel by an execution that died before it heard the answer: it may or may not have arrived. */
export function isFateUnknown(touch: Touch, now: number): boolean {
	return touch.state === 'sending' && touch.nextAt === undefined && (touch.leaseUntil ?? 0) <= now;
}

/** The channel will never take it for this address: a customer's, or that of the colleague who was to take over. */
export function isRefused(touch: Touch | undefined): boolean {
	return touch?.state === 'failed' && touch.nextAt === undefined && touch.address !== '';
}

/** A mail that may have reached its address, though nobody heard so: under its key it goes to no other (P11). */
export function mayHaveArrived({ channel, state, openSince }: Touch): boolean {
	return channel === 'email' && (state === 'sending' || openSince !== undefined);
}

/** A hand-over or an alert: it is never given up, because nobody stands behind it. */
export function isForHumans({ channel }: { channel: Channel }): boolean {
	return channel === 'human' || channel === 'alert';
}

/**
 * A touch as it is written down: held until a time for an address, or lapsed. One that goes on stays the touch of the
 * record that began with it; `before` is how it stands.
 */
export function touchOf(
	{ enrollment, journey, now }: Episode,
	candidate: Candidate,
	{ key, before }: { key: string; before: Touch | undefined },
	reasons: Reason[],
	held?: { until: number; address: string },
): Touch {
	const { step } = candidate;
	return {
		key,
		journey: enrollment.journey,
		dry: enrollment.dry,
		accountId: before?.accountId ?? enrollment.accountId,
		cycle: before?.cycle ?? enrollment.cycle,
		stepId: step.id,
		topic: candidate.topic,
		channel: step.channel,
		kind: step.kind ?? usualKind(journey.type),
		// a case of its own stops every journey; one with sales is told apart by the priority of its journey (P06)
		priority:
			step.channel === 'human' && step.silences === 'everything'
				? HUMAN_PRIORITY
				: priorityOf(journey.type),
		address: held?.address ?? '',
		state: held === undefined ? 'lapsed' : 'held',
		dueAt: candidate.dueAt,
		nextAt: held?.until,
		leaseUntil: undefined,
		attempts: 0,
		changedAt: now,
		reasons,
	};
}
