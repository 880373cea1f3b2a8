import { localDaysPassed, startOfLocalDate } from '../calendar/localTime';
import { HOUR_MS } from './caps';
import { dateOf } from './dateField';
import { endsAtFirstValue } from './definition';
import { dueTouches } from './dueSteps';
import {
	HANDED_OVER,
	isForHumans,
	isSettled,
	mayHaveArrived,
	type Candidate,
	type Episode,
	type Situation,
} from './episode';
import { keyOf, type History } from './history';
import type { Reason, Touch } from './memory';
import { isStandingTicket } from './progress';
import { triggersOnHealth, wasTold } from './massTrigger';
import { lapse } from './reasons';
import type { Pen } from './settle';
import { DATED } from './when';

/**
 * Due steps that nothing settles yet, hand-overs to humans first; superseded ones and those whose time is over are
 * written off. `handled` gets the key of every step that is due.
 */
export function dueCandidates(
	episode: Episode,
	history: History,
	handled: Set<string>,
	write: Pen['write'],
): Candidate[] {
	const { journey, now } = episode;
	const situation: Situation = { ...episode, touches: episode.mine, allTouches: episode.touches };
	const due: Candidate[] = [];
	const steps = episode.helpOnly
		? journey.steps.filter(({ when }) => when.type === 'helpWanted')
		: journey.steps;
	for (const candidate of steps.flatMap((step) => dueTouches(step, situation))) {
		if (history.inherited(candidate)) continue;
		const key = keyOf(episode, candidate, history);
		handled.add(key);
		// what goes to somebody else now stays for whom it was
		for (const open of history.open(candidate)) if (mayHaveArrived(open)) handled.add(open.key);
		const before = history.byKey.get(key);
		if (isSettled(before, candidate, now)) continue;
		const over = whyOver(candidate, before, episode);
		if (over !== undefined) write(candidate, over);
		else if (heldAlready(candidate, before, episode)) write(candidate, lapse.listed());
		else if (episode.massHold !== undefined && triggersOnHealth(candidate.step) && !wasTold(before))
			write(candidate, episode.massHold, { until: now + HOUR_MS, address: '' });
		else due.push(candidate);
	}
	const kept = due.filter((candidate) => {
		const by = latestOf(due, candidate);
		if (by === undefined) return true;
		write(candidate, lapse.superseded(by.step.name));
		return false;
	});
	// a hand-over that is due now silences the messages that are due now (P05, P06)
	const humanFirst = (candidate: Candidate): number => (candidate.step.channel === 'human' ? 0 : 1);
	return kept.sort((a, b) => humanFirst(a) - humanFirst(b));
}

/** P09: what held before the journey first ran is for triage. Dated messages enter at the latest step due instead. */
function heldAlready(
	{ step: { when, channel }, dueAt, topic }: Candidate,
	before: Touch | undefined,
	{ goingLive, helpOnly, zone, now }: Episode,
): boolean {
	if (!goingLive || wasTold(before)) return false;
	if (STATES.has(when.type)) return true;
	// whoever comes in is not written to beside it: that one reaches a human (P18)
	if (helpOnly && isStandingTicket(topic)) return true;
	return (
		when.type === 'daysAfterDate' &&
		isForHumans({ channel }) &&
		dueAt < startOfLocalDate(now, 0, zone)
	);
}

/** What may have held for long when it is first seen. */
const STATES: ReadonlySet<string> = new Set([
	'conditionsMet',
	'questionUnanswered',
	'answersAccepted',
]);

/**
 * P26: of the dated messages that are due together only the latest goes, whatever the channel; on the same date one per
 * channel, because those belong together. Undefined for what goes and for all that is no dated message.
 */
function latestOf(due: readonly Candidate[], one: Candidate): Candidate | undefined {
	if (!isDatedMessage(one)) return undefined;
	const messages = due.filter(isDatedMessage);
	const latest = messages.reduce((a, b) => (b.dueAt >= a.dueAt ? b : a));
	const beside = messages
		.filter(({ step, dueAt }) => step.channel === one.step.channel && dueAt === latest.dueAt)
		.at(-1);
	return beside?.step === one.step ? undefined : (beside ?? latest);
}

function isDatedMessage({ step: { when, channel } }: Candidate): boolean {
	return DATED.has(when.type) && (channel === 'email' || channel === 'inApp');
}

/** Why a due touch will never go; undefined when it may. */
export function whyOver(
	{ step, dueAt }: Candidate,
	before: Touch | undefined,
	episode: Episode,
): Reason | undefined {
	const { progress, zone, now } = episode;
	const aboutGoal =
		step.when.type === 'firstValue' ||
		step.when.type === 'helpWanted' ||
		step.when.type === 'unreachable';
	if (progress.firstValueAt !== undefined && !aboutGoal && endsAtFirstValue(episode.journey))
		return lapse.goalReached();
	if (step.when.type === 'daysBeforeDate' && !isForHumans(step)) {
		const date = dateOf(episode.account, step.when.field, zone);
		if (date !== undefined && now >= startOfLocalDate(date, 1, zone))
			return lapse.datePassed(step.when.field);
	}
	if (step.onlyWhile === 'setUpUnfinished' && progress.finished) return lapse.setUpFinished();
	if (step.onlyWhile === 'setUpFinished' && !progress.finished) return lapse.setUpUnfinished();
	if (!episode.meetsConditions(step)) return lapse.conditionsNotMet();
	if (before !== undefined && before.attempts >= step.attempts && !isForHumans(step))
		return lapse.attemptsUsedUp(before.attempts);
	if (step.staleAfterDays > 0 && localDaysPassed(dueAt, step.staleAfterDays, zone, now))
		return lapse.stale(step.staleAfterDays);
	if (step.apartDays > 0) {
		const recent = episode.touches.some(
			(touch) =>
				touch.stepId === step.id &&
				touch.cycle !== episode.enrollment.cycle &&
				HANDED_OVER.has(touch.state) &&
				now < startOfLocalDate(touch.changedAt, step.apartDays, zone),
		);
		if (recent) return lapse.tooSoonAgain(step.apartDays);
	}
	return undefined;
}
