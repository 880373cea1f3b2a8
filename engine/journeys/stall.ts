import { addLocalDays, localDaysPassed, startOfLocalDate } from '../calendar/localTime';
import { HANDED_OVER, type Candidate, type Situation } from './episode';
import type { Enrollment } from './memory';
import type { Progress } from './progress';
import type { Step } from './step';
import type { When } from './when';

/** Since when no set-up step was completed, in ms since 1970 (P15). */
export function restingSince({ anchorAt }: Enrollment, { lastCompletionAt }: Progress): number {
	return Math.max(anchorAt, lastCompletionAt ?? anchorAt);
}

/** P15: n days since day 0, the last completed step, or the last nudge; each open step is named once. */
export function dueNudge(
	step: Step,
	when: Extract<When, { type: 'setUpStalled' }>,
	{ enrollment, progress, touches, zone, now }: Situation,
): Candidate | undefined {
	const [first] = progress.open;
	if (first === undefined || progress.firstValueAt !== undefined) return undefined;
	// 'from day 14 on' and 'days apart' are windows in days: they roll by local dates
	if (now >= startOfLocalDate(enrollment.anchorAt, when.untilDay, zone)) return undefined;
	const since = restingSince(enrollment, progress);
	if (!localDaysPassed(since, when.days, zone, now)) return undefined;
	let dueAt = addLocalDays(since, when.days, zone);
	const others = touches.filter(
		({ stepId, state, topic }) =>
			stepId === step.id && topic !== first.step && HANDED_OVER.has(state),
	);
	if (others.length >= when.atMost) return undefined;
	for (const nudge of others)
		dueAt = Math.max(dueAt, startOfLocalDate(nudge.changedAt, when.gapDays, zone));
	if (dueAt > now) return undefined;
	return {
		step,
		topic: first.step,
		dueAt,
		reason: {
			code: 'setUpStalled',
			step: first.step,
			days: when.days,
			text: `No set-up step was completed for ${String(when.days)} days; the first open one is '${first.title}' (P15).`,
		},
	};
}
