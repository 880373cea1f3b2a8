import type { NodeExecutionHint } from 'n8n-workflow';
import { showType } from '../../engine/accounts/show';
import { ENGAGEMENT_EVENTS } from '../../engine/journeys/engagement';
import { COMMUNITY_EVENTS } from '../../engine/journeys/community';
import { KEPT_EVENTS } from '../../engine/journeys/observations';
import { CASE_EVENTS } from '../../engine/escalation/caseEvents';
import { EVENT_TYPES } from '../../engine/events/types';
import { TIER_EVENTS } from '../../engine/tiers/elevation';

/** After these the address gets no automated e-mail of any journey (P12). */
export const SILENCES: ReadonlySet<string> = new Set(['unsubscribed', 'bounced', 'complained']);

/**
 * What becomes of a message that went out, or answers it: these are of the account that the message was about. So is that
 * somebody left, which is about the address itself: it is nobody's there any more, and must get no further message (P11).
 */
export const OF_MESSAGES: ReadonlySet<string> = new Set([
	'delivered',
	'delivery_delayed',
	'opened',
	'human_requested',
	'survey_answered',
	'contact_left',
	...ENGAGEMENT_EVENTS,
	...SILENCES,
]);

/** Facts of a customer's life, which a journey may ask for years later; every other event is a detail that may be forgotten. */
export const LIFE_EVENTS: readonly string[] = [
	'customer_created',
	'set_up_step_completed',
	'first_value_reached',
	'case_resolved',
	'churned',
	'customer_returned',
	'onboarding_restarted',
	'renewed',
	...KEPT_EVENTS,
	...TIER_EVENTS,
];

/** What journeys act on (P14, P17, P18, P33, R28–R33). Any other type is stored and changes nothing. */
const KNOWN = [
	'customer_created',
	'set_up_step_completed',
	'first_value_reached',
	'reply_received',
	'human_requested',
	'cancellation_requested',
	'ticket_opened',
	'case_resolved',
	...SILENCES,
	'churned',
	'customer_returned',
	'onboarding_restarted',
	'renewed',
	'survey_answered',
	...ENGAGEMENT_EVENTS.filter((type) => type !== 'reply_received'),
];
/** An event that nobody could read, kept as it came. */
export const UNREADABLE = 'event_unreadable';
/** That operations were told of such events, or of some of no account. */
export const TOLD = 'operations_told';

/** What the pack itself writes down, told to nobody as a mistake. */
const OWN = [
	UNREADABLE,
	TOLD,
	'links_scanned',
	'auto_replied',
	'delivery_delayed',
	...COMMUNITY_EVENTS,
	...KEPT_EVENTS,
	...TIER_EVENTS,
	...CASE_EVENTS,
];
/** With what Customer Event Trigger hands out: a report of usage is no misspelled type. */
const known: ReadonlySet<string> = new Set([...KNOWN, ...OWN, ...EVENT_TYPES]);

/** What senders call what silences an address, in letters only. Spelling must not decide whether somebody is left alone. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		unsubscribed: [
			'unsubscribe',
			'contactunsubscribed',
			'emailunsubscribed',
			'emailunsubscribe',
			'listunsubscribe',
			'groupunsubscribe',
			'customerunsubscribed',
			'optout',
			'optedout',
		],
		bounced: ['bounce', 'hardbounce', 'hardbounced', 'emailbounced', 'contactbounced'],
		complained: [
			'complaint',
			'spamcomplaint',
			'spamreport',
			'spamreported',
			'markedasspam',
			'emailspammed',
			'emailcomplained',
		],
		delivery_delayed: ['softbounce', 'softbounced', 'deferred'],
	}).flatMap(([type, names]) => names.map((name) => [name, type])),
);
const byLetters = new Map([...known].map((type) => [lettersOf(type), type]));
const SILENCE = /unsub|optout|optedout|bounce|complain|spam/;

export function isKnown(type: string): boolean {
	return known.has(type);
}

/** The type that journeys know, whatever case, separators or common name a sender uses; any other as it is. */
export function knownType(type: string): string {
	if (known.has(type)) return type;
	const letters = lettersOf(type);
	return byLetters.get(letters) ?? SYNONYMS.get(letters) ?? type;
}

/** Whether an unknown type sounds as if somebody is not to be written to, which must not pass in silence. */
export function soundsLikeSilence(type: string): boolean {
	return !known.has(type) && SILENCE.test(lettersOf(type));
}

const MOST_NAMED = 5;

/**
 * One hint about every type that no journey acts on, most frequent first, with the known type that was probably meant.
 * Undefined where all are known: a misspelled type would otherwise be stored, and nothing ever come of it.
 */
export function unknownTypesHint(types: readonly string[]): NodeExecutionHint | undefined {
	const counts = new Map<string, number>();
	for (const type of types) {
		if (!known.has(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
	}
	if (counts.size === 0) return undefined;
	const named = [...counts]
		.sort(([, a], [, b]) => b - a)
		.slice(0, MOST_NAMED)
		.map(([type, count]) => {
			const meant = knownTypeLike(type);
			const times = count === 1 ? '' : `, ${String(count)} times`;
			return `${showType(type)}${times}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
		});
	const more =
		counts.size > MOST_NAMED ? `; and ${String(counts.size - MOST_NAMED)} more types` : '';
	return {
		message: `No journey acts on these event types: ${named.join('; ')}${more}. The events are stored and change nothing. Types that journeys act on: ${KNOWN.join(', ')}.`,
		type: 'warning',
		location: 'outputPane',
	};
}

function knownTypeLike(type: string): string | undefined {
	const letters = lettersOf(type);
	return letters === '' ? undefined : KNOWN.find((one) => atMostOneSlip(letters, lettersOf(one)));
}

function lettersOf(type: string): string {
	return type.toLowerCase().replace(/[^a-z]/g, '');
}

/** Same, or with one letter missing, added, wrong, or changed with its neighbor. */
function atMostOneSlip(a: string, b: string): boolean {
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
	const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
	if (inA.length <= 1 && inB.length <= 1) return true;
	return inA.length === 2 && inA.slice(1) + inA.slice(0, 1) === inB;
}
