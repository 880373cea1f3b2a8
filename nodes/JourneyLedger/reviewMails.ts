import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { reviewMails as reviewed, sayMail } from '../../engine/content/mailReview';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';

/** A field somebody emptied means the default. */
const daysOr = (usual: number) => z.number().min(0).catch(usual);

/** To Review: mails that customers got lately, and that nobody has looked at for too long (R79). In Order: the others. */
export async function reviewMails(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const zone = context.getTimezone();
	const productVersion = readText(context, 'mailProductVersion').trim();
	// looking is safe: also from the editor it shows what customers really get
	const ledger = await openLedger(context, 'live');
	const query = { journey: '', dry: false, accountIds: [''], addresses: [], now };
	const { events } = await ledger.recall(query);
	const mails = reviewed(events, {
		now,
		zone,
		reviewDays: daysOr(180).parse(context.getNodeParameter('mailReviewDays', 0, 180)),
		sentWithinDays: daysOr(30).parse(context.getNodeParameter('sentWithinDays', 0, 30)),
		...(productVersion === '' ? {} : { productVersion }),
	});
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const one of mails) {
		const { mail: id, workflow, owner, reviewedAt, reasons } = one;
		const isStale = reasons.length > 0;
		outputs[isStale ? 0 : 1].push({
			json: {
				content: {
					...{ id, title: sayMail(one, zone), workflow, state: isStale ? 'stale' : 'usable' },
					...(owner === undefined ? {} : { owner }),
					...(reviewedAt === undefined ? {} : { reviewedAt }),
					lastSentAt: new Date(one.lastSentAt).toISOString(),
					reasons: reasons.map((reason) => ({ ...reason })),
				},
			},
			pairedItem: { item: 0 },
		});
	}
	context.addExecutionHints({
		message:
			mails.length === 0
				? 'No mail of a Journey Email node has been sent lately, so there is nothing to review yet.'
				: `${String(outputs[0].length)} of ${String(mails.length)} mails that customers got lately are to be looked at.`,
		type: 'info',
		location: 'outputPane',
	});
	return outputs;
}
