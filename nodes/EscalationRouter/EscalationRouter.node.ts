import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { ledgerCredential } from '../platform/openLedger';
import { executeRouter } from './execute';
import { outputsOf } from './outputs';
import { properties } from './properties';

export class EscalationRouter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Escalation Router',
		name: 'escalationRouter',
		icon: { light: 'file:escalationRouter.svg', dark: 'file:escalationRouter.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ { acknowledge: "Acknowledge", checkDeadlines: "Check deadlines", handBack: "Hand back", listOpen: "List open", openLink: "Open link", reassign: "Reassign", recordTouch: "Record human touch", resolve: "Resolve", route: "Route", wait: "Wait for customer" }[$parameter["operation"]] }}',
		description:
			'Gives what needs a person to a named owner, one case per account, and watches that somebody answers in time',
		defaults: { name: 'Escalation Router' },
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{(${String(outputsOf)})($parameter)}}`,
		credentials: [ledgerCredential],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeRouter(this);
	}
}
