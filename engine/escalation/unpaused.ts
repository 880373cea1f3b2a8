import type { JourneyEvent } from '../journeys/memory';
import type { Case } from './case';
import { caseEvent, caseKey } from './caseEvents';
import { isPaused } from './nextStep';

/** The case with its clocks running again from `now`, where they stood still. */
export function unpaused(one: Case, now: number): Case {
	const last = one.pauses.at(-1);
	if (last === undefined || last.to !== undefined) return one;
	return {
		...one,
		pauses: [...one.pauses.slice(0, -1), { from: last.from, to: Math.max(last.from, now) }],
	};
}

/** For the timeline, where the customer's own word ended the wait for them. */
export function resumed(before: Case, after: Case, now: number): JourneyEvent[] {
	if (!isPaused(before) || isPaused(after)) return [];
	const id = caseKey(before, `resumed/${after.pauses.length}`);
	return [caseEvent('case_resumed', after, { id }, now)];
}
