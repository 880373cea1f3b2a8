/** The present of every contender. */
export const NOW = Date.parse('2026-03-02T09:00:00Z');
/** As many as one execution gets: the sweeps of the templates take pages of at most 5,000 accounts. */
export const PAGE = 5_000;

const DAY_MS = 86_400_000;
const at = (days: number): string => new Date(NOW - days * DAY_MS).toISOString();
const AS_OF = at(1);
const DATES = Array.from({ length: 40 }, (_none, days) => at(days));
const RENEWALS = Array.from({ length: 365 }, (_none, days) => at(-days));

export type BenchAccount = ReturnType<typeof accountNumber>;

/**
 * The account of this number, always the same: twelve fields, every signal of the preset B2B SaaS, in one of ten no
 * NPS. No signal costs exactly half a point, the limit for being named, where two right answers could differ in the
 * last bit.
 */
export function accountNumber(i: number) {
	const bought = 10 + (i % 90);
	const csat = 1 + ((i * 3) % 40) / 10;
	return {
		accountId: `acc-${i}`,
		name: `Company ${i}`,
		arr: 1000 + ((i * 37) % 90_000),
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		lifecycleStage: 'adopting',
		timezone: 'Europe/Berlin',
		renewalDate: RENEWALS[i % 365],
		usage: {
			activeUsers: i % 50,
			events: (i * 7) % 400,
			previousEvents: 61 + ((i * 13) % 60) * 5,
			lastActiveAt: DATES[(i * 5) % 40],
			asOf: AS_OF,
			adoption: ((i * 11) % 97) / 97,
		},
		support: { openTickets: i % 7, openP1: i % 20 === 0 ? 1 : 0 },
		sentiment: i % 10 === 0 ? { csat } : { nps: ((i * 17) % 101) * 2 - 100, csat },
		licences: { bought, used: (i * 19) % (bought + 1) },
	};
}

/** The accounts of one page, as a source gives them: fresh objects. */
export function page(from: number, count: number): BenchAccount[] {
	return Array.from({ length: count }, (_none, index) => accountNumber(from + index));
}
