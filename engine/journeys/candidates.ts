import { localDaysPassed, startOfLocalDate } from '../calendar/localTime';
import { dueTouch, type Candidate } from './dueSteps';
import { HANDED_OVER, isForHumans, isPending, keyOf, type Episode, type History } from './episode';
import type { Reason, Touch } from './memory';
import { lapse } from './reasons';

/**
 * Due steps that nothing settles yet, hand-overs to humans first; superseded ones and those whose time is over are
 * written off. `handled` gets the key of every step that is due.
 */
export function dueCandidates(
	episode: Episode,
	history: History,
	handled: Set<string>,
	write: (candidate: Candidate, reason: Reason) => void,
): Candidate[] {
	const { journey, enrollment, progress, zone, now } = episode;
	const touches = episode.touches.filter((touch) => touch.cycle === enrollment.cycle);
	const situation = { enrollment, progress, touches, zone, now };
	const due: Candidate[] = [];
	for (const step of journey.steps) {
		if (episode.helpOnly && step.when.type !== 'helpWanted') continue;
		const candidate = dueTouch(step, situation);
		if (candidate === undefined || history.inherited(candidate)) continue;
		const key = keyOf(episode, candidate, history);
		handled.add(key);
		const before = history.byKey.get(key);
		if (before !== undefined && !isPending(before, now)) continue;
		const over = whyOver(candidate, before, episode);
		if (over === undefined) due.push(candidate);
		else write(candidate, over);
	}
	// P26: of the dated e-mails of the sequence that are due together only the latest goes
	const sequence = due.filter(
		({ step }) => step.channel === 'email' && step.when.type === 'daysAfterStart',
	);
	const latest = sequence.reduce<Candidate | undefined>(
		(a, b) => (a === undefined || b.dueAt >= a.dueAt ? b : a),
		undefined,
	);
	const kept = due.filter((candidate) => {
		if (latest === undefined || candidate === latest || !sequence.includes(candidate)) return true;
		write(candidate, lapse.superseded(latest.step.name));
		return false;
	});
	// a hand-over that is due now silences the messages that are due now (P05, P06)
	const humanFirst = (candidate: Candidate): number => (candidate.step.channel === 'human' ? 0 : 1);
	return kept.sort((a, b) => humanFirst(a) - humanFirst(b));
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
	if (progress.firstValueAt !== undefined && !aboutGoal) return lapse.goalReached();
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
