import { DateTime } from 'luxon';
import { castOf, type Way as CastWay } from './cast';
import { dayOf, type Life, type LifeEvent } from './life';
import { addressOf, person } from './onboardingLives';
import { scoreFrom, signalsFor } from './signals';

const ZONES = ['America/Los_Angeles', 'Europe/London', 'Asia/Kolkata', 'Pacific/Auckland'];
/** The health of everybody is taken by the programme's days; there it is just after three, here past five. */
const PROGRAMME = 'America/New_York';
const EAST = new Set(['Pacific/Auckland']);
/** A life begins so many days before the date. */
const LEAD = 200;
/** T-90 is a Monday, T-60 a Wednesday, T-30 a Friday, and six months before a Monday. */
const SUNDAY = '2026-05-24';

type Facts = {
	absent?: boolean;
	as?: 'other';
	aliases?: string[];
	csm?: string;
	contacts?: object[];
} & Record<string, unknown>;

type Way = {
	readonly name: string;
	readonly story: string;
	/** Without it, `SUNDAY`. */
	readonly date?: string;
	/** Score by programme day, counted from the date; 100 before the first. */
	readonly scores?: Readonly<Record<number, number>>;
	/** From this programme day on too little is known. */
	readonly unknownFrom?: number;
	/** What the CRM says by local day, counted from the date. */
	readonly facts?: (day: number) => Facts;
	readonly events?: readonly LifeEvent[];
	/**
	 * `T-90` is ninety days before the date; after a slash stands the day where it is too late for a mail at that hour
	 * (P02), or `-` for none.
	 */
	readonly expected: readonly string[];
};

const at = (day: number, more: Omit<LifeEvent, 'at'> & { type: string }): LifeEvent => ({
	...more,
	at: `+${String(LEAD + day)} 12:00`,
});
const RENEWS = at(-5, { type: 'renewed' });
const DM = 'decisionMaker';
const DATE_PASSED = 'T+1 date-passed > team';
const SURVEY = 'T-181 survey > decisionMaker';
const SUMMARY = 'T-90 summary > decisionMaker';
const REMINDER = 'T-60 reminder > decisionMaker';
const LAST = 'T-30 last-reminder > decisionMaker';
const ALL = [SURVEY, SUMMARY, REMINDER, LAST];

const toAdmin = (lines: readonly string[]): string[] =>
	lines.map((line) => line.replace('> decisionMaker', '> admin'));

/** Green all the way, by the weekdays of the three mails (R42–R45, P01, P02, P25, P27, P28). */
const GREEN: readonly Way[] = [
	{ name: 'renews', story: 'all of it, and renewed on T-5', events: [RENEWS], expected: ALL },
	{
		name: 'says-nothing',
		story: 'the date passes without an outcome: an alert the next day, no mail (P27)',
		expected: [...ALL, DATE_PASSED],
	},
	{
		name: 'renews-by-itself',
		story: 'renews by itself: the date on the record is a year later from T on (P27)',
		facts: (day) => ({ autoRenew: true, ...(day < 0 ? {} : { renewalDate: '2027-05-24' }) }),
		expected: ALL,
	},
	{
		name: 'ends-on-monday',
		story: 'T-30 is a Saturday: the mail of Monday',
		date: '2026-05-25',
		expected: [SURVEY, SUMMARY, REMINDER, 'T-28 last-reminder > decisionMaker', DATE_PASSED],
	},
	{
		name: 'ends-on-wednesday',
		story: 'T-60 is a Saturday',
		date: '2026-05-20',
		expected: [SURVEY, SUMMARY, 'T-58 reminder > decisionMaker', LAST, DATE_PASSED],
	},
	{
		name: 'ends-on-friday',
		story: 'T-90 is a Saturday, and so is the day six months before',
		date: '2026-05-22',
		expected: [
			'T-179 survey > decisionMaker',
			'T-88 summary > decisionMaker',
			REMINDER,
			LAST,
			DATE_PASSED,
		],
	},
	{
		name: 'ends-with-august',
		story: 'six months before the 31st of August is the 28th of February (P01), a Saturday',
		date: '2026-08-31',
		expected: ['T-182 survey > decisionMaker'],
	},
	{
		name: 'renews-early',
		story: 'renewed on T-65: that closes it (P27)',
		events: [at(-65, { type: 'renewed' })],
		facts: (day) => (day < -60 ? {} : { renewalDate: '2027-05-24' }),
		expected: [SURVEY, SUMMARY],
	},
];

