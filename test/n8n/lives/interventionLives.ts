import { castOf, type Way as CastWay } from './cast';
import { dayOf, type Life } from './life';
import { addressOf, person } from './onboardingLives';
import { scoreFrom, signalsFor } from './signals';

/** Clocks go forward in the first and the third of them in these weeks. */
const ZONES = [
	'America/Los_Angeles',
	'America/Sao_Paulo',
	'Europe/London',
	'Asia/Kolkata',
	'Pacific/Auckland',
];
/** The health of everybody is taken by the programme's days; there it is just after midnight, here past five. */
const PROGRAMME = 'America/New_York';
const EAST = new Set(['Pacific/Auckland']);

type Facts = {
	score?: number | 'unknown';
	as?: 'other';
	csm?: string;
	contacts?: object[];
} & Record<string, unknown>;
type Way = CastWay & {
	/** By the programme's days. */
	readonly account: (day: number) => Facts;
	/** `+0/+1` is day 0, and day 1 where it is too late for a mail when health drops (P02). */
	readonly expected: readonly string[];
};

const LOW = 45;
/** Low from day 0, or as these steps say. */
const going = (steps: Record<number, number> = {}, more: Facts = {}) => {
	const scoreOf = scoreFrom({ 0: LOW, ...steps });
	return (day: number): Facts => ({ score: scoreOf(day), ...more });
};

const FIRST = ['+0 in-app > admin', '+0/+1 pattern > admin'];
const OFFER = '+7/+8 consultation > admin';
const SILENT = [...FIRST, OFFER, '+14 nobody-engaged > team'];

const clicks = (at: string) => ({ at, type: 'clicked', contact: 'admin', human: true });
const resolved = (at: string) => ({ at, type: 'case_resolved' });

/** Who is well again, and drops again. */
const AGAIN: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'relapse-day-30',
		story:
			'recovers on day 5, drops again on day 35: 30 days after the end, straight to a human (P23)',
		account: going({ 4: 70, 35: LOW }),
		expected: [...FIRST, '+35 relapse > team'],
	},
	{
		name: 'relapse-day-31',
		story: 'drops again 31 days after the end: a new episode (P23)',
		account: going({ 4: 70, 36: LOW }),
		expected: [
			...FIRST,
			'+36 in-app > admin',
			'+36/+37 pattern > admin',
			'+43/+44 consultation > admin',
			'+50 nobody-engaged > team',
		],
	},
	{
		name: 'human-then-again',
		story:
			'a human from day 14 to day 20, well from day 22, drops on day 40: 26 days after the end (P22, P23)',
		account: going({ 22: 70, 40: LOW }),
		events: [resolved('+20 12:00')],
		expected: [...SILENT, '+40 relapse > team'],
	},
	{
		name: 'human-then-soon',
		story:
			'drops again 11 days after the end, still elevated to a human (P35): straight to one (P23)',
		account: going({ 17: 70, 25: LOW }),
		events: [resolved('+16 12:00')],
		expected: [...SILENT, '+25 relapse > team'],
	},
	{
		name: 'human-keeps-it',
		story: 'the case of day 14 is open: it keeps the next one from starting (P22, P08)',
		account: going({ 20: 70, 40: LOW }),
		expected: SILENT,
	},
	{
		name: 'human-then-late',
		story:
			'drops again more than 30 days after a human took over, on a Friday: a new episode, until it recovers (P23)',
		account: going({ 22: 70, 46: LOW, 57: 70 }),
		events: [resolved('+20 12:00')],
		expected: [
			...SILENT,
			'+46 in-app > admin',
			'+46/+49 pattern > admin',
			'+53/+56 consultation > admin',
		],
	},
];

/** How much better they are on day 7, and who answers. */
const BETTER: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'silent',
		story: 'nobody answers: mail, offer on day 7, a human on day 14 (R38–R41), and only them (P06)',
		account: going(),
		expected: SILENT,
	},
	{
		name: 'four-better',
		story: 'four points better on day 7 is no improvement (P21)',
		account: going({ 7: LOW + 4 }),
		expected: SILENT,
	},
	{
		name: 'five-better',
		story:
			'five points better on day 7: the offer waits until day 14, when a human takes over who silences it (P21, P22)',
		account: going({ 7: LOW + 5 }),
		expected: [...FIRST, '+14 nobody-engaged > team'],
	},
	{
		name: 'five-better-engaged',
		story: 'the same, but somebody clicked: the offer on day 14, a human on day 30 (P21, P22)',
		account: going({ 7: LOW + 5 }),
		events: [clicks('+3 12:00')],
		expected: [...FIRST, '+14/+15 consultation > admin', '+30 still-low > team'],
	},
	{
		name: 'engaged',
		story: 'clicked, and no better: one offer, no human on day 14, one on day 30 (P21, P22)',
		account: going(),
		events: [clicks('+3 12:00')],
		expected: [...FIRST, OFFER, '+30 still-low > team'],
	},
	{
		name: 'one-day-65',
		story: '65 on one day only: not recovered (P19), but better than on day 0 (P21)',
		account: going({ 6: 65, 7: 64 }),
		expected: [...FIRST, '+14 nobody-engaged > team'],
	},
];

