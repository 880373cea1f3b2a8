import type { CrmFacts } from '../engine/crm/facts';
import type { CaseChanges, CaseMemory } from '../engine/escalation/memory';
import type {
	Enrollment,
	JourneyEvent,
	JourneyMemory,
	Pause,
	Reason,
	Touch,
} from '../engine/journeys/memory';
import type { EscalationMemory } from '../engine/tiers/elevation';

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
	/** Also counts the journey's messages to customers since: `handedOut` (P09). */
	messagesSince?: number;
	/** Also counts what the journey decided since, besides these accounts: `sweep` (P10). */
	triggersSince?: number;
};

export type EnrolledQuery = {
	journey: string;
	from: number;
	until: number;
	after: string;
	limit: number;
};

/**
 * No automated e-mail that counts may have gone to the address at `since` or later; ms since 1970. Of education those that
 * did not bounce (P24); any, and those that are no digests, whatever became of them (P04).
 */
export type Cap = { since: number; counts: 'any' | 'notDigest' | 'education' };

/**
 * What a decision knew of the humans who have the account: keys of the hand-overs it saw, open or not, and of open cases
 * that stopped it. Others that silence every journey, or those of this `priority`, are news to it.
 */
export type KnownCases = { seen: string[]; priority: number };

export type Claim = {
	touch: Touch;
	leaseMs: number;
	maxAttempts: number;
	/**
	 * Whether the sender marks each touch before it leaves (`beginSending`): what was cut off unmarked went nowhere, and
	 * costs no attempt for two days after it fell due. A machine that dies again and again must not write customers off.
	 */
	marked?: boolean;
	/** None for touches that are exempt. */
	caps: Cap[];
	/** Refused when a message of a journey that goes first is held for the same address until this time or earlier (P05). */
	yieldsUntil?: number;
	/** Refused when a human was given the account since (P06, P08); left out for what is exempt. */
	cases?: KnownCases;
};

/** At most so many messages to customers in this journey at `since` or later: the ramp of a go-live (P09). */
export type Ramp = { since: number; atMost: number };

export type ClaimRefusal =
	'taken' | 'caseOpen' | 'capped' | 'suppressed' | 'paused' | 'yields' | 'ramp';
export type ClaimResult =
	| { key: string; claimed: true; attempt: number }
	| { key: string; claimed: false; why: ClaimRefusal };

export type Failure = {
	key: string;
	reasons: Reason[];
	retryAt?: number;
	keepsAttempt?: boolean;
	/** Nobody knows whether it arrived: it goes on counting for the caps, and to no other address. */
	mayHaveArrived?: boolean;
};

/** What became of a touch that was handed over: `sent` it counts once; every other answer says why it does not. */
export type SendGrant =
	| 'granted'
	| 'unknownTouch'
	| 'alreadySent'
	| 'notClaimed'
	| 'leaseEnded'
	| 'suppressed'
	| 'paused'
	| 'fateUnknown';
export type ConfirmResult = 'confirmed' | 'alreadySent' | 'unknownTouch' | 'notClaimed';

/** Who says that an address is not to be written to: '' the person, or a mail system; else a record that may be corrected. */
export type SuppressionSource = { address: string; source: string };
export type Suppression = { address: string; source?: string; reason: string };

/** What a sender tells of a message of ours without naming the account: its touch, or the address it went to; `by`: when. */
export type MailClue = { touch?: string; address?: string; by: number };
/** `address` is '' where the message went to no customer's mailbox. */
export type MailTrace = { accountId: string; address: string; touch?: string };

/** Whom a pause is about: every send of the program, an account, or one person's address (lower case). */
export type PauseScope = 'all' | 'account' | 'address';
export type PauseOf = Pause & { scope: PauseScope; id: string };

/** When an account was decided on, and when it has to be again even if nothing is heard of it; ms since 1970. */
export type AgendaEntry = {
	accountId: string;
	decidedAt: number;
	lookAt?: number;
	/** When the journey last began, or was to begin, for the account, 0 for never; only where that is counted (P10). */
	triggeredAt?: number;
	/** Why the journey does not have the account, or lets it rest; left out for one that is on its way in it. */
	outside?: Reason[];
};

/** An account that a journey decided on and does not have, or lets rest, as of that decision. */
export type Outside = {
	accountId: string;
	journey: string;
	dry: boolean;
	decidedAt: number;
	lookAt?: number;
	reasons: Reason[];
};

