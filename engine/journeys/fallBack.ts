import { whyOver } from './candidates';
import { isFateUnknown, isPending, type Candidate, type Episode } from './episode';
import { keyOf, type History } from './history';
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
	const lapsedBefore = episode.mine
		.filter(({ state, stepId }) => state === 'lapsed' && stepId !== step.id)
		.flatMap((touch) => touch.reasons.map(({ code }) => code));
	const inTheAir = episode.mine.some(
		(touch) => touch.stepId !== step.id && isFateUnknown(touch, episode.now),
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
