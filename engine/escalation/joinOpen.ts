import type { JourneyEvent } from '../journeys/memory';
import type { Case } from './case';
import { caseEvent, caseKey, codesOf } from './caseEvents';
import { familiesOf, newReasons } from './families';
import { withRaised } from './foldFamily';
import { joinReasons } from './joinReasons';
import type { Call, CaseChanges, CaseMemory } from './memory';
import { rescheduled } from './schedule';
import { resumed } from './unpaused';

/**
 * What asked for a human and found one at work: it joins the open case of its account (P08). What weighs more than all
 * before is told by the next look at deadlines. An account without a case is left alone.
 */
export function joinOpen(memory: CaseMemory, calls: readonly Call[], now: number): CaseChanges {
	const cases: Case[] = [];
	const events: JourneyEvent[] = [];
	for (const family of familiesOf(memory, calls)) {
		const [oldest] = family.open;
		const fresh = newReasons(family).flat();
		if (oldest === undefined || fresh.length === 0) continue;
		const { case: after, raising } = joinReasons(oldest, fresh, now);
		const joined = rescheduled(raising.size > 0 ? withRaised(after) : after, now);
		cases.push(joined);
		events.push(...resumed(oldest, joined, now));
		const id = caseKey(joined, `joined/${String(joined.reasons.length)}`);
		events.push(caseEvent('case_joined', joined, { id, data: { codes: codesOf(fresh) } }, now));
	}
	return { cases, days: [], notices: [], events };
}
