import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { executeTierGate } from './execute';
import { outputsOf, PRESET_OUTPUT_NAMES } from './outputs';
import { properties } from './properties';

export class TierGate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Tier Gate',
		name: 'tierGate',
		icon: { light: 'file:tierGate.svg', dark: 'file:tierGate.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "costToServe" ? "Cost to serve" : $parameter["operation"] === "gateMotion" ? "Gate " + $parameter["motion"] : "Assign tier: " + { byPackage: "by package", costToServe: "cost to serve", coverageEconomics: "coverage economics", digitalFirst: "digital first", own: "own rules" }[$parameter["policy"]] }}',
		description:
			'Assigns each account a service tier, lets only the right accounts into a motion, and tells what tiers cost',
		defaults: { name: 'Tier Gate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${String(outputsOf)})($parameter, ${JSON.stringify(PRESET_OUTPUT_NAMES)})}}`,
		credentials: [ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeTierGate(this);
	}
}
