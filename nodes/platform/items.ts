import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/**
 * The item as it came, with one object added under the node's own name. The input is never changed: other branches
 * of the workflow share it.
 */
export function withAdded(
	item: INodeExecutionData,
	index: number,
	name: string,
	added: object,
): INodeExecutionData {
	const json: IDataObject = { ...item.json, [name]: added };
	return item.binary === undefined
		? { json, pairedItem: { item: index } }
		: { json, binary: item.binary, pairedItem: { item: index } };
}
