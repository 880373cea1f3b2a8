import { DateTime } from 'luxon';
import type { Use } from './expansionLives';
import { dayOf, momentOf, type Life, type LifeEvent } from './life';
import { addressOf } from './onboardingLives';
import { recordOf } from './record';

/** Where the days of readings and scores begin. */
const PROGRAM = 'America/New_York';
const ZONES = ['America/Los_Angeles', PROGRAM, 'Europe/Berlin', 'Pacific/Auckland'];
/** A fortnight after the go-live, when it slows nobody down any more (P09). */
const MONDAY = '2026-03-23';

type Way = Omit<Life, 'id' | 'zone' | 'day0' | 'expected'> & {
	readonly name: string;
	/** By day of the programme's. */
	readonly uses?: (day: number) => Use;
	/** When they became a customer, of those who did lately: local, as days after day 0 and a time. */
	readonly created?: string;
	/** Until the day before this one the record says that they are in onboarding. */
	readonly adoptingFrom?: number;
	/** A name for an address that accounts share. */
	readonly shares?: string;
};
export type FiveLife = Omit<Life, 'expected'> & Omit<Way, 'events' | 'name'>;

const date = (day: number): string =>
	DateTime.fromISO(MONDAY).plus({ days: day }).toISODate() ?? '';
const between =
	(first: number, last: number, facts: object) =>
	(day: number): object =>
		day >= first && day <= last ? facts : {};
const RED = {
	licences: { bought: 20, used: 2 },
	support: { openTickets: 9, openP1: 0 },
	sentiment: { nps: -80, csat: 1.2 },
	usage: { activeUsers: 1, events: 10, previousEvents: 300, adoption: 0.05 },
};
const YELLOW = { licences: { bought: 20, used: 2 }, sentiment: { nps: -20, csat: 3 } };
const near = (first: number, last = 99) => ({
	uses: (day: number): Use => (day >= first && day <= last ? { projects: 900 } : {}),
});
/** So many days before the renewal on that day. */
const renews = (days: number, on: number) => ({
	account: (): object => ({ renewalDate: date(on + days) }),
});
/** Of whom nobody said that they are past onboarding gets no tips (P24). */
const UNTAUGHT = { lifecycleStage: undefined };
const NAMED = { csm: 'csm', arr: 250_000 };
const did = (at: string, step: string): LifeEvent => ({ at, type: 'set_up_step_completed', step });
const sets = (first: number, second: number, third: number): LifeEvent[] => [
	did(`+${String(first)} 12:00`, 'connect-data'),
	did(`+${String(second)} 12:10`, 'invite-team'),
	did(`+${String(third)} 12:20`, 'first-report'),
];
const value = (day: number): LifeEvent => ({
	at: `+${String(day)} 13:00`,
	type: 'first_value_reached',
});
const by = (type: string, ...days: number[]): LifeEvent[] =>
	days.map((day) => ({ at: `+${String(day)} 12:00`, type, contact: 'admin' }));

