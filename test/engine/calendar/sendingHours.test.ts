import { DateTime } from 'luxon';
import {
	DEFAULT_SENDING_HOURS,
	nextOpening,
	sendingHoursSchema,
} from '../../../engine/calendar/sendingHours';

const opening = (local: string, zone: string, hours = DEFAULT_SENDING_HOURS): string =>
	DateTime.fromMillis(nextOpening(DateTime.fromSQL(local, { zone }).toMillis(), zone, hours), {
		zone,
	}).toFormat('ccc MM-dd HH:mm', { locale: 'en' });

describe('automated e-mail leaves Mon-Fri 09:00-17:00 local (P02)', () => {
	it.each([
		['before it opens', '2026-03-02 08:59', 'Mon 03-02 09:00'],
		['as it opens', '2026-03-02 09:00', 'Mon 03-02 09:00'],
		['within', '2026-03-02 12:34', 'Mon 03-02 12:34'],
		['a minute before it closes', '2026-03-02 16:59', 'Mon 03-02 16:59'],
		['as it closes', '2026-03-02 17:00', 'Tue 03-03 09:00'],
		['on a Friday evening', '2026-03-06 17:00', 'Mon 03-09 09:00'],
		['on a Saturday', '2026-03-07 10:00', 'Mon 03-09 09:00'],
		['on a Sunday night', '2026-03-08 23:59', 'Mon 03-09 09:00'],
		['over the change to summer time', '2026-03-27 18:00', 'Mon 03-30 09:00'],
		['over the change to winter time', '2026-10-23 18:00', 'Mon 10-26 09:00'],
	])('%s', (_what, from, expected) => {
		expect(opening(from, 'Europe/Berlin')).toBe(expected);
		expect(opening(from, 'America/New_York')).toBe(expected);
		expect(opening(from, 'Asia/Kolkata')).toBe(expected);
	});

	it('jumps over a date that never was: Samoa had no Friday 30 December 2011', () => {
		expect(opening('2011-12-29 17:30', 'Pacific/Apia')).toBe('Mon 01-02 09:00');
	});

	it('takes a single day, and a day that ends at midnight', () => {
		const hours = { days: [3], from: '00:00', to: '24:00' };
		expect(opening('2026-03-05 00:00', 'Europe/Berlin', hours)).toBe('Wed 03-11 00:00');
		expect(opening('2026-03-04 23:59', 'Europe/Berlin', hours)).toBe('Wed 03-04 23:59');
	});
});

it.each([
	['no day', { days: [], from: '09:00', to: '17:00' }],
	['a day that is none', { days: [8], from: '09:00', to: '17:00' }],
	['closing before it opens', { days: [1], from: '17:00', to: '09:00' }],
	['never open', { days: [1], from: '09:00', to: '09:00' }],
	['a time that is none', { days: [1], from: '9', to: '17:00' }],
	['a time after midnight', { days: [1], from: '09:00', to: '24:30' }],
])('refuses %s', (_what, hours) => {
	expect(sendingHoursSchema.safeParse(hours).success).toBe(false);
});
