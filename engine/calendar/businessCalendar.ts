import { z } from 'zod/v4';
import { DAY_MS, earliestOf, isZone } from './zone';

const MINUTE_MS = 60_000;
/** Where a calendar is closed for so long, nobody will ever be there. */
const MOST_CLOSED_DAYS = 3_660;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const clockTime = z
	.string()
	.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'is not a time such as 09:00' });

/** One shift; one that ends at or before its start ends on the next day. */
const shiftSchema = z
	.strictObject({ from: clockTime, to: clockTime })
	.refine(({ from }) => from !== '24:00', { error: 'begins at 24:00: begin it at 00:00' });

const shiftsSchema = z.array(shiftSchema).default([]);

/**
 * When people work: shifts per weekday, in the local time of an IANA zone. A shift belongs to the date on which it
 * begins; a holiday is a local date without shifts.
 */
export const businessCalendarSchema = z
	.strictObject({
		zone: z.string().refine(isZone, { error: 'is no IANA time zone such as Europe/Berlin' }),
		hours: z.strictObject({
			mon: shiftsSchema,
			tue: shiftsSchema,
			wed: shiftsSchema,
			thu: shiftsSchema,
			fri: shiftsSchema,
			sat: shiftsSchema,
			sun: shiftsSchema,
		}),
		holidays: z.array(z.iso.date({ error: 'is not a date such as 2026-12-25' })).default([]),
	})
	.refine(({ hours }) => WEEKDAYS.some((day) => hours[day].length > 0), {
		error: 'has no working hours on any day',
		path: ['hours'],
	});

export type BusinessCalendar = z.infer<typeof businessCalendarSchema>;

/** From `start` (included) to `end` (not included), ms since 1970. */
export type Interval = { readonly start: number; readonly end: number };

/** The working time of single dates, counted in days since 1970-01-01. Made once per calendar; dates are remembered. */
export class WorkingDays {
	private readonly byDate = new Map<number, readonly Interval[]>();
	private readonly shifts: readonly (readonly { from: number; to: number }[])[];
	private readonly holidays: ReadonlySet<number>;
	readonly zone: string;

	constructor({ zone, hours, holidays }: BusinessCalendar) {
		this.zone = zone;
		this.shifts = WEEKDAYS.map((day) => hours[day].map(wallShift));
		this.holidays = new Set(holidays.map((date) => Date.parse(date) / DAY_MS));
	}

	/** The shifts that begin on this date, joined where they overlap, in order; none on a day off. */
	on(date: number): readonly Interval[] {
		let intervals = this.byDate.get(date);
		if (intervals === undefined) {
			intervals = this.make(date);
			this.byDate.set(date, intervals);
		}
		return intervals;
	}

	/**
	 * The next date after this one with working time.
	 * @throws RangeError where none comes within ten years
	 */
	after(date: number): number {
		for (let next = date + 1; next <= date + MOST_CLOSED_DAYS; next++)
			if (this.on(next).length > 0) return next;
		throw new RangeError(
			'The calendar has no working day within ten years: look at its hours and holidays',
		);
	}

	/** The moment of a local clock time; `wall` counts from 1970 as if the zone were UTC. */
	at(wall: number): number {
		return earliestOf(wall, this.zone);
	}

	private make(date: number): Interval[] {
		if (this.holidays.has(date)) return [];
		// 1970-01-01 was a Thursday
		const shifts = this.shifts[(((date + 3) % 7) + 7) % 7] ?? [];
		const intervals = shifts
			.map(({ from, to }) => ({
				start: this.at(date * DAY_MS + from),
				end: this.at(date * DAY_MS + to),
			}))
			// a shift that a change of clocks skips is none
			.filter(({ start, end }) => start < end);
		return join(intervals);
	}
}

/**
 * A weekday on which somebody begins, on the wall, while a shift of the day before goes on; undefined for none. Business
 * days belong to dates: with such a calendar a later start may be due earlier.
 */
export function overlappingShifts({
	hours,
}: Pick<BusinessCalendar, 'hours'>): { day: Weekday; before: Weekday } | undefined {
	let before: Weekday = 'sun';
	for (const day of WEEKDAYS) {
		const until = Math.max(...hours[before].map((shift) => wallShift(shift).to - DAY_MS));
		if (hours[day].some((shift) => wallShift(shift).from < until)) return { day, before };
		before = day;
	}
	return undefined;
}

/** A skipped hour moves what begins in it on, beyond what begins after it. */
export function inOrder(intervals: readonly Interval[]): Interval[] {
	return intervals.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function join(intervals: readonly Interval[]): Interval[] {
	const joined: { start: number; end: number }[] = [];
	for (const { start, end } of inOrder(intervals)) {
		const last = joined.at(-1);
		if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
		else joined.push({ start, end });
	}
	return joined;
}

/** ms since the midnight before it, as if no clock ever changed. */
function wallShift(shift: { from: string; to: string }): { from: number; to: number } {
	const from = msOf(shift.from);
	const to = msOf(shift.to);
	return { from, to: to > from ? to : to + DAY_MS };
}

function msOf(clock: string): number {
	const [hour = 0, minute = 0] = clock.split(':').map(Number);
	return (hour * 60 + minute) * MINUTE_MS;
}
