import {
	localDaysBetween,
	localDaysPassed,
	parseLocal,
	sayTime,
	startOfDateBefore,
} from '../calendar/localTime';
import { asksForHuman } from './asksForHuman';
import { HOUR_MS } from './caps';
import { dateOf } from './dateField';
import { endsAtFirstValue } from './definition';
import { dateOfCycle, enter, heardSince, putOff, SAME_CYCLE_DAYS, type Arrival } from './entry';
import type { Enrollment, JourneyEvent, Reason } from './memory';
import { startsOnHealth } from './massTrigger';
import { conditionsLeft, dateNoted, entryNoted, haveConditionsLeft } from './observations';
import { isNearNoMore } from './nearLimits';
import { notEnrolled } from './reasons';

export type Placing = Arrival & {
	merged: boolean;
	repeated: boolean;
	/** The conditions that end an episode, asked only while there is one. */
	reachedGoal: (enrollment: Enrollment) => boolean;
	mustExit: (enrollment: Enrollment) => boolean;
};

export type Place = {
	enroll: Enrollment[];
	end: Enrollment[];
	observed: JourneyEvent[];
	reasons: Reason[];
	/** The episode that is decided on now; undefined when there is none. */
	enrollment: Enrollment | undefined;
	/** Set when the episode is over whatever else is due. */
	ending: string | undefined;
	/** Paused or ended: whoever asks for a human reaches one all the same (R64, P18). */
	helpOnly: boolean;
	/** When an account outside the journey has to be looked at again. */
	lookAt: number | undefined;
};

const nowhere = (): Place => ({
	enroll: [],
	end: [],
	observed: [],
	reasons: [],
	enrollment: undefined,
	ending: undefined,
	helpOnly: false,
	lookAt: undefined,
});

/** Whether an account is in the journey, comes in, or leaves it (P09, P14, P17, P27, P32, P33). */
export function placeAccount(placing: Placing): Place {
	const { account, zone, progress, now } = placing;
	if (placing.repeated) return { ...nowhere(), reasons: [notEnrolled.repeated()] };
	if (placing.merged) return { ...nowhere(), reasons: [notEnrolled.merged()] };
	const episodes = episodesOf(placing.rows);
	const { active, last } = episodes;
	if (account.excluded !== undefined && account.excluded !== false)
		return leave(placing, episodes, 'excluded', notEnrolled.excluded());
	if (progress.churned) return leave(placing, episodes, 'churned', notEnrolled.churned());

	const place = nowhere();
	let { current } = episodes;
	const { enters, reason, observed = [], lookAt } = enter(placing, current ?? last);
	place.observed = observed;
	place.lookAt = lookAt;
	if (enters?.baseline === true) {
		const listed = ended(enrolled(placing, enters.cycle, enters.anchorAt), 'baseline', placing);
		const noted =
			enters.limits === undefined ? [] : entryNoted(listed, account, now, enters.limits);
		return {
			...place,
			enroll: [listed],
			end: [listed],
			observed: [...observed, ...noted],
			reasons: [notEnrolled.baseline()],
			// what stands open now is listed with it, and no call of later
			enrollment: listed,
			helpOnly: true,
		};
	}
	const held = startsOnHealth(placing.journey) ? placing.massHold : undefined;
	if (enters !== undefined && held !== undefined) {
		place.reasons.push(held);
		place.lookAt = now + HOUR_MS;
	} else if (enters !== undefined) {
		for (const row of active) place.end.push(ended(row, 'restarted', placing));
		current = enrolled(placing, enters.cycle, enters.anchorAt);
		place.enroll.push(current);
		if (placing.journey.start.type === 'conditions')
			place.observed = [...observed, ...entryNoted(current, account, now, enters.limits)];
	} else {
		for (const row of active) if (row !== current) place.end.push(ended(row, 'merged', placing));
	}
	if (current === undefined) {
		if (reason !== undefined) place.reasons.push(reason);
		const heard = last ?? outside(placing);
		return heard === undefined ? place : { ...place, enrollment: heard, helpOnly: true };
	}

	const pausedUntil = parseLocal(account.pausedUntil, zone);
	if (pausedUntil !== undefined && pausedUntil > now) {
		place.reasons.push(notEnrolled.paused(sayTime(pausedUntil, zone)));
		return { ...place, enrollment: current, helpOnly: true, lookAt: pausedUntil };
	}
	place.enrollment = current;
	place.ending = endingOf(placing, current, place);
	if (place.ending !== undefined) noteThatConditionsLeft(placing, current, place);
	return place;
}

/**
 * Whoever says that they need a human reaches one though the journey never took them in (P18, R64), by what they said since
 * it went live; a ticket that stood open before is the help desk's (P09). Nobody is enrolled by it.
 */
