import type { Contact } from '../accounts/account';
import { addLocalDays } from '../calendar/localTime';
import { dueCandidates } from './candidates';
import { variantOf } from './assignment';
import type { Cap } from './caps';
import { dateOf } from './dateField';
import { goalOutcome, leftovers } from './ending';
import { isForHumans, touchOf, type Candidate, type Episode } from './episode';
import { fallBack } from './fallBack';
import { historyOf, keyOf, type History } from './history';
import { nextLook } from './lookAt';
import type { Reason, Touch } from './memory';
import { casesKnown, isExempt, type KnownCases } from './openCase';
import { sayVariant } from './reasons';
import { settle, type Pen } from './settle';
import type { Step } from './step';

/** A touch that is to be claimed and, once claimed, emitted. */
export type PlannedTouch = {
	touch: Touch;
	step: Step;
	/** The customer's person the message is for; undefined for hand-overs and records. */
	contact: Contact | undefined;
	/** Where it goes in a live run: the contact's address, or the human who takes over; '' for records. */
	to: string;
	/** Of the recipient, or the account's: in it the times of day are said. */
	zone: string;
	/** The date that it comes before, ms since 1970; undefined where it comes before none. */
	before: number | undefined;
	variant: string | undefined;
	/** See `Claim` of the ledger. */
	caps: Cap[];
	yieldsUntil: number | undefined;
	cases: KnownCases | undefined;
	maxAttempts: number;
};

type Decided = {
	touches: PlannedTouch[];
	notes: Touch[];
	reasons: Reason[];
	/** Set when the episode ends now. */
	outcome: string | undefined;
	/** When the account has to be decided on again; undefined when nothing goes on. */
	lookAt: number | undefined;
};

/** Decides each step of one account's episode: now, later and until when, or never and why. */
export function decideTouches(episode: Episode): Decided {
	const decided: Decided = {
		touches: [],
		notes: [],
		reasons: [],
		outcome: undefined,
		lookAt: undefined,
	};
	const history = historyOf(episode);
	const handled = new Set<string>();
	const lapsedNow: string[] = [];
	const write = (
		candidate: Candidate,
		reasons: [Reason, ...Reason[]],
		held?: { until: number; address: string },
	): void => {
		const [reason] = reasons;
		decided.reasons.push({ ...reason, step: candidate.step.id });
		if (held === undefined) lapsedNow.push(reason.code);
		const key = keyOf(episode, candidate, history, held?.address);
		const before = history.byKey.get(key);
		const touch = touchOf(episode, candidate, { key, before }, reasons, held);
		handled.add(key);
		if (!sameNote(before, touch)) decided.notes.push(touch);
	};
	const pen: Pen = {
		given: decided.touches,
		write: (candidate, reason, held) => write(candidate, [reason], held),
		join: (candidate, reason) => write(candidate, [reason, candidate.reason]),
		give: (candidate, { to, contact, slot }): void => {
			const { step, reason } = candidate;
			const address = step.channel === 'inApp' ? '' : to.toLowerCase();
			const key = keyOf(episode, candidate, history, address);
			const before = history.byKey.get(key);
			const variant =
				contact === undefined
					? undefined
					: variantOf(episode.journey, step, episode.enrollment.accountId);
			const reasons = variant === undefined ? [reason] : [reason, sayVariant(variant)];
			const touch = { ...touchOf(episode, candidate, { key, before }, reasons), address };
			handled.add(key);
			decided.touches.push({
				touch,
				step,
				contact,
				to,
				zone: contact?.timezone ?? episode.zone,
				before:
					step.when.type === 'daysBeforeDate'
						? dateOf(episode.account, step.when.field, episode.zone)
						: undefined,
				variant,
				caps: slot.caps,
				yieldsUntil: slot.yieldsUntil,
				cases: isExempt(step) ? undefined : casesKnown(episode),
				maxAttempts: isForHumans(step) ? Number.MAX_SAFE_INTEGER : step.attempts,
			});
			if (step.channel === 'email') countEmail(episode, touch);
		},
	};

	if (episode.ending === undefined) {
		const due = dueCandidates(episode, history, handled, pen.write);
		for (const candidate of due) settle(episode, history, candidate, pen);
		if (!episode.helpOnly) fallBack(episode, history, handled, lapsedNow, pen);
	}
	if (episode.helpOnly) {
		// a hand-over that nobody confirms has to be made again
		if (decided.touches.length > 0 || decided.notes.length > 0)
			decided.lookAt = nextLook(episode, history, decided);
		return decided;
	}
	decided.outcome = episode.ending ?? goalOutcome(episode, history, decided);
	for (const { touch, reason } of leftovers(episode, handled, decided.outcome)) {
		decided.reasons.push({ ...reason, step: touch.stepId });
		decided.notes.push(touch);
	}
	decided.lookAt = lookAfter(episode, history, decided);
	return decided;
}

/** An account whose episode ended may come in again, where the journey takes it again. */
function lookAfter(episode: Episode, history: History, decided: Decided): number | undefined {
	if (decided.outcome === undefined) return nextLook(episode, history, decided);
	const { start } = episode.journey;
	return start.type === 'conditions' || start.type === 'beforeDate'
		? addLocalDays(episode.now, 1, episode.zone)
		: undefined;
}

/** What goes in this sweep counts for the accounts that follow in it (P04). */
function countEmail({ addresses, journey, now }: Episode, { address, kind }: Touch): void {
	const before = addresses.lastEmails.get(address);
	const never = Number.NEGATIVE_INFINITY;
	addresses.lastEmails.set(address, {
		any: now,
		notDigest: kind === 'digest' ? (before?.notDigest ?? never) : now,
		education: journey.type === 'education' ? now : (before?.education ?? never),
	});
}

/** A note that says nothing new is not written again: a sweep that repeats itself changes nothing. */
function sameNote(before: Touch | undefined, after: Touch): boolean {
	return (
		before?.state === after.state &&
		before.nextAt === after.nextAt &&
		// written off for its new date as well: that is remembered
		(after.state !== 'lapsed' || before.dueAt === after.dueAt) &&
		before.reasons[0]?.code === after.reasons[0]?.code
	);
}
