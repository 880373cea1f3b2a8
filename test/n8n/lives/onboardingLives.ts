import { DateTime } from 'luxon';
import { dayOf, momentOf, type Life, type LifeEvent } from './life';

/** East, west, over the date line, with clocks that change in these weeks and with half an hour. */
const ZONES = [
	'America/New_York',
	'Europe/Berlin',
	'Asia/Kolkata',
	'Pacific/Auckland',
	'America/Sao_Paulo',
	'Asia/Tokyo',
];

type Way = Omit<Life, 'id' | 'zone' | 'day0'> & {
	readonly name: string;
	readonly day0?: string;
	/** Day 0 is so many local dates before the first sweep. */
	readonly daysBefore?: number;
	/** The record that is told of at first is another one. */
	readonly begunBy?: 'other';
};

/** In Auckland it is a Monday already, elsewhere Sunday the 1st. */
export const FIRST_SWEEP = Date.parse('2026-03-01T11:05:00Z');
const MONDAY = '2026-03-02';
const did = (at: string, step: string): LifeEvent => ({ at, type: 'set_up_step_completed', step });
const CREATED: LifeEvent = { at: '+0 10:00', type: 'customer_created' };
const FINISHED = [
	did('+1 12:00', 'connect-data'),
	did('+1 12:10', 'invite-team'),
	did('+1 12:20', 'first-report'),
];
const VALUE = (at: string): LifeEvent => ({ at, type: 'first_value_reached' });

/** Whoever does nothing from a Monday on: day 5 is a Saturday (P02). */
const FROM_MONDAY = [
	'+0 welcome > admin',
	'+2 set-up-guide > admin',
	'+3 nudge > admin',
	'+7 first-results > admin',
	'+14 call > team',
];

/** Whoever does nothing, by the weekday of day 0 (R28, R29, R31, P01, P02, P04, P15). */
const IDLE: readonly Way[] = [
	{
		name: 'idle-mon',
		day0: '2026-03-02',
		story: 'day 5 is a Saturday: held until Monday',
		expected: FROM_MONDAY,
	},
	{
		name: 'idle-tue',
		day0: '2026-03-03',
		story: 'day 5 is a Sunday: held until Monday',
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+6 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'idle-wed',
		day0: '2026-03-04',
		story: 'nudge and third mail wait for the same Monday: one a day (P04)',
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+5..+6 nudge > admin',
			'+5..+6 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'idle-fri',
		day0: '2026-03-06',
		story: 'day 2 is a Sunday; the nudge of Monday at ten waits for 24 hours after Monday at nine',
		expected: [
			'+0 welcome > admin',
			'+3 set-up-guide > admin',
			'+4 nudge > admin',
			'+5 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'idle-sat',
		day0: '2026-03-07',
		story: 'the welcome goes at once on a Saturday (P02), and so is the call raised',
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+5 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'idle-sun',
		day0: '2026-03-08',
		story: 'a Sunday on which clocks go forward in New York',
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+5 first-results > admin',
			'+14 call > team',
		],
	},
];

