import type { PlannedTouch } from '../../engine/journeys/decideTouches';
import { isForHumans } from '../../engine/journeys/episode';
import type { Ramp } from '../../ledger/ledger';

/**
 * Who waits for a human comes first (P05), then what answers something a customer just did (P02), then what a date waits
 * for, the nearest first, then the longest due.
 */
export function byUrgency(a: PlannedTouch, b: PlannedTouch): number {
	return urgency(a) - urgency(b) || deadline(a) - deadline(b) || a.touch.dueAt - b.touch.dueAt;
}

function urgency({ step }: PlannedTouch): number {
	if (isForHumans(step)) return 0;
	return step.atOnce ? 1 : 2;
}

function deadline({ before }: PlannedTouch): number {
	return before ?? Number.MAX_SAFE_INTEGER;
}

/** What due touches wait for that do not leave at once: another day, or the next execution. */
export type Waits = ReadonlyMap<PlannedTouch, 'ramp' | 'touchesPerRun'>;

/**
 * Of what is due, what does not leave with this run, as claims would tell: the ramp lets only so many messages to customers
 * out on a day (P09), one execution only so many touches. `handedOut` messages went today already.
 */
export function whatWaits(
	planned: readonly PlannedTouch[],
	{
		ramp,
		handedOut,
		touchesPerRun,
	}: { ramp: Ramp | undefined; handedOut: number; touchesPerRun: number },
): Waits {
	const waits = new Map<PlannedTouch, 'ramp' | 'touchesPerRun'>();
	let messages = handedOut;
	let touches = 0;
	for (const one of [...planned].sort(byUrgency)) {
		const isMessage = isForCustomers(one);
		if (isMessage && ramp !== undefined && messages >= ramp.atMost) waits.set(one, 'ramp');
		else {
			if (isMessage) messages++;
			if (++touches > touchesPerRun) waits.set(one, 'touchesPerRun');
		}
	}
	return waits;
}

export function isForCustomers({ step: { channel } }: PlannedTouch): boolean {
	return channel === 'email' || channel === 'inApp';
}
