import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { notDone, readSubjects, sayTestOnly } from './subjects';

/** The survivor inherits history, caps, cycles, pauses and open cases of the record merged into it (P32). */
export async function mergeAccounts(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const survivors = readSubjects(context, 'survivorField');
	const merged = readSubjects(context, 'mergedField');
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const links: { alias: string; accountId: string }[] = [];
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, item] of items.entries()) {
		const [accountId, alias] = [survivors[index], merged[index]];
		if (accountId === undefined || alias === undefined) {
			const which =
				accountId === undefined ? 'the surviving account' : 'the account merged into it';
			outputs[1].push(notDone(item, index, 'noSubject', `does not name ${which}.`));
		} else if (accountId === alias) {
			outputs[1].push(
				notDone(item, index, 'sameAccount', 'names the same account as survivor and as merged.'),
			);
		} else {
			links.push({ alias, accountId });
			outputs[0].push(
				withAdded(item, index, 'ledger', {
					done: true,
					survivor: accountId,
					merged: alias,
					reasons: [
						{
							code: 'merged',
							text: 'The survivor carries on what both had: nothing that either got is sent again (P32).',
						},
					],
				}),
			);
		}
	}
	await ledger.linkAliases(links, readNow(context));
	if (mode === 'test') sayTestOnly(context, 'merged');
	return outputs;
}