/** The first day that is not green (R46, P25). */
const BANDS: readonly Way[] = [
	{
		name: 'yellow-before',
		story: 'yellow from T-99 to T-95, green again two scores later: nobody talks about it',
		scores: { [-99]: 70, [-94]: 100 },
		events: [RENEWS],
		expected: ALL,
	},
	{
		name: 'yellow-into-it',
		story: 'yellow since T-95: a human on T-90, and no mail',
		scores: { [-95]: 70 },
		expected: [SURVEY, 'T-90 conversation > team', DATE_PASSED],
	},
	{
		name: 'yellow-between',
		story: 'yellow on T-75: a human then, and no mail while the case is open (P06)',
		scores: { [-75]: 70 },
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, 'T-75 conversation > team'],
	},
	{
		name: 'yellow-day-before',
		story: 'yellow on T-61',
		scores: { [-61]: 70 },
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, 'T-61 conversation > team'],
	},
	{
		name: 'yellow-that-day',
		story: 'yellow on T-60 at eight in London: in the east the reminder of that day has gone',
		scores: { [-60]: 70 },
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, '-/T-60 reminder > decisionMaker', 'T-60 conversation > team'],
	},
	{
		name: 'yellow-day-after',
		story: 'yellow on T-59',
		scores: { [-59]: 70 },
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, REMINDER, 'T-59 conversation > team'],
	},
	{
		name: 'red',
		story: 'red on T-80',
		scores: { [-80]: 45 },
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, 'T-80 conversation > team'],
	},
	{
		name: 'not-known',
		story: 'too little is known from T-75 on: that is not green (P25)',
		unknownFrom: -75,
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, 'T-75 conversation > team'],
	},
	{
		name: 'green-again',
		story:
			'resolved on T-70 and green from T-67: mails again; yellow again on T-20: one conversation a cycle',
		scores: { [-75]: 70, [-68]: 100, [-20]: 70 },
		events: [at(-70, { type: 'case_resolved' }), RENEWS],
		expected: [...ALL, 'T-75 conversation > team'],
	},
];

/** Who decides there (R25, P28), and for which terms (P25). */
const SPONSORS: readonly Way[] = [
	{
		name: 'no-sponsor',
		story:
			'nobody sponsors it: one alert when fewer than 60 days are left, automation goes on (P07)',
		facts: () => ({ executiveSponsor: undefined }),
		events: [RENEWS],
		expected: [...ALL, 'T-59 no-sponsor > team'],
	},
	{
		name: 'sponsor-in-time',
		story: 'found on T-59',
		facts: (day) => (day < -59 ? { executiveSponsor: undefined } : {}),
		events: [RENEWS],
		expected: ALL,
	},
	{
		name: 'sponsor-goes',
		story: 'goes on T-40',
		facts: (day) => (day < -40 ? {} : { executiveSponsor: undefined }),
		events: [RENEWS],
		expected: [...ALL, 'T-40 no-sponsor > team'],
	},
	{
		name: 'sponsor-open',
		story: 'goes on T-40, and the field says that it is to be seen who follows',
		facts: (day) => (day < -40 ? {} : { executiveSponsor: 'TBD' }),
		events: [RENEWS],
		expected: [...ALL, 'T-40 no-sponsor > team'],
	},
	{
		name: 'sponsor-comes-and-goes',
		story: 'found on T-50, gone again on T-20: one alert a cycle',
		facts: (day) => (day < -50 || day >= -20 ? { executiveSponsor: undefined } : {}),
		events: [RENEWS],
		expected: [...ALL, 'T-59 no-sponsor > team'],
	},
	{
		name: 'by-the-month',
		story: 'pays by the month, and nobody sponsors it: not in this journey, no alert (P25, P28)',
		facts: () => ({ termMonths: 1, executiveSponsor: undefined }),
		expected: [],
	},
	{
		name: 'five-months',
		story: 'a term of less than 180 days',
		facts: () => ({ termMonths: 5 }),
		expected: [],
	},
	{
		name: 'six-months',
		story: 'a term of 180 days or more, and less than twelve months: no survey (P28)',
		facts: () => ({ termMonths: 6 }),
		events: [RENEWS],
		expected: [SUMMARY, REMINDER, LAST],
	},
	{
		name: 'eleven-months',
		story: 'still no survey',
		facts: () => ({ termMonths: 11 }),
		events: [RENEWS],
		expected: [SUMMARY, REMINDER, LAST],
	},
];

