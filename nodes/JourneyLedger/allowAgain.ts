import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { notDone, readSubjects, sayTestOnly } from './subjects';

/** Takes back what silences people: an unsubscribe they regret, a bounce that was mended, a mistake (P12). */
export async function allowAgain(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const subjects = readSubjects(context, 'allowContactField');
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const freed = await ledger.allowAgain(subjects.filter((address) => address !== undefined));
	if (mode === 'test') sayTestOnly(context, 'allowed again');
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	let position = 0;
	for (const [index, item] of items.entries()) {
		if (subjects[index] === undefined) {
			outputs[1].push(notDone(item, index, 'noSubject', 'names no e-mail address to allow again.'));
			continue;
		}
		const reason =
			freed[position++] === true
				? {
						code: 'allowedAgain',
						text: 'The address gets mails again, unless a CRM record says unsubscribed in the next sweep.',
					}
				: { code: 'wasNotSilenced', text: 'Nothing stood against the address.' };
		outputs[0].push(withAdded(item, index, 'ledger', { done: true, reasons: [reason] }));
	}
	return outputs;
}
