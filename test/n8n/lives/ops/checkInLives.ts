import { person } from '../onboardingLives';
import { livesFrom, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Monday, two days after the go-live. */
const DAY_0 = '2026-03-02';
export const FROM = Date.parse('2026-02-28T08:05:00Z');
/** Long enough for a second question after 90 days. */
export const UNTIL = Date.parse('2026-06-19T08:05:00Z');

const answers = (at: string, answer: number, survey = 'check-ins') => ({
	at,
	type: 'survey_answered',
	survey,
	answer,
});
const firstValueAt = (date: string) => () => ({
	setup: { firstValueAt: `${date}T08:00:00+01:00` },
});

const STORIES: readonly Story[] = [
	{
		id: 'thirty',
		story: 'first value 30 days before day 4, a Friday (R57)',
		account: firstValueAt('2026-02-04'),
		expected: ['+4 first-value > admin'],
	},
	{
		id: 'weekend',
		story: '30 days are over on a Saturday: asked on Monday (P02)',
		account: firstValueAt('2026-02-05'),
		expected: ['+7 first-value > admin'],
	},
	{
		id: 'by-event',
		story: 'first value told as an event',
		events: [{ at: '+0 08:00', type: 'first_value_reached' }],
		expected: ['+30 first-value > admin'],
	},
	{
		id: 'at-go-live',
		story: 'the moment had come before the flow first ran: listed, not asked (P09)',
		account: firstValueAt('2026-01-28'),
		expected: [],
	},
	{
		id: 'long-ago',
		story: 'first value months ago',
		account: firstValueAt('2025-10-01'),
		expected: [],
	},
	{
		id: 'ticket',
		story: 'a ticket is closed on Tuesday: asked a week later',
		events: [{ at: '+1 08:00', type: 'ticket_closed' }],
		expected: ['+8 case > admin'],
	},
	{
		id: 'case',
		story:
			'replies on Tuesday, which reaches a human though nobody asked them yet (P18); the case is resolved on Thursday: asked a week later',
		events: [
			{ at: '+1 08:00', type: 'reply_received', contact: 'admin' },
			{ at: '+3 08:00', type: 'case_resolved' },
		],
		expected: ['+1 asked-for-help > team', '+10 case > admin'],
	},
	{
		id: 'two-moments',
		story: 'a second moment within 90 days is not asked at',
		account: firstValueAt('2026-02-04'),
		events: [{ at: '+20 08:00', type: 'ticket_closed' }],
		expected: ['+4 first-value > admin'],
	},
	{
		id: 'day-89',
		story: 'a moment that is over before the 90 days are: not asked',
		account: firstValueAt('2026-02-04'),
		events: [{ at: '+72 08:00', type: 'ticket_closed' }],
		expected: ['+4 first-value > admin'],
	},
	{
		id: 'day-95',
		story: 'a moment 95 days after the first question: asked again',
		account: firstValueAt('2026-02-04'),
		events: [{ at: '+92 08:00', type: 'ticket_closed' }],
		expected: ['+4 first-value > admin', '+99 case > admin'],
	},
	{
		id: 'day-90',
		story: 'a moment of the day before the 90 days are over: asked when they are',
		account: firstValueAt('2026-02-04'),
		events: [{ at: '+86 08:00', type: 'ticket_closed' }],
		expected: ['+4 first-value > admin', '+94 case > admin'],
	},
	{
		id: 'case-at-the-moment',
		story: 'a human has the account when the moment comes: asked when the case is closed (P06)',
		account: firstValueAt('2026-02-04'),
		events: [
			{ at: '+3 08:00', type: 'reply_received', contact: 'admin' },
			{ at: '+7 08:00', type: 'case_resolved' },
		],
		expected: ['+3 asked-for-help > team', '+7 first-value > admin'],
	},
	{
		id: 'nobody-until-17',
		story: 'nobody to ask at the moment, somebody 13 days later',
		account: (day) => ({
			...firstValueAt('2026-02-04')(),
			...(day < 17 ? { contacts: [] } : {}),
		}),
		expected: ['+17 first-value > admin'],
	},
	{
		id: 'nobody-until-18',
		story: '14 days later: the moment is over',
		account: (day) => ({
			...firstValueAt('2026-02-04')(),
			...(day < 18 ? { contacts: [] } : {}),
		}),
		expected: [],
	},
	{
		id: 'half-way',
		story: 'half of two years is over on day 9, and it is in use',
		account: () => ({ termMonths: 24, startedAt: '2025-03-11', renewalDate: '2027-03-11' }),
		expected: ['+9 mid-term > admin'],
	},
	{
		id: 'half-asleep',
		story: 'the same, not used for months: the calendar alone is no reason (R80)',
		account: () => ({ termMonths: 24, renewalDate: '2027-03-11', usage: { lastActiveDay: -40 } }),
		expected: [],
	},
	{
		id: 'half-of-a-year',
		story: 'half of one year is left to the renewal survey (P28)',
		account: () => ({ termMonths: 12, renewalDate: '2026-09-11' }),
		expected: [],
	},
	{
		id: 'six',
		story: 'answers 6: a human (P28)',
		account: firstValueAt('2026-02-04'),
		events: [answers('+7 12:00', 6)],
		expected: ['+4 first-value > admin', '+7 low-answer > team'],
	},
	{
		id: 'seven',
		story: 'answers 7',
		account: firstValueAt('2026-02-04'),
		events: [answers('+7 12:00', 7)],
		expected: ['+4 first-value > admin'],
	},
	{
		id: 'six-elsewhere',
		story: 'answers 6 to another survey, which has another scale',
		account: firstValueAt('2026-02-04'),
		events: [answers('+7 12:00', 6, 'nps')],
		expected: ['+4 first-value > admin'],
	},
	{
		id: 'replies',
		story: 'replies to the question: a human (P33)',
		account: firstValueAt('2026-02-04'),
		events: [{ at: '+7 12:00', type: 'reply_received', contact: 'admin' }],
		expected: ['+4 first-value > admin', '+7 asked-for-help > team'],
	},
	{
		id: 'unsubscribed',
		story: 'has unsubscribed: it holds, and no human is asked (P12)',
		account: () => ({
			...firstValueAt('2026-02-04')(),
			contacts: [{ ...person('admin'), unsubscribed: true }],
		}),
		expected: [],
	},
	{
		id: 'high-touch',
		story: 'its success manager asks in person',
		account: () => ({ ...firstValueAt('2026-02-04')(), arr: 140_000, csm: 'csm' }),
		expected: [],
	},
	{
		id: 'churned',
		story: 'churned before the moment (P32)',
		account: (day) => ({
			...firstValueAt('2026-02-04')(),
			...(day >= 2 ? { lifecycleStage: 'churned' } : {}),
		}),
		expected: [],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, STORIES);
