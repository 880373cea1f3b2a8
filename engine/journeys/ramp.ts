import { startOfLocalDate } from '../calendar/localTime';
import type { Journey } from './definition';

/**
 * The ramp of a go-live (P09): at most so many messages to customers on one local date of the programme's zone;
 * undefined where there is none, or it is over.
 */
export function rampOf(
	{ rampPerDay, rampDays, timezone }: Journey,
	startedAt: number,
	now: number,
): { since: number; atMost: number } | undefined {
	if (rampPerDay === 0 || now >= startOfLocalDate(startedAt, rampDays, timezone)) return undefined;
	return { since: startOfLocalDate(now, 0, timezone), atMost: rampPerDay };
}
