import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Placeholder until the reader is committed. */
export async function readMails(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await Promise.resolve([[], context.getInputData()]);
}
