import { ARRIVED } from './engagement';
import { HANDED_OVER, isFateUnknown, type Episode } from './episode';
import type { Touch } from './memory';
import { HUMAN_PRIORITY, priorityOf } from './priority';

/**
 * Whether a human has the account, by a hand-over of this journey or of another one (P06, P08). A hand-over to sales
 * silences its own journey only.
 */
export function isCaseOpen(facts: CaseFacts, exceptKey?: string): boolean {
	const { touches, handOvers, now } = facts;
	const isOpen = (touch: Touch): boolean =>
		touch.key !== exceptKey &&
		HANDED_OVER.has(touch.state) &&
		!isFateUnknown(touch, now) &&
		isUnresolved(touch, facts);
	return touches.some(isOpen) || concerning(handOvers, facts).some(isOpen);
}

/** Whether it is certain that a human has it: a hand-over that is still on its way may have to be made again. */
export function isCaseTaken(facts: CaseFacts): boolean {
	const isTaken = (touch: Touch): boolean => ARRIVED.has(touch.state) && isUnresolved(touch, facts);
	return facts.touches.some(isTaken) || concerning(facts.handOvers, facts).some(isTaken);
}

type CaseFacts = Pick<Episode, 'journey' | 'touches' | 'handOvers' | 'progress' | 'now'>;

function isUnresolved({ channel, changedAt }: Touch, { progress }: CaseFacts): boolean {
	return channel === 'human' && changedAt > (progress.caseResolvedAt ?? 0);
}

function concerning(handOvers: readonly Touch[], { journey }: CaseFacts): Touch[] {
	return handOvers.filter(
		({ priority }) => priority === HUMAN_PRIORITY || priority === priorityOf(journey.type),
	);
}