function outside(placing: Placing): Enrollment | undefined {
	const { events, startedAt, zone, now } = placing;
	const since = heardSince(startedAt, zone);
	const isHeard = events.some(
		(event) => event.occurredAt >= since && event.occurredAt <= now && asksForHuman(event),
	);
	return isHeard ? ended(enrolled(placing, 0, since), 'never', placing) : undefined;
}

/** What ends the episode before its next touch; a date that moved within the cycle is noted on the way (P27). */
function endingOf(placing: Placing, current: Enrollment, place: Place): string | undefined {
	const { journey, account, zone, progress, events, now } = placing;
	const { start } = journey;
	let endsFrom = current.anchorAt;
	if (start.type === 'beforeDate') {
		const isRenewed = events.some(
			({ type, occurredAt }) =>
				type === 'renewed' && occurredAt >= current.anchorAt && occurredAt <= now,
		);
		if (isRenewed) return 'renewed';
		const date = dateOf(account, start.field, zone);
		if (date !== undefined) {
			const isNew = place.enroll.includes(current);
			const before = isNew ? date : dateOfCycle(placing, current, start);
			if (localDaysBetween(before, date, zone) > SAME_CYCLE_DAYS) return 'dateMoved';
			if (before !== date) place.observed = [...place.observed, dateNoted(current, date, now)];
			if (journey.type === 'campaign' && localDaysBetween(before, date, zone) > 0)
				place.reasons.push(putOff(start.field, date, zone));
			endsFrom = startOfDateBefore(date, start, zone);
		}
	}
	if (placing.reachedGoal(current)) return 'goal';
	if (placing.mustExit(current) || isNearNoMore(placing, current)) return 'exit';
	// first value that came in time, and is seen only now, still ends it as first value (P16)
	if (progress.firstValueAt !== undefined && endsAtFirstValue(journey)) return undefined;
	const isOver =
		journey.endAfterDays > 0 && localDaysPassed(endsFrom, journey.endAfterDays, zone, now);
	return isOver ? 'timeUp' : undefined;
}

/** Seen at the end of an episode, it lets the next match begin another one. */
function noteThatConditionsLeft(placing: Placing, current: Enrollment, place: Place): void {
	if (placing.journey.start.type !== 'conditions' || placing.mayEnterButForCase()) return;
	if (!haveConditionsLeft(placing.events, current))
		place.observed = [...place.observed, conditionsLeft(current, placing.now)];
}

/** Outcomes that say that an account has had this journey; others only say that one record of it stopped. */
const COMPLETED = new Set(['firstValue', 'timeUp', 'goal', 'exit', 'renewed', 'dateMoved']);

type Episodes = {
	active: Enrollment[];
	/** The episode that goes on. */
	current: Enrollment | undefined;
	last: Enrollment | undefined;
};

/**
 * A merge may bring several episodes together. The latest cycle counts, and in it the one that began first, since a
 * duplicate record never moves day 0 (P14); when one of them has run to its end, none goes on (P17).
 */
function episodesOf(rows: readonly Enrollment[]): Episodes {
	const inOrder = [...rows].sort(
		(a, b) => b.cycle - a.cycle || a.anchorAt - b.anchorAt || (a.accountId < b.accountId ? -1 : 1),
	);
	const active = inOrder.filter(({ state }) => state === 'active');
	const [first] = inOrder;
	const latest = inOrder.filter(({ cycle }) => cycle === first?.cycle);
	const completed = latest.find(
		({ state, outcome = '' }) => state === 'ended' && COMPLETED.has(outcome),
	);
	const current =
		completed === undefined ? latest.find(({ state }) => state === 'active') : undefined;
	return { active, current, last: completed ?? current ?? first };
}

function leave(
	placing: Placing,
	{ active, current, last }: Episodes,
	outcome: string,
	reason: Reason,
): Place {
	const place: Place = {
		...nowhere(),
		end: active.filter((row) => row !== current).map((row) => ended(row, outcome, placing)),
		reasons: [reason],
		enrollment: current,
		ending: current === undefined ? undefined : outcome,
	};
	const { journey, events, now } = placing;
	if (
		journey.start.type === 'conditions' &&
		last !== undefined &&
		!haveConditionsLeft(events, last)
	)
		place.observed = [conditionsLeft(last, now)];
	return place;
}

function enrolled(
	{ journey, account, dry, now }: Placing,
	cycle: number,
	anchorAt: number,
): Enrollment {
	return {
		journey: journey.id,
		dry,
		accountId: account.accountId,
		cycle,
		anchorAt,
		enrolledAt: now,
		state: 'active',
		version: journey.version,
	};
}

function ended(enrollment: Enrollment, outcome: string, { now, journey }: Placing): Enrollment {
	return { ...enrollment, state: 'ended', outcome, endedAt: now, version: journey.version };
}
