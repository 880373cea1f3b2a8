import { businessCalendarSchema } from '../../../engine/calendar/businessCalendar';
import { KINDS, MEASURES, PRIORITIES } from '../../../engine/escalation/case';
import {
	routerPolicySchema,
	STRATEGIES,
	type levelSchema,
	type RouterPolicy,
	type slaTargetSchema,
} from '../../../engine/escalation/policy';
import { targetSchema, type Target } from '../../../engine/escalation/target';
import { pick } from '../../harness/dice';
import { SlowBusinessTime } from '../calendar/temporalReference';
import type { z } from 'zod/v4';

/** A Monday; clocks change in Europe on the Sunday. */
export const START = Date.UTC(2026, 2, 23);
export const DAYS = 28;
/** Deadlines lie ahead of the days that are lived through. */
const DAYS_AHEAD = 150;

const shifts = (...all: [string, string][]) => all.map(([from, to]) => ({ from, to }));
const week = (day: [string, string][], friday = day) => ({
	mon: shifts(...day),
	tue: shifts(...day),
	wed: shifts(...day),
	thu: shifts(...day),
	fri: shifts(...friday),
});
const CALENDARS = {
	berlin: {
		zone: 'Europe/Berlin',
		hours: week(
			[
				['09:00', '12:00'],
				['13:00', '17:30'],
			],
			[['09:00', '13:00']],
		),
		holidays: ['2026-04-03', '2026-04-06'],
	},
	newYork: { zone: 'America/New_York', hours: week([['09:00', '17:00']]) },
	tokyo: {
		zone: 'Asia/Tokyo',
		hours: { ...week([['10:00', '19:00']]), sat: shifts(['10:00', '14:00']) },
	},
};
type CalendarName = keyof typeof CALENDARS;
export const CALENDAR_NAMES: readonly [CalendarName, ...CalendarName[]] = [
	'berlin',
	'newYork',
	'tokyo',
];
const slow = new Map<string, SlowBusinessTime>();

/** Business time by the reference, for the calendar of this name. */
export function slowTime(name: string): SlowBusinessTime {
	const known = slow.get(name);
	if (known !== undefined) return known;
	const calendar = businessCalendarSchema.parse(calendarNamed(name));
	const time = new SlowBusinessTime(calendar, START, DAYS + DAYS_AHEAD);
	slow.set(name, time);
	return time;
}

export function zoneOf(name: string): string {
	return calendarNamed(name).zone;
}

function calendarNamed(name: string): (typeof CALENDARS)[CalendarName] {
	return CALENDARS[CALENDAR_NAMES.find((one) => one === name) ?? 'berlin'];
}

/** Owner, fallback owner and up to three levels; the targets leave nothing out and put nothing beyond what can be told. */
export function anyPolicy(roll: () => number): RouterPolicy {
	const people = Array.from({ length: 2 + Math.floor(roll() * 4) }, (_none, index) => ({
		email: `p${index}@vendor.example`,
		name: `P${index}`,
		calendar: pick(roll, CALENDAR_NAMES),
		...anyRoom(roll),
		pools: [pick(roll, ['near', 'far']), ...(index === 0 ? ['near', 'far'] : [])],
	}));
	const levels: z.input<typeof levelSchema>[] = Array.from(
		{ length: Math.floor(roll() * 4) },
		(_none, index) => ({
			// now and then it is a colleague who owns cases too
			to:
				roll() < 0.2
					? { email: 'p0@vendor.example', name: 'P0' }
					: { email: `l${index}@vendor.example`, name: `L${index}` },
			after: roll() < 0.3 ? { amount: 0, unit: 'minutes' } : anyTarget(roll),
			times: 1 + Math.floor(roll() * 3),
			every: anyTarget(roll),
		}),
	);
	return routerPolicySchema.parse({
		calendars: CALENDARS,
		calendar: pick(roll, CALENDAR_NAMES),
		people,
		rules: [{ name: 'Everybody', pools: roll() < 0.5 ? ['near', 'far'] : ['far', 'near'] }],
		strategy: pick(roll, STRATEGIES),
		fallback: { email: 'head@vendor.example', name: 'Head' },
		targets: anyTargets(roll),
		levels,
		nearing: pick(roll, [0.5, 0.75, 0.9]),
		staleAfter: anyTarget(roll),
		reopenDays: pick(roll, [0, 1, 5, 14]),
		digestCap: Math.floor(roll() * 4),
	});
}

/** The same program a while later: people are away, come back, and have more or less room. */
export function laterPolicy(policy: RouterPolicy, now: number, roll: () => number): RouterPolicy {
	const isNewSla = roll() < 0.2;
	const people = policy.people.map((person) => ({
		...person,
		...anyRoom(roll),
		...anyAbsence(now, roll),
	}));
	return {
		...policy,
		people,
		targets: isNewSla ? routerPolicySchema.shape.targets.parse(anyTargets(roll)) : policy.targets,
		rules: policy.rules.map((rule) => ({ ...rule, strategy: pick(roll, STRATEGIES) })),
	};
}

function anyRoom(roll: () => number): { mostCases?: number; mostArr?: number } {
	return {
		...(roll() < 0.8 ? { mostCases: 1 + Math.floor(roll() * 13) } : { mostCases: undefined }),
		...(roll() < 0.4 ? { mostArr: 1 + Math.floor(roll() * 60_000) } : { mostArr: undefined }),
	};
}

function anyAbsence(now: number, roll: () => number): { away: { from: string; to: string }[] } {
	if (roll() < 0.6) return { away: [] };
	const from = now + Math.floor(roll() * 3) * 86_400_000;
	const date = (at: number): string => new Date(at).toISOString().slice(0, 10);
	return { away: [{ from: date(from), to: date(from + Math.floor(roll() * 4) * 86_400_000) }] };
}

function anyTargets(roll: () => number): z.input<typeof slaTargetSchema>[] {
	// something has to be reached by every escalation
	const always = pick(roll, MEASURES);
	return KINDS.flatMap((kind) =>
		MEASURES.flatMap((measure) => [
			...((kind === 'escalation' && measure === always) ||
			roll() < (measure === 'resolve' ? 0.4 : 0.8)
				? [{ kind, measure, target: anyTarget(roll) }]
				: []),
			...PRIORITIES.flatMap((priority) =>
				roll() < 0.2 ? [{ kind, priority, measure, target: anyTarget(roll) }] : [],
			),
		]),
	);
}

function anyTarget(roll: () => number): Target {
	const clock = roll() < 0.7 ? 'business' : 'real';
	const amount = 1 + Math.floor(roll() * 8);
	const target =
		roll() < 0.3
			? { unit: 'businessDays', amount: 1 + Math.floor(roll() * 2) }
			: roll() < 0.5
				? { unit: 'minutes', amount: amount * 20, clock }
				: { unit: 'hours', amount, clock };
	return targetSchema.parse(target);
}
