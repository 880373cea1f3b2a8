import { person } from '../onboardingLives';
import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Monday; the flow goes live on the day before. */
const DAY_0 = '2026-03-02';
export const FROM = Date.parse('2026-03-01T07:20:00Z');
export const UNTIL = Date.parse('2026-04-06T07:20:00Z');
/** In the evening of the third day. */
export const SOON = Date.parse('2026-03-04T19:20:00Z');

const uses = (...features: string[]) => ({ usage: { featuresUsed: features } });
/** Before day 1 nobody uses what a message is about. */
const from1 = (facts: object) => (day: number) => (day < 1 ? uses() : facts);
const started = (more: object = {}) => ({
	lifecycleStage: 'onboarding',
	createdAt: `${DAY_0}T06:00:00Z`,
	startedAt: undefined,
	setup: { completed: [{ step: 'connect-data', at: `${DAY_0}T06:10:00Z` }] },
	...more,
});

const STORIES: readonly Story[] = [
	{
		id: 'rests',
		story: 'set-up rests for two days: the checklist (R59); no first value comes of it',
		account: (day) => (day < 0 ? { unknown: true } : started()),
		expected: ['+2 checklist > admin'],
	},
	{
		id: 'rests-then-value',
		story: 'the same, and first value on day 9',
		account: (day) =>
			day < 0
				? { unknown: true }
				: started(day < 9 ? {} : { setup: { firstValueAt: '2026-03-11T06:00:00Z' } }),
		expected: ['+2 checklist > admin'],
	},
	{
		id: 'moves-on',
		story: 'a step every day: no checklist is needed',
		account: (day) =>
			day < 0
				? { unknown: true }
				: started({
						setup: {
							completed: ['connect-data', 'invite-team', 'first-board']
								.slice(0, day + 1)
								.map((step, place) => ({ step, at: `2026-03-0${String(2 + place)}T06:10:00Z` })),
						},
					}),
		expected: [],
	},
	{
		id: 'nudged',
		story: 'boards and no reports: a nudge, once; nothing comes of it',
		account: from1(uses('boards')),
		expected: ['+1 nudge-reports > admin'],
	},
	{
		id: 'nudged-and-does',
		story: 'takes up reports after ten days, which the news is for then',
		account: (day) => (day < 1 ? uses() : day < 11 ? uses('boards') : uses('boards', 'reports')),
		expected: ['+1 nudge-reports > admin', '+11 news-timeline > admin'],
	},
	{
		id: 'news',
		story: 'reports and no timeline: the news',
		account: from1(uses('boards', 'reports')),
		expected: ['+1 news-timeline > admin'],
	},
	{
		id: 'before',
		story: 'had boards and no reports before the flow first ran: listed (P09)',
		account: () => uses('boards'),
		expected: [],
	},
	{
		id: 'away',
		story: 'last used eight days before: nobody is there to see it (R80)',
		account: (day) =>
			day < 1 ? uses() : { usage: { featuresUsed: ['boards'], lastActiveDay: day - 8 } },
		expected: [],
	},
	{
		id: 'there',
		story: 'last used seven days before',
		account: (day) =>
			day < 1 ? uses() : { usage: { featuresUsed: ['boards'], lastActiveDay: day - 7 } },
		expected: ['+1 nudge-reports > admin'],
	},
	{
		id: 'red',
		story: 'red: a human looks after them (R76)',
		account: (day) => ({
			...RED,
			usage: { ...RED.usage, featuresUsed: day < 1 ? [] : ['boards'] },
		}),
		expected: [],
	},
	{
		id: 'asks',
		story: 'asks for a human, who has the account when the nudge falls due (R64, P06)',
		account: (day) => (day < 3 ? uses() : uses('boards')),
		events: [{ at: '+1 12:00', type: 'human_requested', contact: 'admin' }],
		expected: ['+1 asked-for-help > team'],
	},
	{
		id: 'unscored',
		story: 'nobody can tell how they are: that is no reason to keep it from them',
		account: (day) => ({
			licences: undefined,
			support: undefined,
			sentiment: undefined,
			renewalDate: undefined,
			usage: {
				...uses(...(day < 1 ? [] : ['boards'])).usage,
				activeUsers: undefined,
				events: undefined,
				previousEvents: undefined,
				adoption: undefined,
			},
		}),
		expected: ['+1 nudge-reports > admin'],
	},
	{
		id: 'paused',
		story: 'at rest until Thursday, by the CRM: shown then (P33)',
		account: (day) => ({ pausedUntil: '2026-03-05', ...(day < 1 ? uses() : uses('boards')) }),
		expected: ['+3 nudge-reports > admin'],
	},
	{
		id: 'weekend',
		story: 'from Saturday on: what is shown to who is there needs no office hours (P02)',
		account: (day) => (day < 5 ? uses() : uses('boards')),
		expected: ['+5 nudge-reports > admin'],
	},
	{
		id: 'high-touch',
		story: 'has a success manager: what the product says of itself it says to every tier (P31)',
		account: (day) => ({ arr: 250_000, csm: 'csm', ...(day < 1 ? uses() : uses('boards')) }),
		expected: ['+1 nudge-reports > admin'],
	},
	{
		id: 'unsubscribed',
		story: 'whoever has unsubscribed is chosen for no message, on whatever channel (P12)',
		account: (day) => ({
			contacts: [{ ...person('admin'), unsubscribed: true }],
			...(day < 1 ? uses() : uses('boards')),
		}),
		expected: [],
	},
	{
		id: 'churned',
		story: 'churned (P32)',
		account: from1({ ...uses('boards'), lifecycleStage: 'churned' }),
		expected: [],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, STORIES);

/** All work with boards on the same day: 20 of 99 are more than a fifth, and not fewer than 20 (P10). */
export const TOO_MANY: readonly Life[] = crowd(20, 99);
/** A fifth is none too many. */
export const A_FIFTH: readonly Life[] = crowd(20, 100, ['+1 nudge-reports > admin']);

function crowd(starting: number, all: number, expected: string[] = []): readonly Life[] {
	return livesFrom(
		DAY_0,
		Array.from({ length: all }, (_none, place) => ({
			id: `crowd-${String(place)}`,
			story: place < starting ? 'works with boards from day 1 on' : 'works with nothing new',
			account: place < starting ? from1(uses('boards')) : () => uses(),
			expected: place < starting ? expected : [],
		})),
	);
}
