import { DateTime } from 'luxon';
import type { WorkflowFile } from '../client';
import { dayOf, type Life, type LifeEvent } from './life';
import { addressOf, person } from './onboardingLives';
import { recordOf } from './record';

/** Where the days of readings and scores begin. */
const PROGRAM = 'America/New_York';
/** West, the programme's own, with clocks that change in these weeks, with half an hour, and over the date line. */
const ZONES = ['America/Los_Angeles', PROGRAM, 'Europe/Berlin', 'Pacific/Auckland'];
/** A fortnight after the go-live, when it slows nobody down any more (P09). */
const MONDAY = '2026-03-23';

/** What a customer uses on a day of the programme's, counted from day 0. */
export type Use = {
	/** Of 1,000 projects; undefined: the day's export does not say. */
	readonly projects?: number | undefined;
	/** Of 20 seats. */
	readonly seats?: number;
	readonly projectsAllowed?: number;
	/** The day on which the figures were made, where it is not this one. */
	readonly asOfDay?: number;
};
type Way = Omit<Life, 'id' | 'zone' | 'day0'> & {
	readonly name: string;
	readonly uses?: (day: number) => Use;
	/** The first day on which the CRM knows the customer. */
	readonly from?: number;
};
type ExpansionLife = Life & Pick<Way, 'uses' | 'from'>;

/** What the customer pays for, as the price list has it: see `EXPANSION_PLANS`. */
const on = (plan: string) => (): object => ({ plan });
const near =
	(first: number, last = Infinity) =>
	(day: number): Use =>
		day >= first && day <= last ? { projects: 900 } : {};
const while_ =
	(last: number, then: object) =>
	(day: number): object =>
		day <= last ? then : {};
const date = (day: number): string =>
	DateTime.fromISO(MONDAY).plus({ days: day }).toISODate() ?? '';
const RED = { licences: { bought: 20, used: 2 }, sentiment: { nps: -20, csat: 3 } };
const replies: LifeEvent = { at: '+4 12:00', type: 'reply_received', contact: 'admin' };
const resolved: LifeEvent = { at: '+20 12:00', type: 'case_resolved' };

/**
 * Days are counted from a Monday. A reading of day n is made when day n begins in New York: in Auckland that is the evening
 * of day n, when no mail leaves any more (P02), so that what `soon` tells goes there on the next working day.
 */
