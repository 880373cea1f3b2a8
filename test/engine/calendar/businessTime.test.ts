import {
	businessCalendarSchema,
	overlappingShifts,
	type BusinessCalendar,
} from '../../../engine/calendar/businessCalendar';
import { compileCalendar } from '../../../engine/calendar/businessTime';
import { dice } from '../../harness/dice';

const HOUR = 3_600_000;
const shifts = (...list: [string, string][]) => list.map(([from, to]) => ({ from, to }));
const DAY = shifts(['09:00', '12:00'], ['13:00', '17:00']);
const berlin = businessCalendarSchema.parse({
	zone: 'Europe/Berlin',
	hours: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: shifts(['09:00', '15:00']) },
	holidays: ['2026-12-25'],
});
const time = compileCalendar(berlin);
/** 2026, Berlin in winter time unless said otherwise. */
const at = (local: string, offset = '+01:00'): number => Date.parse(`2026-${local}:00${offset}`);
const say = (ms: number): string => new Date(ms + HOUR).toISOString().slice(5, 16);

// Friday 4 December 2026 is a normal day, Friday 25 December a holiday
test.each([
	['in the middle of a shift', '12-03T10:00', 1, '12-03T11:00'],
	['over the break', '12-03T11:30', 1, '12-03T13:30'],
	['to the very end of a day, not the next morning', '12-03T16:00', 1, '12-03T17:00'],
	['from Friday afternoon to Monday', '12-04T14:00', 4, '12-07T12:00'],
	['from the weekend', '12-05T12:00', 4, '12-07T14:00'],
	['over a holiday', '12-24T16:00', 2, '12-28T10:00'],
])('business hours run %s', (_what, from, hours, due) => {
	expect(say(time.plus(at(from), hours * HOUR))).toBe(due);
});

test.each([
	['the same time on the next working day', '12-01T10:30', 1, '12-02T10:30'],
	['from Friday to Monday', '12-04T14:00', 1, '12-07T14:00'],
	['from the evening: from the next morning on', '12-01T20:00', 1, '12-03T09:00'],
	['from Friday evening: from Monday on', '12-04T18:00', 1, '12-08T09:00'],
	['into a shorter day: its end', '12-03T16:00', 1, '12-04T15:00'],
	['out of a day without a break: after the break', '12-04T12:30', 1, '12-07T13:00'],
	['over a holiday', '12-24T10:00', 1, '12-28T10:00'],
	['none', '12-01T10:30', 0, '12-01T10:30'],
])('business days go %s', (_what, from, days, due) => {
	expect(say(time.plusDays(at(from), days))).toBe(due);
});

it('counts real minutes where the clock jumps within working hours', () => {
	const nights = compileCalendar(
		businessCalendarSchema.parse({
			zone: 'Europe/Berlin',
			hours: { sat: shifts(['22:00', '06:00']) },
		}),
	);
	// the night of 29 March 2026 is seven hours long, that of 25 October nine
	const spring = at('03-28T22:00');
	expect(nights.between(spring, spring + 24 * HOUR)).toBe(7 * HOUR);
	const autumn = at('10-24T22:00', '+02:00');
	expect(nights.between(autumn, autumn + 24 * HOUR)).toBe(9 * HOUR);
});

it('says in one sentence what is wrong with a calendar', () => {
	const sentences = (calendar: object): string[] =>
		businessCalendarSchema.safeParse(calendar).error?.issues.map(({ message }) => message) ?? [];
	expect(sentences({ zone: 'Berlin', hours: { mon: DAY } })).toEqual([
		'is no IANA time zone such as Europe/Berlin',
	]);
	expect(sentences({ zone: 'UTC', hours: {} })).toEqual(['has no working hours on any day']);
	expect(sentences({ zone: 'UTC', hours: { mon: shifts(['9', '17:00']) } })).toEqual([
		'is not a time such as 09:00',
	]);
});

it('refuses a calendar that is closed for ten years rather than searching for ever', () => {
	const always = Array.from({ length: 3_700 }, (_nothing, day) =>
		new Date(Date.UTC(2026, 0, 1) + day * 24 * HOUR).toISOString().slice(0, 10),
	);
	const closed = compileCalendar({ ...berlin, holidays: always });
	expect(() => closed.nextOpen(at('01-05T10:00'))).toThrow(/no working day within ten years/);
});

describe('shifts of two days', () => {
	const week = (hours: object): BusinessCalendar =>
		businessCalendarSchema.parse({ zone: 'UTC', hours });

	it.each([
		['one after the other', { mon: DAY, tue: DAY }, undefined],
		['that meet', { mon: shifts(['22:00', '06:00']), tue: shifts(['06:00', '14:00']) }, undefined],
		['all around the clock', { mon: shifts(['00:00', '24:00']), tue: DAY }, undefined],
		['a day off between them', { mon: shifts(['22:00', '21:00']), wed: DAY }, undefined],
		[
			'that overlap',
			{ mon: shifts(['22:00', '06:00']), tue: shifts(['12:00', '13:00'], ['05:59', '08:00']) },
			{ before: 'mon', day: 'tue' },
		],
		[
			'that overlap from week to week',
			{ sun: shifts(['20:00', '12:00']), mon: DAY },
			{ before: 'sun', day: 'mon' },
		],
	])('%s', (_what, hours, found) => {
		expect(overlappingShifts(week(hours))).toEqual(found);
	});

	it('that do not overlap never make a later start due earlier', () => {
		const roll = dice(8);
		const clock = (): string => `${String(Math.floor(roll() * 24)).padStart(2, '0')}:00`;
		const start = Date.UTC(2026, 2, 2);
		let looked = 0;
		for (let tried = 0; tried < 600; tried++) {
			const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].filter(() => roll() < 0.6);
			const calendar = week({
				sun: DAY,
				...Object.fromEntries(days.map((day) => [day, shifts([clock(), clock()])])),
			});
			if (overlappingShifts(calendar) !== undefined) continue;
			looked++;
			const one = compileCalendar(calendar);
			const due = Array.from({ length: 8 * 24 }, (_none, hour) =>
				one.plusDays(start + hour * HOUR, 1 + (tried % 3)),
			);
			expect(due).toEqual(due.toSorted((a, b) => a - b));
		}
		expect(looked).toBeGreaterThan(100);
	});
});
