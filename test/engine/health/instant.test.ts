import { DateTime } from 'luxon';
import { isIsoTime, parseLocal } from '../../../engine/calendar/localTime';
import { readInstant } from '../../../engine/health/instant';
import { expectEach } from '../../harness/expectEach';
import { dice } from '../../harness/dice';

describe('an instant', () => {
	it('is read as luxon reads it in UTC, in every spelling', () => {
		const random = dice(7);
		const texts = Array.from({ length: 5_000 }, () => {
			const at = new Date(Math.floor(random() * 4_000_000_000_000)).toISOString();
			return [at, at.slice(0, 10), at.slice(0, 19) + 'Z', at.slice(0, 19)];
		}).flat();
		expectEach(
			texts.map(readInstant),
			texts.map((text) => DateTime.fromISO(text, { zone: 'utc' }).toMillis()),
		);
	});

	it.each([
		['2024-02-29', Date.UTC(2024, 1, 29)],
		['2000-03-01', Date.UTC(2000, 2, 1)],
		['1969-12-31T23:59:59Z', -1000],
		['2026-03-01T12:00:00+02:00', Date.UTC(2026, 2, 1, 10)],
		['2026-W10-1', Date.UTC(2026, 2, 2)],
		[' 2026-03-01 ', Date.UTC(2026, 2, 1)],
		['2026-03-01 09:30:00', Date.UTC(2026, 2, 1, 9, 30)],
		['2026-03-01 09:30:00.25+02', Date.UTC(2026, 2, 1, 7, 30, 0, 250)],
		[1_772_323_200_000, Date.UTC(2026, 2, 1)],
		['1772323200000', Date.UTC(2026, 2, 1)],
	])('%s is a time', (text, millis) => {
		expect(readInstant(text)).toBe(millis);
	});

	it.each([
		'2026-02-29',
		'2100-02-29',
		'2026-13-01',
		'2026-00-10',
		'2026-01-32',
		'',
		'soon',
		'12',
		'12:30',
		'2026',
		'2026-03',
		'1772323200',
		5,
		1_772_323_200,
		1_772_323_200_000.5,
		null,
		{},
		true,
	])('%p is none', (value) => {
		expect(readInstant(value)).toBeNaN();
	});

	it('is the same whatever the clock says', () => {
		const random = dice(11);
		const parts = [
			'20',
			'26',
			'2026',
			'-',
			'-',
			':',
			' ',
			'T',
			'W',
			'03',
			'01',
			'12',
			'7',
			'Z',
			'+02',
		];
		const texts = Array.from({ length: 20_000 }, () =>
			Array.from(
				{ length: 1 + Math.floor(random() * 8) },
				() => parts[Math.floor(random() * parts.length)] ?? '',
			).join(''),
		);
		const read = (): unknown[] =>
			texts.map((text) => [readInstant(text), parseLocal(text, 'Asia/Tokyo'), isIsoTime(text)]);
		const now = read();
		jest.useFakeTimers({ now: Date.UTC(2091, 6, 19, 21, 43, 17) });
		try {
			expectEach(read(), now);
		} finally {
			jest.useRealTimers();
		}
		expect(texts.filter(isIsoTime).length).toBeGreaterThan(10);
	});
});
