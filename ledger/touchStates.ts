import type { Touch } from '../engine/journeys/memory';
import type { Claim, ConfirmResult, Failure, SendGrant } from './ledger';

/**
 * What may become of a touch, whichever store keeps it: each function takes the touch as it stands and gives it as it
 * stands then, or says why nothing changes.
 */

/** How long a touch is handed out again at no cost after it was cut off before it left. */
const CUT_OFF_MS = 48 * 3_600_000;

/** Handed to one caller until the lease ends; `taken` when somebody has it, had it, or it is over. */
export function afterClaim(before: Touch | undefined, claim: Claim, now: number): Touch | 'taken' {
	const { touch, leaseMs, maxAttempts } = claim;
	if (before !== undefined && (!isOpen(before, touch, now) || before.dry !== touch.dry))
		return 'taken';
	if (before !== undefined && isSomebodyElses(before, touch)) return 'taken';
	const attempts =
		before === undefined ? 0 : before.attempts - (wasCutOff(before, claim, now) ? 1 : 0);
	if (attempts >= maxAttempts) return 'taken';
	return {
		...touch,
		address: touch.address.toLowerCase(),
		state: 'claimed',
		nextAt: undefined,
		leaseUntil: now + leaseMs,
		attempts: attempts + 1,
		changedAt: now,
		openSince: before === undefined ? undefined : openSince(before),
	};
}

/** When it may have arrived, if nobody ever heard: a crash while it was being sent leaves it open as well. */
function openSince(before: Touch): number | undefined {
	return before.state === 'sending' ? before.changedAt : before.openSince;
}

/** What may have reached one person goes to no other under the same key: its links act on whom it is for. */
function isSomebodyElses(before: Touch, { channel, address }: Touch): boolean {
	return (
		channel === 'email' &&
		openSince(before) !== undefined &&
		before.address !== address.toLowerCase()
	);
}

/** Whoever had it died before it went anywhere. After some days it counts all the same: it may be what kills them. */
function wasCutOff({ state, dueAt }: Touch, { marked = false }: Claim, now: number): boolean {
	return marked && state === 'claimed' && now < dueAt + CUT_OFF_MS;
}

function isOpen(before: Touch, { dueAt }: Touch, now: number): boolean {
	const { state, nextAt, leaseUntil } = before;
	if (state === 'held' || state === 'withdrawn') return true;
	// what was written off for one date is not for a later one (P27)
	if (state === 'lapsed') return dueAt > before.dueAt;
	if (state === 'failed') return nextAt !== undefined && nextAt <= now;
	return isLetGo({ state, nextAt, leaseUntil }, now);
}

/** Whether whoever had it never said what came of it, and it may be handed out again. */
function isLetGo(
	{ state, nextAt, leaseUntil }: Pick<Touch, 'state' | 'nextAt' | 'leaseUntil'>,
	now: number,
): boolean {
	if (state === 'sending') return nextAt !== undefined && nextAt <= now;
	return state === 'claimed' && (leaseUntil ?? 0) <= now;
}

/** What was held, withdrawn, lapsed or only dry-run; undefined where the touch is under way or done. */
export function afterNote(before: Touch | undefined, noted: Touch): Touch | undefined {
	if (before === undefined) return { ...noted, address: noted.address.toLowerCase() };
	if (before.dry !== noted.dry || !mayBeNoted(before, noted)) return undefined;
	const open = openSince(before);
	return {
		...noted,
		address: open === undefined ? noted.address.toLowerCase() : before.address,
		leaseUntil: undefined,
		attempts: before.attempts,
		openSince: open,
	};
}

function mayBeNoted(before: Touch, noted: Touch): boolean {
	const { state, nextAt, leaseUntil } = before;
	if (state === 'held' || state === 'withdrawn' || state === 'dry') return true;
	if (state === 'lapsed') return noted.dueAt > before.dueAt;
	if (state === 'failed') return nextAt !== undefined || noted.state === 'lapsed';
	return isLetGo({ state, nextAt, leaseUntil }, noted.changedAt);
}

/** Right before it goes to its channel (rule 5). */
export function afterBegin(
	before: Touch | undefined,
	isStopped: (touch: Touch) => SendGrant | undefined,
	now: number,
	resend = false,
): Touch | SendGrant {
	if (before === undefined) return 'unknownTouch';
	// a dry run's touch is nobody's to send (P34)
	if (before.dry) return 'notClaimed';
	if (before.state === 'sent') return 'alreadySent';
	if (before.state === 'sending') return 'fateUnknown';
	if (before.state !== 'claimed') return 'notClaimed';
	if ((before.leaseUntil ?? 0) <= now) return 'leaseEnded';
	// a colleague told twice does no harm; a customer nobody looks after does
	const toColleague = before.channel === 'human' || before.channel === 'alert';
	const nextAt = resend || toColleague ? before.leaseUntil : undefined;
	return isStopped(before) ?? { ...before, state: 'sending', nextAt, changedAt: now };
}

/** The channel accepted it. */
export function afterConfirm(before: Touch | undefined, now: number): Touch | ConfirmResult {
	if (before === undefined) return 'unknownTouch';
	if (before.state === 'sent') return 'alreadySent';
	if (!isUnderWay(before)) return 'notClaimed';
	const over = { leaseUntil: undefined, nextAt: undefined, openSince: undefined };
	return { ...before, ...over, state: 'sent', changedAt: now };
}

/** It did not go. */
export function afterFailure(
	before: Touch | undefined,
	{ reasons, retryAt, keepsAttempt = false, mayHaveArrived = false }: Failure,
	now: number,
): Touch | undefined {
	if (before === undefined || !isUnderWay(before)) return undefined;
	return {
		...before,
		state: 'failed',
		leaseUntil: undefined,
		nextAt: retryAt,
		changedAt: now,
		openSince: mayHaveArrived ? now : before.openSince,
		reasons,
		attempts: Math.max(0, before.attempts - (keepsAttempt ? 1 : 0)),
	};
}

function isUnderWay({ state, dry }: Touch): boolean {
	return !dry && (state === 'claimed' || state === 'sending');
}
