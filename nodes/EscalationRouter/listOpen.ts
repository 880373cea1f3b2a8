import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { slaOf } from '../../engine/escalation/slaOf';
import { triage } from '../../engine/escalation/triage';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';
import { presentCase } from './present';

/** A field somebody emptied means the default. */
const limitSchema = z.number().int().min(1).catch(50);
/** The queue is put in order as a whole; beyond this a team has another problem. */
const MOST_CASES = 20_000;

/** The triage queue, an item per open case: least time left first, then most money at risk (R27). */
export async function listOpen(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const limit = limitSchema.parse(context.getNodeParameter('limit', 0, 50));
	const owner = readText(context, 'owner').toLowerCase();
	// looking is safe: also from the editor it shows what is open in truth
	const ledger = await openLedger(context, 'live');
	const open = { limit: MOST_CASES, ...(owner === '' ? {} : { owner }) };
	const { cases } = await ledger.cases({ open, now });
	const queue = triage(cases, now, slaOf);
	const items = queue.slice(0, limit).map(({ case: one, step }, place) => ({
		json: {
			accountId: one.accountId,
			escalation: { ...presentCase(one, now), rank: place + 1, nextStep: step, reasons: [step] },
		},
		pairedItem: { item: 0 },
	}));
	context.addExecutionHints({
		message:
			cases.length === 0
				? `No case is open${owner === '' ? '' : ' for this owner'}. Route opens them; this list shows the live ones, also in the editor.`
				: `${String(cases.length)} ${cases.length === 1 ? 'case is' : 'cases are'} open${cases.length > limit ? `; the first ${String(limit)} are listed` : ''}.`,
		type: 'info',
		location: 'outputPane',
	});
	return [items];
}