/** On the edges of the score (P19). */
const EDGES: readonly Omit<Way, 'day0'>[] = [
	{ name: 'to-60', story: '60 is not under 60', account: going({ 0: 60 }), expected: [] },
	{ name: 'to-59', story: '59 is', account: going({ 0: 59 }), expected: SILENT },
	{
		name: 'back-to-64',
		story: '64 for good is not recovered: a human, whatever the score did (P22)',
		account: going({ 12: 64 }),
		expected: SILENT,
	},
	{
		name: 'back-to-65',
		story: '65 on days 12 and 13: recovered on the day before the human',
		account: going({ 12: 65 }),
		expected: [...FIRST, OFFER],
	},
	{
		name: 'recovers-on-6',
		story: '70 on days 5 and 6: recovered on the day before the offer, and silence (P22)',
		account: going({ 5: 70 }),
		expected: FIRST,
	},
	{
		name: 'recovers-on-7',
		story: '70 on days 6 and 7: recovered on the day of the offer',
		account: going({ 6: 70 }),
		expected: FIRST,
	},
];

/** Whom a message goes to (P11, P12, P31). */
const PEOPLE: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'decision-maker',
		story: 'the admin has unsubscribed: the decision maker hears it all',
		account: going(
			{},
			{
				contacts: [
					{ ...person('admin'), unsubscribed: true },
					person('user'),
					person('decisionMaker'),
				],
			},
		),
		expected: SILENT.map((line) => line.replace('> admin', '> decisionMaker')),
	},
	{
		name: 'nobody',
		story: 'the only contact has unsubscribed: a human, once (P12)',
		account: going({}, { contacts: [{ ...person('admin'), unsubscribed: true }] }),
		expected: ['+0 reach-by-hand > team'],
	},
	{
		name: 'unsubscribes',
		story: 'unsubscribes on day 6: on day 7 nobody is left, a human, once (P12)',
		account: going(),
		events: [{ at: '+6 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: [...FIRST, '+7 reach-by-hand > team'],
	},
	{
		name: 'bounces',
		story: 'the admin bounces on day 3: the champion comes before the user (P11)',
		account: going({}, { contacts: [person('user'), person('admin'), person('champion')] }),
		events: [{ at: '+3 12:00', type: 'bounced', contact: 'admin' }],
		expected: [...FIRST, '+7/+8 consultation > champion', '+14 nobody-engaged > team'],
	},
	{
		name: 'admin-leaves',
		story: 'the admin leaves on day 3: the decision maker gets the offer',
		account: (day) => ({
			score: day < 0 ? 100 : LOW,
			contacts: [
				{ ...person('admin'), status: day < 3 ? 'active' : 'left' },
				person('decisionMaker'),
			],
		}),
		expected: [...FIRST, '+7/+8 consultation > decisionMaker', '+14 nobody-engaged > team'],
	},
	{
		name: 'named',
		story: 'a named success manager gets a task instead (P31)',
		account: going({}, { csm: 'csm', arr: 250_000 }),
		expected: ['+0 csm-task > csm'],
	},
];

/** What they say, and do (P06, P08, P13, P18, P33). */
const WORDS: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'named-again',
		story: 'drops again within 30 days: the success manager takes it over (P23), no second task',
		account: going({ 4: 70, 20: LOW }, { csm: 'csm', arr: 250_000 }),
		expected: ['+0 csm-task > csm', '+20 relapse > csm'],
	},
	{
		name: 'replies',
		story: 'a reply goes to a human, and nothing after it (P33, P06)',
		account: going(),
		events: [{ at: '+3 12:00', type: 'reply_received', contact: 'admin' }],
		expected: [...FIRST, '+3 asked-for-help > team'],
	},
	{
		name: 'replies-and-done',
		story: 'the human case ended the episode; without a new drop none begins (P22, P19)',
		account: going(),
		events: [{ at: '+3 12:00', type: 'reply_received', contact: 'admin' }, resolved('+5 12:00')],
		expected: [...FIRST, '+3 asked-for-help > team'],
	},
	{
		name: 'two-reasons',
		story: 'a reply, then a P1 ticket: it joins the open case (P08)',
		account: going(),
		events: [
			{ at: '+3 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+5 12:00', type: 'ticket_opened', severity: 'P1' },
		],
		expected: [...FIRST, '+3 asked-for-help > team'],
	},
	{
		name: 'p1',
		story: 'a P1 ticket reaches a human (P18)',
		account: going(),
		events: [{ at: '+2 12:00', type: 'ticket_opened', severity: 'P1' }],
		expected: [...FIRST, '+2 asked-for-help > team'],
	},
	{
		name: 'out-of-office',
		story: 'an automatic reply is neither an answer nor a request (P13)',
		account: going(),
		events: [{ at: '+3 12:00', type: 'reply_received', contact: 'admin', automatic: true }],
		expected: SILENT,
	},
];

