import { readEngagement } from '../../journeys/engagement';
import type { JourneyEvent } from '../../journeys/memory';

const MOST_TOUCHES = 5;
/** What became of a touch that left, or may have. */
const LEFT = new Set(['sent', 'sending', 'failed']);
/** Messages to customers and hand-overs to people; alerts and records are our own. */
const CHANNELS = new Set(['email', 'inApp', 'human']);
const HUMAN_TOUCH = 'case_touched';

/** What is read of an account's timeline: its events, and decisions as they were written down, oldest first. */
export type TimelineInput = {
	readonly events: readonly JourneyEvent[];
	readonly log: readonly {
		readonly journey: string;
		readonly dry: boolean;
		readonly stepId: string;
		readonly topic: string;
		readonly channel: string;
		/** Key of the touch. */
		readonly touch: string;
		readonly at: number;
		/** The touch's state from then on. */
		readonly what: string;
	}[];
};

/** `unknown` where nobody reports clicks and replies, which is never taken for `none` (P13). */
export type EngagementState = 'engaged' | 'none' | 'unknown';

export type LastTouch = {
	readonly at: number;
	readonly channel: string;
	/** '' for a contact that a person recorded. */
	readonly journey: string;
	/** The step, and what within it the touch was about. */
	readonly step: string;
	readonly state: 'sent' | 'sending' | 'failed';
	readonly engagement: EngagementState;
};

export type LastTouches = {
	/** The last five, the latest first. */
	readonly touches: readonly LastTouch[];
	readonly engagement: { readonly state: EngagementState; readonly lastAt?: number };
};

/**
 * What was done for the account lately and how it was taken, in all journeys. Dry runs did nothing, and notices to
 * colleagues are none of the customer's.
 * @param isReported whether the channels report clicks and replies
 */
export function lastTouches(
	{ events, log }: TimelineInput,
	{ isReported, now }: { isReported: boolean; now: number },
): LastTouches {
	const byTouch = groupByTouch(events);
	const engagementOf = (key: string): { state: EngagementState; lastAt?: number } => {
		// all of one touch: which one need not be looked at
		const own = (byTouch.get(key) ?? []).map((event) => ({ ...event, touch: undefined }));
		return readEngagement([], own, { anchorAt: -Infinity, isReported, now });
	};
	const last = new Map<string, LastTouch>();
	for (const { dry, channel, journey, what, touch, at, stepId, topic } of log) {
		if (dry || at > now || !CHANNELS.has(channel) || !isLeft(what)) continue;
		const step = topic === '' ? stepId : `${stepId}: ${topic}`;
		// whatever is heard of it later, it left when it first did
		const left = last.get(touch)?.at ?? at;
		const { state } = engagementOf(touch);
		last.set(touch, { at: left, channel, journey, step, state: what, engagement: state });
	}
	const recorded = events
		.filter(({ type, occurredAt }) => type === HUMAN_TOUCH && occurredAt <= now)
		.map(({ occurredAt: at }): LastTouch => {
			return { at, channel: 'human', journey: '', step: '', state: 'sent', engagement: 'unknown' };
		});
	const times = [...byTouch.keys()].flatMap((key) => engagementOf(key).lastAt ?? []);
	const lastAt = times.length === 0 ? undefined : Math.max(...times);
	return {
		touches: [...last.values(), ...recorded].toSorted((a, b) => b.at - a.at).slice(0, MOST_TOUCHES),
		engagement: {
			state: lastAt === undefined ? (isReported ? 'none' : 'unknown') : 'engaged',
			lastAt,
		},
	};
}

/** '' for what answers no touch. */
function groupByTouch(events: readonly JourneyEvent[]): Map<string, JourneyEvent[]> {
	const groups = new Map<string, JourneyEvent[]>();
	for (const event of events) {
		const { touch = '' } = event;
		const group = groups.get(touch);
		if (group === undefined) groups.set(touch, [event]);
		else group.push(event);
	}
	return groups;
}

function isLeft(what: string): what is LastTouch['state'] {
	return LEFT.has(what);
}
