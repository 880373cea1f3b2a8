import { ARRIVED } from './engagement';
import { HANDED_OVER, isFateUnknown, type Episode } from './episode';
import type { Touch } from './memory';
import { HUMAN_PRIORITY, priorityOf } from './priority';
import type { Step } from './step';

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

/** What the ledger checks once more when a touch is claimed: which hand-overs the decision saw, and whose else concern it. */
export type KnownCases = { seen: string[]; priority: number };

export function casesKnown({ journey, touches, handOvers }: CaseFacts): KnownCases {
	const seen = [...touches, ...handOvers]
		.filter(({ channel, state }) => channel === 'human' && HANDED_OVER.has(state))
		.map(({ key }) => key);
	return { seen, priority: priorityOf(journey.type) };
}

/** What a human who has the account neither silences nor joins: answers at once, alerts and records (P06, P07). */
export function isExempt({ channel, atOnce }: Step): boolean {
	return channel === 'alert' || channel === 'record' || (channel !== 'human' && atOnce);
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
