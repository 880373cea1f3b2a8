import { Temporal } from 'temporal-polyfill';
import type { BusinessCalendar } from '../../../engine/calendar/businessCalendar';

const MINUTE = 60_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

type Shift = { start: number; end: number };

/**
 * Business time the slow way, from the definitions: dates and local times by Temporal, and one flag for every
 * minute of `days` days from `from` on. Times are ms since 1970, on whole minutes.
 */
export class SlowBusinessTime {
	private readonly open: Uint8Array;
	private readonly origin: number;
	private readonly shifts = new Map<string, Shift[]>();

	constructor(
		private readonly calendar: BusinessCalendar,
		from: number,
		days: number,
	) {
		const first = this.dateOf(from).subtract({ days: 3 });
		this.origin = this.atLocal(first.toPlainDateTime());
		this.open = new Uint8Array((days + 6) * 1440);
		for (let n = 0; n < days + 6; n++) {
			for (const { start, end } of this.shiftsOn(first.add({ days: n })))
				for (let at = start; at < end; at += MINUTE) this.open[(at - this.origin) / MINUTE] = 1;
		}
	}

	plusMinutes(from: number, minutes: number): number {
		let left = minutes;
		for (let at = from; ; at += MINUTE) {
			if (left === 0) return at;
			left -= this.isOpen(at) ? 1 : 0;
		}
	}

	minutesBetween(from: number, to: number): number {
		let minutes = 0;
		for (let at = from; at < to; at += MINUTE) minutes += this.isOpen(at) ? 1 : 0;
		return minutes;
	}

	nextOpen(from: number): number {
		let at = from;
		while (!this.isOpen(at)) at += MINUTE;
		return at;
	}

	plusDays(from: number, count: number): number {
		const start = this.nextOpen(from);
		const today = this.dateOf(start);
		const owner = [today, today.subtract({ days: 1 }), today.subtract({ days: 2 })].find((date) =>
			this.shiftsOn(date).some((shift) => shift.start <= start && start < shift.end),
		);
		if (owner === undefined) throw new Error('An open minute belongs to no date');
		let date = owner;
		for (let left = count; left > 0;) {
			date = date.add({ days: 1 });
			if (this.shiftsOn(date).length > 0) left--;
		}
		if (count === 0) return start;
		const local = this.zoned(start).toPlainDateTime();
		const target = this.atLocal(local.add(owner.until(date, { largestUnit: 'days' })));
		const shifts = this.shiftsOn(date);
		if (shifts.some((shift) => shift.start <= target && target < shift.end)) return target;
		const next = shifts.filter(({ start: begins }) => begins > target).map((shift) => shift.start);
		return next.length > 0 ? Math.min(...next) : Math.max(...shifts.map(({ end }) => end));
	}

	private isOpen(at: number): boolean {
		const flag = this.open[(at - this.origin) / MINUTE];
		if (flag === undefined) throw new Error(`${String(at)} lies outside of the days looked at`);
		return flag === 1;
	}

	private shiftsOn(date: Temporal.PlainDate): Shift[] {
		const name = date.toString();
		const known = this.shifts.get(name);
		if (known !== undefined) return known;
		const day = DAYS[date.dayOfWeek - 1] ?? 'mon';
		const shifts = this.calendar.holidays.includes(name)
			? []
			: this.calendar.hours[day]
					.map(({ from, to }) => ({
						start: this.atLocal(date.toPlainDateTime(from)),
						end: this.atLocal(
							to === '24:00' || to <= from
								? date.add({ days: 1 }).toPlainDateTime(to === '24:00' ? '00:00' : to)
								: date.toPlainDateTime(to),
						),
					}))
					.filter(({ start, end }) => start < end);
		this.shifts.set(name, shifts);
		return shifts;
	}

	private atLocal(local: Temporal.PlainDateTime): number {
		return local.toZonedDateTime(this.calendar.zone, { disambiguation: 'compatible' })
			.epochMilliseconds;
	}

	private zoned(at: number): Temporal.ZonedDateTime {
		return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.calendar.zone);
	}

	private dateOf(at: number): Temporal.PlainDate {
		return this.zoned(at).toPlainDate();
	}
}

/** Every change of a zone's clocks from the start of 2025 to the end of 2030. */
export function clockChanges(zone: string): number[] {
	const end = Date.UTC(2031, 0, 1);
	const changes: number[] = [];
	let at = Temporal.Instant.from('2025-01-01T00:00:00Z').toZonedDateTimeISO(zone);
	for (;;) {
		const next = at.getTimeZoneTransition('next');
		if (next === null || next.epochMilliseconds >= end) return changes;
		changes.push(next.epochMilliseconds);
		at = next;
	}
}
