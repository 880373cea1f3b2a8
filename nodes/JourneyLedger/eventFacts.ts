import { asksForHuman } from '../../engine/journeys/asksForHuman';
import type { JourneyEvent } from '../../engine/journeys/memory';

/** What a recorded event tells the nodes behind; an Escalation Router routes what asks for a human (R64). */
export function eventFacts(event: JourneyEvent): object {
	const { id, type, accountId, occurredAt } = event;
	return {
		id,
		type,
		...(accountId === '' ? {} : { accountId }),
		occurredAt: new Date(occurredAt).toISOString(),
		asksForHuman: asksForHuman(event),
	};
}
