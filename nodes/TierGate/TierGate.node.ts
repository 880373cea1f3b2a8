import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
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
			'={{ $parameter["operation"] === "gateMotion" ? "Gate " + $parameter["motion"] : "Assign tier: " + { byPackage: "by package", costToServe: "cost to serve", coverageEconomics: "coverage economics", digitalFirst: "digital first", own: "own rules" }[$parameter["policy"]] }}',
		description:
			'Assigns each account a service tier, or lets only the right accounts into a motion, and says why',
		defaults: { name: 'Tier Gate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${String(outputsOf)})($parameter, ${JSON.stringify(PRESET_OUTPUT_NAMES)})}}`,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve(executeTierGate(this));
	}
}
