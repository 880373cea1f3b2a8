import { isPending, isRefused, type Candidate, type Situation } from './episode';
import type { Step } from './step';

/** P08: one case at a time; what was asked for before the last case was resolved is settled. */
export function dueHelp(
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