/** Whom it goes to (P11, P12, P31). */
const PEOPLE: readonly Way[] = [
	{
		name: 'admin-only',
		story: 'no decision maker is known: the admin is next',
		facts: () => ({ contacts: [person('user'), person('admin')] }),
		events: [RENEWS],
		expected: toAdmin(ALL),
	},
	{
		name: 'decision-maker-bounces',
		story: 'bounces on T-100',
		facts: () => ({ contacts: [person('admin'), person(DM)] }),
		events: [at(-100, { type: 'bounced', contact: DM }), RENEWS],
		expected: [SURVEY, ...toAdmin([SUMMARY, REMINDER, LAST])],
	},
	{
		name: 'decision-maker-leaves',
		story: 'leaves on T-45',
		facts: (day) => ({
			contacts: [
				{ ...person(DM), status: day < -45 ? 'active' : 'left' },
				person('champion'),
				person('admin'),
			],
		}),
		events: [RENEWS],
		expected: [SURVEY, SUMMARY, REMINDER, ...toAdmin([LAST])],
	},
	{
		name: 'nobody',
		story:
			'everybody has unsubscribed: the survey holds, a renewal step goes to a human, once (P12)',
		facts: () => ({ contacts: [{ ...person(DM), unsubscribed: true }] }),
		events: [RENEWS],
		expected: ['T-90 reach-by-hand > team'],
	},
	{
		name: 'unsubscribes',
		story: 'unsubscribes on T-61, and nobody else is there',
		facts: () => ({ contacts: [person(DM)] }),
		events: [at(-61, { type: 'unsubscribed', contact: DM }), RENEWS],
		expected: [SURVEY, SUMMARY, 'T-60 reach-by-hand > team'],
	},
	{
		name: 'named',
		story: 'a named success manager has tasks instead, one when yellow as well (P31)',
		scores: { [-70]: 70 },
		facts: () => ({ csm: 'csm', arr: 250_000 }),
		events: [RENEWS],
		expected: ['T-181 survey-task > csm', 'T-90 csm-task > csm'],
	},
	{
		name: 'named-no-sponsor',
		story: 'the alert goes to that success manager',
		facts: () => ({ csm: 'csm', arr: 250_000, executiveSponsor: undefined }),
		events: [RENEWS],
		expected: ['T-181 survey-task > csm', 'T-90 csm-task > csm', 'T-59 no-sponsor > csm'],
	},
];

/** Dates that move (P27), records that come late, and those that go (P26, P32, P33). */
const DATES: readonly Way[] = [
	{
		name: 'later-by-30',
		story: 'moved on T-70, 30 days later: sent stays sent, the rest moves along',
		facts: (day) => (day < -70 ? {} : { renewalDate: '2026-06-23' }),
		expected: [
			SURVEY,
			SUMMARY,
			'T-30 reminder > decisionMaker',
			'T+1 last-reminder > decisionMaker',
		],
	},
	{
		name: 'earlier-by-20',
		story:
			'moved on T-72, 20 days earlier: the reminder is due by then, the last one on a Saturday',
		facts: (day) => (day < -72 ? {} : { renewalDate: '2026-05-04' }),
		expected: [
			SURVEY,
			SUMMARY,
			'T-72 reminder > decisionMaker',
			'T-48 last-reminder > decisionMaker',
			'T-19 date-passed > team',
		],
	},
	{
		name: 'later-by-180',
		story: 'the same cycle, which goes on after these days',
		facts: (day) => (day < -70 ? {} : { renewalDate: '2026-11-20' }),
		expected: [SURVEY, SUMMARY],
	},
	{
		name: 'later-by-181',
		story: 'another cycle: it is asked about six months before its date',
		facts: (day) => (day < -70 ? {} : { renewalDate: '2026-11-21' }),
		expected: [SURVEY, SUMMARY, 'T-3 survey > decisionMaker'],
	},
	{
		name: 'comes-on-61',
		story: 'first seen on T-61: the summary, and the reminder the day after',
		facts: (day) => ({ absent: day < -61 }),
		events: [RENEWS],
		expected: ['T-61 summary > decisionMaker', REMINDER, LAST],
	},
	{
		name: 'comes-on-58',
		story: 'first seen on T-58: the reminder, and no summary after it (P26)',
		facts: (day) => ({ absent: day < -58 }),
		events: [RENEWS],
		expected: ['T-58 reminder > decisionMaker', LAST],
	},
	{
		name: 'comes-on-20',
		story: 'first seen on T-20: the last reminder',
		facts: (day) => ({ absent: day < -20 }),
		events: [RENEWS],
		expected: ['T-20 last-reminder > decisionMaker'],
	},
	{
		name: 'survey-14-late',
		story: 'first seen 14 days after the survey was due: not more than 14 days late (P28)',
		facts: (day) => ({ absent: day < -167 }),
		events: [RENEWS],
		expected: ['T-167 survey > decisionMaker', SUMMARY, REMINDER, LAST],
	},
	{
		name: 'survey-15-late',
		story: 'a day later it is dropped',
		facts: (day) => ({ absent: day < -166 }),
		events: [RENEWS],
		expected: [SUMMARY, REMINDER, LAST],
	},
	{
		name: 'paused',
		story: 'paused from T-91 until T-80: the summary then, as one message (P33, P26)',
		facts: (day) => (day < -91 ? {} : { pausedUntil: '2026-03-05' }),
		events: [RENEWS],
		expected: [SURVEY, 'T-80 summary > decisionMaker', REMINDER, LAST],
	},
	{
		name: 'churns',
		story: 'churned on T-50: nothing from then on, no alert either (P32)',
		facts: (day) => (day < -50 ? {} : { lifecycleStage: 'churned' }),
		expected: [SURVEY, SUMMARY, REMINDER],
	},
	{
		name: 'merges',
		story: 'merged into another record on T-70, which goes on with the cycle (P32)',
		facts: (day) => (day < -70 ? { as: 'other' } : { aliases: ['other'] }),
		events: [RENEWS],
		expected: ALL,
	},
	{ name: 'excluded', story: 'a partner', facts: () => ({ excluded: true }), expected: [] },
];