/** Accounts in which every journey wants to speak. */
const WAYS: readonly Way[] = [
	{ name: 'learns', story: 'tips' },
	{
		name: 'learns-paused',
		story: 'paused for ten days (P33)',
		account: between(10, 19, { pausedUntil: date(20) }),
	},
	{ name: 'learns-unsubscribes', story: 'unsubscribes (P12)', events: by('unsubscribed', 15) },
	{
		name: 'learns-replies',
		story: 'replies, resolved after two weeks (P33, P06)',
		events: [...by('reply_received', 16), ...by('case_resolved', 30)],
	},
	{
		name: 'learns-replies-twice',
		story: 'a reply, a cancellation and a ticket while the case is open: one case (P08)',
		events: [
			...by('reply_received', 9, 12),
			...by('cancellation_requested', 15),
			{ at: '+18 12:00', type: 'ticket_opened', severity: 'P1' },
			...by('case_resolved', 25),
			...by('reply_received', 28),
		],
	},
	{
		name: 'learns-churns',
		story: 'churns on day 30 (P32)',
		account: between(30, 99, { lifecycleStage: 'churned' }),
	},
	{ name: 'learns-named', story: 'has a success manager (P31)', account: () => NAMED },
	{ name: 'idle', story: 'does nothing after sign-up', created: '+0 10:00', adoptingFrom: 99 },
	{
		name: 'quick',
		story: 'set up in three days, first value on the fourth, then tips',
		created: '+0 10:00',
		adoptingFrom: 4,
		events: [...sets(1, 2, 3), value(3)],
	},
	{
		name: 'slow',
		story: 'rests in between, first value on day 20',
		created: '+1 10:00',
		adoptingFrom: 21,
		events: [...sets(6, 9, 13), value(20)],
	},
	{
		name: 'asks',
		story: 'replies to the first mails, resolved four days later',
		created: '+2 10:00',
		adoptingFrom: 99,
		events: [...by('reply_received', 6), ...by('case_resolved', 10)],
	},
	{
		name: 'asks-and-succeeds',
		story: 'first value while the case is open: the celebration goes all the same (P06)',
		created: '+2 10:00',
		adoptingFrom: 9,
		events: [...by('reply_received', 4), ...sets(5, 6, 7), value(8)],
	},
	{
		name: 'bounces',
		story: 'mails to the admin come back: the decision maker (P11)',
		created: '+3 10:00',
		adoptingFrom: 99,
		events: by('bounced', 4),
	},
	{
		name: 'no-mails-please',
		story: 'unsubscribes at once (P12)',
		created: '+3 10:00',
		adoptingFrom: 99,
		events: by('unsubscribed', 4),
	},
	{
		name: 'young-and-near',
		story: 'near a limit before first value',
		created: '+0 10:00',
		adoptingFrom: 7,
		events: [...sets(1, 2, 3), value(6)],
		...near(4),
	},
	{ name: 'saturday', story: 'comes on a Saturday', created: '+5 10:00', adoptingFrom: 99 },
	{ name: 'later', story: 'comes in April', created: '+20 10:00', adoptingFrom: 99 },
	{ name: 'drops', story: 'red for two weeks', account: between(7, 20, RED) },
	{ name: 'drops-for-long', story: 'red for good', account: between(9, 99, RED) },
	{
		name: 'drops-replies',
		story: 'red, and replies',
		account: between(11, 99, RED),
		events: by('reply_received', 15),
	},
	{
		name: 'drops-and-books',
		story: 'red, and books the call',
		account: between(16, 40, RED),
		events: by('booked', 20),
	},
	{
		name: 'drops-again',
		story: 'red again within 30 days (P23)',
		account: (day) => ({ ...between(8, 12, RED)(day), ...between(30, 99, RED)(day) }),
	},
	{
		name: 'drops-renewing',
		story: 'red three days before the renewal begins: one case (P08)',
		account: (day) => ({ renewalDate: date(13 + 90), ...between(10, 99, RED)(day) }),
	},
	{
		name: 'drops-named',
		story: 'red, with a success manager',
		account: (day) => ({ ...NAMED, ...between(18, 99, RED)(day) }),
	},
	{ name: 'drops-on-saturday', story: 'red from a Saturday on', account: between(19, 40, RED) },
	{
		name: 'drops-near',
		story: 'near a limit, then red',
		account: between(22, 99, RED),
		...near(18),
	},
	{ name: 'renews-90', story: '90 and 60 days before', ...renews(90, 4) },
	{ name: 'renews-60', story: '60 and 30 days before', ...renews(60, 10) },
	{
		name: 'renews-30',
		story: '30 days before, and renewed',
		account: (day) => ({ renewalDate: date(day < 37 ? 38 : 38 + 365) }),
		events: by('renewed', 37),
	},
	{ name: 'renews-on-saturday', story: '90 days before is a Saturday', ...renews(90, 12) },
	{
		name: 'renews-yellow',
		story: 'turns yellow in the window: a conversation (P25)',
		account: (day) => ({ renewalDate: date(70), ...between(12, 99, YELLOW)(day) }),
	},
	{
		name: 'renews-unsponsored',
		story: 'no sponsor (P28)',
		account: () => ({ renewalDate: date(66), executiveSponsor: undefined }),
	},
	{
		name: 'renews-near',
		story: '60 days before renewal and near a limit on the same day',
		...renews(60, 9),
		...near(8),
	},
	{
		name: 'renews-and-replies',
		story: 'replies to the summary; the case is open when the reminder is due (P06)',
		...renews(90, 2),
		events: [...by('reply_received', 3), ...by('case_resolved', 36)],
	},
	{ name: 'renews-not', story: 'the date passes without an outcome (P27)', ...renews(30, 5) },
	{
		name: 'renews-named',
		story: 'with a success manager',
		account: () => ({ ...NAMED, renewalDate: date(80) }),
	},
	{ name: 'near', story: 'an offer among tips', ...near(1) },
	{
		name: 'near-sales',
		story: 'with sales, whom tips do not mind (P06)',
		account: () => ({ plan: 'studio' }),
		...near(1),
	},
	{
		name: 'near-sales-replies',
		story: 'with sales, and then asks for a human: silence',
		account: () => ({ plan: 'studio' }),
		events: by('human_requested', 12),
		...near(1),
	},
	{
		name: 'near-unsubscribes',
		story: 'near a limit, unsubscribed',
		events: by('unsubscribed', 1),
		...near(1),
	},
	{ name: 'near-on-saturday', story: 'known on a Saturday', ...near(4) },
	{
		name: 'one-young',
		story: 'one person with five accounts: a new one',
		shares: 'five',
		created: '+1 10:00',
		adoptingFrom: 99,
	},
	{ name: 'one-renews', story: 'one person with five accounts', shares: 'five', ...renews(90, 3) },
	{
		name: 'one-drops',
		story: 'one person with five accounts',
		shares: 'five',
		account: between(8, 99, RED),
	},
	{ name: 'one-learns', story: 'one person with five accounts', shares: 'five' },
	{ name: 'one-near', story: 'one person with five accounts', shares: 'five', ...near(1) },
	{
		name: 'twin-one',
		story: 'one person who opens two accounts at once',
		shares: 'twins',
		created: '+0 10:00',
		adoptingFrom: 99,
	},
	{
		name: 'twin-two',
		story: 'one person who opens two accounts at once',
		shares: 'twins',
		created: '+0 10:00',
		adoptingFrom: 9,
		events: [...sets(1, 2, 3), value(8)],
	},
	{
		name: 'tired-one',
		story: 'unsubscribes from the mails of one account: none of the other one either (P12)',
		shares: 'tired',
		events: by('unsubscribed', 10),
	},
	{ name: 'tired-two', story: 'the other account', shares: 'tired', ...renews(60, 8) },
	// two that want the same Monday morning: see `WANTED_BY_TWO`
	{
		name: 'p05a-drops',
		story: 'intervention …',
		shares: 'p05a',
		account: (day) => (day < 12 ? UNTAUGHT : { ...UNTAUGHT, ...RED }),
	},
	{ name: 'p05a-learns', story: '… or education', shares: 'p05a', adoptingFrom: 12 },
	{
		name: 'p05b-drops',
		story: 'intervention …',
		shares: 'p05b',
		account: (day) => (day < 12 ? UNTAUGHT : { ...UNTAUGHT, ...RED }),
	},
	{
		name: 'p05b-young',
		story: '… or onboarding',
		shares: 'p05b',
		created: '+10 16:00',
		adoptingFrom: 99,
		events: [did('+11 12:00', 'connect-data'), did('+13 12:00', 'invite-team')],
	},
	{
		name: 'p05c-young',
		story: 'onboarding …',
		shares: 'p05c',
		created: '+10 16:00',
		adoptingFrom: 99,
		events: [did('+11 12:00', 'connect-data'), did('+13 12:00', 'invite-team')],
	},
	{
		name: 'p05c-renews',
		story: '… or renewal',
		shares: 'p05c',
		account: () => ({ ...UNTAUGHT, renewalDate: date(12 + 90) }),
	},
	{
		name: 'p05d-renews',
		story: 'renewal …',
		shares: 'p05d',
		account: () => ({ ...UNTAUGHT, renewalDate: date(12 + 90) }),
	},
	{
		name: 'p05d-near',
		story: '… or expansion',
		shares: 'p05d',
		account: () => UNTAUGHT,
		...near(11),
	},
	{
		name: 'p05e-near',
		story: 'expansion …',
		shares: 'p05e',
		account: () => UNTAUGHT,
		...near(11),
	},
	{ name: 'p05e-learns', story: '… or education', shares: 'p05e', adoptingFrom: 12 },
];

