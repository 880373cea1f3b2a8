import { z } from 'zod/v4';
import { addLocalDays, sayTime } from '../calendar/localTime';
import type { JourneyEvent, Reason } from '../journeys/memory';
import { staleness, type FreshnessSettings } from './freshness';

/** A mail of a journey was sent to customers on a day: recorded once for each mail and day, under no account. */
export const MAIL_IN_USE = 'mail_in_use';

const mailSchema = z.object({
	/** Of the node that sends it, within its workflow. */
	mail: z.string().min(1),
	name: z.string().default(''),
	workflow: z.string().default(''),
	reviewedAt: z.string().optional(),
	productVersion: z.string().optional(),
	owner: z.string().optional(),
});
export type MailInUse = z.infer<typeof mailSchema>;

/** A mail that customers got lately, and why somebody has to look at it; none where it is in order. */
export type ReviewedMail = MailInUse & { lastSentAt: number; reasons: Reason[] };

/** The event that says so; `day` is the local date, so that a mail is written down once a day. */
export function mailInUse(mail: MailInUse, day: string, now: number): JourneyEvent {
	const id = `${mail.mail}/${day}`;
	return { id, accountId: '', type: MAIL_IN_USE, occurredAt: now, data: { ...mail } };
}

/** The mails that were sent in the last days, by workflow and name, each as it was sent last, with what is wrong (R79). */
export function reviewMails(
	events: readonly JourneyEvent[],
	{ sentWithinDays, ...freshness }: FreshnessSettings & { sentWithinDays: number },
): ReviewedMail[] {
	const { now, zone } = freshness;
	const since = addLocalDays(now, -sentWithinDays, zone);
	const latest = new Map<string, { mail: MailInUse; at: number }>();
	for (const { type, occurredAt: at, data } of events) {
		if (type !== MAIL_IN_USE || at < since || at > now) continue;
		const mail = mailSchema.safeParse(data);
		if (mail.success && at >= (latest.get(mail.data.mail)?.at ?? 0))
			latest.set(mail.data.mail, { mail: mail.data, at });
	}
	return [...latest.values()]
		.map(({ mail, at }) => ({ ...mail, lastSentAt: at, reasons: staleness(mail, freshness) }))
		.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** `Mail: welcome, last sent Mon 2026-03-02 10:00`, for a list. */
export function sayMail({ name, mail, lastSentAt }: ReviewedMail, zone: string): string {
	return `${name === '' ? mail : name}, last sent ${sayTime(lastSentAt, zone)}`;
}

const nameOf = ({ workflow, name, mail }: MailInUse): string => `${workflow}/${name}/${mail}`;
