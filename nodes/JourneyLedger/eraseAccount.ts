import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { notDone, readSubjects, sayTestOnly } from './subjects';

const STAYS = 'An unsubscribed address stays unsubscribed, as a fingerprint that nobody can read.';
const PERSON = `Erased wherever the address stood; a name without it is not found. ${STAYS}`;
const ACCOUNT = `Erased, with every record merged into it. ${STAYS} While it is in your CRM, the next sweep takes it for a new account: delete it there, or mark it excluded.`;

/** Removes accounts, or people by their address, everywhere in the ledger, and says what was removed (privacy law). */
export async function eraseAccounts(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const people = context.getNodeParameter('eraseScope', 0) === 'address';
	const subjects = readSubjects(context, people ? 'eraseContactField' : 'eraseAccountField');
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, item] of items.entries()) {
		const subject = subjects[index];
		if (subject === undefined) {
			const what = people ? 'e-mail address' : 'account id';
			outputs[1].push(notDone(item, index, 'noSubject', `names no ${what} to erase.`));
			continue;
		}
		// one by one: whoever asked to be forgotten is told what was removed of theirs
		const removed = await ledger.erase({
			accountIds: people ? [] : [subject],
			addresses: people ? [subject] : [],
		});
		const count = Object.values(removed).reduce((sum, rows) => sum + rows, 0);
		const text = count === 0 ? 'The ledger knew nothing of it.' : people ? PERSON : ACCOUNT;
		outputs[0].push(
			withAdded(item, index, 'ledger', {
				done: true,
				removed,
				reasons: [{ code: count === 0 ? 'nothingKnown' : 'erased', text }],
			}),
		);
	}
	if (mode === 'test') sayTestOnly(context, 'erased');
	return outputs;
}
