import { sayTime, startOfLocalDate } from '../calendar/localTime';
import { nextOpening } from '../calendar/sendingHours';
import { HOUR_MS } from './caps';
import type { PlannedTouch } from './decideTouches';
import type { Journey } from './definition';
import type { Reason, Touch } from './memory';
import { hold } from './reasons';

/** Why the ledger would not hand out a touch after all: something happened since it was asked. */
export type Refusal = 'caseOpen' | 'capped' | 'paused' | 'yields' | 'ramp';

/** The touch as it is written down then: held, with the reason and the next time it may go. */
export function heldAfterRefusal(
	{ touch, zone }: PlannedTouch,
	why: Refusal,
	journey: Journey,
	now: number,
): Touch {
	const { reason, until } = holdFor(why, zone, journey, now);
	return { ...touch, state: 'held', nextAt: until, changedAt: now, reasons: [reason] };
}

function holdFor(
	why: Refusal,
	zone: string,
	journey: Journey,
	now: number,
): { reason: Reason; until: number } {
	const opening = (at: number): number => nextOpening(at, zone, journey.sendingHours);
	switch (why) {
		case 'caseOpen': {
			const until = now + journey.leaseMinutes * 60_000;
			return { reason: hold.caseOpen(sayTime(until, zone)), until };
		}
		case 'capped': {
			const until = opening(now + journey.capHours * HOUR_MS);
			return { reason: hold.capped(journey.capHours, sayTime(until, zone)), until };
		}
		case 'yields': {
			const until = opening(now + journey.capHours * HOUR_MS);
			return { reason: hold.yields(undefined, sayTime(until, zone)), until };
		}
		case 'paused': {
			const until = startOfLocalDate(now, 1, zone);
			return { reason: hold.pausedMeanwhile(sayTime(until, zone)), until };
		}
		case 'ramp': {
			const until = opening(startOfLocalDate(now, 1, journey.timezone));
			return { reason: hold.ramp(journey.rampPerDay, sayTime(until, zone)), until };
		}
	}
}
