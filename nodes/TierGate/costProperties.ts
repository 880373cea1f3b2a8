import type { INodeProperties } from 'n8n-workflow';

type Shown = INodeProperties['displayOptions'];

const onAccounts: Shown = { show: { operation: ['assignTier'], costToServe: [true] } };
const onTiers: Shown = { show: { operation: ['costToServe'] } };

const settings = (displayOptions: Shown): INodeProperties[] => [
	{
		displayName: 'Budget Share (%)',
		name: 'budgetShare',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 100, numberPrecision: 2 },
		default: 15,
		displayOptions,
		description: 'How much of its ARR an account may cost a year; 15 to 20 is usual',
	},
	{
		displayName: 'Cost of One CSM',
		name: 'csmCost',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 150000,
		displayOptions,
		description: 'What one success manager costs a year, all in; 120,000 to 180,000 is usual',
	},
	{
		displayName: 'Hours of One CSM',
		name: 'csmHours',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1200,
		displayOptions,
		description:
			'How many hours a year one success manager has for accounts, without meetings and leave',
	},
	{
		displayName: 'Planned Hours',
		name: 'plannedHours',
		type: 'fixedCollection',
		placeholder: 'Add Tier',
		typeOptions: {
			multipleValues: true,
			fixedCollection: {
				itemTitle: '={{ $collection.item.value.tier }} · {{ $collection.item.value.hours }}',
			},
		},
		default: {},
		displayOptions,
		description:
			'Human hours you plan for one account a year, by tier; the ready-made tiers have usual figures',
		options: [
			{
				displayName: 'Tier',
				name: 'row',
				values: [
					{
						displayName: 'Tier',
						name: 'tier',
						type: 'string',
						default: '',
						placeholder: 'e.g. Pooled',
					},
					{
						displayName: 'Hours per Account and Year',
						name: 'hours',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 2 },
						default: 0,
					},
				],
			},
		],
	},
];

/** R20, R21: inputs, never constants. */
export const costProperties: INodeProperties[] = [
	{
		displayName: 'Cost to Serve',
		name: 'costToServe',
		type: 'boolean',
		default: false,
		displayOptions: { show: { operation: ['assignTier'] } },
		description:
			'Whether to work out what each account may cost a year, the hours that buys, and whether its tier takes more',
	},
	...settings(onAccounts),
	...settings(onTiers),
	{
		displayName: 'Book per CSM',
		name: 'bookTarget',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 2000000,
		displayOptions: onTiers,
		description: 'How much ARR one success manager is to look after; 2 to 5 million is usual',
	},
];
