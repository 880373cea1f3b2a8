import { DateTime } from 'luxon';
import { addLocalDays, parseLocal, sayTime } from '../../../engine/calendar/localTime';
import { expectEach } from '../../harness/expectEach';

const ms = (iso: string): number => DateTime.fromISO(iso).toMillis();

it('local time agrees with luxon in every zone and season', () => {
	const zones = [
		'Europe/Berlin',
		'America/New_York',
		'America/St_Johns',
		'Asia/Kolkata',
		'Australia/Lord_Howe',
		'Pacific/Apia',
		'Pacific/Chatham',
		'Africa/Casablanca',
		'Africa/Cairo',
		'America/Havana',
		'UTC',
	];
	const clockOf = ({ year, month, day, hour, minute }: DateTime): number[] => [
		year,
		month,
		day,
		hour,
		minute,
	];
	const ours: object[] = [];
	const theirs: object[] = [];
	for (const zone of zones) {
		// every thirteen hours and seven minutes meets each clock change of the year from many sides
		for (let at = ms('2025-12-30T00:00Z'); at < ms('2027-01-02T00:00Z'); at += 47_220_000) {
			const luxon = DateTime.fromMillis(at, { zone });
			const midnight = luxon.startOf('day').toISO({ includeOffset: false });
			const date = luxon.toISODate() ?? '';
			const texts = [luxon.toISO() ?? '', luxon.toISO({ includeOffset: false }) ?? '', date];
			const parsed = texts.map((text) => parseLocal(text, zone) ?? 0);
			const said = texts.map((text) => DateTime.fromISO(text, { zone }));
			ours.push({
				at: `${String(at)} ${zone}`,
				later: [1, 3, 14].map((days) => addLocalDays(at, days, zone)),
				text: sayTime(at, zone),
				midnight: parseLocal(date, zone),
				clocks: parsed.map((time) => clockOf(DateTime.fromMillis(time, { zone }))),
				// of a time that comes twice luxon takes either one; the earlier is taken here
				late: parsed.filter((time, index) => time > (said[index]?.toMillis() ?? 0)),
			});
			theirs.push({
				at: `${String(at)} ${zone}`,
				later: [1, 3, 14].map((days) => luxon.plus({ days }).toMillis()),
				text: luxon.toFormat('ccc yyyy-MM-dd HH:mm', { locale: 'en' }),
				midnight: parseLocal(midnight ?? '', zone),
				clocks: said.map(clockOf),
				late: [],
			});
		}
	}
	expectEach(ours, theirs);
});
