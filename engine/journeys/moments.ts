import type { Account } from '../accounts/account';
import {
	addLocalDays,
	localDaysBetween,
	localDaysPassed,
	parseLocal,
	startOfDateBefore,
} from '../calendar/localTime';
import type { Journey } from './definition';
import type { JourneyEvent } from './memory';
import type { Progress } from './progress';

/** When a customer may be asked how it goes (R57). */
export const MOMENTS = ['firstValue', 'caseClosed', 'midTerm'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A ticket of the help desk, or a case of ours. */
const CLOSED = new Set(['case_resolved', 'ticket_closed']);
/** A date alone is no reason to ask somebody who is not there (R80). */
const IN_USE_DAYS = 30;
/** The renewal survey asks terms of a year and more six months before their end (P28): half of these is too near to it. */
const ASKED_ANYWAY = { from: 12, before: 18 };

const DAY_MS = 86_400_000;
const MONTH_MS = 30.4 * DAY_MS;
/** More than a moment lasts by far. */
const MARGIN_MS = 120 * DAY_MS;

type Known = {
	account: Account;
	progress: Progress;
	events: readonly JourneyEvent[];
	zone: string;
	now: number;
	settings: Pick<Journey, 'momentAfterFirstValue' | 'momentAfterCase' | 'momentDays'>;
};

/**
 * The latest moment of a customer that has come and is at most `momentDays` local days old: so many days after first value,
 * so many after a ticket or case was closed, half of the term. Undefined where there is none (R57).
 */
export function keyMoment({
	account,
	progress,
	events,
	zone,
	now,
	settings,
}: Known): Moment | undefined {
	const { momentAfterFirstValue, momentAfterCase, momentDays } = settings;
	const closed = events.reduce<number | undefined>(
		(last, { type, occurredAt }) =>
			CLOSED.has(type) && occurredAt <= now ? Math.max(occurredAt, last ?? occurredAt) : last,
		undefined,
	);
	const later = (at: number | undefined, days: number): number | undefined =>
		at === undefined ? undefined : addLocalDays(at, days, zone);
	const due: readonly (readonly [Moment, number | undefined])[] = [
		['firstValue', later(progress.firstValueAt, momentAfterFirstValue)],
		['caseClosed', later(closed, momentAfterCase)],
		['midTerm', midTerm(account, zone, now)],
	];
	let latest: { moment: Moment; at: number } | undefined;
	for (const [moment, at] of due) {
		if (at === undefined || at > now || localDaysPassed(at, momentDays, zone, now)) continue;
		if (latest === undefined || at > latest.at) latest = { moment, at };
	}
	return latest?.moment;
}

/** The start of the day on which half of the term is over, for terms of six months and more that are in use. */
function midTerm(account: Account, zone: string, now: number): number | undefined {
	const { termMonths, renewalDate, usage } = account;
	const [ends, usedAt] = [parseLocal(renewalDate, zone), parseLocal(usage?.lastActiveAt, zone)];
	if (termMonths === undefined || termMonths < 6 || ends === undefined) return undefined;
	if (termMonths >= ASKED_ANYWAY.from && termMonths < ASKED_ANYWAY.before) return undefined;
	// the calendar is asked only where it can matter: it is for every account of a sweep
	if (Math.abs(ends - now - (termMonths / 2) * MONTH_MS) > MARGIN_MS) return undefined;
	if (usedAt === undefined || localDaysBetween(usedAt, now, zone) > IN_USE_DAYS) return undefined;
	const days = termMonths % 2 === 0 ? 0 : 15;
	return startOfDateBefore(ends, { months: Math.floor(termMonths / 2), days }, zone);
}