/** What they say (P06, P08, P18, P28, P33). */
const WORDS: readonly Way[] = [
	{
		name: 'replies-and-done',
		story: 'what fell due while the case was open has lapsed (P06)',
		events: [
			at(-62, { type: 'reply_received', contact: DM }),
			at(-55, { type: 'case_resolved' }),
			RENEWS,
		],
		expected: [SURVEY, SUMMARY, 'T-62 asked-for-help > team', LAST],
	},
	{
		name: 'replies',
		story: 'the case stays open: no mails; the date passes all the same (P27, P07)',
		events: [at(-62, { type: 'reply_received', contact: DM })],
		expected: [SURVEY, SUMMARY, 'T-62 asked-for-help > team', DATE_PASSED],
	},
	{
		name: 'yellow-and-replies',
		story: 'a reply joins the case of T-75 (P08)',
		scores: { [-75]: 70 },
		events: [at(-70, { type: 'reply_received', contact: DM }), RENEWS],
		expected: [SURVEY, SUMMARY, 'T-75 conversation > team'],
	},
	{
		name: 'cancels',
		story: 'a cancellation request reaches a human (P18)',
		events: [at(-45, { type: 'cancellation_requested' })],
		expected: [SURVEY, SUMMARY, REMINDER, 'T-45 asked-for-help > team', DATE_PASSED],
	},
	{
		name: 'answers-6',
		story: 'an answer of 6 goes to a human (P28), who is done before T-90',
		events: [
			at(-175, { type: 'survey_answered', survey: 'renewal-survey', answer: 6 }),
			at(-170, { type: 'case_resolved' }),
			RENEWS,
		],
		expected: [...ALL, 'T-175 low-answer > team'],
	},
	{
		name: 'answers-6-open',
		story: 'while that case is open no mail goes (P06)',
		events: [at(-175, { type: 'survey_answered', survey: 'renewal-survey', answer: 6 }), RENEWS],
		expected: [SURVEY, 'T-175 low-answer > team'],
	},
	{
		name: 'answers-7',
		story: 'an answer of 7 does not',
		events: [at(-175, { type: 'survey_answered', survey: 'renewal-survey', answer: 7 }), RENEWS],
		expected: ALL,
	},
];

