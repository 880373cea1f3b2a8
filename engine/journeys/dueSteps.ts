import {
	addLocalDays,
	addLocalMonths,
	localDaysBetween,
	localDaysPassed,
	startOfDateBefore,
	startOfLocalDate,
} from '../calendar/localTime';
import { dueQuestions, dueSuperUsers } from './community';
import { dateOf } from './dateField';
import { HANDED_OVER, isPending, isRefused, type Candidate, type Situation } from './episode';
import { said } from './engagement';
import { dueHelp } from './helpWanted';
import type { JourneyEvent, Touch } from './memory';
import { dueNudge } from './stall';
import type { Step } from './step';

const MINUTE_MS = 60_000;

/** The touches of `step` that are due by `now`: one at most, but of what concerns several questions or people. */
export function dueTouches(step: Step, situation: Situation): Candidate[] {
	const { when } = step;
	if (when.type === 'questionUnanswered') return dueQuestions(step, when, situation);
	if (when.type === 'answersAccepted') return dueSuperUsers(step, when, situation);
	const candidate = dueTouch(step, situation);
	return candidate === undefined ? [] : [candidate];
}

function dueTouch(step: Step, situation: Situation): Candidate | undefined {
	const { account, enrollment, progress, engagement, zone, now } = situation;
	const { when } = step;
	switch (when.type) {
		case 'daysAfterStart': {
			if (!localDaysPassed(enrollment.anchorAt, when.days, zone, now)) return undefined;
			const day = localDaysBetween(enrollment.anchorAt, now, zone);
			return {
				step,
				topic: '',
				dueAt: addLocalDays(enrollment.anchorAt, when.days, zone),
				reason: {
					code: 'daysAfterStart',
					days: when.days,
					day,
					text: `Due on day ${String(when.days)}; today is day ${String(day)}.`,
				},
			};
		}
		case 'daysAfterStep': {
			const at = minuteOf(sentAt(when.step, situation));
			return after(step, at, when.days, situation, 'daysAfterStep', `'${when.step}' was sent`);
		}
		case 'daysAfterFirstMessage': {
			const at = minuteOf(engagement.firstMessageAt);
			const what = 'The first message was sent';
			return after(step, at, when.days, situation, 'daysAfterFirstMessage', what);
		}
		case 'daysBeforeDate':
			return beforeDate(step, when, situation);
		case 'daysAfterDate': {
			const date = dateOf(account, when.field, zone);
			const at = date === undefined ? undefined : addLocalMonths(date, when.months, zone);
			const later = when.months === 0 ? '' : `, ${String(when.months)} months later,`;
			const what = `The date in '${when.field}'${later} ${when.days === 0 ? 'has come' : 'was'}`;
			return after(step, at, when.days, situation, 'daysAfterDate', what);
		}
		case 'everyDays':
			return repeated(step, when.days, situation);
		case 'conditionsMet':
			if (!situation.meetsConditions(step)) return undefined;
			return {
				step,
				topic: '',
				dueAt: now,
				reason: { code: 'conditionsMet', text: "The account meets the step's conditions." },
			};
		case 'noEngagement': {
			const { firstMessageAt, lastAt, state } = engagement;
			if (state === 'unknown' || firstMessageAt === undefined) return undefined;
			const since = minuteOf(Math.max(firstMessageAt, lastAt ?? firstMessageAt));
			const what = 'Nobody has clicked, replied or booked since';
			return after(step, since, when.days, situation, 'noEngagement', what);
		}
		case 'setUpStalled':
			return dueNudge(step, when, situation);
		case 'setUpFinished': {
			const at = progress.finishedAt;
			return after(step, at, when.days, situation, 'setUpFinishedOn', 'Set-up was finished');
		}
		case 'firstValue': {
			const at = progress.firstValueAt;
			return after(step, at, when.days, situation, 'firstValue', 'First value was reached');
		}
		case 'helpWanted':
			return dueHelp(step, situation);
		case 'questionUnanswered':
		case 'answersAccepted':
			return undefined;
		case 'unreachable':
			// decided last, when it is known whom the other steps could not reach
			return undefined;
	}
}

