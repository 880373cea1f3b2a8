import type { JourneyEvent } from '../journeys/memory';
import { TIER_EVENTS } from '../tiers/elevation';
import { currentReasons, type Case, type CaseReason } from './case';

const [ELEVATED, RETURNED] = TIER_EVENTS;

/** Whether a reason elevates its account to a person: an escalation for health, whose code begins with `health` (P35). */
export function isForHealth({ kind, code }: Pick<CaseReason, 'kind' | 'code'>): boolean {
	return kind === 'escalation' && code.startsWith('health');
}

/**
 * Tier Gate's word that a person has the account (P35): once for each time its case is opened, when the first escalation
 * for health is in it.
 * @param before undefined where the case is opened
 */
export function elevation(before: Case | undefined, after: Case, now: number): JourneyEvent[] {
	const { no, reopened, accountId } = after;
	const wasForHealth = before !== undefined && currentReasons(before).some(isForHealth);
	if (wasForHealth || !currentReasons(after).some(isForHealth)) return [];
	return [{ id: `case/${no}/${reopened}`, accountId, type: ELEVATED, occurredAt: now }];
}

/** Tier Gate's word that it went back (R17, P35). */
export function returned({ no, reopened, accountId }: Case, by: string, now: number): JourneyEvent {
	const id = `case/${no}/returned/${reopened}`;
	return { id, accountId, type: RETURNED, occurredAt: now, data: { no, by } };
}
