import type { INodeProperties } from 'n8n-workflow';

const exporting = { operation: ['exportForCrm'] };

/** What *Export for CRM* asks for. */
export const crmProperties: INodeProperties[] = [
	{
		displayName: 'CRM',
		name: 'crm',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'HubSpot',
				value: 'hubspot',
				description: 'Companies, up to 100 in one call',
			},
			{
				name: 'Salesforce',
				value: 'salesforce',
				description: 'Accounts, up to 200 in one call',
			},
		],
		default: 'hubspot',
		description: 'Whose batches are made; each CRM is told by itself what it does not know yet',
		displayOptions: { show: { operation: ['exportForCrm'] } },
	},
	{
		displayName: 'ID Property',
		name: 'idProperty',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer_id',
		description:
			"Property of the company that holds the account ID, with unique values. Empty: the account ID is HubSpot's own ID of the company.",
		displayOptions: { show: { ...exporting, crm: ['hubspot'] } },
	},
	{
		displayName: 'Health Model',
		name: 'healthModel',
		type: 'string',
		default: '',
		placeholder: 'e.g. b2b-saas',
		description: 'ID of the model whose scores are shown. Empty: the one that scored last.',
		displayOptions: { show: exporting },
	},
	{
		displayName: 'Accounts per Run',
		name: 'accountsPerRun',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 10000,
		description: 'At most so many changed accounts; the next run goes on behind the last of them',
		displayOptions: { show: exporting },
	},
];
