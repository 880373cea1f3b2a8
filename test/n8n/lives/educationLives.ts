import type { WorkflowFile } from '../client';
import { addressOf, person } from './onboardingLives';
import { dayOf, momentOf, type Life } from './life';
import { recordOf } from './record';

const ZONES = [
	'America/Los_Angeles',
	'America/New_York',
	'America/Sao_Paulo',
	'Europe/London',
	'Europe/Berlin',
	'Asia/Kolkata',
	'Asia/Tokyo',
	'Pacific/Auckland',
];
/** A fortnight after the go-live, when it slows nobody down any more (P09). */
const MONDAY = '2026-03-16';
const DAY = 86_400_000;

type Way = Omit<Life, 'id' | 'zone' | 'day0'> & {
	readonly name: string;
	readonly day0?: string;
	/** Where it is past five already when the programme's day is scored. */
	readonly inTheEast?: readonly string[];
};
const EAST = new Set(['Asia/Tokyo', 'Pacific/Auckland']);

const tips = (...days: number[]): string[] => days.map((day) => `+${String(day)} tip > admin`);
const RED = {
	licences: { bought: 20, used: 2 },
	support: { openTickets: 9, openP1: 0 },
	sentiment: { nps: -80, csat: 1.2 },
};
const redUsage = { activeUsers: 1, events: 10, previousEvents: 300, adoption: 0.05 };
/** Of what the catalogue teaches; see `EDUCATION_ROWS`. */
export const FEATURES = Array.from({ length: 10 }, (_none, place) => `feature-${String(place)}`);

