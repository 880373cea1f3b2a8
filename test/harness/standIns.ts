import type { INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

const described = (
	displayName: string,
	name: string,
	inputs: INodeTypeDescription['inputs'],
): INodeTypeDescription => ({
	displayName,
	name,
	group: [inputs.length === 0 ? 'trigger' : 'transform'],
	version: 1,
	description: '',
	defaults: { name: displayName },
	inputs,
	outputs: ['main'],
	properties: [],
});

/** Stands in for n8n's manual trigger: passes on what the run starts with. */
export const manualTrigger: INodeType = {
	description: described('Manual Trigger', 'manualTrigger', []),
	async execute() {
		return await Promise.resolve([this.getInputData()]);
	},
};

/** Stands in for any node whose arrival of items is all a test looks at. */
export const noOp: INodeType = {
	description: described('No Operation', 'noOp', ['main']),
	async execute() {
		return await Promise.resolve([this.getInputData()]);
	},
};

/** A node that emits the items a test gave for its name, as a CRM or a file would. */
export function itemsNode(itemsFor: (nodeName: string) => INodeExecutionData[]): INodeType {
	return {
		description: described('Items', 'items', ['main']),
		async execute() {
			return await Promise.resolve([itemsFor(this.getNode().name)]);
		},
	};
}
