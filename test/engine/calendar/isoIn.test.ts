import { DateTime } from 'luxon';
import { isoIn } from '../../../engine/calendar/isoIn';
import { dice } from '../../harness/dice';

const ZONES = ['UTC', 'GMT', ...Intl.supportedValuesOf('timeZone')];
const MINUTE = 60_000;

describe('a time in a zone', () => {
	it('is said as luxon says it, in every zone, on both sides of every hour of a change of clocks', () => {
		const roll = dice(7);
		const changes = ['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z'].map(Date.parse);
		for (const zone of ZONES) {
			const some = Array.from({ length: 20 }, () => Math.floor(roll() * 2 ** 41));
			for (const at of [...changes, ...changes.map((time) => time - MINUTE), ...some]) {
				const expected = DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true });
				expect([zone, at, isoIn(at, zone)]).toEqual([zone, at, expected]);
			}
		}
	});

	it('keeps milliseconds where there are any', () => {
		const at = Date.parse('2026-03-02T09:00:00.120Z');
		expect(isoIn(at, 'Europe/Berlin')).toBe('2026-03-02T10:00:00.120+01:00');
		expect(isoIn(at - 120, 'Asia/Kolkata')).toBe('2026-03-02T14:30:00+05:30');
	});
});
