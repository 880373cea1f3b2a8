import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';

/** A field somebody emptied means the default. */
const pageSize = z.number().min(1).catch(5000);

/** The accounts that need a decision of a journey, an item each, so that their facts are fetched and nobody else's. */
export async function listDue(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const journey = readText(context, 'dueJourneyId');
	const limit = pageSize.parse(context.getNodeParameter('pageSize', 0, 5000));
	const now = readNow(context);
	// looking is safe: also from the editor it shows who is due in truth
	const ledger = await openLedger(context, 'live');
	const accountIds = await ledger.due({ journey, now, limit });
	context.addExecutionHints({
		message:
			accountIds.length === 0
				? `Nobody is due in '${journey}'. Accounts appear once a Customer Journey with this ID has run over them, or an event of them was recorded.`
				: `${accountIds.length} ${accountIds.length === 1 ? 'account needs' : 'accounts need'} a decision of '${journey}', the longest waiting first${accountIds.length === limit ? `; more than 'Page Size' may` : ''}.`,
		type: 'info',
		location: 'outputPane',
	});
	const items = accountIds.map((accountId, index) => ({
		json: { accountId, ledger: { due: true, journey, rank: index + 1 } },
		pairedItem: { item: 0 },
	}));
	return [items, []];
}
