import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { properties } from './properties';
import { sendTouches } from './sendTouches';

export class JourneyEmail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Journey Email',
		name: 'journeyEmail',
		icon: { light: 'file:journeyEmail.svg', dark: 'file:journeyEmail.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["subject"] }}',
		description:
			'Send the e-mails a Customer Journey or Escalation Router has claimed, each exactly once',
		defaults: { name: 'Journey Email' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Sent', 'Not Sent'],
		credentials: [{ name: 'smtp', required: true }, ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await sendTouches(this);
	}
}
