import { inOrder, WorkingDays, type BusinessCalendar, type Interval } from './businessCalendar';
import { DAY_MS, wallClock } from './zone';

/**
 * Arithmetic in business time: real elapsed milliseconds inside working time, and business days. All times are ms since
 * 1970.
 */
export type BusinessTime = {
	/** Whether somebody works at this moment. */
	isOpen(at: number): boolean;
	/** `at` itself when somebody works then, else when somebody begins. */
	nextOpen(at: number): number;
	/** The first moment at which so much business time has passed since `at`. */
	plus(at: number, ms: number): number;
	/**
	 * `days` business days later: from the first working moment at or after `at` to the same local time on the n-th
	 * following working day, clipped into that day's hours.
	 */
	plusDays(at: number, days: number): number;
	/** Business time from `from` to `to`; 0 where `to` is not later. */
	between(from: number, to: number): number;
};

/** @throws RangeError where the calendar is closed for ten years */
export function compileCalendar(calendar: BusinessCalendar): BusinessTime {
	const days = new WorkingDays(calendar);
	const dateOf = (at: number): number => Math.floor(wallClock(at, days.zone) / DAY_MS);

	/** Working time that ends after `at`, in order and without overlap: a night shift may reach into the next day's. */
	function* from(at: number): Generator<Interval, never, void> {
		let covered = at;
		let waiting: readonly Interval[] = [];
		// the shift of the evening before may go on
		let date = dateOf(at) - 2;
		for (;;) {
			waiting = inOrder([...waiting, ...days.on(date)]);
			date = days.after(date);
			// what a skipped hour moved beyond midnight may come after what begins there
			const midnight = days.at(date * DAY_MS);
			for (const { start, end } of waiting) {
				if (start >= midnight) break;
				if (end <= covered) continue;
				yield { start: Math.max(start, covered), end };
				covered = end;
			}
			waiting = waiting.filter(({ start }) => start >= midnight);
		}
	}

	const nextOpen = (at: number): number => from(at).next().value.start;

	/** The date whose shift holds this working moment; where two do, the later one. */
	const ownerOf = (at: number): number => {
		const date = dateOf(at);
		const holds = ({ start, end }: Interval): boolean => start <= at && at < end;
		return [date, date - 1, date - 2].find((one) => days.on(one).some(holds)) ?? date;
	};

	return {
		isOpen: (at) => nextOpen(at) === at,
		nextOpen,
		plus(at, ms) {
			if (ms <= 0) return at;
			let left = ms;
			for (const { start, end } of from(at)) {
				if (end - start >= left) return start + left;
				left -= end - start;
			}
			return at;
		},
		plusDays(at, count) {
			const start = nextOpen(at);
			const owner = ownerOf(start);
			let date = owner;
			for (let passed = 0; passed < count; passed++) date = days.after(date);
			if (date === owner) return start;
			const wall = wallClock(start, days.zone) + (date - owner) * DAY_MS;
			return clipInto(days.on(date), days.at(wall));
		},
		between(start, to) {
			let passed = 0;
			for (const interval of from(start)) {
				if (interval.start >= to) return passed;
				passed += Math.min(interval.end, to) - interval.start;
			}
			return passed;
		},
	};
}

/** Before the first interval its start, in a break the next start, after the last its end. */
function clipInto(intervals: readonly Interval[], at: number): number {
	const next = intervals.find(({ end }) => at < end);
	return next === undefined ? (intervals.at(-1)?.end ?? at) : Math.max(at, next.start);
}
