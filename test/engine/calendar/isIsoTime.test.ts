import { DateTime } from 'luxon';
import { isIsoTime, parseLocal } from '../../../engine/calendar/localTime';

/** Luxon is the judge of whole dates: the quick way must say what it says. */
const WHOLE = [
	'2026-03-01',
	'2026-02-29',
	'2028-02-29',
	'2026-02-30',
	'2026-13-01',
	'2026-00-10',
	'2026-04-31T10:00',
	'2026-03-01T10:00',
	'2026-03-01T10:00:00.5',
	'2026-03-01T23:59:59.999Z',
	'2026-03-01T24:00',
	'2026-03-01T25:00',
	'2026-03-01T10:60',
	'2026-03-01T10:00:00+02:00',
	'2026-W10-1',
	'2026-060',
	'20260301',
	'01.03.2026',
	'3/1/2026',
	'tomorrow',
	'',
];

/** As databases write them. */
const SQL: [string, string][] = [
	['2026-03-01 10:00', '2026-03-01T10:00'],
	['2026-03-01 00:00:00', '2026-03-01T00:00:00'],
	['2026-03-01 10:00:00.123456', '2026-03-01T10:00:00.123'],
	['2026-03-01 10:00:00Z', '2026-03-01T10:00:00Z'],
	['2026-03-01 10:00:00+02', '2026-03-01T10:00:00+02:00'],
	['2026-03-01 10:00:00.5 +02:00', '2026-03-01T10:00:00.5+02:00'],
	['2026-03-01 10:00:00 UTC', '2026-03-01T10:00:00Z'],
	[' 2026-03-01\n', '2026-03-01'],
	// the clock goes from 2 to 3
	['2026-03-29 02:30:00', '2026-03-29T02:30:00'],
];

/** What luxon fills up from the clock, and dates of days that are not. */
const NONE = [
	...['12', '09', '20', '23', '0930', '12:30', '12:30:15', 'T12', '2026', '2026-03', '202603'],
	...['2026-W09', '--03-01', '202603011000', '2026-3-1', '2026-02-30 10:00', '2026-03-01 25:00'],
	...['2026-03-01 10:00 Nowhere/Land', '2026-03-01 or so'],
];

describe('A date or date-time', () => {
	test.each(WHOLE)('%j is one exactly when luxon reads it', (text) => {
		expect(isIsoTime(text)).toBe(DateTime.fromISO(text).isValid);
	});

	test.each(SQL)('%j is the same as %j', (text, iso) => {
		expect(isIsoTime(text)).toBe(true);
		expect(parseLocal(text, 'Europe/Berlin')).toBe(
			DateTime.fromISO(iso, { zone: 'Europe/Berlin' }).toMillis(),
		);
	});

	test.each(NONE)('%j is none, for it is not a whole date', (text) => {
		expect(isIsoTime(text)).toBe(false);
		expect(parseLocal(text, 'Europe/Berlin')).toBeUndefined();
	});
});