function after(
	step: Step,
	at: number | undefined,
	days: number,
	{ zone, now }: Pick<Situation, 'zone' | 'now'>,
	code: string,
	what: string,
): Candidate | undefined {
	if (at === undefined || !localDaysPassed(at, days, zone, now)) return undefined;
	const text = days === 0 ? `${what}.` : `${what} ${String(days)} days ago.`;
	return { step, topic: '', dueAt: addLocalDays(at, days, zone), reason: { code, days, text } };
}

/**
 * P01 counts in times of the clock, and those have minutes: what left a second after its sweep began is n days old when the
 * sweep of n days later begins. An hour later another journey might have the slot (P05).
 */
function minuteOf<At extends number | undefined>(at: At): number | At {
	return at === undefined ? at : Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** P01: from the start of that local day; the date may move, what is not sent moves with it (P27). */
function beforeDate(
	step: Step,
	{ field, days, months }: { field: string; days: number; months: number },
	{ account, zone, now }: Situation,
): Candidate | undefined {
	const date = dateOf(account, field, zone);
	if (date === undefined) return undefined;
	const dueAt = startOfDateBefore(date, { months, days }, zone);
	if (dueAt > now) return undefined;
	const left = localDaysBetween(now, date, zone);
	const before = [
		...(months > 0 ? [`${String(months)} months`] : []),
		...(days > 0 || months === 0 ? [`${String(days)} days`] : []),
	].join(' and ');
	const text = `Due ${before} before the date in '${field}'; ${String(Math.max(0, left))} days are left.`;
	const values = { field, ...(months > 0 ? { months } : {}), days, left };
	return { step, topic: '', dueAt, reason: { code: 'daysBeforeDate', ...values, text } };
}

/** The nth of a row, n local dates after the last that went and did not bounce, or lapsed (P24); not due while its conditions do not hold. */
function repeated(step: Step, days: number, situation: Situation): Candidate | undefined {
	const { enrollment, touches, allTouches, zone, now } = situation;
	const past = touches.filter((touch) => touch.stepId === step.id && isOver(touch, now));
	// whoever comes in again is not written to more often for it
	const earlier = allTouches.filter(
		({ stepId, cycle, state }) =>
			stepId === step.id && cycle !== enrollment.cycle && HANDED_OVER.has(state),
	);
	const bounced = bouncesIn(situation.events);
	const dueAt = [...past, ...earlier]
		.filter((touch) => !bounced(touch))
		.reduce(
			(latest, { changedAt }) => Math.max(latest, startOfLocalDate(changedAt, days, zone)),
			enrollment.anchorAt,
		);
	if (dueAt > now || !situation.meetsConditions(step)) return undefined;
	const nth = 1 + new Set(past.map(({ topic }) => topic)).size;
	const text = `Due every ${String(days)} days; this is the ${String(nth)}. of them.`;
	return { step, topic: String(nth), dueAt, reason: { code: 'everyDays', days, nth, text } };
}

/** Whether a mail that had left was refused: the one that a bounce names; of a bounce that names none, all there before it. */
function bouncesIn(events: readonly JourneyEvent[]): (touch: Touch) => boolean {
	const touches = new Set<unknown>();
	const addresses = new Map<string, number>();
	for (const { type, contact, touch, data, occurredAt } of events) {
		if (type !== 'bounced' || said(data, 'hard') === false) continue;
		const named = touch ?? said(data, 'touch');
		if (named !== undefined) touches.add(named);
		else if (contact !== undefined) {
			const address = contact.toLowerCase();
			addresses.set(address, Math.max(addresses.get(address) ?? 0, occurredAt));
		}
	}
	return ({ key, address, changedAt }) =>
		touches.has(key) || changedAt <= (addresses.get(address) ?? 0);
}

/** What an address refused goes to the next person as the same one (P11). */
function isOver(touch: Touch, now: number): boolean {
	const failed = touch.state === 'failed' && touch.nextAt !== undefined;
	return !failed && !isPending(touch, now) && !isRefused(touch);
}

/** When the step was sent in this episode: the first of its touches, whichever. */
function sentAt(stepId: string, { touches }: Situation): number | undefined {
	const times = touches
		.filter((touch) => touch.stepId === stepId && (touch.state === 'sent' || touch.state === 'dry'))
		.map(({ changedAt }) => changedAt);
	return times.length === 0 ? undefined : Math.min(...times);
}
