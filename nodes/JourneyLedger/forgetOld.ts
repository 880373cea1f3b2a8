import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { LIFE_EVENTS } from './eventTypes';
import { sayTestOnly } from './subjects';

const DAY_MS = 86_400_000;
/** P17 looks back 90 days, and every cap less: what is younger may still decide something. */
const LEAST_DAYS = 120;

/** Retention: forgets details older than a number of days. What "once" rests on stays. */
export async function forgetOld(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const days = Math.max(LEAST_DAYS, Number(context.getNodeParameter('olderThanDays', 0, 730)));
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const removed = await ledger.forgetBefore(readNow(context) - days * DAY_MS, [...LIFE_EVENTS]);
	if (mode === 'test') sayTestOnly(context, 'forgotten');
	const [first = { json: {} }] = context.getInputData();
	return [
		[withAdded(first, 0, 'ledger', { done: true, olderThanDays: days, removed, reasons: [] })],
		[],
	];
}