/** Others begin on a Monday. */
const OTHERS: readonly Way[] = [
	{
		name: 'steady',
		story:
			'finishes set-up on day 4 and reaches first value on day 9: no third mail, tips, celebration, no call',
		events: [
			did('+1 12:00', 'connect-data'),
			did('+2 08:30', 'invite-team'),
			did('+4 12:00', 'first-report'),
			VALUE('+9 11:00'),
		],
		// two days after set-up is a Sunday
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+7 power-tips > admin',
			'+9 celebrate > admin',
		],
	},
	{
		name: 'rests',
		story: 'rests at the second step from day 1: one nudge about it and no more (P15)',
		events: [did('+1 12:00', 'connect-data')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'rests-twice',
		story: 'rests at the second and then at the third step: a nudge about each (P15)',
		events: [did('+1 12:00', 'connect-data'), did('+8 12:00', 'invite-team')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+11 nudge > admin',
			'+14 call > team',
		],
	},
	{
		name: 'rests-late',
		story: 'the nudge would fall on day 13, a Sunday, and so on day 14: none from then on (P15)',
		events: [did('+1 12:00', 'connect-data'), did('+10 12:00', 'invite-team')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'step-on-day-2',
		story: 'a step on day 2: that is no stall, the next is on day 5, a Saturday (P15)',
		events: [did('+2 12:00', 'connect-data')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+7..+8 nudge > admin',
			'+7..+8 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'step-just-in-time',
		story: 'a step on day 3, half an hour before it would be a stall (P15)',
		events: [did('+3 09:30', 'connect-data')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+7..+8 nudge > admin',
			'+7..+8 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'step-after-the-nudge',
		story:
			'a step two hours after the nudge of day 3; a nudge about the next one 3 days later (P15)',
		events: [did('+3 12:00', 'connect-data')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+7..+8 nudge > admin',
			'+7..+8 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'step-on-day-4',
		story:
			'a step on day 4: the nudge about the next is due on Monday at noon, and the third mail has gone that morning (P15, P04)',
		events: [did('+4 12:00', 'connect-data')],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+7 first-results > admin',
			'+8 nudge > admin',
			'+14 call > team',
		],
	},
	{
		name: 'merges',
		story:
			'merged into another record on day 3, which goes on with day 0, steps and messages of the first (P14, P32)',
		begunBy: 'other',
		events: [{ ...did('+1 12:00', 'connect-data'), as: 'other' }],
		account: (day) => (day < 3 ? { as: 'other' } : { aliases: ['other'] }),
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+14 call > team',
		],
	},
	{
		name: 'value-first',
		story: 'first value with steps open ends it: celebration, no call (P16)',
		events: [VALUE('+3 08:00')],
		expected: ['+0 welcome > admin', '+2 set-up-guide > admin', '+3 celebrate > admin'],
	},
	{
		name: 'value-on-sunday',
		story:
			'the celebration answers what the customer just did and goes at once, on a Sunday at ten in the evening (P02)',
		events: [...FINISHED, VALUE('+6 22:00')],
		expected: ['+0 welcome > admin', '+3 power-tips > admin', '+6 celebrate > admin'],
	},
	{
		name: 'value-on-day-1',
		story: 'first value the day after the first: nothing else',
		events: [VALUE('+1 12:00')],
		expected: ['+0 welcome > admin', '+1 celebrate > admin'],
	},
	{
		name: 'call-day-before',
		story: 'finishes on day 13: no call (R31)',
		events: [
			did('+1 12:00', 'connect-data'),
			did('+8 12:00', 'invite-team'),
			did('+13 12:00', 'first-report'),
		],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+11 nudge > admin',
			'+15 power-tips > admin',
			'+30 no-first-value > team',
		],
	},
	{
		name: 'call-day-after',
		story: 'finishes on day 15, after the call of day 14',
		events: [
			did('+1 12:00', 'connect-data'),
			did('+8 12:00', 'invite-team'),
			{ at: '+14 15:00', type: 'case_resolved' },
			did('+15 12:00', 'first-report'),
		],
		// two days later is a Thursday
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+4 nudge > admin',
			'+7 first-results > admin',
			'+11 nudge > admin',
			'+14 call > team',
			'+17 power-tips > admin',
			'+30 no-first-value > team',
		],
	},
	{
		name: 'no-value',
		story:
			'set up, and no first value by day 30: an alert (P16); who is done hears nothing about getting started (R32)',
		events: FINISHED,
		expected: ['+0 welcome > admin', '+3 power-tips > admin', '+30 no-first-value > team'],
	},
	{
		name: 'value-day-29',
		story: 'first value on day 29: no alert',
		events: [...FINISHED, VALUE('+29 12:00')],
		expected: ['+0 welcome > admin', '+3 power-tips > admin', '+29 celebrate > admin'],
	},
	{
		name: 'value-day-31',
		story: 'first value on day 31: alert on day 30, then the celebration',
		events: [...FINISHED, VALUE('+31 12:00')],
		expected: [
			'+0 welcome > admin',
			'+3 power-tips > admin',
			'+30 no-first-value > team',
			'+31 celebrate > admin',
		],
	},
	{
		name: 'replies',
		story:
			'a reply is an escalation at once (P33), automation is silent while it is open (P06), and the call of day 14 joins it (P08)',
		events: [{ at: '+4 12:00', type: 'reply_received', contact: 'admin' }],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+4 asked-for-help > team',
		],
	},
	{
		name: 'replies-and-done',
		story: 'what fell due while the case was open has lapsed (P06); the call of day 14 has not',
		events: [
			{ at: '+4 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+8 12:00', type: 'case_resolved' },
		],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+4 asked-for-help > team',
			'+14 call > team',
		],
	},
	{
		name: 'cancels',
		story: 'a cancellation request always reaches a human (P18)',
		events: [{ at: '+5 20:00', type: 'cancellation_requested' }],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+5 asked-for-help > team',
		],
	},
	{
		name: 'p1',
		story: 'so does a P1 ticket',
		events: [{ at: '+1 12:00', type: 'ticket_opened', severity: 'P1' }],
		expected: ['+0 welcome > admin', '+1 asked-for-help > team'],
	},
	{
		name: 'p3',
		story: 'a ticket of another severity changes nothing',
		events: [{ at: '+1 12:00', type: 'ticket_opened', severity: 'P3' }],
		expected: FROM_MONDAY,
	},
	{
		name: 'unsubscribes',
		story: 'nobody is left to write to: a human, once (P12)',
		events: [{ at: '+1 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: ['+0 welcome > admin', '+2 reach-by-hand > team'],
	},
	{
		name: 'bounces',
		story: 'the next of admin, decision maker, champion, user (P11)',
		account: () => ({ contacts: [person('admin'), person('decisionMaker'), person('user')] }),
		events: [{ at: '+1 12:00', type: 'bounced', contact: 'admin' }],
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > decisionMaker',
			'+3 nudge > decisionMaker',
			'+7 first-results > decisionMaker',
			'+14 call > team',
		],
	},
	{
		name: 'admin-leaves',
		story: 'the admin leaves on day 4: the champion hears the rest (P11)',
		account: (day) => ({
			contacts: [
				{ ...person('admin'), status: day < 4 ? 'active' : 'left' },
				person('user'),
				person('champion'),
			],
		}),
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+7 first-results > champion',
			'+14 call > team',
		],
	},
	{
		name: 'churns',
		story: 'churn ends the journey in the same sweep (P32)',
		account: (day, time) =>
			day > 4 || (day === 4 && time >= '12:00') ? { lifecycleStage: 'churned' } : {},
		expected: ['+0 welcome > admin', '+2 set-up-guide > admin', '+3 nudge > admin'],
	},
	{
		name: 'named',
		story: 'logistics run where a human leads too (R33, P31); the call goes to that human',
		account: () => ({ csm: 'csm', arr: 250_000 }),
		expected: [
			'+0 welcome > admin',
			'+2 set-up-guide > admin',
			'+3 nudge > admin',
			'+7 first-results > admin',
			'+14 call > csm',
		],
	},
	{
		name: 'told-twice',
		story: 'duplicates and late arrivals never move day 0 (P14)',
		events: [
			{ ...CREATED, source: 'another system' },
			{ at: '+3 12:00', type: 'customer_created' },
		],
		expected: FROM_MONDAY,
	},
	{
		name: 'starts-later',
		story: 'the contract starts three days after the customer was created: that is day 0 (P14)',
		account: () => ({ startedAt: '2026-03-05' }),
		// day 0 is a Thursday: 2 and 3 days later is the weekend, and Monday's mails go one a day
		expected: [
			'+3 welcome > admin',
			'?+7..+9 set-up-guide > admin',
			'+7..+9 nudge > admin',
			'+7..+9 first-results > admin',
			'+17 call > team',
		],
	},
	{
		name: 'paused',
		story:
			'paused from day 1 to day 10: nothing is stored up (P33), the latest step due comes as one message (P26)',
		account: (day) => (day >= 1 && day < 10 ? { pausedUntil: '2026-03-12' } : {}),
		// set-up still rests when the pause is over, which is a state and no step that was missed (P15); one mail a day (P04)
		expected: [
			'+0 welcome > admin',
			'+10 first-results > admin',
			'+11 nudge > admin',
			'+14 call > team',
		],
	},
	{
		name: 'excluded',
		story: 'a partner or a test account hears nothing',
		account: () => ({ excluded: true }),
		expected: [],
	},
	{
		name: 'long-ago',
		story: 'came 15 days before the first sweep: not in the journey (P09)',
		daysBefore: 15,
		expected: [],
	},
	{
		name: 'two-weeks-ago',
		story:
			'came 14 days before, at any hour: in the journey; the call is due, and what Monday morning comes before it (P09, R31)',
		daysBefore: 14,
		expected: ['?+14 first-results > admin', '+14 call > team'],
	},
	{
		name: 'almost-two-weeks',
		story: 'came 13 days before: the latest step due, as one message, and the call (P09, P26)',
		daysBefore: 13,
		expected: ['+13..+14 nudge|first-results > admin', '+14 call > team'],
	},
];

