import type { INodeProperties } from 'n8n-workflow';

type Shown = INodeProperties['displayOptions'];

const money = (displayOptions: Shown): INodeProperties[] => [
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		required: true,
		placeholder: 'e.g. USD',
		displayOptions,
		description: 'The currency all amounts here are meant in, and accounts that name none',
	},
	{
		displayName: 'Exchange Rates',
		name: 'rates',
		type: 'fixedCollection',
		placeholder: 'Add Rate',
		typeOptions: {
			multipleValues: true,
			fixedCollection: {
				itemTitle: '={{ $collection.item.value.currency }} {{ $collection.item.value.rate }}',
			},
		},
		default: {},
		displayOptions,
		description: 'For accounts in other currencies; without a rate their ARR is not known',
		options: [
			{
				displayName: 'Rate',
				name: 'rate',
				values: [
					{
						displayName: 'Currency',
						name: 'currency',
						type: 'string',
						default: '',
						placeholder: 'e.g. EUR',
					},
					{
						displayName: 'Rate',
						name: 'rate',
						type: 'number',
						typeOptions: { numberPrecision: 6 },
						default: 1,
						description: 'How much one unit is worth in the currency above',
					},
				],
			},
		],
	},
];

/** Wherever amounts are compared or summed up (P36); by package looks at one only where costs are asked for. */
export const moneyProperties: INodeProperties[] = [
	...money({
		show: {
			operation: ['assignTier'],
			policy: ['costToServe', 'coverageEconomics', 'digitalFirst', 'own'],
		},
	}),
	...money({ show: { operation: ['assignTier'], policy: ['byPackage'], costToServe: [true] } }),
	...money({ show: { operation: ['costToServe'] } }),
];
