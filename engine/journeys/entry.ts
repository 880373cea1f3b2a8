import { DateTime } from 'luxon';
import type { Account } from '../accounts/account';
import {
	addLocalDays,
	localDaysBetween,
	sayTime,
	startOfDateBefore,
	startOfLocalDate,
} from '../calendar/localTime';
import { dateOf } from './dateField';
import type { Journey } from './definition';
import type { Enrollment, JourneyEvent, Reason, Touch } from './memory';
import { limitsDue, nearLimits } from './nearLimits';
import { conditionsLeft, dateNoted, haveConditionsLeft, lastDateNoted } from './observations';
import type { Progress } from './progress';
import { notEnrolled } from './reasons';

/** P27: a date moved later by more local days than this is another cycle's. */
export const SAME_CYCLE_DAYS = 180;
/** All pages of the first sweep count as the first sweep. */
export const GO_LIVE_DAYS = 1;

/** Whether what holds now held already when the journey first ran, and is only listed (P09). */
export function isGoingLive(
	{ atGoLive }: Journey,
	startedAt: number,
	zone: string,
	now: number,
): boolean {
	return atGoLive === 'baseline' && now < addLocalDays(startedAt, GO_LIVE_DAYS, zone);
}

/** Since when whoever asks for a human is this journey's to hear (P09, P18). */
export function heardSince(startedAt: number, zone: string): number {
	return startOfLocalDate(startedAt, -GO_LIVE_DAYS, zone);
}

/** Facts on which it is decided whether an account comes in. */
export type Arrival = {
	journey: Journey;
	account: Account;
	zone: string;
	progress: Progress;
	events: readonly JourneyEvent[];
	/** The account's enrolments and those of records merged into it; its touches of every cycle likewise. */
	rows: readonly Enrollment[];
	touches: readonly Touch[];
	/** Meets the conditions to enter, and neither those to leave nor the goal. */
	mayEnter: () => boolean;
	/** Would, were no human case open: while one is, whatever brings the account in goes on (P22). */
	mayEnterButForCase: () => boolean;
	startedAt: number;
	/** Why nothing of health or usage triggers now (P10). */
	massHold: Reason | undefined;
	now: number;
	dry: boolean;
};

/** Whether the account comes in now, and if not, why not and when it may; times are ms since 1970. */
export type Entry = {
	/** A new cycle with its day 0; `baseline` when it is only listed (P09); the limits it is about, where it is of limits (P29). */
	enters?: { cycle: number; anchorAt: number; baseline?: boolean; limits?: string[] };
	/** Why not. */
	reason?: Reason;
	observed?: JourneyEvent[];
	/** When it has to be looked at again. */
	lookAt?: number;
};

/** `last` is the account's last cycle, if any; asked also while it goes on, because a restart begins the next one. */
export function enter(arrival: Arrival, last: Enrollment | undefined): Entry {
	switch (arrival.journey.start.type) {
		case 'customerCreated':
		case 'firstValue':
			return byEvent(arrival, last);
		case 'beforeDate':
			return last?.state === 'active' ? {} : byDate(arrival, arrival.journey.start, last);
		case 'conditions':
			if (last?.state === 'active') return byFurtherLimits(arrival, last);
			return byConditions(arrival, last);
	}
}

/** P14, P17: once, and again only for a returning customer or after a restart. */
function byEvent(arrival: Arrival, last: Enrollment | undefined): Entry {
	const { journey, zone, progress, now } = arrival;
	const isFirstValue = journey.start.type === 'firstValue';
	const startAt = isFirstValue ? progress.firstValueAt : progress.startAt;
	if (last !== undefined) {
		const restarted =
			startAt !== undefined &&
			startAt <= now &&
			progress.restarts.some((at) => at > last.anchorAt) &&
			arrival.mayEnter();
		if (restarted) return { enters: { cycle: last.cycle + 1, anchorAt: startAt } };
		return { reason: notEnrolled.alreadyHad(last.outcome ?? 'ended') };
	}
	if (startAt === undefined) {
		if (isFirstValue) return { reason: notEnrolled.noFirstValue(), lookAt: tomorrow(arrival) };
		return { reason: notEnrolled.noStartDate(), lookAt: tomorrow(arrival) };
	}
	if (startAt > now)
		return { reason: notEnrolled.notStarted(sayTime(startAt, zone)), lookAt: startAt };
	const { enrollWithinDays, atGoLive } = journey;
	// a window in days is one of local dates
	const isOld = startAt < startOfLocalDate(arrival.startedAt, -enrollWithinDays, zone);
	if (isOld && !(isFirstValue && atGoLive === 'enroll'))
		return { reason: notEnrolled.beforeGoLive(enrollWithinDays) };
	if (!arrival.mayEnter())
		return { reason: notEnrolled.conditionsNotMet(), lookAt: tomorrow(arrival) };
	return { enters: { cycle: 1, anchorAt: startAt } };
}

