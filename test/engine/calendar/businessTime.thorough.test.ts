import { businessCalendarSchema } from '../../../engine/calendar/businessCalendar';
import { compileCalendar } from '../../../engine/calendar/businessTime';
import { clockChanges, SlowBusinessTime } from './temporalReference';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Whole minutes before and after a change of the clocks. */
const EDGES = [-1441, -61, -60, -31, -1, 0, 1, 30, 59, 60, 61, 1439];

const every = (...shifts: [string, string][]) => shifts.map(([from, to]) => ({ from, to }));
const OFFICE = every(['09:00', '12:00'], ['13:00', '17:30']);

const SHAPES: Record<string, Record<string, { from: string; to: string }[]>> = {
	'split shifts on weekdays': { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
	'every hour of the week': Object.fromEntries(
		['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [
			day,
			every(['00:00', '24:00']),
		]),
	),
	'nights and boundaries between 1 and 3': {
		mon: every(['01:30', '02:30'], ['22:00', '02:15']),
		wed: every(['00:00', '02:00'], ['02:30', '03:30']),
		fri: every(['20:00', '08:00'], ['10:00', '11:00']),
		sat: every(['02:30', '02:45'], ['23:59', '01:01']),
		sun: every(['00:30', '01:30'], ['02:00', '03:00'], ['12:00', '12:01']),
	},
};

it('agrees with Temporal in every zone, at every change of the clocks, with split shifts and holidays', () => {
	const zones = Intl.supportedValuesOf('timeZone');
	let compared = 0;
	let changes = 0;
	const differences: string[] = [];
	for (const zone of zones) {
		// one season of each change: the rules of a zone repeat from year to year, and every year is looked at
		for (const change of clockChanges(zone)) {
			changes++;
			for (const [shape, hours] of Object.entries(SHAPES)) {
				// the date of the change, or the day after, is a holiday in every other year
				const away = new Date(change + (changes % 3) * DAY).toISOString().slice(0, 10);
				const calendar = businessCalendarSchema.parse({
					zone,
					hours,
					holidays: changes % 2 === 0 ? [away] : [],
				});
				const slow = new SlowBusinessTime(calendar, change - 2 * DAY, 16);
				const fast = compileCalendar(calendar);
				for (const edge of EDGES) {
					const from = change + edge * MINUTE;
					const asked = {
						nextOpen: [fast.nextOpen(from), slow.nextOpen(from)],
						minutes45: [fast.plus(from, 45 * MINUTE), slow.plusMinutes(from, 45)],
						minutes600: [fast.plus(from, 600 * MINUTE), slow.plusMinutes(from, 600)],
						days1: [fast.plusDays(from, 1), slow.plusDays(from, 1)],
						days3: [fast.plusDays(from, 3), slow.plusDays(from, 3)],
						between: [
							fast.between(from, from + 2 * DAY + 7 * MINUTE),
							slow.minutesBetween(from, from + 2 * DAY + 7 * MINUTE) * MINUTE,
						],
					};
					for (const [what, [ours, theirs]] of Object.entries(asked)) {
						compared++;
						if (ours !== theirs) {
							differences.push(
								`${zone}, ${shape}, ${new Date(from).toISOString()}: ${what} ${String(ours)}, not ${String(theirs)}`,
							);
						}
					}
				}
			}
		}
	}
	console.log(
		`Business time against Temporal: ${zones.length} zones, ${changes} clock changes, ${compared} comparisons, ${differences.length} differences`,
	);
	expect(changes).toBeGreaterThan(1_000);
	expect(differences.slice(0, 10)).toEqual([]);
});
