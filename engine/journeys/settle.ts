import { z } from 'zod/v4';
import type { Contact } from '../accounts/account';
import { addLocalDays, sayTime } from '../calendar/localTime';
import { nextOpening } from '../calendar/sendingHours';
import { whyOver } from './candidates';
import type { PlannedTouch } from './decideTouches';
import type { Candidate } from './dueSteps';
import {
	HANDED_OVER,
	isFateUnknown,
	isForHumans,
	isPending,
	isRefused,
	keyOf,
	type Episode,
	type History,
} from './episode';
import type { Reason } from './memory';
import { hold, lapse, UNREACHABLE } from './reasons';
import { chooseRecipient } from './recipient';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How a decision is put down: held or lapsed with its reason, or given to somebody now. */
export type Pen = {
	write: (candidate: Candidate, reason: Reason, heldUntil?: number) => void;
	give: (candidate: Candidate, to: string, contact: Contact | undefined) => void;
	/** What is given in this sweep so far. */
	given: readonly PlannedTouch[];
};

/** To whom, and whether now: recipient (P11, P12), open case (P06, P08), sending hours (P02), cap (P04). */
export function settle(episode: Episode, history: History, candidate: Candidate, pen: Pen): void {
	const { journey, account, progress, zone, now } = episode;
	const { step } = candidate;
	const caseOpen =
		isCaseOpen(episode, keyOf(episode, candidate, history)) ||
		pen.given.some((planned) => planned.step.channel === 'human');
	if (step.channel === 'human' && caseOpen) {
		pen.write(candidate, lapse.joinedCase());
		return;
	}
	if (isForHumans(step)) {
		toHuman(episode, history, candidate, pen);
		return;
	}
	if (step.channel === 'record') {
		pen.give(candidate, '', undefined);
		return;
	}
	if (caseOpen && !step.atOnce) {
		pen.write(candidate, lapse.caseOpen());
		return;
	}
	if ((account.contacts ?? []).length === 0) {
		const asked = addLocalDays(Math.max(candidate.dueAt, episode.enrollment.enrolledAt), 1, zone);
		if (now < asked) {
			pen.write(candidate, hold.contactsUnknown(sayTime(asked, zone)), asked);
			return;
		}
	}
	const finished = step.gettingStarted ? progress.finishedPeople : new Set<string>();
	const recipient = chooseRecipient(account, journey.roles, unreachable(episode), finished);
	if (!recipient.found) {
		pen.write(
			candidate,
			recipient.why === 'allFinished' ? lapse.allFinished() : lapse.noReachableContact(),
		);
		return;
	}
	const { contact } = recipient;
	if (step.channel === 'email' && !step.atOnce) {
		const theirZone = contact.timezone ?? zone;
		const opening = nextOpening(now, theirZone, journey.sendingHours);
		if (opening > now) {
			pen.write(candidate, hold.sendingHours(sayTime(opening, theirZone)), opening);
			return;
		}
		const free =
			(episode.lastEmailAt.get(contact.email.toLowerCase()) ?? -Infinity) +
			journey.capHours * HOUR_MS;
		if (free > now) {
			const next = nextOpening(free, theirZone, journey.sendingHours);
			pen.write(candidate, hold.capped(journey.capHours, sayTime(next, theirZone)), next);
			return;
		}
	}
	pen.give(candidate, contact.email, contact);
}

/**
 * To the account's success manager, else to the team. Never given up: what nobody confirmed as often as the step
 * allows, and what every address refused, is tried again a day later.
 */
function toHuman(episode: Episode, history: History, candidate: Candidate, pen: Pen): void {
	const { account, journey, touches, zone, now } = episode;
	const { step } = candidate;
	const refusals = touches.filter((touch) => isForHumans(touch) && isRefused(touch));
	const refused = new Set(refusals.map(({ address }) => address));
	// CRMs often hold a name here; a hand-over that cannot be delivered must not be one
	const owner = z.email().safeParse(account.csm);
	const to = owner.success && !refused.has(owner.data.toLowerCase()) ? owner.data : journey.team;
	const before = history.byKey.get(keyOf(episode, candidate, history));
	const again = [
		...(before !== undefined && before.attempts >= step.attempts
			? [before.state === 'held' ? (before.nextAt ?? now) : before.changedAt + DAY_MS]
			: []),
		...refusals
			.filter(({ address }) => address === to.toLowerCase())
			.map(({ changedAt }) => changedAt + DAY_MS),
	];
	const next = Math.max(now, ...again);
	if (next > now) pen.write(candidate, hold.waitsForHuman(sayTime(next, zone)), next);
	else pen.give(candidate, to, undefined);
}

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

/** Unsubscribed addresses (P12), and those that refused a touch of this account for good (P11). */
function unreachable({ suppressed, touches }: Episode): ReadonlySet<string> {
	const refused = touches.filter(isRefused);
	if (refused.length === 0) return suppressed;
	return new Set([...suppressed, ...refused.map(({ address }) => address)]);
}

function isCaseOpen({ touches, progress, now }: Episode, exceptKey: string): boolean {
	return touches.some(
		(touch) =>
			touch.channel === 'human' &&
			touch.key !== exceptKey &&
			HANDED_OVER.has(touch.state) &&
			!isFateUnknown(touch, now) &&
			touch.changedAt > (progress.caseResolvedAt ?? 0),
	);
}
