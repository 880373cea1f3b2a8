import type { Cap, Claim } from '../../ledger/ledger';
import type { Enrollment, JourneyEvent, Touch } from '../../engine/journeys/memory';

/** Rows with every field filled in, so that a test names only what it is about. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, 09:00 UTC. */
export const T0 = Date.UTC(2026, 2, 2, 9);
export const LEASE = 15 * MINUTE;
export const JOURNEY = 'onboarding';
/** Accounts that several processes fight over: more than one transaction's worth. */
export const RACE_SIZE = 3000;

export function eventOf(id: string, over: Partial<JourneyEvent> = {}): JourneyEvent {
	return { id, accountId: 'acme', type: 'customer_created', occurredAt: T0, ...over };
}

export function enrollmentOf(accountId: string, over: Partial<Enrollment> = {}): Enrollment {
	return {
		journey: JOURNEY,
		dry: false,
		accountId,
		cycle: 1,
		anchorAt: T0,
		enrolledAt: T0,
		state: 'active',
		version: '1',
		...over,
	};
}

/** A touch as the engine decides it, before anybody claims it. Each key has an address of its own unless told. */
export function touchOf(key: string, over: Partial<Touch> = {}): Touch {
	return {
		key,
		journey: JOURNEY,
		dry: false,
		accountId: 'acme',
		cycle: 1,
		stepId: 'welcome',
		topic: '',
		channel: 'email',
		kind: 'service',
		priority: 3,
		address: `${key}@example.com`,
		state: 'held',
		dueAt: T0,
		attempts: 0,
		changedAt: T0,
		reasons: [{ code: 'due', text: 'The step is due' }],
		...over,
	};
}

export function claimOf(touch: Touch, over: Partial<Omit<Claim, 'touch'>> = {}): Claim {
	return { touch, leaseMs: LEASE, maxAttempts: 3, caps: [], ...over };
}

/** P04: no automated e-mail in the 24 hours before `at`. */
export function dayCap(at: number): Cap[] {
	return [{ since: at - DAY + 1, counts: 'any' }];
}

export function numbered(count: number, prefix = 'n'): string[] {
	return Array.from({ length: count }, (_nothing, index) => `${prefix}${String(index)}`);
}

export function trues(answers: readonly boolean[]): number {
	return answers.filter(Boolean).length;
}
