import { ENGAGEMENT_EVENTS, isHuman } from './engagement';
import type { JourneyEvent } from './memory';

const LEFT = 'contact_left';
/** What nobody does for an account they have left. */
const DOES: ReadonlySet<string> = new Set([
	...ENGAGEMENT_EVENTS,
	'human_requested',
	'set_up_step_completed',
]);

/** Addresses of people who left this account, and did nothing there since (P11). They may be reached for another account. */
export function departed(events: readonly JourneyEvent[], now: number): Set<string> {
	const leftAt = new Map<string, number>();
	const activeAt = new Map<string, number>();
	for (const event of events) {
		const { type, contact = '', occurredAt } = event;
		if (contact === '' || occurredAt > now) continue;
		const last = type === LEFT ? leftAt : DOES.has(type) && isHuman(event) ? activeAt : undefined;
		const person = contact.toLowerCase();
		last?.set(person, Math.max(occurredAt, last.get(person) ?? occurredAt));
	}
	return new Set(
		[...leftAt].flatMap(([person, at]) => ((activeAt.get(person) ?? -Infinity) > at ? [] : person)),
	);
}
