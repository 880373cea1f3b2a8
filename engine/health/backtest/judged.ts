import { z } from 'zod/v4';
import type { Seen, Verdict } from './follow';

const amount = z.number().nonnegative();

/**
 * One account on one day, with what became of it: what every figure of a backtest is made from.
 * `arr`: recurring revenue a year as known on that day, in one currency for all accounts (P36). `risk`: the probability
 * of leaving (0–1), where the score comes with one.
 */
export const judgedSchema = z.object({
	accountId: z.string().min(1),
	score: z.number().min(0).max(100).nullable(),
	band: z.enum(['red', 'yellow', 'green', 'unknown']),
	churned: z.boolean(),
	arr: amount.optional(),
	risk: z.number().min(0).max(1).optional(),
});

export type Judged = z.infer<typeof judgedSchema>;
export type Scored = Judged & { readonly score: number };

/** What was seen of an account beside what became of it. */
export function judgedOf(
	accountId: string,
	churned: boolean,
	{ known, found: { score, band, risk } }: Seen<Verdict>,
): Judged {
	const { arr } = known;
	return {
		accountId,
		churned,
		score,
		band,
		...(risk === undefined ? {} : { risk }),
		...(typeof arr === 'number' && arr >= 0 ? { arr } : {}),
	};
}

/** The accounts that have a score, in an order that does not depend on the order they came in. */
export function scoredRows(rows: readonly Judged[]): Scored[] {
	return inOrder(rows).filter(isScored);
}

export function inOrder<Row extends { readonly accountId: string }>(rows: readonly Row[]): Row[] {
	return [...rows].sort((a, b) =>
		a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0,
	);
}

function isScored(row: Judged): row is Scored {
	return row.score !== null;
}
