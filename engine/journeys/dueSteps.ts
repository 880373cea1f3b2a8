import {
	addLocalDays,
	localDaysBetween,
	localDaysPassed,
	startOfLocalDate,
} from '../calendar/localTime';
import type { Step } from './definition';
import { HANDED_OVER, isPending, isRefused } from './episode';
import type { Enrollment, Reason, Touch } from './memory';
import type { Progress } from './progress';

/** A step that is due, or about to be, for one account. */
export type Candidate = { step: Step; topic: string; dueAt: number; reason: Reason };

export type Situation = {
	enrollment: Enrollment;
	progress: Progress;
	/** Touches of this cycle. */
	touches: readonly Touch[];
	zone: string;
	now: number;
};

/** The touch of `step` that is due by `now`, or undefined. */
export function dueTouch(step: Step, situation: Situation): Candidate | undefined {
	const { enrollment, progress, zone, now } = situation;
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
		case 'setUpStalled':
			return stalled(step, when, situation);
		case 'setUpFinished':
			return after(
				step,
				progress.finishedAt,
				when.days,
				situation,
				'setUpFinishedOn',
				'Set-up was finished',
			);
		case 'firstValue':
			return after(
				step,
				progress.firstValueAt,
				when.days,
				situation,
				'firstValue',
				'First value was reached',
			);
		case 'helpWanted':
			return helpWanted(step, situation);
		case 'unreachable':
			// decided last, when it is known whom the other steps could not reach
			return undefined;
	}
}

function after(
	step: Step,
	at: number | undefined,
	days: number,
	{ zone, now }: Situation,
	code: string,
	what: string,
): Candidate | undefined {
	if (at === undefined || !localDaysPassed(at, days, zone, now)) return undefined;
	const text = days === 0 ? `${what}.` : `${what} ${String(days)} days ago.`;
	return { step, topic: '', dueAt: addLocalDays(at, days, zone), reason: { code, days, text } };
}

/** Since when no set-up step was completed, in ms since 1970 (P15). */
export function restingSince({ anchorAt }: Enrollment, { lastCompletionAt }: Progress): number {
	return Math.max(anchorAt, lastCompletionAt ?? anchorAt);
}

/** P15: n days since day 0, the last completed step, or the last nudge; each open step is named once. */
function stalled(
	step: Step,
	when: Extract<Step['when'], { type: 'setUpStalled' }>,
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

/** P08: one case at a time; what was asked for before the last case was resolved is settled. */
function helpWanted(
	step: Step,
	{ progress, touches, enrollment, now }: Situation,
): Candidate | undefined {
	const settled = Math.max(enrollment.anchorAt, progress.caseResolvedAt ?? 0);
	const raised = new Set(
		touches
			.filter((touch) => touch.stepId === step.id && touch.state !== 'held' && !isRefused(touch))
			.map((touch) => touch.topic),
	);
	const pending = new Set(
		touches
			.filter((touch) => touch.stepId === step.id && isPending(touch, now))
			.map((touch) => touch.topic),
	);
	const call = progress.helpWanted.find(
		({ id, at }) => at >= settled && (!raised.has(id) || pending.has(id)),
	);
	if (call === undefined) return undefined;
	return {
		step,
		topic: call.id,
		dueAt: call.at,
		reason: {
			code: 'helpWanted',
			event: call.type,
			text: `The customer needs a human (${call.type.replaceAll('_', ' ')}) (P18).`,
		},
	};
}
