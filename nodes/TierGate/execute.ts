import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { assignTier } from './assignTier';
import { costToServe } from './costToServe';
import { gateMotion } from './gateMotion';

/** Runs one of the node's operations over all items. */
export async function executeTierGate(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	switch (context.getNodeParameter('operation', 0)) {
		case 'gateMotion':
			return await gateMotion(context);
		case 'costToServe':
			return costToServe(context);
		default:
			return await assignTier(context);
	}
}
