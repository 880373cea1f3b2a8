import { person } from '../onboardingLives';
import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** The programme's zone, and everybody's. */
const ZONE = 'America/New_York';
/** A Monday, two days after the go-live: the day on which a week is closed. */
const DAY_0 = '2026-03-02';
export const FROM = Date.parse('2026-02-28T14:05:00Z');
export const UNTIL = Date.parse('2026-04-03T14:05:00Z');

type Facts = Record<string, unknown>;
/** The last closed week against the one before, on these days; on others they are alike. */
type Week = readonly [from: number, until: number, events?: number, before?: number];

/** A fall of 36 % unless told otherwise, so that health stays green. */
const falls =
	(weeks: readonly Week[], more: (day: number) => Facts = () => ({})) =>
	(day: number): Facts => {
		const week = weeks.find(([from, until]) => day >= from && day < until);
		const { usage, ...others } = more(day);
		const [, , events = 640, previousEvents = 1000] = week ?? [];
		const fall = week === undefined ? {} : { events, previousEvents };
		return { ...others, usage: { ...(usage as Facts | undefined), ...fall } };
	};
const FIRST: Week = [0, 7];
const MAIL = '+0 what-fell > admin';
const NEW = { lifecycleStage: 'onboarding', createdAt: '2026-02-27', startedAt: '2026-02-27' };
const reply = (at: string) => ({ at, type: 'reply_received', contact: 'admin' });
const resolved = (at: string) => ({ at, type: 'case_resolved' });

