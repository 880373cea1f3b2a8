import { DateTime } from 'luxon';
import { isIsoTime } from '../../../engine/calendar/localTime';

/** Luxon is the judge: the quick way must say what it says. */
const TEXTS = [
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
	' 2026-03-01',
	'2026-03-01 10:00',
];

describe('An ISO date or date-time', () => {
	test.each(TEXTS)('%j is one exactly when luxon reads it', (text) => {
		expect(isIsoTime(text)).toBe(DateTime.fromISO(text).isValid);
	});
});
