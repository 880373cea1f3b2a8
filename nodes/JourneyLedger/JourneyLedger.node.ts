import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeLedger } from './execute';
import { ledgerCredential } from '../platform/openLedger';
import { properties } from './properties';

export class JourneyLedger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Journey Ledger',
		name: 'journeyLedger',
		icon: { light: 'file:journeyLedger.svg', dark: 'file:journeyLedger.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { allowAgain: "Allow again", eraseAccount: "Erase account", forgetOld: "Forget old records", listDue: "List due", mergeAccounts: "Merge accounts", pause: "Pause", stopAllSends: "Stop all sends", confirmCrmExport: "Confirm CRM export", confirmTouch: "Confirm touch", exportForCrm: "Export for CRM", lookUp: "Look up", openLink: "Open link", readMail: "Read mail", recordEvent: "Record event", reviewMails: "Review mails" }[$parameter["operation"]] }}',
		description:
			'What the journeys remember: confirm what was sent, record what customers did, look up why',
		defaults: { name: 'Journey Ledger' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [
			{ type: 'main', displayName: 'Done' },
			{ type: 'main', displayName: 'Not Done' },
		],
		credentials: [ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeLedger(this);
	}
}
