import { DateTime } from 'luxon';
import type { BusinessCalendar } from '../../calendar/businessCalendar';
import { compileCalendar, type BusinessTime } from '../../calendar/businessTime';
import { DAY_MS, wallClock } from '../../calendar/zone';
import type { Load, PersonRef } from '../case';
import type { Person, RouterPolicy } from '../policy';

/** A calendar at a moment: when somebody works next, this moment included, and the local days of both. */
type Moment = {
	/** Infinity for a calendar that is closed for ten years. */
	readonly opensAt: number;
	readonly today: number;
	/** Of `opensAt`. */
	readonly nextDay: number;
};

/** A calendar of the policy, compiled; looked at once per moment, however many people have it. */
class CompiledCalendar {
	private readonly time: BusinessTime;
	private readonly zone: string;
	private last: { now: number; moment: Moment } | undefined;
	private said: { at: number; text: string } | undefined;

	constructor(readonly calendar: BusinessCalendar) {
		this.time = compileCalendar(calendar);
		this.zone = calendar.zone;
	}

	dayOf(at: number): number {
		return Math.floor(wallClock(at, this.zone) / DAY_MS);
	}

	at(now: number): Moment {
		if (this.last?.now !== now) this.last = { now, moment: this.look(now) };
		return this.last.moment;
	}

	/** ISO 8601 with the zone's offset. In a bulk it is asked for the same opening again and again. */
	say(at: number): string {
		if (this.said?.at !== at) this.said = { at, text: isoIn(this.zone, at) };
		return this.said.text;
	}

	private look(now: number): Moment {
		const opensAt = this.nextOpen(now);
		const today = this.dayOf(now);
		return { opensAt, today, nextDay: opensAt === Infinity ? Infinity : this.dayOf(opensAt) };
	}

	private nextOpen(now: number): number {
		try {
			return this.time.nextOpen(now);
		} catch (error) {
			if (error instanceof RangeError) return Infinity;
			throw error;
		}
	}
}

/** Somebody who may own cases. `order` is their place in the policy. */
export type Colleague = {
	readonly order: number;
	readonly ref: PersonRef;
	readonly pools: ReadonlySet<string>;
	readonly mostCases: number;
	readonly mostArr: number;
	readonly calendar: CompiledCalendar;
	/** Local days since 1970, both included. */
	readonly away: readonly { readonly from: number; readonly to: number }[];
};

/** Whether they could begin now, later, or not at all. */
export type Availability =
	| { readonly state: 'away' }
	| { readonly state: 'atWork' }
	| { readonly state: 'offHours'; readonly opensAt: number };

const AWAY: Availability = { state: 'away' };
const AT_WORK: Availability = { state: 'atWork' };

export const NO_LOAD: Load = Object.freeze({ cases: 0, arr: 0, lastNo: 0 });

/** The people of a policy, by pool and by address, and the calendar of everybody, strangers included. */
export class People {
	private readonly calendars: ReadonlyMap<string, CompiledCalendar>;
	readonly program: CompiledCalendar;
	private readonly byEmail: ReadonlyMap<string, Colleague>;
	private readonly byPool: ReadonlyMap<string, readonly Colleague[]>;
	private known: { now: number; states: (Availability | undefined)[] } | undefined;

	/** @throws RangeError where a calendar is named that the policy has not */
	constructor({ calendars, calendar, people }: RouterPolicy) {
		this.calendars = new Map(
			Object.entries(calendars).map(([name, one]) => [name, new CompiledCalendar(one)]),
		);
		this.program = this.calendarNamed(calendar);
		const colleagues = people.map((person, order) => this.compile(person, order));
		this.byEmail = new Map(colleagues.map((one) => [one.ref.email, one]));
		const pools = new Set(colleagues.flatMap((one) => [...one.pools]));
		this.byPool = new Map(
			[...pools].map((pool) => [pool, colleagues.filter((one) => one.pools.has(pool))]),
		);
	}

	/** In the policy's order; none for a pool that is not in it. */
	inPool(pool: string): readonly Colleague[] {
		return this.byPool.get(pool) ?? [];
	}

	find(email: string | undefined): Colleague | undefined {
		return email === undefined ? undefined : this.byEmail.get(email.trim().toLowerCase());
	}

	/** Of whoever is not among the people it is the program's. */
	calendarOf(email: string): CompiledCalendar {
		return this.find(email)?.calendar ?? this.program;
	}

	/**
	 * Away are those with an absence on today's local date, and those who are off until one: nobody would look at a case
	 * that somebody gets on the evening before a holiday.
	 */
	availability(person: Colleague, now: number): Availability {
		if (this.known?.now !== now) this.known = { now, states: [] };
		return (this.known.states[person.order] ??= look(person, now));
	}

	private compile(person: Person, order: number): Colleague {
		const { email, name, mostCases = Infinity, mostArr = Infinity, calendar } = person;
		return {
			order,
			ref: { email, name },
			pools: new Set(person.pools),
			mostCases,
			mostArr,
			calendar: calendar === undefined ? this.program : this.calendarNamed(calendar),
			away: person.away.map(({ from, to }) => ({ from: dayOfDate(from), to: dayOfDate(to) })),
		};
	}

	private calendarNamed(name: string): CompiledCalendar {
		const found = this.calendars.get(name);
		if (found === undefined) throw new RangeError(`'${name}' is none of the policy's calendars`);
		return found;
	}
}

/** Whether one more case fits: what was agreed is never exceeded, not even by a first one. ARR that is not known weighs nothing. */
export function hasRoom({ mostCases, mostArr }: Colleague, load: Load, arr: number): boolean {
	return load.cases + 1 <= mostCases && load.arr + arr <= mostArr;
}

function look({ calendar, away }: Colleague, now: number): Availability {
	const { opensAt, today, nextDay } = calendar.at(now);
	if (opensAt === Infinity) return AWAY;
	const isAway = away.some(
		({ from, to }) => (from <= today && today <= to) || (from <= nextDay && nextDay <= to),
	);
	if (isAway) return AWAY;
	return opensAt === now ? AT_WORK : { state: 'offHours', opensAt };
}

function isoIn(zone: string, at: number): string {
	return DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) ?? '';
}

function dayOfDate(date: string): number {
	return Date.parse(date) / DAY_MS;
}
