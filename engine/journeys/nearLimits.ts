import type { Account } from '../accounts/account';
import { startOfLocalDate } from '../calendar/localTime';
import type { Journey } from './definition';
import { HANDED_OVER } from './episode';
import type { Enrollment, JourneyEvent, Touch } from './memory';
import { haveConditionsLeft, limitsNoted } from './observations';

/** What it is decided on which limits an account may hear of. */
type Known = {
	journey: Journey;
	account: Account;
	zone: string;
	events: readonly JourneyEvent[];
	/** Of every cycle, those of records merged into it included; the touches likewise. */
	rows: readonly Enrollment[];
	touches: readonly Touch[];
	now: number;
};

/**
 * The limits of its plan that an account is near, by name, as Health Score adds them in `limits`; one without a name ('')
 * where nobody says which.
 */
export function nearLimits(account: Account): string[] {
	const { near, limit } = partsOf(account.limits);
	const list: unknown[] = Array.isArray(near) ? near : [];
	const names = list.map((one) => partsOf(one).limit).filter(isName);
	if (names.length > 0) return [...new Map(names.map((name) => [alike(name), name])).values()];
	return [isName(limit) ? limit : ''];
}

/**
 * Which of them an episode that begins now is about: those of which nothing left within so many local dates (P29), and
 * those of the episode that goes on, while nothing of it has left yet. What was near before the journey ran waits until
 * the account was near none (P09).
 * @returns `due` is empty while there is nothing new; `from`: when there may be, ms since 1970, Infinity where nobody knows
 */
export function limitsDue(known: Known, days: number): { due: string[]; from: number } {
	const { account, rows, now } = known;
	const active = rows.filter(({ state }) => state === 'active');
	// what is under way may have to be handed out again, by its own episode
	if (active.some((row) => offersOf(row, known).some(isUnderWay)))
		return { due: [], from: Infinity };
	const near = nearLimits(account).map((limit) => {
		const about = rows.filter((row) => isAbout(row, limit, known));
		return { limit, from: Math.max(0, ...about.map((row) => freeFrom(row, known, days))) };
	});
	const goesOn = active.filter((row) => offersOf(row, known).length === 0);
	const isNew = near.some(({ from }) => from <= now);
	const due = near.filter(
		({ limit, from }) => from <= now || goesOn.some((row) => isAbout(row, limit, known)),
	);
	return {
		due: isNew ? due.map(({ limit }) => limit) : [],
		from: Math.min(...near.map(({ from }) => from)),
	};
}

/** R52: whether an account is near none of the limits any more that an episode is about, before anything about them left. */
export function isNearNoMore(known: Known, row: Enrollment): boolean {
	const about = limitsNoted(known.events, row)?.map(alike);
	if (about === undefined || about.includes('')) return false;
	return (
		!nearLimits(known.account).some((limit) => about.includes(alike(limit))) &&
		offersOf(row, known).length === 0
	);
}

/** An episode from before anybody noted it is about whatever is near. */
function isAbout(row: Enrollment, limit: string, { events }: Known): boolean {
	const about = limitsNoted(events, row);
	return about === undefined || about.some((name) => alike(name) === alike(limit));
}

/** When a limit that the episode is about may be offered again. */
function freeFrom(row: Enrollment, known: Known, days: number): number {
	const { rows, events, zone } = known;
	if (row.cycle === 0) return rows.some((one) => haveConditionsLeft(events, one)) ? 0 : Infinity;
	if (row.state === 'active') return Infinity;
	const times = offersOf(row, known).map(({ openSince, changedAt }) => openSince ?? changedAt);
	if (times.length > 0) return startOfLocalDate(Math.max(...times), days, zone);
	const isNoted = limitsNoted(events, row) !== undefined;
	return isNoted ? 0 : startOfLocalDate(row.enrolledAt, days, zone);
}

/** What of an episode reached somebody, or may have, but for the answer to a call for help. */
function offersOf({ accountId, cycle }: Enrollment, { journey, touches }: Known): Touch[] {
	const help = journey.steps.filter(({ when }) => when.type === 'helpWanted').map(({ id }) => id);
	return touches.filter(
		(touch) =>
			touch.accountId === accountId &&
			touch.cycle === cycle &&
			(HANDED_OVER.has(touch.state) || touch.openSince !== undefined) &&
			!help.includes(touch.stepId),
	);
}

function isUnderWay({ state, openSince }: Touch): boolean {
	return state === 'claimed' || state === 'sending' || openSince !== undefined;
}

/** As Health Score compares names of limits. */
function alike(name: string): string {
	return name.trim().toLowerCase();
}

function isName(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