export function person(role: string): { email: string; role: string } {
	return { email: `${role}@`, role };
}

/** Each way of life in each zone. */
export const ONBOARDING_LIVES: readonly Life[] = ZONES.flatMap((zone) =>
	[...IDLE, ...OTHERS].map(({ name, daysBefore, begunBy, ...way }): Life => {
		const city = zone.split('/')[1]?.replace('_', '-').toLowerCase() ?? '';
		const id = `${name}-${city}`;
		const created = begunBy === undefined ? CREATED : { ...CREATED, as: begunBy };
		const events = [created, ...(way.events ?? [])].map(({ contact, as, ...event }) => ({
			...event,
			...(as === undefined ? {} : { accountId: `${id}-other` }),
			...(typeof contact === 'string' ? { contact: addressOf(id, contact) } : {}),
		}));
		const first = DateTime.fromMillis(FIRST_SWEEP, { zone });
		const day0 =
			daysBefore === undefined
				? (way.day0 ?? MONDAY)
				: first.minus({ days: daysBefore }).toFormat('yyyy-MM-dd');
		return { ...way, id, zone, day0, events };
	}),
);

/** The record in the CRM, once there is one. */
export function onboardingRecord(life: Life, at: number): object | undefined {
	if (at < momentOf(life, CREATED.at)) return undefined;
	const [day, time] = dayOf(life, at);
	const more = life.account?.(day, time) ?? {};
	const known: Record<string, unknown> = {
		accountId: life.id,
		name: life.id,
		arr: 6000,
		currency: 'USD',
		plan: 'growth',
		lifecycleStage: 'onboarding',
		timezone: life.zone,
		contacts: [person('admin')],
		...more,
	};
	const contacts = Array.isArray(known.contacts) ? known.contacts : [];
	const { as, aliases, ...facts } = known;
	const other = `${life.id}-other`;
	return {
		...facts,
		...(as === undefined ? {} : { accountId: other }),
		...(aliases === undefined ? {} : { aliases: [other] }),
		...(known.csm === undefined ? {} : { csm: addressOf(life.id, 'csm') }),
		contacts: contacts.map((one: { role: string }) => ({
			...one,
			email: addressOf(life.id, one.role),
		})),
	};
}

export function addressOf(id: string, who: string): string {
	return `${who.toLowerCase()}@${id}.example`;
}