/** What a gate in front of a journey decided; without reasons the account passed. */
export type Gated = { accountId: string; reasons: Reason[] };
/** An account that a gate keeps from the journey; `since` when, though the reasons may have been others then. */
export type GateHold = Gated & { journey: string; since: number };

export type DueQuery = {
	journey: string;
	/** Left out: live once the journey has run live, dry before. */
	dry?: boolean;
	now: number;
	limit: number;
};

/** One decision as it was written down; `what` is the touch's state from then on. */
export type LogEntry = {
	accountId: string;
	journey: string;
	dry: boolean;
	stepId: string;
	topic: string;
	channel: string;
	touch: string;
	at: number;
	what: string;
	nextAt?: number;
	reasons: Reason[];
};

export type Timeline = {
	enrollments: Enrollment[];
	events: JourneyEvent[];
	log: LogEntry[];
	/** Which journeys do not have them and why, and which gates hold them. */
	outside: Outside[];
	gateHolds: GateHold[];
	survivorOf: ReadonlyMap<string, string>;
};

/** What is remembered of one account's health by one model. */
export type HealthRow = {
	accountId: string;
	/** The local date of the program, in days since 1970, up to which it tells. */
	day: number;
	/** 1 for an account that was not known, else one more than what it follows. */
	revision: number;
	/** JSON, see engine/health/history. */
	state: string;
};

/** How many accounts got their daily score on a day, and how many newly triggered, raised or held (P10). */
export type HealthTotals = { scored: number; triggered: number };

/** The sweeps of a model: the day of its first one, and the totals of its last day. */
export type HealthSweeps = HealthTotals & { startedDay: number; day: number };

/** The journey under which notices of cases are touches: channel `alert`, to a colleague. */
export const CASE_JOURNEY = 'escalations';

/** Which cases are read; of several conditions, the cases that meet any of them, each once. */
export type CaseQuery = {
	/** All their cases, with those of the records merged with them. */
	accountIds?: string[];
	nos?: number[];
	/**
	 * Open ones to be looked at by then, the longest waiting first; they come before all others, among which are the open
	 * ones of records merged with theirs.
	 */
	due?: { now: number; limit: number };
	/** All open ones (List Open, digests), the oldest first. `waiting`: only those that wait for a digest. */
	open?: { waiting?: boolean; owner?: string; limit: number };
	/** Also what everybody has to do, and their days. */
	loads?: boolean;
	now: number;
	/** By the clock on the wall, where `now` is a time that is played; left out: `now`. */
	receivedAt?: number;
};

/** What a decision makes of cases; `confirm`: keys of hand-over touches the case took over. */
export type CaseWork<Answer> = {
	changes: CaseChanges;
	/** The notices as touches of `CASE_JOURNEY`. */
	claims: Claim[];
	confirm: string[];
	answer: Answer;
};

/** Decides on what is known. Called again when a lock interrupts the transaction, so it changes nothing itself. */
export type CaseDecision<Answer> = (
	memory: CaseMemory,
	/** By key, of the hand-overs asked about those that are there. */
	handOvers: ReadonlyMap<string, Touch>,
) => CaseWork<Answer>;

/** What somebody was sent of the catalogue, or is to be. */
export type ContentPick = {
	/** The touch's, so that one that is handed out again brings the same. */
	key: string;
	accountId: string;
	/** Lower-case address; of an account without a contact `account/` and its id. */
	contact: string;
	contentId: string;
	kind: string;
	at: number;
	/** The experiment it belongs to and its variant in it; '' for none. */
	experiment: string;
	variant: string;
	/** What the item carried: JSON. */
	content: string;
};

export type SeenContent = { key: string; contentId: string; kind: string; at: number };

export type ContentQuery = {
	keys: string[];
	/** As in picks; what they have seen since, the oldest first. What never went out, and never will, was not seen. */
	contacts: string[];
	since: number;
};

export type ContentMemory = {
	/** By key, of those asked about that are there. */
	picks: ReadonlyMap<string, ContentPick>;
	/** By contact. */
	seen: ReadonlyMap<string, SeenContent[]>;
};

/** Decides on what is known. Called again when a lock interrupts the transaction, so it changes nothing itself. */
export type ContentDecision<Answer> = (memory: ContentMemory) => {
	picks: ContentPick[];
	answer: Answer;
};

