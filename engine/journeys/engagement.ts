import type { JourneyEvent, Touch } from './memory';

/**
 * What somebody at the account did of their own will (P13). Delivery, opens, unsubscribing and product sign-ins are
 * not; nor is a click that nobody calls human, or a reply marked `automatic`, such as an out-of-office notice.
 */
export const ENGAGEMENT_EVENTS = [
	'clicked',
	'reply_received',
	'booked',
	'in_app_answered',
] as const;
const ENGAGEMENT: ReadonlySet<string> = new Set(ENGAGEMENT_EVENTS);

const MESSAGES: ReadonlySet<string> = new Set(['email', 'inApp']);
/** Confirmed as sent; in a dry run, what would have been. */
export const ARRIVED: ReadonlySet<string> = new Set(['sent', 'dry']);

/** Several links of one mail were opened at once: the clicks beside it were a scanner's, the first of them as well. */
const LINKS_SCANNED = 'links_scanned';
const SCAN_MS = 10_000;

/** A click is a person's only where the sender says so (`human: true`): in doubt it was a scanner. */
export function isHuman({ type, data }: Pick<JourneyEvent, 'type' | 'data'>): boolean {
	if (said(data, 'automatic') === true) return false;
	return type === 'clicked' ? said(data, 'human') === true : said(data, 'human') !== false;
}

/** What a sender says beside the event's own fields, or within `data`. */
export function said(data: JourneyEvent['data'], name: string): unknown {
	const inner = data?.data;
	const nested: unknown =
		typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined;
	return data?.[name] ?? nested;
}

function isTakenBack(event: JourneyEvent, scans: readonly JourneyEvent[]): boolean {
	return (
		event.type === 'clicked' &&
		scans.some(
			({ touch, occurredAt }) =>
				touch === event.touch && Math.abs(occurredAt - event.occurredAt) <= SCAN_MS,
		)
	);
}

/** Without clicks of scanners and automatic replies (P13). */
export function byHumans(events: readonly JourneyEvent[]): JourneyEvent[] {
	const scans = events.filter(({ type }) => type === LINKS_SCANNED);
	return events.filter((event) => isHuman(event) && !isTakenBack(event, scans));
}

/** How the account took the messages of one episode; times are ms since 1970. */
export type Engagement = {
	/** `unknown` where no channel reports, which is never taken for `none`. */
	state: 'unknown' | 'none' | 'engaged';
	lastAt: number | undefined;
	/** Messages of the episode that were confirmed as sent, and when the first of them was (P20). */
	messages: number;
	firstMessageAt: number | undefined;
};

/** Reads it from the touches of the episode and the account's events, in whatever order they come. */
export function readEngagement(
	touches: readonly Touch[],
	events: readonly JourneyEvent[],
	{ anchorAt, isReported, now }: { anchorAt: number; isReported: boolean; now: number },
): Engagement {
	const messages = touches.filter(
		({ channel, state }) => MESSAGES.has(channel) && ARRIVED.has(state),
	);
	const keys = new Set(touches.map(({ key }) => key));
	const scans = events.filter(({ type }) => type === LINKS_SCANNED);
	let lastAt: number | undefined;
	for (const event of events) {
		const { type, occurredAt, touch } = event;
		if (!ENGAGEMENT.has(type) || !isHuman(event) || isTakenBack(event, scans)) continue;
		if (occurredAt > now || occurredAt < anchorAt) continue;
		// an answer to a message of another journey says nothing about this one
		if (touch !== undefined && touch !== '' && !keys.has(touch)) continue;
		lastAt = Math.max(occurredAt, lastAt ?? occurredAt);
	}
	return {
		state: lastAt === undefined ? (isReported ? 'none' : 'unknown') : 'engaged',
		lastAt,
		messages: messages.length,
		firstMessageAt:
			messages.length === 0 ? undefined : Math.min(...messages.map(({ changedAt }) => changedAt)),
	};
}
