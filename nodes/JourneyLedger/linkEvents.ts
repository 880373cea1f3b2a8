import { createHash } from 'node:crypto';
import type { JourneyEvent, Touch } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import type { Link } from '../../services/links/link';
import { AT_ONCE_MS } from '../../services/links/visitor';

/**
 * Whether another link of the same mail was opened within seconds. Asked after the own click is written down, so that
 * of two at the same moment one sees the other.
 */
export async function openedOthers(
	ledger: Ledger,
	touch: Touch,
	target: string,
	now: number,
): Promise<boolean> {
	const { events } = await ledger.timeline([touch.accountId]);
	return events.some(
		(event) =>
			event.type === 'clicked' &&
			event.touch === touch.key &&
			Math.abs(event.occurredAt - now) <= AT_ONCE_MS &&
			event.data?.target !== target,
	);
}

/** A click, by a person or a scanner. */
export function clickEvent(
	touch: Touch,
	{ token }: Link,
	{ target, human, why, now }: { target: string; human: boolean; why: string; now: number },
): JourneyEvent {
	// a person after a scanner on the same day is two events, each of them once
	const day = new Date(now).toISOString().slice(0, 10);
	const which = createHash('sha256').update(target).digest('hex').slice(0, 12);
	const id = `clicked/${token}/${which}/${day}/${human ? 'human' : 'scanner'}`;
	return {
		...aboutTouch(touch),
		id,
		type: 'clicked',
		occurredAt: now,
		data: { human, automatic: !human, why, target },
	};
}

/** Takes back the human clicks of the same mail around this time: several links at once are a scanner's. */
export function scanEvent(touch: Touch, token: string, now: number): JourneyEvent {
	const id = `links_scanned/${token}/${String(Math.floor(now / AT_ONCE_MS))}`;
	return {
		...aboutTouch(touch),
		id,
		type: 'links_scanned',
		occurredAt: now,
		data: { withinMs: AT_ONCE_MS },
	};
}

/** What every event of a link says of its touch. */
export function aboutTouch({
	accountId,
	address,
	key,
}: Touch): Pick<JourneyEvent, 'accountId' | 'contact' | 'touch'> {
	return { accountId, contact: address, touch: key };
}
