import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { peerBenchmarks } from './peers';
import { reportStalls } from './stalls';
import { triage } from './triage';

/** Runs one of the node's operations over all items. None of them changes what is remembered. */
export async function executeReport(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	switch (context.getNodeParameter('operation', 0)) {
		case 'peerBenchmarks':
			return peerBenchmarks(context);
		case 'stallReport':
			return await reportStalls(context);
		default:
			return await triage(context);
	}
}
