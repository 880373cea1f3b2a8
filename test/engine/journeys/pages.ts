import type { Account } from '../../../engine/accounts/account';
import { byFlags, journey, mail } from './journeys';
import { account, at, contact, DAY, simulate, type Story, type Told } from './simulate';

/** Sweeps of a health intervention that come in pages (P10). */

export const intervention = journey([mail('hello', { type: 'daysAfterStart', days: 0 })], {
	atGoLive: 'baseline',
});

export function customer(index: number, hot: boolean, over: object = {}): Account {
	const id = String(index);
	return account({ accountId: `a${id}`, contacts: [contact(`p${id}`, 'admin')], hot, ...over });
}

export const MINUTE = 60_000;
/** Went live the day before, with nobody in trouble. */
export const goLive = at('2026-03-02 09:00');
export const day = goLive + 2 * DAY;
export type Page = { at: number; accounts: readonly Account[] };

/** Sweeps page by page; beforehand each account was seen in good health. */
export function inPages(pages: readonly Page[], over: Partial<Story> = {}): Told {
	const all = new Map(
		pages.flatMap(({ accounts }) => accounts.map((one) => [one.accountId, one] as const)),
	);
	const calm = [...all.values()].map((one) => ({ ...one, hot: false }));
	const byTime = new Map(pages.map((page) => [page.at, page.accounts]));
	return simulate({
		sweeps: [goLive, ...byTime.keys()],
		accounts: (now) => byTime.get(now) ?? calm,
		journey: intervention,
		conditions: byFlags,
		...over,
	});
}
/** Pages of so many accounts, a minute apart, of which those for which `hot` says so are in trouble. */
export const paged = (
	count: number,
	size: number,
	hot: (index: number) => boolean,
	begin = day,
): Page[] =>
	Array.from({ length: count }, (_nothing, page) => ({
		at: begin + page * MINUTE,
		accounts: Array.from({ length: size }, (_none, index) =>
			customer(page * size + index, hot(page * size + index)),
		),
	}));

export const began = ({ ledger }: Told): number =>
	[...ledger.enrollments.values()].filter(({ cycle }) => cycle > 0).length;