function waysOf(city: string, isEvening: boolean): Way[] {
	const late = isEvening ? 1 : 0;
	const soon = (day: number, step = 'offer > admin'): string => `+${String(day + late)} ${step}`;
	const friday = isEvening ? '+7 offer > admin' : '+4 offer > admin';
	return [
		// the signal (R49, R52, P29)
		{
			name: 'wed',
			story: '80 % and more on Tuesday and Wednesday: the offer (P29)',
			uses: near(1, 40),
			expected: [soon(2)],
		},
		{
			name: 'exactly',
			story: '80 % is near',
			uses: (day) => (day >= 1 && day <= 40 ? { projects: 800 } : {}),
			expected: [soon(2)],
		},
		{
			name: 'not-quite',
			story: '79.9 % is not near',
			uses: () => ({ projects: 799 }),
			expected: [],
		},
		{
			name: 'one-day',
			story: 'one reading is none',
			uses: near(2, 2),
			expected: [],
		},
		{
			name: 'every-other-day',
			story: 'never two in a row',
			uses: (day) => (day % 2 === 0 ? { projects: 900 } : { projects: 799 }),
			expected: [],
		},
		{
			name: 'dips',
			story: '80, 79.9, 80, 80 %: the last two count, the second of them on a Friday',
			uses: (day) =>
				day === 1 || day >= 3 ? { projects: day > 40 ? 400 : 800 } : { projects: 799 },
			expected: [friday],
		},
		{
			name: 'a-day-missing',
			story:
				'the export of Wednesday does not come: Tuesday and Thursday are two readings in a row',
			uses: (day) => (day === 2 ? { projects: undefined } : near(1, 40)(day)),
			expected: [isEvening ? '+4 offer > admin' : '+3 offer > admin'],
		},
		{
			name: 'stands-still',
			story: 'the export of Wednesday is given again on Thursday: one reading',
			uses: (day) =>
				day === 2 ? { projects: 900 } : day === 3 ? { projects: 900, asOfDay: 2 } : {},
			expected: [],
		},
		{
			name: 'room-made',
			story: 'more is allowed on the second day: not near',
			uses: (day) => ({ projects: day >= 1 ? 900 : 400, projectsAllowed: day >= 2 ? 2000 : 1000 }),
			expected: [],
		},
		{
			name: 'ready-otherwise',
			story: 'goals and adoption enrich an offer and start none (P29, R52)',
			uses: () => ({ projects: 600 }),
			account: () => ({ goals: ['Bring the whole company in'], usage: { adoption: 0.98 } }),
			expected: [],
		},
		{
			name: 'fri',
			story: 'known on a Friday',
			uses: near(3, 40),
			expected: [friday],
		},
		{
			name: 'sat',
			story: 'known on a Saturday: the mail goes on Monday (P02)',
			uses: near(4, 40),
			expected: ['+7 offer > admin'],
		},
		{
			name: 'sun',
			story: 'known on a Sunday, on which clocks change in Berlin',
			uses: near(5, 40),
			expected: ['+7 offer > admin'],
		},
		// going live and coming in (P09)
		{
			name: 'near-at-go-live',
			story: 'near before anybody watched: listed once, not triggered',
			uses: near(-99),
			expected: [],
		},
		{
			name: 'near-again',
			story: 'near before anybody watched, then not, then again',
			uses: (day) => (day < 10 || (day >= 14 && day <= 40) ? { projects: 900 } : {}),
			expected: [soon(15)],
		},
		{
			name: 'new',
			story: 'came after the go-live, and is near from its first day on',
			from: 2,
			account: () => ({ createdAt: `${date(2)}T10:00:00Z`, startedAt: date(2) }),
			uses: near(2, 40),
			expected: [isEvening ? '+4 offer > admin' : '+3 offer > admin'],
		},
		// large or small (R50, R51, P30)
		{
			name: 'uplift-4999',
			story: 'an uplift of 4,999 is an offer',
			account: on('plus'),
			uses: near(1, 40),
			expected: [soon(2)],
		},
		{
			name: 'uplift-5000',
			story: 'an uplift of 5,000 goes to sales, and no mail to the customer',
			account: on('studio'),
			uses: near(1, 40),
			expected: ['+2 to-sales > sales'],
		},
		{
			name: 'no-self-service',
			story: 'the plan above cannot be chosen alone: sales, however little it costs',
			account: on('agency'),
			uses: near(1, 40),
			expected: ['+2 to-sales > sales'],
		},
		{
			name: 'no-plan-above',
			story: 'no plan above: sales',
			account: on('enterprise'),
			uses: near(1, 40),
			expected: ['+2 to-sales > sales'],
		},
		{
			name: 'uplift-unknown',
			story: 'nobody knows what an upgrade costs: an offer cannot say it, so sales does',
			account: on('of 2019'),
			uses: near(1, 40),
			expected: ['+2 to-sales > sales'],
		},
		{
			name: 'sales-on-saturday',
			story: 'what goes to a human goes at once (P02)',
			account: on('studio'),
			uses: near(4, 40),
			expected: ['+5 to-sales > sales'],
		},
		{
			name: 'sales-for-long',
			story: 'still with sales when the 90 days are over: an open case (P29)',
			account: on('studio'),
			uses: near(1),
			expected: ['+2 to-sales > sales'],
		},
		{
			name: 'sales-again',
			story: 'settled by sales, and near all the time: again after 90 days',
			account: on('studio'),
			uses: near(1),
			events: [resolved],
			expected: ['+2 to-sales > sales', '+92 to-sales > sales'],
		},
		// a named success manager (P31)
		{
			name: 'named',
			story: 'a task for the success manager instead of the mail, again after 90 days',
			account: () => ({ csm: 'csm', arr: 250_000 }),
			uses: near(1),
			expected: ['+2 csm-task > csm', '+92 csm-task > csm'],
		},
		{
			name: 'named-sat',
			story: 'an alert goes on a Saturday too (P02)',
			account: () => ({ csm: 'csm', arr: 250_000 }),
			uses: near(4, 40),
			expected: ['+5 csm-task > csm'],
		},
		{
			name: 'named-large',
			story: 'large goes to sales (P30), and the success manager has the task (P31)',
			account: () => ({ csm: 'csm', arr: 250_000, plan: 'studio' }),
			uses: near(1, 40),
			expected: ['+2 to-sales > sales', '+2 csm-task > csm'],
		},
		{
			name: 'named-replies',
			story: 'a reply goes to the success manager (P33)',
			account: () => ({ csm: 'csm', arr: 250_000 }),
			uses: near(1, 40),
			events: [replies],
			expected: ['+2 csm-task > csm', '+4 asked-for-help > csm'],
		},
		// only who is well and nobody else's (P29)
		{
			name: 'not-green',
			story: 'near and not green: nothing',
			uses: near(1),
			account: () => RED,
			expected: [],
		},
		{
			name: 'turns-green',
			story: 'well from Tuesday on, which two daily scores make green: the offer on Wednesday',
			uses: near(1, 40),
			account: while_(7, RED),
			expected: [soon(9)],
		},
		{
			name: 'getting-started',
			story: 'not past onboarding',
			uses: near(1),
			account: () => ({ lifecycleStage: 'onboarding' }),
			expected: [],
		},
		{
			name: 'started',
			story: 'past onboarding on day 9',
			uses: near(1, 40),
			account: while_(8, { lifecycleStage: 'onboarding' }),
			expected: [soon(9)],
		},
		{
			name: 'first-value',
			story: 'first value ends onboarding (P16), whatever the record says still',
			uses: near(1, 40),
			account: () => ({ lifecycleStage: 'onboarding' }),
			events: [{ at: '+9 03:00', type: 'first_value_reached' }],
			expected: ['+9 offer > admin'],
		},
		{
			name: 'opportunity',
			story: 'sales is talking to them until day 8',
			uses: near(1, 40),
			account: while_(8, { openOpportunity: true }),
			expected: [soon(9)],
		},
		{
			name: 'overdue',
			story: 'an invoice is overdue until day 8',
			uses: near(1, 40),
			account: while_(8, { invoiceState: 'overdue' }),
			expected: [soon(9)],
		},
		{
			name: 'p1',
			story: 'a ticket of the highest severity',
			uses: near(1),
			account: () => ({ support: { openTickets: 1, openP1: 1 } }),
			expected: [],
		},
		{
			name: 'overdue-on-sunday',
			story:
				'known on a Saturday, the invoice overdue from Sunday to Tuesday, so that no offer went: it goes on Wednesday',
			uses: near(4, 40),
			account: (day) => (day >= 6 && day <= 8 ? { invoiceState: 'overdue' } : {}),
			expected: [soon(9)],
		},
		{
			name: 'renewal-in-31',
			story: '31 days before renewal; in Auckland the mail would go a day later, which is too late',
			uses: near(1, 20),
			account: () => ({ renewalDate: date(33) }),
			expected: isEvening ? [] : ['+2 offer > admin'],
		},
		{
			name: 'renewal-in-30',
			story: 'the first of the last 30 days before renewal',
			uses: near(1, 20),
			account: () => ({ renewalDate: date(32) }),
			expected: [],
		},
		{
			name: 'renewal-in-29',
			story: 'one of the last 30 days before renewal',
			uses: near(1, 20),
			account: () => ({ renewalDate: date(31) }),
			expected: [],
		},
		{
			name: 'renewal-moved',
			story: 'the date moves half a year away on day 9',
			uses: near(1, 40),
			account: (day) => ({ renewalDate: date(day < 9 ? 20 : 200) }),
			expected: [soon(9)],
		},
		// one offer per limit per 90 days (P29)
		{
			name: 'for-ever',
			story: 'near all the time: again on the day on which the last offer is 90 days old',
			uses: near(1),
			expected: [soon(2), soon(92)],
		},
		{
			name: 'for-ever-from-sat',
			story: 'the offer went on a Monday, day 7: 90 days later is a Sunday',
			uses: near(4),
			expected: ['+7 offer > admin', '+98 offer > admin'],
		},
		{
			name: 'comes-and-goes',
			story: 'near again after two months: not before the 90 days are over',
			uses: (day) => ((day >= 1 && day <= 20) || day >= 61 ? { projects: 900 } : {}),
			expected: [soon(2), soon(92)],
		},
		{
			name: 'comes-back',
			story: 'near again after the 90 days',
			uses: (day) => ((day >= 1 && day <= 20) || day >= 93 ? { projects: 900 } : {}),
			expected: [soon(2), soon(94)],
		},
		{
			name: 'second-limit',
			story: 'another limit three weeks later is another offer',
			uses: (day) => ({ ...near(1, 60)(day), seats: day >= 22 && day <= 60 ? 18 : 15 }),
			expected: [soon(2), soon(23)],
		},
		{
			name: 'second-limit-soon',
			story: 'another limit on the next day: it is marketing, so a week later (P04)',
			uses: (day) => ({ ...near(1, 60)(day), seats: day >= 2 && day <= 60 ? 18 : 15 }),
			expected: [soon(2), soon(9)],
		},
		{
			name: 'two-limits',
			story: 'two on the same day: one message (P26)',
			uses: (day) => ({ ...near(1, 60)(day), seats: day >= 1 && day <= 60 ? 18 : 15 }),
			expected: [soon(2)],
		},
		// whom (P11, P12)
		{
			name: 'admin-left',
			story: 'the next of admin, decision maker, champion, user',
			uses: near(1, 40),
			account: () => ({
				contacts: [{ ...person('admin'), status: 'left' }, person('user'), person('champion')],
			}),
			expected: [soon(2, 'offer > champion')],
		},
		{
			name: 'admin-bounced',
			story: 'mails to the admin came back',
			uses: near(1, 40),
			account: () => ({ contacts: [person('user'), person('admin'), person('decisionMaker')] }),
			events: [{ at: '+0 12:00', type: 'bounced', contact: 'admin', hard: true }],
			expected: [soon(2, 'offer > decisionMaker')],
		},
		{
			name: 'unsubscribed',
			story: 'nobody may be written to: expansion just holds, and calls nobody',
			uses: near(1),
			events: [{ at: '+0 12:00', type: 'unsubscribed', contact: 'admin' }],
			expected: [],
		},
		{
			name: 'unsubscribes',
			story: 'unsubscribed after the offer: none after 90 days',
			uses: near(1),
			events: [{ at: '+5 12:00', type: 'unsubscribed', contact: 'admin' }],
			expected: [soon(2)],
		},
		{
			name: 'somebody-new',
			story: 'held until there is somebody to write to',
			uses: near(1, 40),
			account: (day) => ({
				contacts: [
					{ ...person('admin'), unsubscribed: true },
					...(day < 9 ? [] : [person('decisionMaker')]),
				],
			}),
			expected: [soon(9, 'offer > decisionMaker')],
		},
		// an address of two accounts (P04)
		{
			name: 'shared-first',
			story: 'the first of two accounts of one person',
			uses: near(1, 40),
			account: () => ({ contacts: [{ role: 'admin', email: `one@shared-${city}.example` }] }),
			expected: [soon(2, `offer > one@shared-${city}.example`)],
		},
		{
			name: 'shared-second',
			story: 'near a day later: marketing waits for 7 days without any mail (P04)',
			uses: near(2, 40),
			account: () => ({ contacts: [{ role: 'admin', email: `one@shared-${city}.example` }] }),
			expected: [soon(9, `offer > one@shared-${city}.example`)],
		},
		{
			name: 'week-first',
			story: 'the first of two accounts of another person',
			uses: near(1, 40),
			account: () => ({ contacts: [{ role: 'admin', email: `week@shared-${city}.example` }] }),
			expected: [soon(2, `offer > week@shared-${city}.example`)],
		},
		{
			name: 'week-second',
			story: 'near on the day a week later, which is free again',
			uses: near(8, 40),
			account: () => ({ contacts: [{ role: 'admin', email: `week@shared-${city}.example` }] }),
			expected: [soon(9, `offer > week@shared-${city}.example`)],
		},
		// what they say, and what ends it (P06, P18, P32, P33)
		{
			name: 'replies',
			story: 'a reply is an escalation; while it is open there are no offers',
			uses: near(1),
			events: [replies],
			expected: [soon(2), '+4 asked-for-help > team'],
		},
		{
			name: 'replies-and-done',
			story: 'resolved: an offer after 90 days',
			uses: near(1),
			events: [replies, resolved],
			expected: [soon(2), '+4 asked-for-help > team', soon(92)],
		},
		{
			name: 'cancels',
			story: 'so is a cancellation',
			uses: near(1),
			events: [{ at: '+4 12:00', type: 'cancellation_requested' }],
			expected: [soon(2), '+4 asked-for-help > team'],
		},
		{
			name: 'p1-later',
			story: 'and a ticket of the highest severity',
			uses: near(1, 40),
			events: [{ at: '+4 12:00', type: 'ticket_opened', severity: 'P1' }],
			expected: [soon(2), '+4 asked-for-help > team'],
		},
		{
			name: 'p3-later',
			story: 'a ticket of another severity changes nothing',
			uses: near(1, 40),
			events: [{ at: '+4 12:00', type: 'ticket_opened', severity: 'P3' }],
			expected: [soon(2)],
		},
		{
			name: 'churns',
			story: 'known on a Saturday, churned on Sunday: nothing on Monday (P32)',
			uses: near(4, 40),
			account: (day) => (day >= 6 ? { lifecycleStage: 'churned' } : {}),
			expected: [],
		},
		{
			name: 'excluded',
			story: 'a test account',
			uses: near(1),
			account: () => ({ excluded: true }),
			expected: [],
		},
		{
			name: 'paused',
			story: 'paused until day 9 (P33): decided afresh then',
			uses: near(1, 40),
			account: while_(8, { pausedUntil: date(9) }),
			expected: ['+9 offer > admin'],
		},
		{
			name: 'merged',
			story: 'merged into another account on day 10',
			uses: near(1, 40),
			expected: [soon(2)],
		},
		{
			name: 'survivor',
			story: 'inherits that the other one has had its offer (P32)',
			uses: near(12),
			account: (day) => (day < 10 ? {} : { aliases: [`merged-${city}`] }),
			expected: [soon(92)],
		},
	];
}

