import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { executeReport } from './execute';
import { outputsOf } from './outputs';
import { properties } from './properties';

export class ProgramReport implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Program Report',
		name: 'programReport',
		icon: { light: 'file:programReport.svg', dark: 'file:programReport.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { peerBenchmarks: "Peer benchmarks", stallReport: "Stall report", triageQueue: "Triage queue" }[$parameter["operation"]] }}',
		description:
			'What the program looks like today: who needs a look, how a team does beside its peers, where set-up stalls',
		defaults: { name: 'Program Report' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${String(outputsOf)})($parameter)}}`,
		usableAsTool: true,
		credentials: [ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeReport(this);
	}
}
