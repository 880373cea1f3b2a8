import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { confirmTouches } from './confirmTouch';
import { lookUp } from './lookUp';
import { openLinks } from './openLink';
import { readMails } from './readMail';
import { recordEvents } from './recordEvent';

const OPERATIONS = {
	confirmTouch: confirmTouches,
	lookUp,
	openLink: openLinks,
	readMail: readMails,
	recordEvent: recordEvents,
};

function isOperation(name: unknown): name is keyof typeof OPERATIONS {
	return typeof name === 'string' && Object.hasOwn(OPERATIONS, name);
}

/** Output 0: done as asked. Output 1: not, and `ledger.reasons` says why. */
export async function executeLedger(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = context.getNodeParameter('operation', 0);
	return isOperation(operation) ? await OPERATIONS[operation](context) : [[], []];
}
