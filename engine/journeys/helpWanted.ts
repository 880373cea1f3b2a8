import {
	HANDED_OVER,
	isFateUnknown,
	isPending,
	isRefused,
	type Candidate,
	type Situation,
} from './episode';
import { HOUR_MS } from './caps';
import { isListed } from './ending';
import type { Touch } from './memory';
import { lapse } from './reasons';
import type { Step } from './step';

/**
 * A call from before an episode is for it too, where nobody heard it: what brings a customer into a journey is often what
 * they call about, and sweeps may have stood still between the two (P18). What is older is no call any more.
 */
const UNHEARD_MS = 30 * 24 * HOUR_MS;

/** P08: one case at a time; what was asked for before the last case was resolved is settled. */
export function dueHelp(
	step: Step,
	{ progress, touches, allTouches, enrollment, heardSince, now }: Situation,
): Candidate | undefined {
	const before = Math.max(enrollment.anchorAt - UNHEARD_MS, heardSince);
	const since = Math.max(Math.min(enrollment.anchorAt, before), progress.caseResolvedAt ?? 0);
	const mine = new Set(touches);
	const raised = new Set<string>();
	const pending = new Set<string>();
	for (const touch of allTouches) {
		if (touch.stepId !== step.id) continue;
		const isMine = mine.has(touch);
		if (isMine ? isRaised(touch) : isToldOf(touch, now)) raised.add(touch.topic);
		if (isMine && isPending(touch, now)) pending.add(touch.topic);
	}
	const call = progress.helpWanted.find(
		({ id, at }) => at >= since && (!raised.has(id) || pending.has(id)),
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

function isRaised(touch: Touch): boolean {
	return touch.state !== 'held' && !isRefused(touch) && !isListed(touch);
}

/** In another episode, or before any: what it could not tell anybody before it ended is told in this one. */
function isToldOf(touch: Touch, now: number): boolean {
	if (touch.state === 'lapsed') return touch.reasons[0]?.code === lapse.joinedCase().code;
	return HANDED_OVER.has(touch.state) && !isPending(touch, now) && !isFateUnknown(touch, now);
}