/** P25, P27: a cycle for each date, entered at the latest step due (P09). */
function byDate(
	arrival: Arrival,
	{ field, ...lead }: { field: string; days: number; months: number },
	last: Enrollment | undefined,
): Entry {
	const { journey, account, zone, events, dry, now } = arrival;
	const date = dateOf(account, field, zone);
	if (date === undefined) return { reason: notEnrolled.noDate(field), lookAt: tomorrow(arrival) };
	if (last !== undefined) {
		const before = dateOfCycle(arrival, last, lead);
		const later = localDaysBetween(before, date, zone);
		if (later <= SAME_CYCLE_DAYS) {
			const isPutOff = journey.type === 'campaign' && later > 0;
			const reason = isPutOff ? putOff(field, date, zone) : notEnrolled.sameDate(field);
			return { reason, lookAt: tomorrow(arrival) };
		}
	}
	const anchorAt = startOfDateBefore(date, lead, zone);
	if (anchorAt > now) {
		// the date may move, so it is looked at before
		const lookAt = Math.min(anchorAt, addLocalDays(now, 30, zone));
		return { reason: notEnrolled.dateAhead(field, sayTime(anchorAt, zone)), lookAt };
	}
	if (now >= addLocalDays(anchorAt, journey.endAfterDays, zone))
		return { reason: notEnrolled.datePast(field), lookAt: tomorrow(arrival) };
	if (!arrival.mayEnter())
		return { reason: notEnrolled.conditionsNotMet(), lookAt: tomorrow(arrival) };
	const cycle = (last?.cycle ?? 0) + 1;
	const of = { journey: journey.id, dry, accountId: account.accountId, cycle };
	const known = lastDateNoted(events, of) === date;
	return {
		enters: { cycle, anchorAt },
		observed: known ? [] : [dateNoted(of, date, now)],
	};
}

/** A campaign whose date moved on: the same one put off, or the next one under an old id (R60). */
export function putOff(field: string, date: number, zone: string): Reason {
	return notEnrolled.sameCampaign(field, DateTime.fromMillis(date, { zone }).toISODate() ?? '');
}

/** The date by which a cycle ran last; where it was not noted, the one that its day 0 was counted from. */
export function dateOfCycle(
	{ events, zone }: Pick<Arrival, 'events' | 'zone'>,
	of: Enrollment,
	{ months, days }: { months: number; days: number },
): number {
	const counted = { months: -months, days: -days };
	return lastDateNoted(events, of) ?? startOfDateBefore(of.anchorAt, counted, zone);
}

/** P09 at go-live, re-entry afterwards: see `reEntrySchema`. */
function byConditions(arrival: Arrival, last: Enrollment | undefined): Entry {
	const { journey, account, zone, events, startedAt, now, dry } = arrival;
	const { reEntry } = journey;
	const lookAt = tomorrow(arrival);
	const matches = arrival.mayEnterButForCase();
	const of = { journey: journey.id, dry, accountId: account.accountId, cycle: last?.cycle ?? 0 };
	const left = haveConditionsLeft(events, of);
	const goingLive = isGoingLive(journey, startedAt, zone, now);
	if (!matches) {
		const worthNoting = !left && (last !== undefined || goingLive);
		const observed = worthNoting ? [conditionsLeft(of, now)] : [];
		return { reason: notEnrolled.conditionsNotMet(), observed, lookAt };
	}
	const limits = reEntry.type === 'afterDaysPerLimit' ? { limits: nearLimits(account) } : {};
	const enters = { cycle: of.cycle + 1, anchorAt: now, ...limits };
	if (last === undefined && goingLive && !left)
		return { enters: { ...enters, cycle: 0, baseline: true } };
	if (!arrival.mayEnter()) return { reason: notEnrolled.caseOpen(), lookAt };
	if (last === undefined) return { enters };
	if (reEntry.type === 'afterDaysPerLimit') {
		if (isEnough(reEntry, last)) return { reason: notEnrolled.oftenEnough(reEntry.atMost) };
		const { due, from } = limitsDue(arrival, reEntry.days);
		if (due.length > 0) return { enters: { ...enters, limits: due } };
		if (from === Infinity) return { reason: notEnrolled.stillMatching(), lookAt };
		const reason = notEnrolled.tooEarlyAgain(reEntry.days, sayTime(from, zone));
		return { reason, lookAt: Math.min(from, lookAt) };
	}
	// what was listed at go-live never ran: its first time is the first time
	if (last.cycle === 0) return left ? { enters } : { reason: notEnrolled.stillMatching(), lookAt };
	if (reEntry.type === 'never') return { reason: notEnrolled.alreadyHad(last.outcome ?? 'ended') };
	if (isEnough(reEntry, last)) return { reason: notEnrolled.oftenEnough(reEntry.atMost) };
	if (reEntry.type === 'onReMatch')
		return left ? { enters } : { reason: notEnrolled.stillMatching(), lookAt };
	const from = startOfLocalDate(last.enrolledAt, reEntry.days, zone);
	if (now >= from) return { enters };
	const reason = notEnrolled.tooEarlyAgain(reEntry.days, sayTime(from, zone));
	return { reason, lookAt: Math.min(from, lookAt) };
}

/** P29: another limit came near while the episode about the first goes on. */
function byFurtherLimits(arrival: Arrival, last: Enrollment): Entry {
	const { reEntry } = arrival.journey;
	if (reEntry.type !== 'afterDaysPerLimit' || isEnough(reEntry, last)) return {};
	const { due } = limitsDue(arrival, reEntry.days);
	if (due.length === 0 || !arrival.mayEnter()) return {};
	return { enters: { cycle: last.cycle + 1, anchorAt: arrival.now, limits: due } };
}

function isEnough({ atMost }: { atMost: number }, { cycle }: Enrollment): boolean {
	return atMost > 0 && cycle >= atMost;
}

/** Facts change without a word to us: whoever is outside is looked at once a day. */
function tomorrow({ now, zone }: Arrival): number {
	return addLocalDays(now, 1, zone);
}
