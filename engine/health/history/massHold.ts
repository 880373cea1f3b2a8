import { sayTime } from '../../calendar/localTime';
import { localDay } from './localDay';
import type { WhyHeld } from './memory';

/** P10: more newly triggered accounts than this share, and at least so many, are a fault of the data until somebody looked. */
const MOST_PERCENT = 20;
const LEAST_ACCOUNTS = 20;
const OLDEST_USAGE_MS = 48 * 3_600_000;

/** Whether more of the accounts trigger at once than can be true (P10). */
export function areImplausiblyMany(triggered: number, of: number): boolean {
	return triggered >= LEAST_ACCOUNTS && triggered * 100 > of * MOST_PERCENT;
}

/** Whether usage figures say nothing about today any more (P10). Times in ms since 1970; NaN: unknown, which is not old. */
export function isUsageTooOld(newest: number, now: number): boolean {
	return newest < now - OLDEST_USAGE_MS;
}

/** Why nothing is raised for now, with the figures behind it and one sentence. */
export type Hold = {
	readonly why: WhyHeld;
	/** Accounts that would have triggered today, of so many that got a score today. */
	readonly triggered: number;
	readonly scored: number;
	readonly text: string;
};

/** Accounts that newly triggered on a day, raised or held, and those that got a score, on all pages so far. */
export type DayTotals = { readonly triggered: number; readonly scored: number };

/** Whether drops and usage alerts are held because implausibly many accounts trigger (P10). */
export function holdOfMany({ triggered, scored }: DayTotals): Hold | undefined {
	if (!areImplausiblyMany(triggered, scored)) return undefined;
	const text = `${triggered} of ${scored} accounts would newly trigger today, which is more than ${MOST_PERCENT} %: check the data first`;
	return { why: 'implausibly_many', triggered, scored, text };
}

/**
 * Whether they are held because usage figures say nothing about today any more, whoever triggers (P10).
 * @param newestUsage of the page's usage figures, in ms since 1970; NaN where none says when it was made
 */
export function holdOfOldUsage(
	{ triggered, scored }: DayTotals,
	newestUsage: number,
	now: number,
	zone: string,
): Hold | undefined {
	if (!isUsageTooOld(newestUsage, now)) return undefined;
	const text = `The newest usage figures are of ${sayTime(newestUsage, zone)}, more than 48 hours ago: check the feed first`;
	return { why: 'usage_too_old', triggered, scored, text };
}

/** What an earlier sweep of the day held and nobody has let through yet, though its figures look right by now. */
export function heldEarlier(why: WhyHeld, { triggered, scored }: DayTotals): Hold {
	const text =
		why === 'implausibly_many'
			? `Earlier today implausibly many accounts would have triggered at once, by now ${triggered} of ${scored}: check the data first`
			: 'Earlier today the usage figures were more than 48 hours old: check the feed first';
	return { why, triggered, scored, text };
}

/** For one account, whatever the figures were when it was held. */
export const HELD_TEXTS: Record<WhyHeld, string> = {
	implausibly_many:
		'Not raised today: implausibly many accounts would trigger at once, so the data are checked first',
	usage_too_old:
		'Not raised today: the usage figures are more than 48 hours old, so the feed is checked first',
};

/** What happens once in the whole programme: its name, and which one of its kind. */
export type Once = { readonly type: string; readonly id: string };

/** P10: operations get one alarm a local day, whichever score or journey is the first to hold. */
export function onceADay(now: number, zone: string): Once {
	return { type: 'mass_trigger_held', id: String(localDay(now, zone)) };
}
