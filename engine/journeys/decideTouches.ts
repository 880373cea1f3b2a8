import type { Contact } from '../accounts/account';
import { dueCandidates } from './candidates';
import type { Step } from './definition';
import type { Candidate } from './dueSteps';
import { goalOutcome, leftovers } from './ending';
import { historyOf, isForHumans, keyOf, touchOf, type Episode } from './episode';
import type { Reason, Touch } from './memory';
import { fallBack, HOUR_MS, settle, type Pen } from './settle';

/** A touch that is to be claimed and, once claimed, emitted. */
export type PlannedTouch = {
	touch: Touch;
	step: Step;
	/** The customer's person the message is for; undefined for hand-overs and records. */
	contact: Contact | undefined;
	/** Where it goes in a live run: the contact's address, or the human who takes over; '' for records. */
	to: string;
	/** See `Claim` of the ledger. */
	capMs: number;
	maxAttempts: number;
};

type Decided = {
	touches: PlannedTouch[];
	notes: Touch[];
	reasons: Reason[];
	/** Set when the episode ends now. */
	outcome: string | undefined;
};

/** Decides each step of one account's episode: now, later and until when, or never and why. */
export function decideTouches(episode: Episode): Decided {
	const decided: Decided = { touches: [], notes: [], reasons: [], outcome: undefined };
	const history = historyOf(episode);
	const handled = new Set<string>();
	const lapsedNow: string[] = [];
	const pen: Pen = {
		given: decided.touches,
		write: (candidate: Candidate, reason: Reason, heldUntil?: number): void => {
			decided.reasons.push({ ...reason, step: candidate.step.id });
			if (heldUntil === undefined) lapsedNow.push(reason.code);
			const key = keyOf(episode, candidate, history);
			const touch = touchOf(episode, candidate, key, [reason], heldUntil);
			if (!sameNote(history.byKey.get(key), touch)) decided.notes.push(touch);
		},
		give: (candidate: Candidate, to: string, contact: Contact | undefined): void => {
			const { step, reason } = candidate;
			const isEmail = step.channel === 'email';
			const key = keyOf(episode, candidate, history);
			const touch = touchOf(episode, candidate, key, [reason]);
			touch.address = step.channel === 'inApp' ? '' : to.toLowerCase();
			const capMs = isEmail && !step.atOnce ? episode.journey.capHours * HOUR_MS : 0;
			const maxAttempts = isForHumans(step) ? Number.MAX_SAFE_INTEGER : step.attempts;
			decided.touches.push({ touch, step, contact, to, capMs, maxAttempts });
			if (isEmail) episode.lastEmailAt.set(touch.address, episode.now);
		},
	};

	if (episode.ending === undefined) {
		const due = dueCandidates(episode, history, handled, pen.write);
		for (const candidate of due) settle(episode, history, candidate, pen);
		if (!episode.helpOnly) fallBack(episode, history, handled, lapsedNow, pen);
	}
	if (episode.helpOnly) return decided;
	decided.outcome = episode.ending ?? goalOutcome(episode, history, decided);
	for (const { touch, reason } of leftovers(episode, handled, decided.outcome)) {
		decided.reasons.push({ ...reason, step: touch.stepId });
		decided.notes.push(touch);
	}
	return decided;
}

/** A note that says nothing new is not written again: a sweep that repeats itself changes nothing. */
function sameNote(before: Touch | undefined, after: Touch): boolean {
	return (
		before?.state === after.state &&
		before.nextAt === after.nextAt &&
		before.reasons[0]?.code === after.reasons[0]?.code
	);
}
