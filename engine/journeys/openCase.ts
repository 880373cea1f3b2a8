import { HANDED_OVER, isFateUnknown, type Episode } from './episode';
import type { Touch } from './memory';
import { HUMAN_PRIORITY, priorityOf } from './priority';

/**
 * Whether a human has the account, by a hand-over of this journey or of another one (P06, P08). A hand-over to sales
 * silences its own journey only.
 */
export function isCaseOpen(
	{ journey, touches, handOvers, progress, now }: CaseFacts,
	exceptKey?: string,
): boolean {
	const isOpen = (touch: Touch): boolean =>
		touch.channel === 'human' &&
		touch.key !== exceptKey &&
		HANDED_OVER.has(touch.state) &&
		!isFateUnknown(touch, now) &&
		touch.changedAt > (progress.caseResolvedAt ?? 0);
	const concernsUs = ({ priority }: Touch): boolean =>
		priority === HUMAN_PRIORITY || priority === priorityOf(journey.type);
	return touches.some(isOpen) || handOvers.some((touch) => isOpen(touch) && concernsUs(touch));
}

type CaseFacts = Pick<Episode, 'journey' | 'touches' | 'handOvers' | 'progress' | 'now'>;