/** An answer for everybody of whom the same is asked; `about` is the account's id where it tells of one, else ''. */
export type KeptAnswer = { signature: string; about: string; answer: string; expiresAt: number };

/** In millionths of a dollar; `month` is `2026-03`. */
export type Spending = { month: string; microDollars: number };

/** A batch of questions under way; `settings` is JSON of whoever submitted it. */
export type ContentBatch = { id: string; submittedAt: number; settings: string };

/** What a CRM was told of an account. */
export type CrmTold = { accountId: string; told: string };

/** Something a sender told, to be kept before the sender is answered; `event` is JSON of an object. */
export type ArrivedEvent = { id: string; accountId?: string; event: string };

export type InboxQuery = {
	inbox: string;
	now: number;
	leaseMs: number;
	/** How many at most, by how often they were handed out before; the last figure holds for all that follow. */
	sizes: readonly number[];
};

/** Events that were handed to one caller until the lease ends: JSON as it was received. */
export type InboxBatch = { key: string; attempt: number; events: string[] };

/** `at`: when it was dealt with, or when it is to be handed out again. */
export type InboxOutcome = { done: boolean; at: number };

/** Rows that were removed or made nameless, by what they were. */
export type Removed = Record<
	| 'events'
	| 'enrollments'
	| 'touches'
	| 'log'
	| 'pauses'
	| 'aliases'
	| 'suppressions'
	| 'health'
	| 'cases'
	| 'content',
	number
>;

/**
 * The pack's only memory. Every operation takes and gives many rows; answers come in the order of the input. Times
 * are ms since 1970 and always arguments.
 */
