import type { Journey } from './definition';
import { ARRIVED } from './engagement';
import { HANDED_OVER, isFateUnknown, type Episode } from './episode';
import type { OpenCase, Touch } from './memory';
import { HUMAN_PRIORITY, priorityOf } from './priority';
import type { Step } from './step';

/**
 * Whether a human has the account: by an open case, or a hand-over of this journey or of another one (P06, P08). What is
 * with sales silences its own journey only. A case is open until it is closed, whatever else is told of it.
 */
export function isCaseOpen(facts: CaseFacts, except: (touch: Touch) => boolean): boolean {
	const { touches, handOvers, now } = facts;
	const isOpen = (touch: Touch): boolean =>
		!except(touch) &&
		HANDED_OVER.has(touch.state) &&
		!isFateUnknown(touch, now) &&
		isUnresolved(touch, facts);
	return (
		openCases(facts).length > 0 || touches.some(isOpen) || concerning(handOvers, facts).some(isOpen)
	);
}

/** Whether it is certain that a human has it: a hand-over that is still on its way may have to be made again. */
export function isCaseTaken(facts: CaseFacts): boolean {
	const isTaken = (touch: Touch): boolean => ARRIVED.has(touch.state) && isUnresolved(touch, facts);
	return (
		openCases(facts).length > 0 ||
		facts.touches.some(isTaken) ||
		concerning(facts.handOvers, facts).some(isTaken)
	);
}

/**
 * What the ledger checks once more when a touch is claimed: which hand-overs and cases the decision saw, and whose else
 * concern it. A case that did not concern it is not among them, because it may have come to meanwhile.
 */
export type KnownCases = { seen: string[]; priority: number };

export function casesKnown(facts: CaseFacts): KnownCases {
	const { journey, touches, handOvers } = facts;
	const seen = [...touches, ...handOvers]
		.filter(({ channel, state }) => channel === 'human' && HANDED_OVER.has(state))
		.map(({ key }) => key);
	return {
		seen: [...seen, ...openCases(facts).map(({ key }) => key)],
		priority: priorityOf(journey.type),
	};
}

/** What a human who has the account neither silences nor joins: answers at once, alerts and records (P06, P07). */
export function isExempt({ channel, atOnce }: Step): boolean {
	return channel === 'alert' || channel === 'record' || (channel !== 'human' && atOnce);
}

type CaseFacts = Pick<
	Episode,
	'journey' | 'touches' | 'handOvers' | 'openCases' | 'progress' | 'now'
>;

function isUnresolved({ channel, changedAt }: Touch, { progress }: CaseFacts): boolean {
	return channel === 'human' && changedAt > (progress.caseResolvedAt ?? 0);
}

/** Of the hand-overs those that silence every journey, or this one. */
function concerning(handOvers: readonly Touch[], { journey }: CaseFacts): Touch[] {
	return handOvers.filter(({ priority }) => silences(priority, journey));
}

function openCases({ openCases: all, journey }: CaseFacts): OpenCase[] {
	return all.filter((one) => silences(one.silences, journey));
}

function silences(priority: number, { type }: Journey): boolean {
	return priority === HUMAN_PRIORITY || priority === priorityOf(type);
}
