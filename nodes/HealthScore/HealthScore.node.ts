import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { executeHealthScore } from './execute';
import { limitFields, notForLimits } from './limitFields';
import { properties } from './properties';
import { operationProperty, outcomeProperties } from './studyProperties';

export class HealthScore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Health Score',
		name: 'healthScore',
		icon: { light: 'file:healthScore.svg', dark: 'file:healthScore.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { backtest: "Backtest: ", calibrate: "Calibrate: ", watchLimits: "Watch plan limits" }[$parameter["operation"]] || "" }}{{ $parameter["operation"] === "watchLimits" ? "" : { b2bSaas: "B2B SaaS", fewData: "Few data", own: "Own signals", productLed: "Product-led", json: "Model as JSON" }[$parameter["model"]] }}',
		description:
			'Scores accounts from 0 to 100 by a weighted model, with the reasons, and holds the model against what became of them',
		defaults: { name: 'Health Score' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Scored', 'For Operations'],
		usableAsTool: true,
		credentials: [ledgerCredential],
		properties: [
			operationProperty,
			...outcomeProperties,
			...limitFields,
			...properties.map(notForLimits),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeHealthScore(this);
	}
}
