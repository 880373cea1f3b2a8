import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Left } from '../../engine/content/catalogue';
import { withAdded } from '../platform/items';
import { readRows } from './readCatalogue';

/** To Review: rows that are stale, expired or not readable, each with its owner and why (R79). Usable: the others. */
export function reviewCatalogue(context: IExecuteFunctions): INodeExecutionData[][] {
	const { stale, expired, invalid, hints } = readRows(context, 0);
	const states = new Map<number, { state: string; left: Left }>();
	for (const [state, rows] of Object.entries({ stale, expired, invalid }))
		for (const left of rows) states.set(left.row, { state, left });
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, item] of context.getInputData().entries()) {
		const found = states.get(index);
		if (found === undefined)
			outputs[1].push(withAdded(item, index, 'content', { state: 'usable', reasons: [] }));
		else {
			const { state, left } = found;
			const { row: _row, ...fields } = left;
			outputs[0].push(withAdded(item, index, 'content', { state, ...fields }));
		}
	}
	for (const { text } of hints)
		context.addExecutionHints({ message: text, type: 'warning', location: 'outputPane' });
	if (outputs[0].length === 0)
		context.addExecutionHints({
			message: `Nothing to review: all ${String(outputs[1].length)} rows may be sent.`,
			type: 'info',
			location: 'outputPane',
		});
	return outputs;
}
