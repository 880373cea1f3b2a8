import { addLocalDays } from '../calendar/localTime';
import { said } from './engagement';
import { HOUR_MS } from './caps';
import type { Candidate, Situation } from './episode';
import type { JourneyEvent } from './memory';
import type { Step } from './step';

/** What a community platform tells (R58): of the account whose person asked, or, of an accepted answer, whose person gave it. */
export const COMMUNITY_EVENTS = ['question_asked', 'question_answered', 'answer_accepted'] as const;
const [ASKED, ANSWERED, ACCEPTED] = COMMUNITY_EVENTS;

/** A question in the community; `id` is the platform's. */
type Question = { id: string; askedAt: number; title: string; url: string };

/** R58: the questions of the account that nobody has answered for so many hours. */
export function dueQuestions(
	step: Step,
	{ hours }: { hours: number },
	{ events, now }: Situation,
): Candidate[] {
	return openQuestions(events, now).flatMap(({ id, askedAt, title, url }) => {
		const dueAt = askedAt + hours * HOUR_MS;
		if (dueAt > now) return [];
		const text = `'${title}', asked in the community, has had no answer for ${String(hours)} hours (R58).`;
		const reason = { code: 'questionUnanswered', question: id, title, url, hours, text };
		return [{ step, topic: id, dueAt, reason }];
	});
}

/** R58: the people of the account whose answers were accepted so often in so many days. */
export function dueSuperUsers(
	step: Step,
	{ answers, days }: { answers: number; days: number },
	{ account, events, zone, now }: Situation,
): Candidate[] {
	const since = addLocalDays(now, -days, zone);
	const counts = new Map<string, number>();
	for (const { type, contact, occurredAt } of events) {
		if (type !== ACCEPTED || contact === undefined || occurredAt < since || occurredAt > now)
			continue;
		counts.set(contact.toLowerCase(), (counts.get(contact.toLowerCase()) ?? 0) + 1);
	}
	return (account.contacts ?? []).flatMap(({ email, name = 'Somebody' }) => {
		const address = email.toLowerCase();
		const count = counts.get(address) ?? 0;
		if (count < answers) return [];
		const text = `${name} has had ${String(count)} answers accepted in the community in ${String(days)} days (R58).`;
		const reason = { code: 'answersAccepted', answers: count, days, text };
		return [{ step, topic: address, person: address, dueAt: now, reason }];
	});
}

/** Not answered by now, the oldest first. */
function openQuestions(events: readonly JourneyEvent[], now: number): Question[] {
	const answered = new Set<string>();
	const asked = new Map<string, Question>();
	for (const { id, type, occurredAt, data } of events) {
		if (occurredAt > now) continue;
		const about = textOf(said(data, 'question'));
		if (type === ANSWERED) answered.add(about);
		if (type !== ASKED || asked.has(about === '' ? id : about)) continue;
		const question = about === '' ? id : about;
		const [title, url] = [textOf(said(data, 'title')), textOf(said(data, 'url'))];
		asked.set(question, { id: question, askedAt: occurredAt, title: title || question, url });
	}
	return [...asked.values()]
		.filter(({ id }) => !answered.has(id))
		.sort((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1));
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
