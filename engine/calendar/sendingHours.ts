import { z } from 'zod/v4';
import { DAY_MS, fromWallClock, offsetAt, wallClock } from './zone';

const clockTime = z
	.string()
	.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00');

/** When automated e-mail may leave, in the recipient's zone: ISO weekdays (1 Monday – 7 Sunday), `from` included, `to` excluded. */
export const sendingHoursSchema = z
	.object({
		days: z.array(z.int().min(1).max(7)).min(1, 'needs at least one weekday'),
		from: clockTime,
		to: clockTime,
	})
	.refine((hours) => hours.from < hours.to, 'must open before it closes');

export type SendingHours = z.infer<typeof sendingHoursSchema>;

/** P02. */
export const DEFAULT_SENDING_HOURS: SendingHours = {
	days: [1, 2, 3, 4, 5],
	from: '09:00',
	to: '17:00',
};

const MINUTE_MS = 60_000;

/** `at` itself when e-mail may leave then, else the next opening; ms since 1970. */
export function nextOpening(at: number, zone: string, hours: SendingHours): number {
	const offset = offsetAt(at, zone);
	const today = Math.floor((at + offset) / DAY_MS);
	const opensAfter = minutesOf(hours.from) * MINUTE_MS;
	const closesAfter = minutesOf(hours.to) * MINUTE_MS;
	// eight days hold every weekday; one more, because a zone may skip a date
	for (let date = today; date <= today + 8; date++) {
		if (!hours.days.includes(weekdayOf(date))) continue;
		const opens = fromWallClock(date * DAY_MS + opensAfter, zone, offset);
		const skipped = Math.floor(wallClock(opens, zone) / DAY_MS) !== date;
		if (skipped) continue;
		if (at < opens) return opens;
		if (at < fromWallClock(date * DAY_MS + closesAfter, zone, offset)) return at;
	}
	// unreachable: the schema asks for a weekday
	return at;
}

/** ISO weekday of a day counted from 1970-01-01, a Thursday. */
function weekdayOf(date: number): number {
	return ((((date + 3) % 7) + 7) % 7) + 1;
}

function minutesOf(clock: string): number {
	const [hour = 0, minute = 0] = clock.split(':').map(Number);
	return hour * 60 + minute;
}
