import { businessCalendarSchema } from '../../../engine/calendar/businessCalendar';
import { compileCalendar, type BusinessTime } from '../../../engine/calendar/businessTime';
import { wallClock } from '../../../engine/calendar/zone';
import { dueAt, elapsedSince, targetSchema, type Target } from '../../../engine/escalation/target';
import { dice } from '../../harness/dice';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const CASES = 100_000;

const every = (...shifts: [string, string][]) => shifts.map(([from, to]) => ({ from, to }));
const OFFICE = every(['09:00', '12:00'], ['13:00', '17:30']);
const ALWAYS = every(['00:00', '24:00']);
const WEEK = {
	office: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: every(['08:00', '13:00']) },
	always: {
		mon: ALWAYS,
		tue: ALWAYS,
		wed: ALWAYS,
		thu: ALWAYS,
		fri: ALWAYS,
		sat: ALWAYS,
		sun: ALWAYS,
	},
	nights: {
		mon: every(['22:00', '06:00']),
		wed: every(['01:00', '03:30']),
		sat: every(['20:00', '04:00']),
		sun: every(['02:15', '02:45'], ['23:00', '01:00']),
	},
};
const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'Australia/Lord_Howe',
	'America/Nuuk',
	'Asia/Kolkata',
	'Africa/Casablanca',
	'Pacific/Chatham',
];
const HOLIDAYS = [
	'2026-12-25',
	'2026-12-26',
	'2027-01-01',
	'2027-03-28',
	'2027-05-17',
	'2027-11-25',
];
const CLOCKS = ZONES.flatMap((zone) =>
	Object.values(WEEK).map((hours) => ({
		zone,
		time: compileCalendar(businessCalendarSchema.parse({ zone, hours, holidays: HOLIDAYS })),
	})),
);
const TARGETS: Target[] = [
	{ amount: 4, unit: 'hours', clock: 'business' },
	{ amount: 45, unit: 'minutes', clock: 'business' },
	{ amount: 4, unit: 'hours', clock: 'real' },
	{ amount: 1, unit: 'businessDays' },
	{ amount: 3, unit: 'businessDays' },
].map((target) => targetSchema.parse(target));

/** In 2026 and 2027; every other one near a change of clocks, where mistakes live. */
function someStart(next: () => number): number {
	const changes = [
		'2026-10-25T01:00Z',
		'2026-11-01T06:00Z',
		'2027-03-14T07:00Z',
		'2027-03-28T01:00Z',
		'2027-04-03T15:00Z',
	];
	const near = changes[Math.floor(next() * changes.length)] ?? '';
	const at =
		next() < 0.5
			? Date.parse(near) + (next() - 0.7) * 3 * DAY
			: Date.UTC(2026, 5, 1) + next() * 400 * DAY;
	return Math.round(at);
}

function pick<One>(list: readonly One[], next: () => number): One {
	const one = list[Math.floor(next() * list.length)];
	if (one === undefined) throw new RangeError('Nothing to pick from');
	return one;
}

const due = (target: Target, start: number, time: BusinessTime): number =>
	dueAt(target, start, time) ?? NaN;

it('a later start never gives an earlier deadline', () => {
	const next = dice(5);
	const wrong: string[] = [];
	let repeated = 0;
	for (let n = 0; n < CASES; n++) {
		const { zone, time } = pick(CLOCKS, next);
		const target = pick(TARGETS, next);
		const start = someStart(next);
		const later = start + Math.ceil(next() * (next() < 0.5 ? 2 * DAY : 90 * MINUTE));
		const [first, second] = [due(target, start, time), due(target, later, time)];
		if (second >= first) continue;
		// "the same local time" is earlier for a later start where the clock shows an hour twice, and later for an earlier
		// one where it skips an hour: both follow from the definition of business days
		const [a, b] = [time.nextOpen(start), time.nextOpen(later)];
		const shownTwice = wallClock(b, zone) < wallClock(a, zone);
		const skipped = (wallClock(first, zone) - wallClock(a, zone)) % DAY !== 0;
		if (target.unit === 'businessDays' && (shownTwice || skipped)) repeated++;
		else wrong.push(`${zone} ${new Date(start).toISOString()} ${JSON.stringify(target)}`);
	}
	console.log(
		`Later starts: ${CASES} cases, ${wrong.length} earlier deadlines, ${repeated} by business days over an hour shown twice or skipped`,
	);
	expect(wrong).toEqual([]);
	expect(repeated).toBeLessThan(CASES / 100);
});

it('a pause adds exactly its length, in the clock of the target', () => {
	const next = dice(6);
	const wrong: string[] = [];
	let lasting = 0;
	for (let n = 0; n < CASES; n++) {
		const { zone, time } = pick(CLOCKS, next);
		const target = pick(TARGETS, next);
		const start = someStart(next);
		const before = due(target, start, time);
		const from = start + Math.floor(next() * (before - start));
		const to = from + Math.floor(next() * 3 * DAY);
		const after = dueAt(target, start, time, [{ from, to }]) ?? NaN;
		const isReal = target.unit !== 'businessDays' && target.clock === 'real';
		const length = isReal ? to - from : time.between(from, to);
		const added = isReal ? after - before : time.between(before, after);
		if (added !== length)
			wrong.push(
				`${zone} ${new Date(start).toISOString()} ${JSON.stringify(target)}: ${added}, not ${length}`,
			);
		if (dueAt(target, start, time, [{ from }]) === undefined) lasting++;
		// what follows the deadline changes nothing
		if (dueAt(target, start, time, [{ from: before, to: before + DAY }]) !== before)
			wrong.push('a pause after the deadline');
		// the customer may answer after the deadline, when nobody works
		const now = Math.max(after, to);
		const { real, business } = elapsedSince(start, now, time, [{ from, to }]);
		if (real !== now - start - (to - from)) wrong.push('real time');
		if (business !== time.between(start, now) - time.between(from, to)) wrong.push('business time');
	}
	console.log(`Pauses: ${CASES} cases, ${wrong.length} differences`);
	expect(wrong.slice(0, 5)).toEqual([]);
	// a pause that lasts leaves no deadline, unless the deadline had come at once
	expect(lasting).toBeGreaterThan(CASES * 0.99);
});
