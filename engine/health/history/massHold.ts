import { sayTime } from '../../calendar/localTime';
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

/**
 * Whether drops and usage alerts are held in this sweep (P10).
 * @param triggered accounts that newly triggered today, on earlier pages or here, and `scored` those with a daily score
 * @param newestUsage of the page's usage figures, in ms since 1970; NaN where none says when it was made
 */
export function holdOf(
	triggered: number,
	scored: number,
	newestUsage: number,
	now: number,
	zone: string,
): Hold | undefined {
	if (areImplausiblyMany(triggered, scored)) {
		const why = 'implausibly_many' as const;
		const text = `${triggered} of ${scored} accounts would newly trigger today, which is more than ${MOST_PERCENT} %: check the data first`;
		return { why, triggered, scored, text };
	}
	if (triggered === 0 || !isUsageTooOld(newestUsage, now)) return undefined;
	const text = `The newest usage figures are of ${sayTime(newestUsage, zone)}, more than 48 hours ago: check the feed first`;
	return { why: 'usage_too_old', triggered, scored, text };
}

/** For one account, whatever the figures were when it was held. */
export const HELD_TEXTS: Record<WhyHeld, string> = {
	implausibly_many:
		'Not raised today: implausibly many accounts would trigger at once, so the data are checked first',
	usage_too_old:
		'Not raised today: the usage figures are more than 48 hours old, so the feed is checked first',
};
