import { whyOver } from './candidates';
import {
	isFateUnknown,
	isPending,
	keyOf,
	type Candidate,
	type Episode,
	type History,
} from './episode';
import { UNREACHABLE } from './reasons';
import { settle, type Pen } from './settle';

/** P12: when a step could reach nobody, or was given up, a human is asked to, once per episode. */
export function fallBack(
	episode: Episode,
	history: History,
	handled: Set<string>,
	lapsedNow: readonly string[],
	pen: Pen,
): void {
	const step = episode.journey.steps.find(({ when }) => when.type === 'unreachable');
	if (step === undefined) return;
	const lapsedBefore = episode.touches
		.filter(
			(touch) =>
				touch.state === 'lapsed' &&
				touch.cycle === episode.enrollment.cycle &&
				touch.stepId !== step.id,
		)
		.flatMap((touch) => touch.reasons.map(({ code }) => code));
	const inTheAir = episode.touches.some(
		(touch) =>
			touch.cycle === episode.enrollment.cycle &&
			touch.stepId !== step.id &&
			isFateUnknown(touch, episode.now),
	);
	const codes = [...lapsedNow, ...lapsedBefore, ...(inTheAir ? ['fateUnknown'] : [])];
	const cause = codes.find((code) => UNREACHABLE.has(code));
	if (cause === undefined) return;
	const candidate: Candidate = {
		step,
		topic: '',
		dueAt: episode.now,
		reason: {
			code: 'unreachable',
			cause,
			text:
				cause === 'fateUnknown'
					? 'A crash left it unknown whether a message went out; it is not sent again, a human is asked to look.'
					: 'A message could not reach the customer; a human is asked to (P12).',
		},
	};
	if (history.inherited(candidate)) return;
	const key = keyOf(episode, candidate, history);
	handled.add(key);
	const before = history.byKey.get(key);
	if (before !== undefined && !isPending(before, episode.now)) return;
	const over = whyOver(candidate, before, episode);
	if (over === undefined) settle(episode, history, candidate, pen);
	else pen.write(candidate, over);
}
