import { DateTime } from 'luxon';
import { z } from 'zod/v4';

const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'must be a time such as 09:00');

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

/** `at` itself when e-mail may leave then, else the next opening; ms since 1970. */
export function nextOpening(at: number, zone: string, hours: SendingHours): number {
	const local = DateTime.fromMillis(at, { zone });
	for (let ahead = 0; ahead <= 8; ahead++) {
		const day = local.plus({ days: ahead }).startOf('day');
		if (!hours.days.includes(day.weekday)) continue;
		const opens = atClock(day, hours.from);
		const closes = atClock(day, hours.to);
		if (at < opens) return opens;
		if (at < closes) return at;
	}
	// unreachable: eight days hold every weekday, and the schema asks for one
	return at;
}

function atClock(day: DateTime, clock: string): number {
	const [hour = 0, minute = 0] = clock.split(':').map(Number);
	return hour === 24 ? day.plus({ days: 1 }).toMillis() : day.set({ hour, minute }).toMillis();
}