/**
 * What an address gets from day 10 on, to begin with, where two journeys want it on the same Saturday, day 12: on Monday
 * the more important one, the other one when P04 lets it (P05).
 */
export const WANTED_BY_TWO: Readonly<Record<string, readonly string[]>> = {
	// the consultation is due a week after the first mail, on the day on which the tip might go: again it goes first
	p05a: ['+14 pattern', '+21 consultation', '+28 tip'],
	p05b: ['+10 welcome', '+14 pattern', '+15 set-up-guide'],
	p05c: ['+10 welcome', '+14 set-up-guide', '+15 summary'],
	p05d: ['+14 summary', '+21 offer'],
	p05e: ['+14 offer', '+21 tip'],
};

export function sharedAddress(name: string, zone: string): string {
	return `${name}@shared-${cityOf(zone)}.example`;
}

function cityOf(zone: string): string {
	return zone.split('/')[1]?.replace('_', '-').toLowerCase() ?? '';
}

function addressIn(life: Pick<FiveLife, 'id' | 'zone' | 'shares'>, role: string): string {
	return life.shares === undefined
		? addressOf(life.id, role)
		: sharedAddress(life.shares, life.zone);
}

/** Each way of life in each zone. */
export const FIVE_LIVES: readonly FiveLife[] = ZONES.flatMap((zone) =>
	WAYS.map(({ name, ...way }): FiveLife => {
		const id = `${name}-${cityOf(zone)}`;
		const born: LifeEvent[] =
			way.created === undefined ? [] : [{ at: way.created, type: 'customer_created' }];
		const events = [...born, ...(way.events ?? [])].map(({ contact, ...event }) =>
			typeof contact === 'string'
				? { ...event, contact: addressIn({ id, zone, shares: way.shares }, contact) }
				: event,
		);
		return { ...way, id, zone, day0: MONDAY, events };
	}),
);