/** What becomes of them meanwhile (P13, P32). */
const TURNS: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'scanner',
		story: 'a click that nobody calls human was a scanner (P13)',
		account: going(),
		events: [{ at: '+2 12:00', type: 'clicked', contact: 'admin' }],
		expected: SILENT,
	},
	{
		name: 'books',
		story: 'books the call, and is no better on day 30 (P13, P22)',
		account: going(),
		events: [{ at: '+8 15:00', type: 'booked', contact: 'admin' }],
		expected: [...FIRST, OFFER, '+30 still-low > team'],
	},
	{
		name: 'cancels',
		story: 'cancels on a Saturday: a human at once (P18, P02)',
		account: going(),
		events: [{ at: '+3 12:00', type: 'cancellation_requested' }],
		expected: [...FIRST, '+3 asked-for-help > team'],
	},
	{
		name: 'churns',
		story: 'churned on day 5: nothing from then on (P32)',
		account: (day) => ({ ...going()(day), ...(day < 5 ? {} : { lifecycleStage: 'churned' }) }),
		expected: FIRST,
	},
	{
		name: 'churns-as-it-drops',
		story: 'churned on the day of the drop (P32)',
		account: (day) => ({ ...going()(day), ...(day < 0 ? {} : { lifecycleStage: 'churned' }) }),
		expected: [],
	},
	{
		name: 'merges',
		story: 'merged into another record on day 3, which goes on with the episode (P32)',
		account: (day) => ({
			...going()(day),
			...(day < 3 ? { as: 'other' as const } : { aliases: ['other'] }),
		}),
		expected: SILENT,
	},
];

/** When they come in, and when they rest (P18, P19, P20, P33). */
const ENTRIES: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'paused-2-days',
		story: 'paused until day 2: what is due then goes then, and days count from there (P20, P33)',
		account: going({}, { pausedUntil: '2026-02-27' }),
		expected: [
			'+2 in-app > admin',
			'+2 pattern > admin',
			'+9 consultation > admin',
			'+16 nobody-engaged > team',
		],
	},
	{
		name: 'paused-almost-3-days',
		story:
			'paused until some hours before 3 days are over: in the app at once, and days count from there (P20)',
		account: going({}, { pausedUntil: '2026-02-28T01:00:00Z' }),
		// in the west that is the evening of day 2
		expected: [
			'+2..+3 in-app > admin',
			'+5 pattern > admin',
			'+12 consultation > admin',
			'+16..+17 nobody-engaged > team',
		],
	},
	{
		name: 'paused-3-days',
		story: 'paused until an hour after the 3 days: nothing could be sent, a human (P20)',
		account: going({}, { pausedUntil: '2026-02-28T09:00:00Z' }),
		expected: ['+3/+4 not-reached > team'],
	},
	{
		name: 'paused-10-days',
		story: 'paused until day 10: nothing went out within 3 days of the drop, a human (P20, P33)',
		account: going({}, { pausedUntil: '2026-03-07' }),
		expected: ['+10 not-reached > team'],
	},
	{
		name: 'slow-start',
		story: 'low and without first value: 30 days after it began the score counts (P18)',
		account: () => ({
			score: LOW,
			lifecycleStage: 'onboarding',
			createdAt: '2026-01-26T03:00:00Z',
			startedAt: '2026-01-25',
		}),
		expected: SILENT,
	},
	{
		name: 'first-value',
		story:
			'low all along; first value on day 0: the first score after it counts as a drop (P18, P19)',
		account: (day) => ({
			absent: day < -12,
			score: LOW,
			lifecycleStage: day < 0 ? 'onboarding' : 'adopting',
			createdAt: '2026-02-13T06:00:00Z',
			startedAt: '2026-02-13',
		}),
		expected: SILENT,
	},
	{
		name: 'comes-low',
		story:
			'a customer of old whose record comes on day 0: the first score ever counts as a drop (P19)',
		account: (day) => ({ absent: day < 0, score: LOW }),
		expected: SILENT,
	},
	{
		name: 'excluded',
		story: 'a test account',
		account: going({}, { excluded: true }),
		expected: [],
	},
];

