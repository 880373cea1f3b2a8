import type { Contact } from '../accounts/account';
import { sayTime, startOfLocalDate } from '../calendar/localTime';
import { nextOpening } from '../calendar/sendingHours';
import { capsOf, freeAt, HOUR_MS, tipCaps, tipDays, tipFreeAt, type Cap } from './caps';
import type { Episode } from './episode';
import type { LastEmail, Pause, Reason, Touch } from './memory';
import { priorityOf, usualKind } from './priority';
import { hold } from './reasons';
import type { Step } from './step';

/** What the ledger checks once more when the message is claimed. */
export type FreeSlot = { free: true; caps: Cap[]; yieldsUntil: number | undefined };
export type Slot = FreeSlot | { free: false; reason: Reason; until: number };

/** Of hand-overs, alerts, records, and what answers the customer at once. */
export const NO_CAPS: FreeSlot = { free: true, caps: [], yieldsUntil: undefined };

/**
 * Whether a message may go to the contact now: pauses (P33), sending hours (P02), caps (P04), priorities (P05). `before` is
 * the touch as it stands so far.
 */
export function slotOf(
	episode: Episode,
	step: Step,
	contact: Contact,
	before: Touch | undefined,
): Slot {
	const { journey, addresses, now } = episode;
	const zone = contact.timezone ?? episode.zone;
	const address = contact.email.toLowerCase();
	const paused = pauseOf(episode, address);
	if (paused !== undefined) return heldByPause(paused, zone, now);
	if (step.channel !== 'email' || step.atOnce) return NO_CAPS;
	const opening = nextOpening(now, zone, journey.sendingHours);
	if (opening > now)
		return { free: false, reason: hold.sendingHours(sayTime(opening, zone)), until: opening };
	const kind = step.kind ?? usualKind(journey.type);
	const last = lastOf(addresses, address, before);
	const days = tipDays(journey, step);
	const byTips = tipFreeAt(days, zone, last);
	const free = Math.max(freeAt(journey, kind, zone, last), byTips);
	if (free > now) {
		const until = nextOpening(free, zone, journey.sendingHours);
		const byHours = freeAt(journey, 'service', zone, last) === free;
		const reason = byHours
			? hold.capped(journey.capHours, sayTime(until, zone))
			: free === byTips
				? hold.cappedForTips(days, sayTime(until, zone))
				: hold.cappedForMarketing(journey.marketingDays, sayTime(until, zone));
		return { free: false, reason, until };
	}
	const first = goesFirst(episode, address);
	if (first !== undefined) {
		const after = Math.max(first.nextAt, now) + journey.capHours * HOUR_MS;
		const until = nextOpening(after, zone, journey.sendingHours);
		return { free: false, reason: hold.yields(first.journey, sayTime(until, zone)), until };
	}
	const yieldsUntil = journey.capHours > 0 ? now + journey.capHours * HOUR_MS : undefined;
	const caps = [...capsOf(journey, kind, zone, now), ...tipCaps(days, zone, now)];
	return { free: true, caps, yieldsUntil };
}

/** A message that nobody confirmed must not wait for itself; the ledger looks for others once more at the claim. */
function lastOf(
	{ lastEmails }: Episode['addresses'],
	address: string,
	before: Touch | undefined,
): LastEmail | undefined {
	const last = lastEmails.get(address);
	if (before?.address !== address) return last;
	const isOut = before.state === 'claimed' || before.state === 'sending';
	const countsFrom = isOut ? before.changedAt : before.openSince;
	if (countsFrom === undefined || last === undefined) return last;
	if (countsFrom === last.any) return undefined;
	return countsFrom === last.education ? { ...last, education: Number.NEGATIVE_INFINITY } : last;
}

/** The message of a higher journey whose slot ours would take (P05). */
function goesFirst(
	{ journey, addresses, now }: Episode,
	address: string,
): { journey: string; nextAt: number } | undefined {
	const windowMs = journey.capHours * HOUR_MS;
	return (addresses.waiting.get(address) ?? []).find(
		({ priority, nextAt }) =>
			priority < priorityOf(journey.type) &&
			nextAt <= now + windowMs &&
			// what should have gone a day ago belongs to a journey that is switched off
			nextAt > now - 24 * HOUR_MS &&
			windowMs > 0,
	);
}

type Paused = { whom: 'all' | 'account' | 'address'; pause: Pause };

function pauseOf({ addresses, pausedAccount, now }: Episode, address: string): Paused | undefined {
	const found: Paused[] = [];
	const add = (whom: Paused['whom'], pause: Pause | undefined): void => {
		if (pause !== undefined && (pause.until ?? Infinity) > now) found.push({ whom, pause });
	};
	add('all', addresses.stopped);
	add('account', pausedAccount);
	add('address', addresses.pausedAddresses.get(address));
	// the longest counts; of those without an end the first
	return found.reduce<Paused | undefined>(
		(a, b) =>
			a === undefined || (b.pause.until ?? Infinity) > (a.pause.until ?? Infinity) ? b : a,
		undefined,
	);
}

/** Without an end it is looked at again every local date. */
function heldByPause({ whom, pause }: Paused, zone: string, now: number): Slot {
	const until = pause.until ?? startOfLocalDate(now, 1, zone);
	return { free: false, reason: hold.paused(whom, pause.reason, sayTime(until, zone)), until };
}
