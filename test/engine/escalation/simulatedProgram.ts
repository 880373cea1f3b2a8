import { Temporal } from 'temporal-polyfill';
import type { Case, Load } from '../../../engine/escalation/case';
import type { RouterPolicy } from '../../../engine/escalation/policy';
import type { ReferenceCase } from './referenceCase';
import type { Terms } from './referenceTimes';
import { slowTime, zoneOf } from './simulatedWorld';

type Loads = ReadonlyMap<string, Load>;

/** A policy as people agreed on it, asked without the router. */
export class Program {
	constructor(readonly policy: RouterPolicy) {}

	/** Room and absences: today's, and on the day of whoever is off until then. The fallback owner always can. */
	couldTake(email: string, { facts }: Pick<Case, 'facts'>, loads: Loads, now: number): boolean {
		if (email === this.policy.fallback.email) return true;
		const person = this.policy.people.find((one) => one.email === email);
		if (person === undefined) return false;
		const { cases, arr } = loads.get(email) ?? { cases: 0, arr: 0 };
		const { mostCases = Infinity, mostArr = Infinity } = person;
		const calendar = this.calendarOf(email);
		const dates = [now, slowTime(calendar).nextOpen(now)].map((at) => dateIn(zoneOf(calendar), at));
		const isAway = person.away.some(({ from, to }) =>
			dates.some((date) => from <= date && date <= to),
		);
		return !isAway && cases + 1 <= mostCases && arr + (facts.arr ?? 0) <= mostArr;
	}

	/** Nobody beyond what was agreed, and the fallback owner only where nobody else could. @returns whether it is them */
	checkOwner(one: Case, loads: Loads, now: number): boolean {
		const { email } = one.owner;
		const could = this.policy.people.filter((each) => this.couldTake(each.email, one, loads, now));
		const isFallback = email === this.policy.fallback.email;
		if (isFallback ? could.length > 0 : !could.some((each) => each.email === email))
			throw new Error(`Case ${one.no} goes to ${email}, and ${could.length} could take it`);
		return isFallback;
	}

	termsOf({ owner }: Case): Terms {
		const { targets, levels, nearing, staleAfter } = this.policy;
		const calendar = this.calendarOf(owner.email);
		const [time, zone] = [slowTime(calendar), zoneOf(calendar)];
		return { targets, levels, nearing, staleAfter, time, zone };
	}

	/** Local dates since it was resolved. */
	reopens({ resolvedAt, terms: { zone } }: ReferenceCase, now: number): boolean {
		const resolved = Temporal.PlainDate.from(dateIn(zone, resolvedAt));
		const { days } = resolved.until(dateIn(zone, now));
		return this.policy.reopenDays > 0 && days <= this.policy.reopenDays;
	}

	/** Somebody's local date. */
	dayOf(email: string, now: number): string {
		return `${email} ${dateIn(zoneOf(this.calendarOf(email)), now)}`;
	}

	private calendarOf(email: string): string {
		const { people, calendar } = this.policy;
		return people.find((one) => one.email === email)?.calendar ?? calendar;
	}
}

function dateIn(zone: string, at: number): string {
	return Temporal.Instant.fromEpochMilliseconds(at)
		.toZonedDateTimeISO(zone)
		.toPlainDate()
		.toString();
}
