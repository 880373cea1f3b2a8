import type { Account } from '../accounts/account';
import { addLocalDays, localDaysPassed, parseLocal, sayTime } from '../calendar/localTime';
import type { Journey } from './definition';
import type { Enrollment, Reason } from './memory';
import type { Progress } from './progress';
import { notEnrolled } from './reasons';

type Arrival = {
	journey: Journey;
	account: Account;
	zone: string;
	progress: Progress;
	merged: boolean;
	repeated: boolean;
	/** The account's enrolments and those of records merged into it. */
	rows: readonly Enrollment[];
	startedAt: number;
	now: number;
	dry: boolean;
};

export type Place = {
	enroll: Enrollment[];
	end: Enrollment[];
	reasons: Reason[];
	/** The episode that is decided on now; undefined when there is none. */
	enrollment: Enrollment | undefined;
	/** Set when the episode is over whatever else is due. */
	ending: string | undefined;
	/** Paused or ended: whoever asks for a human reaches one all the same (R64, P18). */
	helpOnly: boolean;
};

/** Whether an account is in the journey, comes in, or leaves it (P09, P14, P17, P32, P33). */
export function placeAccount(arrival: Arrival): Place {
	const { journey, account, zone, progress, now } = arrival;
	const place: Place = {
		enroll: [],
		end: [],
		reasons: [],
		enrollment: undefined,
		ending: undefined,
		helpOnly: false,
	};
	const nothing = (reason: Reason): Place => ({ ...place, reasons: [reason] });
	if (arrival.repeated) return nothing(notEnrolled.repeated());
	if (arrival.merged) return nothing(notEnrolled.merged());

	const episodes = episodesOf(arrival.rows);
	const { last } = episodes;
	let { current } = episodes;
	if (account.excluded !== undefined && account.excluded !== false) {
		return leave(arrival, episodes, 'excluded', notEnrolled.excluded());
	}
	if (progress.churned) return leave(arrival, episodes, 'churned', notEnrolled.churned());

	const { startAt } = progress;
	const restarted =
		last !== undefined &&
		startAt !== undefined &&
		startAt <= now &&
		progress.restarts.some((at) => at > last.anchorAt);
	if (restarted) {
		for (const row of episodes.active) place.end.push(ended(row, 'restarted', arrival));
		current = enrolled(arrival, last.cycle + 1, startAt);
		place.enroll.push(current);
	} else if (last === undefined) {
		if (startAt === undefined) return nothing(notEnrolled.noStartDate());
		if (startAt > now) return nothing(notEnrolled.notStarted(sayTime(startAt, zone)));
		if (startAt < addLocalDays(arrival.startedAt, -journey.enrollWithinDays, zone)) {
			return nothing(notEnrolled.beforeGoLive(journey.enrollWithinDays));
		}
		current = enrolled(arrival, 1, startAt);
		place.enroll.push(current);
	} else {
		for (const row of episodes.active)
			if (row !== current) place.end.push(ended(row, 'merged', arrival));
	}
	if (current === undefined) {
		place.reasons.push(notEnrolled.alreadyHad(last?.outcome ?? 'ended'));
		return { ...place, enrollment: last, helpOnly: true };
	}

	const pausedUntil = parseLocal(account.pausedUntil, zone);
	if (pausedUntil !== undefined && pausedUntil > now) {
		place.reasons.push(notEnrolled.paused(sayTime(pausedUntil, zone)));
		return { ...place, enrollment: current, helpOnly: true };
	}
	place.enrollment = current;
	// first value that came in time, and is seen only now, still ends it as first value (P16)
	if (
		progress.firstValueAt === undefined &&
		localDaysPassed(current.anchorAt, journey.endAfterDays, zone, now)
	)
		place.ending = 'timeUp';
	return place;
}

/** Outcomes that say that an account has had its onboarding; others only say that one record of it stopped. */
const COMPLETED = new Set(['firstValue', 'timeUp']);

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
	arrival: Arrival,
	{ active, current }: Episodes,
	outcome: string,
	reason: Reason,
): Place {
	return {
		enroll: [],
		end: active.filter((row) => row !== current).map((row) => ended(row, outcome, arrival)),
		reasons: [reason],
		enrollment: current,
		ending: current === undefined ? undefined : outcome,
		helpOnly: false,
	};
}

function enrolled(
	{ journey, account, dry, now }: Arrival,
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

function ended(enrollment: Enrollment, outcome: string, { now, journey }: Arrival): Enrollment {
	return { ...enrollment, state: 'ended', outcome, endedAt: now, version: journey.version };
}
