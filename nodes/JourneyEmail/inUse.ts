import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { mailInUse } from '../../engine/content/mailReview';
import { isIsoTime } from '../../engine/calendar/localTime';
import type { Ledger } from '../../ledger/ledger';
import { parseConfiguration } from '../platform/problems';

const text = z
	.string()
	.trim()
	.optional()
	.transform((value) => (value === '' ? undefined : value));
const reviewSchema = z.object({
	reviewedAt: text.refine((value) => value === undefined || isIsoTime(value), {
		error: 'is not a date such as 2026-03-01',
	}),
	contentOwner: text,
	productVersion: text,
});
export type Review = z.infer<typeof reviewSchema>;

/**
 * What the node says of its own text: when somebody last looked at it, and who owns it (R79).
 * @throws NodeOperationError when the date is none
 */
export function readReview(context: IExecuteFunctions): Review {
	const options: unknown = context.getNodeParameter('options', 0, {});
	return parseConfiguration(context.getNode(), 'Reviewed At', reviewSchema, options);
}

/** Written down once a day, for the review of the mails that customers get. */
export async function rememberUse(
	context: IExecuteFunctions,
	ledger: Ledger,
	{ reviewedAt, contentOwner: owner, productVersion }: Review,
	now: number,
): Promise<void> {
	const { id = '', name = '' } = context.getWorkflow();
	const node = context.getNode();
	const mail = {
		...{ mail: `${id}/${node.id}`, name: node.name, workflow: name },
		...(reviewedAt === undefined ? {} : { reviewedAt }),
		...(productVersion === undefined ? {} : { productVersion }),
		...(owner === undefined ? {} : { owner }),
	};
	const day = DateTime.fromMillis(now, { zone: context.getTimezone() }).toISODate() ?? '';
	try {
		await ledger.recordEvents([mailInUse(mail, day, now)], now);
	} catch {
		// the mails have gone and are confirmed; the next batch writes it down
	}
}