export interface Ledger {
	/** Stores events once per account, type and id: ids of two senders may collide. True where the event is new. */
	recordEvents(events: JourneyEvent[], receivedAt: number): Promise<boolean[]>;
	/** Of what was recorded before the address of its person then, in lower case, '' for nobody; undefined where it is new. */
	knownEvents(events: JourneyEvent[]): Promise<(string | undefined)[]>;
	/**
	 * Notes a journey's first run and whose it is: two flows that decide for one journey would write off each other's
	 * steps. Answers who owns it; the caller does, or does from now on where it takes over.
	 */
	begin(run: JourneyRun, now: number): Promise<JourneyOwner>;
	/** Everything a journey decides on, for these accounts and addresses. Changes nothing. */
	recall(query: RecallQuery): Promise<JourneyMemory>;
	/** Remembers merged records; what is known of the alias is from then on read with the survivor (P32). */
	linkAliases(links: { alias: string; accountId: string }[], now: number): Promise<void>;
	/** Enrols each account once per journey and cycle. True where this call did it. */
	enroll(enrollments: Enrollment[]): Promise<boolean[]>;
	/**
	 * Accounts that a live journey enrolled with a day 0 in [from, until), in ms since 1970: the next ones after an id, in its
	 * order. A record that was merged comes under its own id.
	 */
	enrolledAccounts(query: EnrolledQuery): Promise<string[]>;
	/** Ends enrolments that are still active. */
	end(enrollments: Enrollment[]): Promise<void>;
	/**
	 * Hands each due touch to at most one caller, until the lease ends. Checks stops, pauses, suppression, caps and
	 * priorities in the same transaction, which are none of a hand-over's, alert's or record's business; and for whoever
	 * gives `cases`, whether a human was given the account meanwhile, by a hand-over or a case, or one of the records merged
	 * with it.
	 */
	claim(claims: Claim[], now: number, ramp?: Ramp): Promise<ClaimResult[]>;
	/**
	 * Writes down what was held, withdrawn, lapsed or only dry-run. Never changes a touch that is claimed, sending or sent,
	 * nor one that lapsed unless it is about a later date now (`dueAt`, P27).
	 */
	note(touches: Touch[]): Promise<void>;
	/**
	 * Checks each claim again and marks it `sending`, right before it is handed to a channel (rule 5). What stays so,
	 * because the process dies, is nobody's to send again; with `resend` it is handed out again when the lease ends.
	 */
	beginSending(keys: string[], now: number, resend?: boolean): Promise<SendGrant[]>;
	/** The channel accepted it. From `sending`, or from `claimed` where another node does the sending. */
	confirm(keys: string[], now: number): Promise<ConfirmResult[]>;
	/**
	 * It did not go. With `retryAt` it is handed out again from then; without, never. What failed for a reason of our own
	 * (no server, wrong password) `keepsAttempt`: an outage must not write customers off.
	 */
	fail(failures: Failure[], now: number): Promise<void>;
	/** Touches that were sent, or are being, by the token in their links and Message-IDs (`tokenOf` their key). */
	touchesByToken(tokens: string[]): Promise<(Touch | undefined)[]>;
	/**
	 * Whose account it is: that of the touch; else that of the last mail to the address by then, or of the first since.
	 * Undefined where neither is known. Only what went out to live customers tells it.
	 */
	traceMails(clues: MailClue[]): Promise<(MailTrace | undefined)[]>;
	/** Events that were recorded of no account (`accountId` ''), by the address or the id they name, the oldest first. */
	nobodysEvents(about: string[]): Promise<JourneyEvent[]>;
	/** No automated e-mail to these addresses from now on. */
	suppress(suppressions: Suppression[], now: number): Promise<void>;
	/** Takes back what this very source said of an address; what others said stands. */
	unsuppress(words: SuppressionSource[]): Promise<void>;
	/** Takes back what anybody said of these addresses, people who were erased since included. True where somebody had. */
	allowAgain(addresses: string[]): Promise<boolean[]>;
	/** No automated message to these accounts, addresses, or to anybody, until the time given. A later word replaces an earlier one. */
	pause(pauses: PauseOf[], now: number): Promise<void>;
	/** Ends pauses. True where there was one. */
	resume(pauses: { scope: PauseScope; id: string }[]): Promise<boolean[]>;
	/** What is paused at `now`, the longest-standing first. */
	pauses(now: number): Promise<PauseOf[]>;
	/** Notes when accounts were decided on, so that `due` can tell who needs a decision. */
	schedule(run: { journey: string; dry: boolean }, entries: AgendaEntry[]): Promise<void>;
	/**
	 * Accounts that need a decision of the journey: whose time has come, or of whom something was heard since the last
	 * one. The longest waiting first, at most `limit`. An event of account '' is nobody's.
	 */
	due(query: DueQuery): Promise<string[]>;
	/**
	 * Remembers whom a gate keeps from these journeys; whoever passed is held no longer. A merged record is held no longer
	 * either: the account it is part of is decided on.
	 */
	rememberHolds(journeys: string[], gated: Gated[], now: number): Promise<void>;
	/** The journeys of which anything is known, by name. */
	knownJourneys(): Promise<string[]>;
	/**
	 * Whose contacts these addresses are, as far as the ledger knows without having written to them: of a message that was
	 * held or dropped, else of an unsubscribe in an account's record. The latest word counts.
	 */
	accountsOf(addresses: string[]): Promise<(string | undefined)[]>;
	/**
	 * Live hand-overs of these journeys to people, what was remembered of elevations, and resolved cases of the accounts
	 * that have either, with the records merged into them (P32, P35). Nothing for an account that was never escalated.
	 */
	escalations(query: { accountIds: string[]; journeys: string[] }): Promise<EscalationMemory>;
	/** What is remembered of these accounts' health by a model, in their order; `sweeps` is undefined before its first. */
	recallHealth(
		model: string,
		accountIds: string[],
	): Promise<{ sweeps: HealthSweeps | undefined; rows: (HealthRow | undefined)[] }>;
	/**
	 * Adds to a day's totals and gives them back, so that of pages decided at the same time each knows of those before it
	 * (P10). What was counted and then not written is taken off again with negative figures.
	 */
	countHealth(model: string, day: number, totals: HealthTotals): Promise<HealthTotals>;
	/** Remembers what followed from what was recalled. False where somebody else wrote meanwhile: recall and decide again. */
	rememberHealth(model: string, rows: HealthRow[]): Promise<boolean[]>;
	/** Forgets all that is remembered by a model; only ever used on the test ledger. */
	forgetHealth(model: string): Promise<void>;
	/** What is known of cases; changes nothing. */
	cases(query: CaseQuery): Promise<CaseMemory>;
	/**
	 * Reads, decides and writes in one transaction that is alone: two that route at once never open two cases of an account,
	 * nor fill the same place twice (P08). Up to 2,000 accounts at a time, so that others get their turn. A notice that
	 * somebody else has is left to them.
	 */
	changeCases<Answer>(
		query: CaseQuery,
		decide: CaseDecision<Answer>,
		handOverKeys?: string[],
	): Promise<Answer>;
	/** Forgets all cases with their notices and events; only ever used on the test ledger, so that each try begins afresh. */
	forgetCases(): Promise<void>;
	/** What was chosen before; changes nothing. */
	contentMemory(query: ContentQuery): Promise<ContentMemory>;
	/**
	 * Reads, decides and writes in one transaction that is alone: two that choose at once never choose the same twice for
	 * one contact. Up to 2,000 at a time. A pick whose key is there takes its place.
	 */
	pickContent<Answer>(query: ContentQuery, decide: ContentDecision<Answer>): Promise<Answer>;
	/** Picks of an experiment that were sent since, with when they were, the oldest first. */
	contentPicks(experiment: string, since: number): Promise<(ContentPick & { sentAt: number })[]>;
	/** By signature, in their order; undefined where nothing is kept, or its time is over. */
	recallAnswers(signatures: string[], now: number): Promise<(string | undefined)[]>;
	rememberAnswers(answers: KeptAnswer[]): Promise<void>;
	/** Adds to what a month (`2026-03`, UTC) cost, in millionths of a dollar, and gives back what it is then. */
	addSpent(month: string, microDollars: number): Promise<number>;
	rememberBatch(batch: ContentBatch): Promise<void>;
	/** Batches that nobody closed yet, the oldest first. */
	openBatches(): Promise<ContentBatch[]>;
	/** True for whoever does it first; what the batch cost is added to its month with it, once. */
	closeBatch(id: string, now: number, spent?: Spending): Promise<boolean>;
	/** Remembers the tier each account is in; a later word replaces an earlier one. */
	rememberTiers(tiers: { accountId: string; tier: string }[], now: number): Promise<void>;
	/** Accounts of which anything is known, those merged into others left out: the next ones after an id, in its order. */
	knownAccounts(after: string, limit: number): Promise<string[]>;
	/** What a CRM is to show of these accounts and was told last, in their order. Live runs only; changes nothing. */
	crmFacts(target: string, accountIds: string[]): Promise<CrmFacts[]>;
	/** Remembers what a CRM was told, so that it is told again only what changed. */
	toldCrm(target: string, told: CrmTold[], now: number): Promise<void>;
	/** After which account the last export to a CRM ended; '' before the first. The next one begins there. */
	crmCursor(target: string): Promise<string>;
	moveCrmCursor(target: string, accountId: string): Promise<void>;
	/**
	 * Keeps what arrived, each id once per inbox, until somebody has dealt with it; ids stay longer, so that a repeat is
	 * known. True where the event is new.
	 */
	receive(inbox: string, events: ArrivedEvent[], now: number): Promise<boolean[]>;
	/** Hands the longest waiting to one caller until the lease ends; undefined where nothing waits. */
	takeUp(query: InboxQuery): Promise<InboxBatch | undefined>;
	/** Moves the end of a lease. False where the batch is not the caller's any more. */
	holdOn(inbox: string, key: string, until: number): Promise<boolean>;
	/** Says what became of a batch; nothing where it is not the caller's any more. */
	settle(inbox: string, key: string, outcome: InboxOutcome): Promise<void>;
	/** Forgets ids of events that were dealt with before. Says how many. */
	forgetHandled(before: number): Promise<number>;
	/** Everything that happened to these accounts and those merged into them, in every journey. */
	timeline(accountIds: string[]): Promise<Timeline>;
	/**
	 * Forgets accounts with all records merged into them, and people by address, wherever they are named; an unsubscribed
	 * address stays unsubscribed, as a fingerprint. Says what was removed.
	 */
	erase(who: { accountIds: string[]; addresses: string[] }): Promise<Removed>;
	/**
	 * Forgets details older than `before`: log, events but those of `keepTypes` of an account, touches of episodes that ended before,
	 * cases that were closed before and notices, the health of accounts that were not scored since, content chosen
	 * before, what arrived before, and holds of gates since before, which are written anew should they go on.
	 * Enrolments stay, because "once" has no end, and so do open cases.
	 */
	forgetBefore(before: number, keepTypes: string[]): Promise<Removed>;
	/** A secret made by the first migration, the same for every process that shares this ledger. */
	secret(): Promise<string>;
	/**
	 * Forgets everything about one journey, and events, unsubscribes, pauses and cases from before `since`; only ever used on
	 * the test ledger, so that each try begins afresh.
	 */
	startAfresh(journey: string, since: number): Promise<void>;
	close(): Promise<void>;
}
