import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

/** A node's outputs as n8n's editor and server work them out, from the text of its description. */
export function outputsOf(
	type: INodeType,
	parameters: INodeParameters = {},
): ReturnType<typeof NodeHelpers.getNodeOutputs> {
	const { name } = type.description;
	const node: INode = {
		id: '1',
		name,
		type: name,
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	// the workflow has filled in the defaults
	return NodeHelpers.getNodeOutputs(workflow, workflow.getNode(name) ?? node, type.description);
}

/** What stands beside each of them on the canvas. */
export function outputNames(type: INodeType, parameters: INodeParameters): string[] {
	return outputsOf(type, parameters).map((output) =>
		typeof output === 'string' ? output : (output.displayName ?? ''),
	);
}