/** The go-live is T-81, T-46, T-53 and T-172 to these (P09). */
const AT_GO_LIVE: readonly Way[] = [
	{
		name: 'in-the-window',
		story: 'enters at the latest step due, with one message',
		date: '2026-01-25',
		events: [RENEWS],
		expected: ['T-81/T-80 summary > decisionMaker', REMINDER, LAST],
	},
	{
		name: 'yellow-at-go-live',
		story: 'not green then: listed, not triggered',
		date: '2026-01-25',
		scores: { [-300]: 70 },
		events: [RENEWS],
		expected: [],
	},
	{
		name: 'no-sponsor-at-go-live',
		story: 'nobody sponsors it then: listed, not triggered',
		date: '2025-12-21',
		facts: () => ({ executiveSponsor: undefined }),
		events: [RENEWS],
		expected: ['T-46/T-45 reminder > decisionMaker', LAST],
	},
	{
		name: 'sponsor-goes-later',
		story: 'the sponsor goes after the go-live: an alert',
		date: '2025-12-28',
		facts: (day) => (day < -40 ? {} : { executiveSponsor: undefined }),
		events: [RENEWS],
		expected: ['T-53/T-52 reminder > decisionMaker', 'T-40 no-sponsor > team', LAST],
	},
	{
		name: 'survey-10-late',
		story: 'was to be asked 10 days before the go-live: is asked then (P28)',
		date: '2026-04-26',
		events: [RENEWS],
		expected: ['T-172/T-171 survey > decisionMaker', SUMMARY, REMINDER, LAST],
	},
	{
		name: 'survey-17-late',
		story: 'was to be asked 17 days before: is not',
		date: '2026-04-19',
		events: [RENEWS],
		expected: [SUMMARY, REMINDER, LAST],
	},
];

const WAYS = [...GREEN, ...BANDS, ...SPONSORS, ...PEOPLE, ...DATES, ...WORDS, ...AT_GO_LIVE];

function inDays(line: string): string {
	return line.replace(/^T([+-]\d+)/, (_all, day: string) => `+${String(LEAD + Number(day))}`);
}

const inZone = (lines: readonly string[], zone: string): string[] =>
	lines
		.map((line) =>
			line.replace(/^(\S+)\/(\S+)/, (_both, west: string, east: string) =>
				EAST.has(zone) ? east : west,
			),
		)
		.filter((line) => !line.startsWith('- '))
		.map(inDays);

const dateOf = ({ date = SUNDAY }: Way): string => date;

export const RENEWAL_LIVES: readonly Life[] = castOf(
	ZONES,
	WAYS.map((way): CastWay & { expected: readonly string[] } => ({
		...way,
		day0: DateTime.fromISO(dateOf(way)).minus({ days: LEAD }).toISODate() ?? '',
		account: (day) => ({ renewalDate: dateOf(way), ...way.facts?.(day - LEAD) }),
	})),
	({ expected }, zone) => inZone(expected, zone),
);

/** The cast is the ways, zone by zone. */
const wayOf = new Map(RENEWAL_LIVES.map(({ id }, place) => [id, WAYS[place % WAYS.length]]));

/** The score on a programme day, counted from the date; undefined where too little is known. */
function scoreOn(life: Life, day: number): number | undefined {
	const { scores = {}, unknownFrom = Infinity } = wayOf.get(life.id) ?? {};
	return day >= unknownFrom ? undefined : scoreFrom(scores)(day);
}

/** The record in the CRM: its facts by local days, its health by the programme's. */
export function renewalRecord(life: Life, at: number): object | undefined {
	const [day, time] = dayOf(life, at);
	const facts: Facts = { ...life.account?.(day, time) };
	const { absent, as, aliases, csm, contacts = [person(DM), person('user')], ...more } = facts;
	if (absent === true) return undefined;
	const other = `${life.id}-other`;
	const [programmeDay] = dayOf({ ...life, zone: PROGRAMME }, at);
	const score = scoreOn(life, programmeDay - LEAD);
	return {
		accountId: as === undefined ? life.id : other,
		...(aliases === undefined ? {} : { aliases: [other] }),
		name: life.id,
		arr: 6000,
		currency: 'USD',
		plan: 'team',
		lifecycleStage: 'established',
		createdAt: '2024-01-15T10:00:00Z',
		startedAt: '2024-01-15',
		termMonths: 12,
		executiveSponsor: 'Sol Sponsor',
		timezone: life.zone,
		...(score === undefined ? { sentiment: { nps: 0 } } : signalsFor(score, at)),
		...(csm === undefined ? {} : { csm: addressOf(life.id, csm) }),
		contacts: contacts.map((one) => ({ ...one, email: addressOf(life.id, roleOf(one)) })),
		...more,
	};
}

function roleOf(contact: object): string {
	return 'role' in contact ? String(contact.role) : '';
}