const MERGED_ON = 10;

/** The price list: what projects and seats cost, and which plans nobody can choose alone. */
const EXPANSION_PLANS = {
	plan: [
		{ name: 'team', price: 2400, selfService: true, limits: 'projects 1000; seats 20' },
		{ name: 'plus', price: 4800, selfService: true, limits: 'projects 2000; seats 40' },
		{ name: 'business', price: 9799, selfService: true, limits: 'projects 3000; seats 60' },
		{ name: 'studio', price: 10_000, selfService: true, limits: 'projects 4000; seats 80' },
		{ name: 'agency', price: 15_000, selfService: true, limits: 'projects 5000; seats 100' },
		{ name: 'enterprise', price: 16_000, selfService: false, limits: 'projects 9000; seats 900' },
	],
};

/** The shipped journey with this price list. */
export function withPriceList(workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		const { parameters } = node;
		if (parameters.operation === 'watchLimits')
			return { ...node, parameters: { ...parameters, plans: EXPANSION_PLANS } };
		// the casts come near their limits in the same week, which would be held as a fault of the data (P10)
		if (parameters.preset === 'expansion')
			return { ...node, parameters: { ...parameters, options: { holdMassTriggers: false } } };
		return node;
	});
	return { ...workflow, nodes };
}

/** Each way of life in each zone. */
export const EXPANSION_LIVES: readonly ExpansionLife[] = ZONES.flatMap((zone) => {
	const city = zone.split('/')[1]?.replace('_', '-').toLowerCase() ?? '';
	return waysOf(city, zone === 'Pacific/Auckland').map(({ name, ...way }): ExpansionLife => {
		const id = `${name}-${city}`;
		const events = (way.events ?? []).map(({ contact, ...event }) =>
			typeof contact === 'string' ? { ...event, contact: addressOf(id, contact) } : event,
		);
		return { ...way, id, zone, day0: MONDAY, events };
	});
});

