import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { allowAgain } from './allowAgain';
import { confirmTouches } from './confirmTouch';
import { confirmCrmExport } from './confirmCrmExport';
import { eraseAccounts } from './eraseAccount';
import { exportForCrm } from './exportForCrm';
import { forgetOld } from './forgetOld';
import { listDue } from './listDue';
import { lookUp } from './lookUp';
import { mergeAccounts } from './mergeAccounts';
import { openLinks } from './openLink';
import { pauseSends } from './pause';
import { readMails } from './readMail';
import { recordEvents } from './recordEvent';
import { reviewMails } from './reviewMails';
import { stopAllSends } from './stopAll';

const OPERATIONS = {
	allowAgain,
	confirmCrmExport,
	confirmTouch: confirmTouches,
	eraseAccount: eraseAccounts,
	exportForCrm,
	forgetOld,
	listDue,
	lookUp,
	mergeAccounts,
	openLink: openLinks,
	readMail: readMails,
	pause: pauseSends,
	recordEvent: recordEvents,
	reviewMails,
	stopAllSends,
};

function isOperation(name: unknown): name is keyof typeof OPERATIONS {
	return typeof name === 'string' && Object.hasOwn(OPERATIONS, name);
}

/** Output 0: done as asked. Output 1: not, and `ledger.reasons` says why. */
export async function executeLedger(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const operation = context.getNodeParameter('operation', 0);
	return isOperation(operation) ? await OPERATIONS[operation](context) : [[], []];
}
