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
	};
	const nothing = (reason: Reason): Place => ({ ...place, reasons: [reason] });
	if (arrival.repeated) return nothing(notEnrolled.repeated());
	if (arrival.merged) return nothing(notEnrolled.merged());

	let current = currentOf(arrival.rows, place, arrival);
	const last = arrival.rows.reduce<Enrollment | undefined>(
		(a, b) => (a === undefined || b.cycle > a.cycle ? b : a),
		undefined,
	);
	if (account.excluded !== undefined && account.excluded !== false) {
		return leave(place, current, 'excluded', notEnrolled.excluded());
	}
	if (progress.churned) return leave(place, current, 'churned', notEnrolled.churned());

	const restartAt = progress.restarts
		.filter((at) => at <= now && at > (last?.anchorAt ?? Infinity))
		.reduce((a, b) => Math.max(a, b), 0);
	if (last !== undefined && restartAt > 0) {
		if (current !== undefined) place.end.push(ended(current, 'restarted', arrival));
		current = enrolled(arrival, last.cycle + 1, restartAt);
		place.enroll.push(current);
	} else if (last === undefined) {
		const { startAt } = progress;
		if (startAt === undefined) return nothing(notEnrolled.noStartDate());
		if (startAt > now) return nothing(notEnrolled.notStarted(sayTime(startAt, zone)));
		if (startAt < addLocalDays(arrival.startedAt, -journey.enrollWithinDays, zone)) {
			return nothing(notEnrolled.beforeGoLive(journey.enrollWithinDays));
		}
		current = enrolled(arrival, 1, startAt);
		place.enroll.push(current);
	}
	if (current === undefined) return nothing(notEnrolled.alreadyHad(last?.outcome ?? 'ended'));

	const pausedUntil = parseLocal(account.pausedUntil, zone);
	if (pausedUntil !== undefined && pausedUntil > now) {
		place.reasons.push(notEnrolled.paused(sayTime(pausedUntil, zone)));
		return place;
	}
	place.enrollment = current;
	if (localDaysPassed(current.anchorAt, journey.endAfterDays, zone, now)) place.ending = 'timeUp';
	return place;
}

/**
 * The active episode. A merge may bring two together: the one that began first goes on, since a duplicate record never
 * moves day 0 (P14); the other ends as merged.
 */
function currentOf(
	rows: readonly Enrollment[],
	place: Place,
	arrival: Arrival,
): Enrollment | undefined {
	const active = rows
		.filter(({ state }) => state === 'active')
		.sort((a, b) => a.anchorAt - b.anchorAt);
	for (const extra of active.slice(1)) place.end.push(ended(extra, 'merged', arrival));
	return active[0];
}

function leave(
	place: Place,
	current: Enrollment | undefined,
	outcome: string,
	reason: Reason,
): Place {
	return {
		...place,
		reasons: [reason],
		enrollment: current,
		ending: current === undefined ? undefined : outcome,
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
