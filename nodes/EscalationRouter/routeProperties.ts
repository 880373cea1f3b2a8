import type { INodeProperties } from 'n8n-workflow';

const route = { show: { operation: ['route'] } };
const own = { show: { operation: ['route'], reasonSource: ['own'] } };

export const PRIORITY_OPTIONS = [
	{ name: 'Urgent', value: 'urgent' },
	{ name: 'High', value: 'high' },
	{ name: 'Normal', value: 'normal' },
	{ name: 'Low', value: 'low' },
];

export const KIND_OPTIONS = [
	{
		name: 'Alert',
		value: 'alert',
		description: 'The success manager looks; automated messages go on',
	},
	{
		name: 'Escalation',
		value: 'escalation',
		description: 'A named person takes over; automated messages stop',
	},
];

/** What is to be routed. */
export const routeProperties: INodeProperties[] = [
	{
		displayName: 'What to Route',
		name: 'reasonSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'What the Items Tell',
				value: 'items',
				description:
					'Alerts of Health Score, hand-overs and alerts of Customer Journey, events that ask for a human',
			},
			{
				name: 'Every Item, for the Reason Below',
				value: 'own',
				description: 'For flows of your own, such as a form or a CRM list',
			},
		],
		default: 'items',
		displayOptions: route,
		description: 'Items that tell nothing leave on Unchanged',
	},
	{
		displayName: 'Reason',
		name: 'reasonText',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. The contract was cancelled by phone',
		displayOptions: own,
		description: 'What the owner reads',
	},
	{
		displayName: 'Reason Code',
		name: 'reasonCode',
		type: 'string',
		default: 'request',
		required: true,
		placeholder: 'e.g. cancellation_requested',
		displayOptions: own,
		description: 'What rules and reports know it by',
	},
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		options: KIND_OPTIONS,
		default: 'escalation',
		displayOptions: own,
	},
	{
		displayName: 'Priority',
		name: 'priority',
		type: 'options',
		options: PRIORITY_OPTIONS,
		default: 'normal',
		displayOptions: own,
		description: 'At least; what is known of the account may raise it',
	},
	{
		displayName: 'Reason ID Field',
		name: 'reasonKeyField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. ticketId',
		displayOptions: own,
		description:
			'What tells one occurrence from the next, so that the same one joins once; empty is one per account, reason and day, and another once its case is resolved',
	},
	{
		displayName: 'Account ID Field',
		name: 'accountField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'accountId',
		required: true,
		displayOptions: route,
	},
	{
		displayName: 'Test Recipient',
		name: 'testRecipient',
		type: 'string',
		default: '',
		placeholder: 'e.g. you@example.com',
		displayOptions: { show: { operation: ['route', 'checkDeadlines', 'reassign'] } },
		description: 'Who gets every notice of a run from the editor; without one none leaves then',
	},
];
