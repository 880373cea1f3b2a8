import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { executeJourney } from './execute';
import { outputsOf } from './outputs';
import { ledgerCredential } from '../platform/openLedger';
import { properties } from './properties';

export class CustomerJourney implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer Journey',
		name: 'customerJourney',
		icon: { light: 'file:customerJourney.svg', dark: 'file:customerJourney.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter["operation"] === "preview" ? "Preview " : "") + $parameter["journeyId"] + ": " + (($parameter["steps"] || {}).step || []).length + " steps" }}',
		description:
			'Decides which account is due for which step, claims each touch once, and says why, or why not yet',
		defaults: { name: 'Customer Journey' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${String(outputsOf)})($parameter)}}`,
		credentials: [ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeJourney(this);
	}
}
