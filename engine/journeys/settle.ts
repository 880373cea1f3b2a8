import type { Contact } from '../accounts/account';
import { addLocalDays, sayTime, startOfLocalDate } from '../calendar/localTime';
import { isHeldOut } from './assignment';
import type { PlannedTouch } from './decideTouches';
import { isForHumans, isPending, isRefused, type Candidate, type Episode } from './episode';
import { keyOf, type History } from './history';
import type { Reason, Touch } from './memory';
import { isCaseOpen, isCaseTaken, isExempt } from './openCase';
import { usualKind } from './priority';
import { hold, lapse } from './reasons';
import { chooseRecipient, findPerson, usualRoles } from './recipient';
import { NO_CAPS, slotOf, type FreeSlot } from './slot';
import { toHuman } from './toHuman';
import { DATED } from './when';

/** How a decision is put down: held or lapsed with its reason, or given to somebody now. */
export type Pen = {
	write: (candidate: Candidate, reason: Reason, held?: { until: number; address: string }) => void;
	/** Lapsed, because somebody has the account already: why it was due stands beside it, so that it can join their case. */
	join: (candidate: Candidate, reason: Reason) => void;
	give: (
		candidate: Candidate,
		whom: { to: string; contact: Contact | undefined; slot: FreeSlot },
	) => void;
	/** What is given in this sweep so far. */
	given: readonly PlannedTouch[];
};

/** By then it is mostly known whether a human has it. */
const SOON_MS = 15 * 60_000;

/** To whom, and whether now: recipient (P11, P12), open case (P06, P08), and the slot at the address (P02, P04, P05). */
export function settle(episode: Episode, history: History, candidate: Candidate, pen: Pen): void {
	const { journey, account, progress, zone, now } = episode;
	const { step } = candidate;
	const ownKey = keyOf(episode, candidate, history);
	// what nobody confirmed before this episode began is made again, as this very hand-over
	const isItself = (touch: Touch): boolean =>
		touch.key === ownKey ||
		(touch.journey === journey.id &&
			touch.stepId === step.id &&
			touch.topic === candidate.topic &&
			isPending(touch, now));
	const caseOpen =
		isCaseOpen(episode, isItself) || pen.given.some((planned) => planned.step.channel === 'human');
	if (step.channel === 'human' && caseOpen) {
		// a hand-over that is on its way may arrive nowhere, and what joined it with it
		if (isCaseTaken(episode)) pen.join(candidate, lapse.joinedCase());
		else {
			const until = now + SOON_MS;
			pen.write(candidate, hold.caseOpen(sayTime(until, zone)), { until, address: '' });
		}
		return;
	}
	if (step.channel === 'alert' && pen.given.some((planned) => standsFor(planned, candidate))) {
		pen.write(candidate, lapse.joinedCase());
		return;
	}
	if (isForHumans(step)) {
		toHuman(episode, history, candidate, pen);
		return;
	}
	if (step.channel === 'record') {
		pen.give(candidate, { to: '', contact: undefined, slot: NO_CAPS });
		return;
	}
	if (caseOpen && !isExempt(step)) {
		pen.write(candidate, lapse.caseOpen());
		return;
	}
	const isService = (step.kind ?? usualKind(journey.type)) === 'service';
	if (!isService && isHeldOut(journey, episode.enrollment.accountId)) {
		pen.write(candidate, lapse.heldOut(journey.holdOutPercent));
		return;
	}
	if ((account.contacts ?? []).length === 0) {
		const until = addLocalDays(Math.max(candidate.dueAt, episode.enrollment.enrolledAt), 1, zone);
		if (now < until) {
			pen.write(candidate, hold.contactsUnknown(sayTime(until, zone)), { until, address: '' });
			return;
		}
	}
	const finished = step.gettingStarted ? progress.finishedPeople : new Set<string>();
	const recipient =
		candidate.person === undefined
			? chooseRecipient(
					account,
					journey.roles ?? usualRoles(journey.type),
					unreachable(episode),
					finished,
				)
			: findPerson(account, candidate.person, unreachable(episode));
	if (!recipient.found) {
		if (recipient.why === 'allFinished') pen.write(candidate, lapse.allFinished());
		else if (usualKind(journey.type) === 'service')
			pen.write(candidate, lapse.noReachableContact());
		else {
			// P12: marketing calls no human, it waits until somebody can be reached
			const until = startOfLocalDate(now, 1, zone);
			pen.write(candidate, hold.noReachableContact(sayTime(until, zone)), { until, address: '' });
		}
		return;
	}
	const { contact } = recipient;
	const key = keyOf(episode, candidate, history, contact.email.toLowerCase());
	const before = history.byKey.get(key);
	const slot = slotOf(episode, step, contact, before);
	if (slot.free) pen.give(candidate, { to: contact.email, contact, slot });
	else {
		const address = step.channel === 'inApp' ? '' : contact.email.toLowerCase();
		pen.write(candidate, slot.reason, { until: slot.until, address });
	}
}

/** Whoever is given the account is not told again by an alert that falls on the same day of the journey. */
function standsFor({ step, touch }: PlannedTouch, alert: Candidate): boolean {
	return (
		step.channel === 'human' &&
		step.silences === 'everything' &&
		DATED.has(step.when.type) &&
		DATED.has(alert.step.when.type) &&
		touch.dueAt === alert.dueAt
	);
}

/** Unsubscribed addresses (P12), those that refused a touch of this account for good, and who left it (P11). */
function unreachable({ addresses, touches, progress }: Episode): ReadonlySet<string> {
	const refused = touches.filter(isRefused);
	if (refused.length + progress.departed.size === 0) return addresses.suppressed;
	const theirs = [...refused.map(({ address }) => address), ...progress.departed];
	return new Set([...addresses.suppressed, ...theirs]);
}
