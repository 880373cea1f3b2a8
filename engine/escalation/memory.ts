import type { JourneyEvent, Reason } from '../journeys/memory';
import type {
	Case,
	CaseFacts,
	CaseReason,
	Kind,
	Load,
	OwnerDay,
	PersonRef,
	Priority,
} from './case';

/** Somebody who wants a human for an account: what was said, and what is known of it. */
export type Call = {
	readonly accountId: string;
	readonly facts: CaseFacts;
	/** At least one. */
	readonly reasons: readonly CaseReason[];
};

/** Why somebody is told of a case. */
export const NOTICE_EVENTS = [
	'opened',
	'raised',
	'reopened',
	'reassigned',
	'merged',
	'nearing',
	'breached',
	'level',
	'stale',
	'digest',
	'bundle',
] as const;
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** One message to a colleague. Its key is its own, and the same each time it is told again. */
export type Notice = {
	readonly key: string;
	readonly event: NoticeEvent;
	readonly to: PersonRef;
	/** The case it is about; of a digest the cases, the most money first. */
	readonly cases: readonly Case[];
	/** How often it was handed out, this time included. */
	readonly attempt: number;
	readonly reasons: readonly Reason[];
};

/** What became of a notice that was handed out: it arrived · somebody still has it · nobody confirmed it, or it failed. */
export type NoticeFate = {
	readonly state: 'arrived' | 'underWay' | 'letGo';
	readonly attempts: number;
};

/** What the ledger knows, as one transaction reads it. */
export type CaseMemory = {
	/** What was asked for; of accounts all their cases, those of records merged with them included. */
	readonly cases: readonly Case[];
	/** Merged record → the account that survived (P32). */
	readonly survivorOf: ReadonlyMap<string, string>;
	/** By address of everybody who ever had a case; where it was asked for. */
	readonly loads: ReadonlyMap<string, Load>;
	/** The last day on which each owner got a notice; where it was asked for. */
	readonly days: ReadonlyMap<string, OwnerDay>;
	/** By key, of the pending notices of these cases. */
	readonly fates: ReadonlyMap<string, NoticeFate>;
	/** The number of the next case. */
	readonly nextNo: number;
};

/** What is to be written, all of it or nothing. */
export type CaseChanges = {
	/** New and changed ones, each once. */
	readonly cases: readonly Case[];
	readonly days: readonly OwnerDay[];
	/** To be handed out under a lease. */
	readonly notices: readonly Notice[];
	/** For the timeline, and for journeys and tiers that wait for them (`case_resolved`, `tier_elevated`, `tier_returned`). */
	readonly events: readonly JourneyEvent[];
};

/** Who gets a case, with what policy, and why. */
export type Assignment = {
	readonly owner: PersonRef;
	readonly pool: string;
	/** See `Case.sla`. */
	readonly sla: string;
	readonly reasons: readonly Reason[];
};

/** A router policy, compiled once per execution. */
export type Router = {
	/** How pressing a reason is for this account: what was stated, raised by what is known of the account at `now`. */
	priorityOf(
		facts: CaseFacts,
		stated: Priority,
		kind: Kind,
		code: string,
		now: number,
	): { priority: Priority; reasons: Reason[] };
	/** Never nobody (R61, R77). `loads` is as it stands at this moment, within a bulk too. */
	assign(
		facts: CaseFacts,
		wanted: { kind: Kind; priority: Priority; codes: readonly string[] },
		loads: ReadonlyMap<string, Load>,
		now: number,
	): Assignment;
	/**
	 * Whether the owner of a case that is opened again has it once more: they still belong to the policy, are not away and
	 * have room. The fallback owner always does.
	 */
	keeps(owner: string, facts: CaseFacts, loads: ReadonlyMap<string, Load>, now: number): boolean;
	/** Whether the policy knows this person; who left it loses a case of which something new is heard. */
	has(email: string): boolean;
	/** The local date of a person's calendar, in days since 1970. */
	dayOf(email: string, now: number): number;
	readonly reopenDays: number;
	readonly digestCap: number;
};
