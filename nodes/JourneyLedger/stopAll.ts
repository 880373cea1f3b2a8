import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';

/**
 * The one switch for all sends (design, guarantee 8). It acts on what customers get also when it is run from the editor:
 * whoever presses it there means it.
 */
export async function stopAllSends(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const stop = context.getNodeParameter('stopAction', 0) !== 'resume';
	const now = readNow(context);
	const reason = stop ? readText(context, 'stopReason') : '';
	const switches = [];
	for (const mode of ['live', 'test'] as const) {
		const ledger = await openLedger(context, mode);
		if (stop) await ledger.pause([{ scope: 'all', id: '', reason }], now);
		else switches.push(...(await ledger.resume([{ scope: 'all', id: '' }])));
	}
	const [was = true] = switches;
	const text = stop
		? 'All automated messages to customers are stopped, in every journey, until they are resumed. Hand-overs and alerts to your team go on.'
		: was
			? 'Messages go again. What fell due meanwhile is decided afresh: no burst follows.'
			: 'Nothing was stopped.';
	context.addExecutionHints({
		message: text,
		type: stop ? 'warning' : 'info',
		location: 'outputPane',
	});
	const [first = { json: {} }] = context.getInputData();
	const code = stop ? 'stopped' : was ? 'resumed' : 'wasNotStopped';
	return [
		[withAdded(first, 0, 'ledger', { done: true, stopped: stop, reasons: [{ code, text }] })],
		[],
	];
}
