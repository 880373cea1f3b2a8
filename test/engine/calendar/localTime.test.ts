import { DateTime } from 'luxon';
import {
	addLocalDays,
	localDaysBetween,
	localDaysPassed,
	parseLocal,
	startOfLocalDate,
} from '../../../engine/calendar/localTime';

const ms = (iso: string): number => DateTime.fromISO(iso).toMillis();

describe('n days after is the same clock time n calendar days later (P01)', () => {
	it.each([
		['over no change', 'Europe/Berlin', '2026-03-02T10:00+01:00', 14, '2026-03-16T10:00+01:00'],
		['into summer time', 'Europe/Berlin', '2026-03-28T10:00+01:00', 1, '2026-03-29T10:00+02:00'],
		['out of summer time', 'Europe/Berlin', '2026-10-24T10:00+02:00', 1, '2026-10-25T10:00+01:00'],
		[
			'to a time that is skipped',
			'Europe/Berlin',
			'2026-03-28T02:30+01:00',
			1,
			'2026-03-29T03:30+02:00',
		],
		[
			'to a time that comes twice',
			'Europe/Berlin',
			'2026-10-24T02:30+02:00',
			1,
			'2026-10-25T02:30+02:00',
		],
		['in America', 'America/New_York', '2026-03-07T09:00-05:00', 2, '2026-03-09T09:00-04:00'],
		[
			'where no clock changes',
			'Asia/Kolkata',
			'2026-03-28T10:00+05:30',
			3,
			'2026-03-31T10:00+05:30',
		],
		[
			'over a date that never was',
			'Pacific/Apia',
			'2011-12-29T10:00-10:00',
			2,
			'2011-12-31T10:00+14:00',
		],
		['by no day', 'Europe/Berlin', '2026-03-02T10:00+01:00', 0, '2026-03-02T10:00+01:00'],
	])('%s', (_what, zone, from, days, expected) => {
		const due = ms(expected);
		expect(addLocalDays(ms(from), days, zone)).toBe(due);
		expect(
			[due - 1, due, due + 1].map((now) => localDaysPassed(ms(from), days, zone, now)),
		).toEqual([false, true, true]);
	});
});

describe('local days between two times', () => {
	it.each([
		['the same date', 'Europe/Berlin', '2026-03-02T00:00+01:00', '2026-03-02T23:59+01:00', 0],
		[
			'a minute over midnight',
			'Europe/Berlin',
			'2026-03-02T23:59+01:00',
			'2026-03-03T00:00+01:00',
			1,
		],
		[
			'over a day of 23 hours',
			'Europe/Berlin',
			'2026-03-28T23:00+01:00',
			'2026-03-30T01:00+02:00',
			2,
		],
		[
			'over a day of 25 hours',
			'America/New_York',
			'2026-10-31T12:00-04:00',
			'2026-11-02T00:30-05:00',
			2,
		],
		[
			'by the local date, not that of UTC',
			'Asia/Kolkata',
			'2026-03-01T20:00Z',
			'2026-03-02T17:00Z',
			0,
		],
		[
			'where the day begins at one',
			'Africa/Cairo',
			'2026-04-23T12:00+02:00',
			'2026-04-24T12:00+03:00',
			1,
		],
	])('%s', (_what, zone, from, to, days) => {
		expect(localDaysBetween(ms(from), ms(to), zone)).toBe(days);
	});
});

describe('a date without a time is a local date (P01)', () => {
	it.each([
		['2026-03-02', 'Europe/Berlin', '2026-03-01T23:00Z'],
		['2026-03-02', 'America/New_York', '2026-03-02T05:00Z'],
		['2026-03-02', 'Asia/Kolkata', '2026-03-01T18:30Z'],
		['2026-03-02', 'Pacific/Apia', '2026-03-01T11:00Z'],
		['2026-03-02T09:00:00', 'Asia/Kolkata', '2026-03-02T03:30Z'],
		['2026-03-02T09:00:00Z', 'Asia/Kolkata', '2026-03-02T09:00Z'],
	])('%s in %s', (text, zone, expected) => {
		expect(parseLocal(text, zone)).toBe(ms(expected));
	});
	it.each([undefined, '', '2026-02-30', 'tomorrow'])('%s is no time', (text) => {
		expect(parseLocal(text, 'Europe/Berlin')).toBeUndefined();
	});
});

it.each([
	['Europe/Berlin', '2026-03-28T10:00+01:00', 1, '2026-03-29T00:00+01:00'],
	['Europe/Berlin', '2026-03-28T10:00+01:00', 2, '2026-03-30T00:00+02:00'],
	['Africa/Cairo', '2026-04-23T10:00+02:00', 1, '2026-04-24T01:00+03:00'],
])('a window in days ends as a local date begins: %s, %s + %d', (zone, from, days, expected) => {
	expect(startOfLocalDate(ms(from), days, zone)).toBe(ms(expected));
});