/** The record in the CRM; what it says changes when a day begins in New York. */
export function fiveRecord(life: FiveLife, at: number): object | undefined {
	const createdAt = life.created === undefined ? undefined : momentOf(life, life.created);
	if (createdAt !== undefined && at < createdAt) return undefined;
	const [day, time] = dayOf({ day0: life.day0, zone: PROGRAM }, at);
	const {
		usage = {},
		csm,
		...more
	} = (life.account?.(day, time) ?? {}) as { usage?: object; csm?: string };
	const { projects = 400, seats = 15 } = life.uses?.(day) ?? {};
	const roles = life.shares === undefined ? ['admin', 'decisionMaker'] : ['admin'];
	return recordOf(life.id, at, {
		...(createdAt === undefined
			? {}
			: { createdAt: new Date(createdAt).toISOString(), startedAt: undefined }),
		lifecycleStage: day < (life.adoptingFrom ?? -99) ? 'onboarding' : 'established',
		timezone: life.zone,
		licences: { bought: 20, used: seats },
		...(csm === undefined ? {} : { csm: addressOf(life.id, csm) }),
		// the greeting tells the account, where several share an address
		contacts: roles.map((role) => ({ role, name: life.id, email: addressIn(life, role) })),
		...more,
		usage: { limits: { projects: { used: projects, allowed: 1000 } }, ...usage },
	});
}
