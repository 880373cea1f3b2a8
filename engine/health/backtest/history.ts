import { z } from 'zod/v4';
import { readInstant } from '../instant';

/** A date or date-time (ISO; without a zone it is UTC, as everywhere in a score), a Date, or ms since 1970; kept in ms. */
const instantSchema = z
	.union([z.string(), z.number(), z.date()])
	.transform((value) => (typeof value === 'number' ? value : readInstant(value)))
	.refine((value) => Number.isFinite(value), { error: 'is not a date such as 2026-03-01' });

/** What became of an account: it left on a day, or it was still there on one (its renewal, or the last day looked at). */
export const outcomeSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('churned'), at: instantSchema }),
	z.object({ type: z.literal('retained'), until: instantSchema }),
]);

/**
 * Some fields of an account and when they became *known*: the day the row was written, not the day it speaks of. A
 * field holds until a later row says otherwise; nested objects are laid over each other field by field.
 */
export const datedFactsSchema = z.object({
	at: instantSchema,
	values: z.record(z.string(), z.unknown()),
});

/** An account's past. Its revenue is the field `arr` of its facts, so that it too is taken as of a day. */
export const historySchema = z.object({
	accountId: z.string().min(1),
	outcome: outcomeSchema,
	facts: z.array(datedFactsSchema),
});

export const historiesSchema = z.array(historySchema).check(({ value, issues }) => {
	const seen = new Set<string>();
	value.forEach(({ accountId }, index) => {
		if (seen.has(accountId)) {
			issues.push({
				code: 'custom',
				input: accountId,
				path: [index, 'accountId'],
				message: 'stands in the list twice: an account has one outcome',
			});
		}
		seen.add(accountId);
	});
});

export type Outcome = z.infer<typeof outcomeSchema>;
export type DatedFacts = z.infer<typeof datedFactsSchema>;
export type History = z.infer<typeof historySchema>;

/** When the account left, or was last known to be there, in ms. */
export function outcomeAt(outcome: Outcome): number {
	return outcome.type === 'churned' ? outcome.at : outcome.until;
}