const STORIES: readonly Story[] = [
	{
		id: 'fell-30',
		story: 'exactly 30 % (R24, P03)',
		account: falls([[0, 7, 700]]),
		expected: [],
	},
	{
		id: 'fell-30-1',
		story: 'strictly more than 30 %',
		account: falls([[0, 7, 699]]),
		expected: [MAIL],
	},
	{
		id: 'fell-45',
		story: 'urgent for us (R5), the same mail for the customer',
		account: falls([[0, 7, 550]]),
		expected: [MAIL],
	},
	{
		id: 'events-49',
		story: 'a week before of 49 events says too little (P03)',
		account: falls([[0, 7, 10, 49]]),
		expected: [],
	},
	{
		id: 'events-50',
		story: 'one of 50 is enough',
		account: falls([[0, 7, 30, 50]]),
		expected: [MAIL],
	},
	{
		id: 'again-7',
		story: 'falls again a week later, and not after that: one mail in 14 days (P03)',
		account: falls([FIRST, [7, 14]]),
		expected: [MAIL],
	},
	{
		id: 'again-13',
		story: 'falls again on day 13 only: too early, and over on day 14',
		account: falls([FIRST, [13, 14]]),
		expected: [MAIL],
	},
	{
		id: 'again-13-on',
		story: 'falls again on day 13 and has fallen on day 14 still',
		account: falls([FIRST, [13, 20]]),
		expected: [MAIL, '+14 what-fell > admin'],
	},
	{
		id: 'again-14',
		story: 'falls again on day 14',
		account: falls([FIRST, [14, 21]]),
		expected: [MAIL, '+14 what-fell > admin'],
	},
	{
		id: 'again-15',
		story: 'falls again on day 15',
		account: falls([FIRST, [15, 22]]),
		expected: [MAIL, '+15 what-fell > admin'],
	},
	{
		id: 'saturday',
		story: 'the week is told on a Saturday: a mail on Monday (P02)',
		account: falls([[5, 12]]),
		expected: ['+7 what-fell > admin'],
	},
	{
		id: 'saturday-red',
		story:
			'told on a Saturday, red on Sunday: the intervention speaks, the mail of Monday does not go',
		account: falls([[5, 12]], (day) => (day >= 6 ? RED : {})),
		expected: [],
	},
	{
		id: 'red',
		story: 'red with the fall: the health intervention speaks',
		account: falls([FIRST], (day) => (day >= 0 ? RED : {})),
		expected: [],
	},
	{
		id: 'yellow',
		story: 'health drops to yellow with the fall: the health intervention speaks (P22)',
		account: falls([FIRST], (day) =>
			day >= 0 ? { licences: { bought: 20, used: 2 }, sentiment: { nps: -20, csat: 3 } } : {},
		),
		expected: [],
	},
	{
		id: 'red-before',
		story:
			'red since before the go-live, and falls now: nobody in trouble is told of figures (R76)',
		account: falls([[7, 14]], () => RED),
		expected: [],
	},
	{
		id: 'red-and-back',
		story: 'red with the fall, well again two days later: the same fall is not written about twice',
		account: falls([FIRST], (day) => (day >= 0 && day < 2 ? RED : {})),
		expected: [],
	},
	{
		id: 'red-later',
		story: 'red two days after the mail: that is the intervention’s',
		account: falls([FIRST], (day) => (day >= 2 ? RED : {})),
		expected: [MAIL],
	},
	{
		id: 'unsubscribed',
		story: 'nobody left to write to: a human, once (P12)',
		account: falls([FIRST], () => ({ contacts: [{ ...person('admin'), unsubscribed: true }] })),
		expected: ['+0 reach-by-hand > team'],
	},
	{
		id: 'high-touch',
		story: 'a task for the success manager, no mail (P31)',
		account: falls([FIRST], () => ({ arr: 140_000, csm: 'csm' })),
		expected: ['+0 csm-task > csm'],
	},
	{
		id: 'no-tier',
		story: 'nobody knows the tier: no mail on a guess, but no dead end (P31, R77)',
		account: falls([FIRST], () => ({ arr: undefined })),
		expected: ['+0 csm-task > team'],
	},
	{
		id: 'replies',
		story: 'replies: a human (P33)',
		account: falls([FIRST]),
		events: [reply('+1 12:00')],
		expected: [MAIL, '+1 asked-for-help > team'],
	},
	{
		id: 'replies-late',
		story: 'replies when the episode is long over: a human all the same (R64)',
		account: falls([FIRST]),
		events: [reply('+22 12:00')],
		expected: [MAIL, '+22 asked-for-help > team'],
	},
	{
		id: 'human-has-it',
		story: 'falls again while a human has the account; closed on day 18, when it is old news (P06)',
		account: falls([FIRST, [14, 21]]),
		events: [reply('+1 12:00'), resolved('+18 12:00')],
		expected: [MAIL, '+1 asked-for-help > team'],
	},
	{
		id: 'human-had-it',
		story: 'falls again after a human had the account',
		account: falls([FIRST, [14, 21]]),
		events: [reply('+1 12:00'), resolved('+3 12:00')],
		expected: [MAIL, '+1 asked-for-help > team', '+14 what-fell > admin'],
	},
	{
		id: 'onboarding',
		story: 'not before first value (P18)',
		account: falls([[7, 14]], () => NEW),
		expected: [],
	},
	{
		id: 'first-value',
		story: 'first value on day 3, the fall on day 7: a mail',
		account: falls([[7, 14]], (day) => ({
			...NEW,
			...(day >= 3 ? { setup: { firstValueAt: '2026-03-05T10:00:00-05:00' } } : {}),
		})),
		expected: ['+7 what-fell > admin'],
	},
	{
		id: 'at-go-live',
		story: 'had fallen when health was first scored (P09)',
		account: falls([[-2, 5]]),
		expected: [],
	},
	{
		id: 'churned',
		story: 'has left (P32)',
		account: falls([[7, 14]], (day) => (day >= 6 ? { lifecycleStage: 'churned' } : {})),
		expected: [],
	},
	{
		id: 'test-account',
		story: 'no customer',
		account: falls([[7, 14]], () => ({ excluded: 'test' })),
		expected: [],
	},
];
export const LIVES: readonly Life[] = livesFrom(
	DAY_0,
	STORIES.map((story) => ({ zone: ZONE, ...story })),
);