/** The record in the CRM; what it says changes when a day begins in New York. */
export function expansionRecord(life: ExpansionLife, at: number): object | undefined {
	const [day, time] = dayOf({ day0: life.day0, zone: PROGRAM }, at);
	if (life.from !== undefined && day < life.from) return undefined;
	if (life.id.startsWith('merged-') && day >= MERGED_ON) return undefined;
	const {
		usage = {},
		contacts = [person('admin')],
		csm,
		...more
	} = (life.account?.(day, time) ?? {}) as {
		usage?: object;
		contacts?: { role: string; email?: string }[];
		csm?: string;
	};
	const { limits, seats, asOf } = usageOf(life.uses?.(day) ?? {}, day, at);
	return recordOf(life.id, at, {
		timezone: life.zone,
		licences: { bought: 20, used: seats },
		...(csm === undefined ? {} : { csm: addressOf(life.id, csm) }),
		contacts: contacts.map((one) => ({
			...one,
			email: one.email?.includes('example') === true ? one.email : addressOf(life.id, one.role),
		})),
		...more,
		usage: { featuresUsed: ['boards', 'reports'], asOf, limits, ...usage },
	});
}

/** Use as the product reports it: the one place that knows its form. */
function usageOf(
	use: Use,
	day: number,
	at: number,
): { limits: object | undefined; seats: number; asOf: string } {
	const { seats = 15, projectsAllowed: allowed = 1000, asOfDay = day } = use;
	const used = 'projects' in use ? use.projects : 400;
	return {
		limits: used === undefined ? undefined : { projects: { used, allowed } },
		seats,
		asOf: new Date(at - (day - asOfDay) * 86_400_000).toISOString(),
	};
}
