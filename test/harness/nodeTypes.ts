import {
	NodeHelpers,
	type IDataObject,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { itemsNode, manualTrigger, noOp } from './standIns';

export type NodeTypeMap = Record<string, INodeType | IVersionedNodeType>;

/** Items as plain objects, or whole where `binary` or `pairedItem` matter. */
export type TestItems = readonly IDataObject[] | readonly INodeExecutionData[];

export function itemsOf(items: TestItems): INodeExecutionData[] {
	return items.map((item) => (isWhole(item) ? item : { json: item }));
}

function isWhole(item: IDataObject | INodeExecutionData): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json);
}

export function nodeTypesOf(types: NodeTypeMap, sources: Record<string, TestItems>): INodeTypes {
	const all = new Map<string, INodeType | IVersionedNodeType>([
		['n8n-nodes-base.manualTrigger', manualTrigger],
		['n8n-nodes-base.noOp', noOp],
		['test.items', itemsNode((name) => itemsOf(sources[name] ?? []))],
		...Object.entries(types),
	]);
	const find = (name: string): INodeType | IVersionedNodeType => {
		const type = all.get(name);
		if (type === undefined) throw new Error(`The test gives no node type '${name}'`);
		return type;
	};
	return {
		getByName: find,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
		getKnownTypes: () => ({}),
	};
}
