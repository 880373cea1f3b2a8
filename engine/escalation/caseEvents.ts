import type { JourneyEvent } from '../journeys/memory';
import type { Case, CaseReason } from './case';
import { compileSla } from './sla';
import { elapsedSince } from './target';

/** What is written of a case into the timeline of its account. */
export const CASE_EVENTS = [
	'case_opened',
	'case_joined',
	'case_raised',
	'case_reopened',
	'case_reassigned',
	'case_merged',
	'case_acknowledged',
	'case_touched',
	'case_paused',
	'case_resumed',
	'case_told',
	'case_resolved',
] as const;
export type CaseEventType = (typeof CASE_EVENTS)[number];

/** How long something took, without pauses: by the clock on the wall and in business time, in whole minutes. */
export type ElapsedMinutes = { readonly realMinutes: number; readonly businessMinutes: number };

/**
 * A key within the case, and within its present opening: what is told once more after it was opened again is something
 * new. `reopened` is the key of the opening itself.
 */
export function caseKey({ no, reopened }: Pick<Case, 'no' | 'reopened'>, what: string): string {
	const opening = reopened === 0 ? `case/${no}` : `case/${no}/reopened/${reopened}`;
	return what === 'reopened' ? opening : `${opening}/${what}`;
}

/**
 * An event of a case as it is after it. It says nothing of what the customer said.
 * @param id unique in the ledger, or the same when the same is written twice
 */
export function caseEvent(
	type: CaseEventType,
	one: Case,
	{ id, data }: { id: string; data?: Record<string, unknown> },
	now: number,
): JourneyEvent {
	const { no, kind, priority, accountId } = one;
	return { id, accountId, type, occurredAt: now, data: { no, kind, priority, ...data } };
}

/** Each code once, as they came. */
export function codesOf(reasons: readonly CaseReason[]): string[] {
	return [...new Set(reasons.map(({ code }) => code))];
}

/** @param start of the clock it answers, ms since 1970 */
export function elapsedMinutes(one: Case, start: number, now: number): ElapsedMinutes {
	const { real, business } = elapsedSince(start, now, compileSla(one.sla).time, one.pauses);
	return { realMinutes: minutes(real), businessMinutes: minutes(business) };
}

function minutes(ms: number): number {
	return Math.floor(ms / 60_000);
}
