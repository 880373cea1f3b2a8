import { person } from '../onboardingLives';
import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Monday; the flow goes live on the day before, on which nobody's figures move. */
const DAY_0 = '2026-03-02';
export const FROM = Date.parse('2026-03-01T08:05:00Z');
export const UNTIL = Date.parse('2026-03-13T20:05:00Z');

export const projects = (count: number) => ({ usage: { totals: { projects: count } } });
const CORE = ['boards', 'automations', 'reports', 'integrations'];
/** Day 8, a Tuesday, is so many years after it. */
const began = (years: number) => ({ startedAt: `${String(2026 - years)}-03-10` });

const STORIES: readonly Story[] = [
	{
		id: 'hundred',
		story: 'the hundredth on Wednesday: celebrated, once (R56)',
		account: (day) => projects(day < 2 ? 99 : 100 + day),
		expected: ['+2 milestone > admin'],
	},
	{
		id: 'hundred-saturday',
		story: 'on a Saturday: it answers what they just did, and goes at once (P02)',
		account: (day) => projects(day < 5 ? 99 : 100),
		expected: ['+5 milestone > admin'],
	},
	{
		id: 'leap',
		story: 'from 90 to 1,200 in one go: the thousand only',
		account: (day) => projects(day < 2 ? 90 : 1200),
		expected: ['+2 thousand > admin'],
	},
	{
		id: 'both',
		story: 'a hundred, and a thousand later: each once',
		account: (day) => projects(day < 2 ? 99 : day < 9 ? 500 : 1000),
		expected: ['+2 milestone > admin', '+9 thousand > admin'],
	},
	{
		id: 'reached-before',
		story: 'had 300 before the flow first ran: listed, not celebrated (P09); the thousand is',
		account: (day) => projects(day < 4 ? 300 : 1001),
		expected: ['+4 thousand > admin'],
	},
	{
		id: 'a-year',
		story: 'one year on day 8',
		account: () => began(1),
		expected: ['+8 year > admin'],
	},
	{
		id: 'ten-years',
		story: 'ten years on day 8',
		account: () => began(10),
		expected: ['+8 years > admin'],
	},
	{
		id: 'four-years',
		story: 'four years: no anniversary of ours',
		account: () => began(4),
		expected: [],
	},
	{
		id: 'a-year-on-sunday',
		story: 'a year on a Sunday: on Monday, in office hours (P02)',
		account: () => ({ startedAt: '2025-03-08' }),
		expected: ['+7 year > admin'],
	},
	{
		id: 'a-year-last-week',
		story: 'the anniversary was six days before the go-live: that is past',
		account: () => ({ startedAt: '2025-02-23' }),
		expected: [],
	},
	{
		id: 'a-year-asleep',
		story: 'a year, and not used for more than 30 days: the calendar alone is no reason (R80)',
		account: () => ({ ...began(1), usage: { lastActiveDay: -23 } }),
		expected: [],
	},
	{
		id: 'a-year-just-awake',
		story: 'a year, last used 30 days before',
		account: () => ({ ...began(1), usage: { lastActiveDay: -22 } }),
		expected: ['+8 year > admin'],
	},
	{
		id: 'a-year-and-hundred',
		story:
			'a hundred on Monday evening, a year on Tuesday: the celebration counts, so the anniversary waits 24 hours (P04)',
		account: (day, time) => ({
			...began(1),
			...projects(day < 7 || (day === 7 && time < '17:00') ? 99 : 100),
		}),
		expected: ['+7 milestone > admin', '+9 year > admin'],
	},
	{
		id: 'hundred-and-core',
		story: 'two things in one hour: both, for both are exempt from caps (P04)',
		account: (day) => ({
			usage: {
				totals: { projects: day < 3 ? 99 : 100 },
				featuresUsed: day < 3 ? ['boards'] : CORE,
			},
		}),
		expected: ['+3 milestone > admin', '+3 core-features > admin'],
	},
	{
		id: 'core',
		story: 'the last core feature on Thursday',
		account: (day) => ({
			usage: { featuresUsed: day < 3 ? CORE.slice(0, 3) : [...CORE, 'forms'] },
		}),
		expected: ['+3 core-features > admin'],
	},
	{
		id: 'unsubscribed',
		story: 'has unsubscribed (P12)',
		account: (day) => ({
			...projects(day < 2 ? 99 : 100),
			contacts: [{ ...person('admin'), unsubscribed: true }],
		}),
		expected: [],
	},
	{
		id: 'red',
		story: 'red: not congratulated (R76)',
		account: (day) => ({
			...RED,
			usage: { ...RED.usage, totals: { projects: day < 2 ? 99 : 100 } },
		}),
		expected: [],
	},
	{
		id: 'open-case',
		story: 'a human has the account: a celebration goes all the same, an anniversary lapses (P06)',
		account: (day) => ({ ...began(1), ...projects(day < 3 ? 99 : 100) }),
		events: [{ at: '+1 12:00', type: 'reply_received', contact: 'admin' }],
		expected: ['+1 asked-for-help > team', '+3 milestone > admin'],
	},
	{
		id: 'high-touch',
		story: 'celebrations are for every tier',
		account: (day) => ({ ...projects(day < 2 ? 99 : 100), arr: 140_000, csm: 'csm' }),
		expected: ['+2 milestone > admin'],
	},
	{
		id: 'churned',
		story: 'churned before (P32)',
		account: (day) => ({
			...projects(day < 2 ? 99 : 100),
			...(day >= 1 ? { lifecycleStage: 'churned' } : {}),
		}),
		expected: [],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, STORIES);
