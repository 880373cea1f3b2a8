import type { Enrollment, JourneyEvent, Reason, Touch } from '../engine/journeys/memory';

/** What a journey needs to know about a page of accounts, read in one go. */
export type Recall = {
	enrollments: Enrollment[];
	touches: Touch[];
	events: JourneyEvent[];
	/** Lower-case address → time of the last automated e-mail claimed or sent to it, in any journey (P04). */
	lastEmailAt: Map<string, number>;
	/** Lower-case addresses that get no automated e-mail (P12). */
	suppressed: Set<string>;
	/** Merged record → the account that survived (P32), for the accounts asked about. */
	survivorOf: Map<string, string>;
	/** When this journey first ran (P09); `now` for one that never did. */
	startedAt: number;
};

/** The flow that decides for a journey, and what people call it. */
export type JourneyOwner = { id: string; name: string };

/** Who is about to decide for a journey. */
export type JourneyRun = {
	journey: string;
	dry: boolean;
	owner: JourneyOwner;
	/** Also where another flow did so far. */
	takeOver: boolean;
};

export type RecallQuery = {
	journey: string;
	dry: boolean;
	accountIds: string[];
	addresses: string[];
	now: number;
};

export type Claim = {
	touch: Touch;
	leaseMs: number;
	maxAttempts: number;
	/** No automated e-mail may have gone to the address within this many ms; 0 for touches that are exempt (P04). */
	capMs: number;
};

export type ClaimRefusal = 'taken' | 'capped' | 'suppressed';
export type ClaimResult =
	| { key: string; claimed: true; attempt: number }
	| { key: string; claimed: false; why: ClaimRefusal };

export type Failure = { key: string; reasons: Reason[]; retryAt?: number; keepsAttempt?: boolean };

/** What became of a touch that was handed over: `sent` it counts once; every other answer says why it does not. */
export type SendGrant =
	| 'granted'
	| 'unknownTouch'
	| 'alreadySent'
	| 'notClaimed'
	| 'leaseEnded'
	| 'suppressed'
	| 'fateUnknown';
export type ConfirmResult = 'confirmed' | 'alreadySent' | 'unknownTouch' | 'notClaimed';

/**
 * The pack's only memory. Every operation takes and gives many rows; answers come in the order of the input. Times
 * are ms since 1970 and always arguments.
 */
export interface Ledger {
	/** Stores events once per account, type and id: ids of two senders may collide. True where the event is new. */
	recordEvents(events: JourneyEvent[], receivedAt: number): Promise<boolean[]>;
	/**
	 * Notes a journey's first run and whose it is: two flows that decide for one journey would write off each other's
	 * steps. Answers who owns it; the caller does, or does from now on where it takes over.
	 */
	begin(run: JourneyRun, now: number): Promise<JourneyOwner>;
	/** Everything a journey decides on, for these accounts and addresses. Changes nothing. */
	recall(query: RecallQuery): Promise<Recall>;
	/** Remembers merged records; what is known of the alias is from then on read with the survivor (P32). */
	linkAliases(links: { alias: string; accountId: string }[], now: number): Promise<void>;
	/** Enrols each account once per journey and cycle. True where this call did it. */
	enroll(enrollments: Enrollment[]): Promise<boolean[]>;
	/** Ends enrolments that are still active. */
	end(enrollments: Enrollment[]): Promise<void>;
	/** Hands each due touch to at most one caller, until the lease ends. Checks cap and suppression in the same transaction. */
	claim(claims: Claim[], now: number): Promise<ClaimResult[]>;
	/** Writes down what was held, lapsed or only dry-run. Never changes a touch that is claimed, sending or sent. */
	note(touches: Touch[]): Promise<void>;
	/** Checks each claim again and marks it `sending`, right before it is handed to a channel (rule 5). */
	beginSending(keys: string[], now: number): Promise<SendGrant[]>;
	/** The channel accepted it. From `sending`, or from `claimed` where another node does the sending. */
	confirm(keys: string[], now: number): Promise<ConfirmResult[]>;
	/**
	 * It did not go. With `retryAt` it is handed out again from then; without, never. What failed for a reason of our own
	 * (no server, wrong password) `keepsAttempt`: an outage must not write customers off.
	 */
	fail(failures: Failure[], now: number): Promise<void>;
	/** No automated e-mail to these addresses from now on. */
	suppress(suppressions: { address: string; reason: string }[], now: number): Promise<void>;
	/** A secret made by the first migration, the same for every process that shares this ledger. */
	secret(): Promise<string>;
	/** Forgets everything about one journey; only ever used on the test ledger. */
	forgetJourney(journey: string): Promise<void>;
	close(): Promise<void>;
}
