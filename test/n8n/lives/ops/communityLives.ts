import { person } from '../onboardingLives';
import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Monday; the flow goes live on the day before. */
const DAY_0 = '2026-03-02';
export const FROM = Date.parse('2026-03-01T08:05:00Z');
export const UNTIL = Date.parse('2026-03-12T20:05:00Z');

const asked = (at: string, question = 'q1') => ({
	at,
	type: 'question_asked',
	question,
	title: `About ${question}`,
	url: `https://community.example.com/${question}`,
});
const answered = (at: string, question = 'q1') => ({ at, type: 'question_answered', question });
const accepted = (...times: string[]) =>
	times.map((at) => ({ at, type: 'answer_accepted', contact: 'user' }));
const FIVE = ['-60 10:00', '-50 10:00', '-40 10:00', '-30 10:00'];
const people =
	(more: object = {}) =>
	() => ({
		contacts: [person('admin'), { ...person('user'), ...more }],
	});

const STORIES: readonly Story[] = [
	{
		id: 'unanswered',
		story: 'asked on Monday at noon: 24 hours later the team is told, once (R58)',
		events: [asked('+0 12:00')],
		expected: ['+1 unanswered > team'],
	},
	{
		id: 'answered',
		story: 'answered after 20 hours',
		events: [asked('+0 12:00'), answered('+1 08:00')],
		expected: [],
	},
	{
		id: 'answered-late',
		story: 'answered after 30 hours: it was told',
		events: [asked('+0 12:00'), answered('+1 18:00')],
		expected: ['+1 unanswered > team'],
	},
	{
		id: 'another-answered',
		story: 'another question was answered',
		events: [asked('+0 12:00'), asked('+0 12:30', 'q2'), answered('+0 20:00', 'q2')],
		expected: ['+1 unanswered > team'],
	},
	{
		id: 'two',
		story: 'two questions: each is told',
		events: [asked('+0 12:00'), asked('+3 12:00', 'q2')],
		expected: ['+1 unanswered > team', '+4 unanswered > team'],
	},
	{
		id: 'weekend',
		story: 'asked on Friday: an alert is raised on Saturday; only its deadline sleeps (P02)',
		events: [asked('+4 12:00')],
		expected: ['+5 unanswered > team'],
	},
	{
		id: 'owned',
		story: 'the owner is told',
		account: () => ({ csm: 'csm', arr: 140_000 }),
		events: [asked('+0 12:00')],
		expected: ['+1 unanswered > csm'],
	},
	{
		id: 'red',
		story: 'red: told all the same',
		account: () => RED,
		events: [asked('+0 12:00')],
		expected: ['+1 unanswered > team'],
	},
	{
		id: 'asked-before',
		story: 'asked a week before the flow first ran: listed (P09)',
		events: [asked('-8 12:00')],
		expected: [],
	},
	{
		id: 'super-user',
		story: 'the fifth answer on Tuesday: the person who gave them is invited',
		account: people(),
		events: accepted(...FIVE, '+1 10:00', '+2 10:00'),
		expected: ['+1 super-user > user'],
	},
	{
		id: 'super-on-saturday',
		story: 'the fifth on a Saturday: invited on Monday (P02)',
		account: people(),
		events: accepted(...FIVE, '+5 10:00'),
		expected: ['+7 super-user > user'],
	},
	{
		id: 'four',
		story: 'four answers: not yet',
		account: people(),
		events: accepted(...FIVE),
		expected: [],
	},
	{
		id: 'too-old',
		story: 'the first of the five is more than 90 days old',
		account: people(),
		events: accepted('-90 09:00', ...FIVE.slice(1), '+1 10:00'),
		expected: [],
	},
	{
		id: 'super-silent',
		story: 'the super-user has unsubscribed: nobody else is written to (P12)',
		account: people({ unsubscribed: true }),
		events: accepted(...FIVE, '+1 10:00'),
		expected: [],
	},
	{
		id: 'super-red',
		story: 'the account is in trouble: no invitation (R76)',
		account: () => ({ ...people()(), ...RED }),
		events: accepted(...FIVE, '+1 10:00'),
		expected: [],
	},
	{
		id: 'super-in-a-case',
		story: 'asks for a human: no invitation while they have the account (P06)',
		account: people(),
		events: [
			{ at: '+0 12:00', type: 'human_requested', contact: 'admin' },
			...accepted(...FIVE, '+1 10:00'),
		],
		expected: ['+0 asked-for-help > team'],
	},
	{
		id: 'super-before',
		story: 'was one before the flow first ran: listed (P09)',
		account: people(),
		events: accepted(...FIVE, '-20 10:00'),
		expected: [],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, STORIES);