/** What holds at the go-live is listed (P09); what is not known is not low (P19). */
const BEFORE: readonly Omit<Way, 'day0'>[] = [
	{
		name: 'red-before',
		story: 'red at the go-live: listed, not triggered',
		account: () => ({ score: LOW }),
		expected: [],
	},
	{
		name: 'red-before-then-well',
		story: 'red at the go-live, well from day -10 on, drops on day 0: its first time',
		account: going({ [-100]: LOW, [-10]: 70 }),
		expected: SILENT,
	},
	{
		name: 'unknown',
		story: 'too little is known from day 0 on',
		account: (day) => ({ score: day < 0 ? 100 : 'unknown' }),
		expected: [],
	},
];

const on = (day0: string, ways: readonly Omit<Way, 'day0'>[]): Way[] =>
	ways.map((way) => ({ ...way, day0 }));
const idle = (name: string, story: string, expected: readonly string[]): Omit<Way, 'day0'> => ({
	name,
	story,
	account: going(),
	expected,
});

const WAYS: readonly Way[] = [
	...on('2026-02-09', AGAIN),
	...on('2026-02-16', BETTER),
	...on('2026-02-23', EDGES),
	...on('2026-03-02', PEOPLE),
	...on('2026-02-17', WORDS),
	...on('2026-02-18', TURNS),
	...on('2026-02-25', ENTRIES),
	...on('2026-03-03', BEFORE),
	...on('2026-02-20', [
		idle('drops-on-friday', 'a mail on Friday, or on Monday where it is too late (P02)', [
			'+0 in-app > admin',
			'+0/+3 pattern > admin',
			'+7/+10 consultation > admin',
			'+14 nobody-engaged > team',
		]),
	]),
	...on('2026-02-21', [
		idle('drops-on-saturday', 'in the app at once, mails on Mondays, a human on a Saturday (P02)', [
			'+0 in-app > admin',
			'+2 pattern > admin',
			'+9 consultation > admin',
			'+14 nobody-engaged > team',
		]),
	]),
	...on('2026-02-22', [
		idle('drops-on-sunday', 'day 14 is the Sunday on which clocks go forward in the west (P01)', [
			'+0 in-app > admin',
			'+1 pattern > admin',
			'+8 consultation > admin',
			'+14 nobody-engaged > team',
		]),
	]),
];

const inZone = (lines: readonly string[], zone: string): string[] =>
	lines.map((line) =>
		line.replace(/^(\+\d+)\/(\+\d+)/, (_both, west: string, east: string) =>
			EAST.has(zone) ? east : west,
		),
	);

export const INTERVENTION_LIVES: readonly Life[] = castOf(ZONES, WAYS, ({ expected }, zone) =>
	inZone(expected, zone),
);

/**
 * Where no channel reports and nothing is shown in the app: days count from the mail (P20), unknown is not none (P13).
 * A mail is confirmed a moment after its sweep, so they are swept more often, and health drops at six in London.
 */
export const UNREPORTED_LIVES: readonly Life[] = castOf(
	['Europe/London', 'Asia/Kolkata', 'Pacific/Auckland'],
	on('2026-02-16', [
		idle('unreported', 'on day 14 somebody looks, on day 30 somebody takes over', [
			'+0/+1 pattern > admin',
			'+7/+8 consultation > admin',
			'+14/+15 engagement-unknown > team',
			'+30/+31 still-low > team',
		]),
	]),
	({ expected }, zone) => inZone(expected, zone),
);

/** The record in the CRM; what is told of it changes with the programme's day. */
export function interventionRecord(life: Life, at: number): object | undefined {
	const [day, time] = dayOf({ ...life, zone: PROGRAMME }, at);
	const facts: Facts = { ...life.account?.(day, time) };
	const { absent, score = 100, as, aliases, csm, contacts = [person('admin')], ...more } = facts;
	if (absent === true) return undefined;
	const other = `${life.id}-other`;
	return {
		accountId: as === undefined ? life.id : other,
		...(aliases === undefined ? {} : { aliases: [other] }),
		name: life.id,
		arr: 6000,
		currency: 'USD',
		plan: 'team',
		lifecycleStage: 'established',
		createdAt: '2025-01-13T10:00:00Z',
		startedAt: '2025-01-13',
		renewalDate: '2027-01-13',
		executiveSponsor: 'Sol Sponsor',
		timezone: life.zone,
		...(score === 'unknown' ? { sentiment: { nps: 0 } } : signalsFor(score, at)),
		...(csm === undefined ? {} : { csm: addressOf(life.id, csm) }),
		contacts: contacts.map((one) => ({ ...one, email: addressOf(life.id, roleOf(one)) })),
		...more,
	};
}

function roleOf(contact: object): string {
	return 'role' in contact ? String(contact.role) : '';
}