const WAYS: readonly Way[] = [
	{
		name: 'mon',
		story: 'every two weeks, whatever the clocks do (R35)',
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'tue',
		day0: '2026-03-17',
		story: 'every two weeks',
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'wed',
		day0: '2026-03-18',
		story: 'every two weeks',
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'thu',
		day0: '2026-03-19',
		story: 'every two weeks',
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'fri',
		day0: '2026-03-20',
		story: 'every two weeks',
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'sat',
		day0: '2026-03-21',
		story: 'begins on a Saturday: the first on Monday, and two weeks count from there (P02, P24)',
		expected: tips(2, 16, 30, 44, 58, 72),
	},
	{
		name: 'sun',
		day0: '2026-03-22',
		story: 'begins on a Sunday',
		expected: tips(1, 15, 29, 43, 57, 71),
	},
	{
		name: 'knows-all',
		story: 'uses all that the catalogue teaches: nothing eligible, nothing sent (P24)',
		account: () => ({ usage: { featuresUsed: FEATURES } }),
		expected: [],
	},
	{
		name: 'red-then',
		story:
			'red from day 12 to 20; better on Monday and on Tuesday, with the second daily score it is not red any more (P19, P24)',
		account: (day) => (day >= 12 && day < 21 ? { ...RED, usage: redUsage } : {}),
		expected: tips(0, 22, 36, 50, 64, 78),
		inTheEast: tips(0, 23, 37, 51, 65, 79),
	},
	{
		name: 'red-between',
		story: 'red between two tips: nothing changes',
		account: (day) => (day >= 5 && day < 12 ? { ...RED, usage: redUsage } : {}),
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'unknown',
		story: 'too little is known to score: nothing is sent (P24)',
		account: () => ({
			licences: undefined,
			support: undefined,
			sentiment: undefined,
			usage: {
				activeUsers: undefined,
				events: undefined,
				previousEvents: undefined,
				adoption: undefined,
				asOf: undefined,
			},
		}),
		expected: [],
	},
	{
		name: 'asleep',
		story: 'last used on day 10: on day 42 that is 32 days ago (P24)',
		account: (day) => (day > 10 ? { usage: { lastActiveDay: 10 } } : {}),
		expected: tips(0, 14, 28),
	},
	{
		name: 'wakes',
		story: 'used again from day 60: taught again',
		account: (day) => (day > 10 && day < 60 ? { usage: { lastActiveDay: 10 } } : {}),
		expected: tips(0, 14, 28, 60, 74),
	},
	{
		name: 'unsubscribes-13',
		story: 'unsubscribed the day before the second tip (P12): education just holds',
		events: [{ at: '+13 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: tips(0),
	},
	{
		name: 'unsubscribes-15',
		story: 'unsubscribed the day after the second tip',
		events: [{ at: '+15 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: tips(0, 14),
	},
	{
		name: 'admin-leaves',
		story: 'the admin leaves on day 20: the decision maker is next (P11)',
		account: (day) => ({
			contacts: [
				{ ...person('admin'), status: day < 20 ? 'active' : 'left' },
				person('user'),
				person('decisionMaker'),
			],
		}),
		expected: [
			...tips(0, 14),
			...[28, 42, 56, 70, 84].map((day) => `+${String(day)} tip > decisionMaker`),
		],
	},
	{
		name: 'no-value',
		story: 'no first value: hears about getting started elsewhere, and no tips (P24)',
		account: () => ({ lifecycleStage: 'onboarding' }),
		expected: [],
	},
	{
		name: 'value-later',
		story: 'first value on day 30, a Wednesday',
		account: (day) => (day < 30 ? { lifecycleStage: 'onboarding' } : {}),
		expected: tips(30, 44, 58, 72),
	},
	{
		name: 'value-event',
		story: 'first value told as an event, while the CRM still says onboarding',
		account: () => ({ lifecycleStage: 'onboarding' }),
		events: [{ at: '+7 06:00', type: 'first_value_reached' }],
		expected: tips(7, 21, 35, 49, 63, 77),
	},
	{
		name: 'replies',
		story: 'a reply goes to a human at once, and tips rest while the case is open (P33, P06)',
		events: [{ at: '+16 12:00', type: 'reply_received', contact: 'admin' }],
		expected: [...tips(0, 14), '+16 asked-for-help > team'],
	},
	{
		name: 'replies-and-done',
		story: 'resolved before the next tip: as if nothing had been',
		events: [
			{ at: '+16 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+20 12:00', type: 'case_resolved' },
		],
		expected: [...tips(0, 14), '+16 asked-for-help > team', ...tips(28, 42, 56, 70, 84)],
	},
	{
		name: 'p1',
		story: 'a P1 ticket reaches a human (P18)',
		events: [{ at: '+3 12:00', type: 'ticket_opened', severity: 'P1' }],
		expected: [...tips(0), '+3 asked-for-help > team'],
	},
	{
		name: 'two-reasons',
		story: 'a reply and a P1 ticket at once are one case (P08)',
		events: [
			{ at: '+16 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+16 12:00', type: 'ticket_opened', severity: 'P1' },
		],
		expected: [...tips(0, 14), '+16 asked-for-help > team'],
	},
	{
		name: 'merges',
		story: 'merged into another record on day 20, which goes on in its rhythm (P32)',
		account: (day) => (day < 20 ? { as: 'other' } : { aliases: ['other'] }),
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'churns',
		story: 'churned on day 30: nothing from then on (P32)',
		account: (day) => (day >= 30 ? { lifecycleStage: 'churned' } : {}),
		expected: tips(0, 14, 28),
	},
	{ name: 'excluded', story: 'a test account', account: () => ({ excluded: true }), expected: [] },
	{
		name: 'paused',
		story: 'paused from day 10 until day 20, a Sunday: one tip when it is over, not two (P33)',
		account: (day) => (day >= 10 && day < 20 ? { pausedUntil: '2026-04-05' } : {}),
		expected: tips(0, 21, 35, 49, 63, 77),
	},
	{
		name: 'named',
		story: 'education runs for every tier (P31)',
		account: () => ({ csm: 'csm', arr: 250_000, tier: { tier: 'highTouch' } }),
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
	{
		name: 'adopts',
		story: 'takes up a feature every week: the content moves on (R37)',
		account: (day) => ({
			usage: { featuresUsed: FEATURES.slice(0, Math.min(3, Math.floor(day / 7))) },
		}),
		expected: tips(0, 14, 28, 42, 56, 70, 84),
	},
];

/** A catalogue that lasts, for everybody. */
const EDUCATION_ROWS = FEATURES.map((feature, place) => ({
	id: `about-${feature}`,
	title: `About ${feature}`,
	url: `https://help.example.com/about-${feature}`,
	kind: ['article', 'video', 'tutorial', 'webinar', 'community'][place % 5] ?? 'article',
	features: feature,
	outcome: `Work with ${feature} every day`,
	reviewedAt: '2026-02-20',
}));

/** The shipped journey with this catalogue. */
export function withCatalogue(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Sample catalogue'
			? {
					...node,
					parameters: {
						mode: 'raw',
						jsonOutput: JSON.stringify({ rows: EDUCATION_ROWS }),
						options: {},
					},
				}
			: node,
	);
	return { ...workflow, nodes };
}

/** Each way of life in each zone. */
export const EDUCATION_LIVES: readonly Life[] = ZONES.flatMap((zone) =>
	WAYS.map(({ name, day0 = MONDAY, inTheEast, ...way }): Life => {
		const id = `${name}-${zone.split('/')[1]?.replace('_', '-').toLowerCase() ?? ''}`;
		const events = (way.events ?? []).map(({ contact, ...event }) =>
			typeof contact === 'string' ? { ...event, contact: addressOf(id, contact) } : event,
		);
		const expected = EAST.has(zone) ? (inTheEast ?? way.expected) : way.expected;
		return { ...way, id, zone, day0, events, expected };
	}),
);

/** The record in the CRM, from the morning of day 0. */
export function educationRecord(life: Life, at: number): object | undefined {
	// customers who hear nothing are there from the go-live on, which therefore lies two weeks back
	if (life.expected.length > 0 && at < momentOf(life, '+0 01:00')) return undefined;
	const [day, time] = dayOf(life, at);
	const {
		usage = {},
		contacts,
		csm,
		as,
		aliases,
		...more
	} = (life.account?.(day, time) ?? {}) as {
		usage?: { lastActiveDay?: number };
		contacts?: { role: string }[];
		csm?: string;
		as?: 'other';
		aliases?: string[];
	};
	const { lastActiveDay, ...its } = usage;
	const lastActiveAt =
		lastActiveDay === undefined ? at - DAY : momentOf(life, `+${String(lastActiveDay)} 12:00`);
	const other = `${life.id}-other`;
	return recordOf(as === undefined ? life.id : other, at, {
		...(aliases === undefined ? {} : { aliases: [other] }),
		name: life.id,
		lifecycleStage: 'adopting',
		timezone: life.zone,
		...(csm === undefined ? {} : { csm: addressOf(life.id, csm) }),
		contacts: (contacts ?? [person('admin')]).map((one) => ({
			...one,
			email: addressOf(life.id, one.role),
		})),
		...more,
		usage: { lastActiveAt: new Date(lastActiveAt).toISOString(), ...its },
	});
}
