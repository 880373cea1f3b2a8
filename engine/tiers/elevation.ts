import type { TouchState } from '../journeys/memory';

/**
 * What is remembered of elevations (P35), as events: that a person got an account, for as long as retention may have
 * forgotten the hand-over itself; and that the account went back, so that the old escalation never elevates again.
 */
export const TIER_EVENTS = ['tier_elevated', 'tier_returned'] as const;
const [ELEVATED, RETURNED] = TIER_EVENTS;

/** An account that a health journey gave to a person, or is about to. Times are ms since 1970. */
export type HandOver = { accountId: string; key: string; state: TouchState; at: number };
/** `case_resolved` or one of `TIER_EVENTS`. */
export type TierEvent = { accountId: string; type: string; id: string; occurredAt: number };

/** What the ledger knows of accounts that were ever escalated; `survivorOf`: merged record → who survived (P32). */
export type EscalationMemory = {
	handOvers: readonly HandOver[];
	events: readonly TierEvent[];
	survivorOf: ReadonlyMap<string, string>;
};

/** What keeps an account with a person, or kept it there; ms since 1970. */
export type Standing =
	| { state: 'elevated'; since: number; last: { key: string; at: number }; caseResolved: boolean }
	| { state: 'returned'; at: number };

/**
 * How each account that was ever escalated stands at `now`, by the id that survived all merges. An escalation is over once
 * the account returned after it; only one that is newer than the last return elevates.
 */
export function foldStandings(memory: EscalationMemory, now: number): Map<string, Standing> {
	const stories = new Map<string, Story>();
	const storyOf = (accountId: string): Story => {
		const id = memory.survivorOf.get(accountId) ?? accountId;
		const known = stories.get(id);
		if (known !== undefined) return known;
		const story: Story = { escalations: [], returnedAt: -Infinity, resolvedAt: -Infinity };
		stories.set(id, story);
		return story;
	};
	for (const { accountId, key, at } of memory.handOvers) {
		if (at <= now) storyOf(accountId).escalations.push({ key, at });
	}
	for (const { accountId, type, id, occurredAt } of memory.events) {
		if (occurredAt > now) continue;
		const story = storyOf(accountId);
		if (type === ELEVATED) story.escalations.push({ key: id, at: occurredAt });
		else if (type === RETURNED) story.returnedAt = Math.max(story.returnedAt, occurredAt);
		else story.resolvedAt = Math.max(story.resolvedAt, occurredAt);
	}
	const standings = new Map<string, Standing>();
	for (const [id, story] of stories) {
		const standing = standingOf(story);
		if (standing !== undefined) standings.set(id, standing);
	}
	return standings;
}

type Escalation = { key: string; at: number };
type Story = { escalations: Escalation[]; returnedAt: number; resolvedAt: number };

function standingOf({ escalations, returnedAt, resolvedAt }: Story): Standing | undefined {
	let since = Infinity;
	let last: Escalation | undefined;
	for (const one of escalations) {
		if (one.at <= returnedAt) continue;
		since = Math.min(since, one.at);
		if (last === undefined || one.at > last.at || (one.at === last.at && one.key > last.key))
			last = one;
	}
	if (last !== undefined)
		return { state: 'elevated', since, last, caseResolved: resolvedAt >= last.at };
	return returnedAt === -Infinity ? undefined : { state: 'returned', at: returnedAt };
}

/** When an elevated account may go back (R17, P35). */
export type ReturnTerms = {
	/** Days in a row with a score good enough, as Health Score counts them (`health.steadyDays`). */
	stableDays: number;
	/** What today's score must be at least. */
	stableScore: number;
};

/** `steadyDays` counts as 0 where nobody tells it. */
export type HealthNow = { score: unknown; steadyDays: unknown };

/** Whether an elevated account goes back now: its case is resolved, and it has been well long enough. */
export function isReturning(
	standing: Standing,
	{ score, steadyDays }: HealthNow,
	{ stableDays, stableScore }: ReturnTerms,
): boolean {
	return (
		standing.state === 'elevated' &&
		standing.caseResolved &&
		daysOf(steadyDays) >= stableDays &&
		typeof score === 'number' &&
		score >= stableScore
	);
}

export function daysOf(steadyDays: unknown): number {
	return typeof steadyDays === 'number' && steadyDays > 0 ? Math.floor(steadyDays) : 0;
}

/**
 * What is to be remembered of hand-overs that a person really got, under ids that make remembering twice harmless. One
 * that is still on its way elevates only as long as it stands.
 */
export function elevationsToNote(memory: EscalationMemory): TierEvent[] {
	const noted = new Set(memory.events.filter(({ type }) => type === ELEVATED).map(({ id }) => id));
	return memory.handOvers
		.filter(({ key, state }) => state === 'sent' && !noted.has(key))
		.map(({ accountId, key, at }) => ({ accountId, type: ELEVATED, id: key, occurredAt: at }));
}

/** That an account goes back now. Two executions at once write it under one id, so it happens once. */
export function returnToNote(
	accountId: string,
	{ last }: Extract<Standing, { state: 'elevated' }>,
	now: number,
): TierEvent {
	return { accountId, type: RETURNED, id: `${last.key}/${String(last.at)}`, occurredAt: now };
}
