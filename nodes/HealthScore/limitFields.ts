import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';
import { ledgerProperty } from '../platform/openLedger';

const displayOptions = { show: { operation: ['watchLimits'] } };

/** What *Watch Plan Limits* asks for: the plans and their order. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Plans',
		name: 'plans',
		type: 'fixedCollection',
		placeholder: 'Add Plan',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
		},
		default: {},
		displayOptions,
		description:
			'Your price list, the smallest plan first: what an upgrade costs more, and whether it needs a human',
		options: [
			{
				displayName: 'Plan',
				name: 'plan',
				values: [
					{
						displayName: 'Plan',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Team',
						description: "As the account's plan is called",
					},
					{
						displayName: 'Price per Year',
						name: 'price',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description:
							'In the currency of your program; the difference to the next plan is the uplift. 0 is free for the first plan, and not known for the others: their upgrades go to sales.',
					},
					{
						displayName: 'Self-Service',
						name: 'selfService',
						type: 'boolean',
						default: true,
						description: 'Whether a customer can change to this plan without talking to anybody',
					},
					{
						displayName: 'Limits',
						name: 'limits',
						type: 'string',
						default: '',
						placeholder: 'e.g. seats 50; projects 10',
						description:
							'What the plan allows, separated by semicolons. It counts where the account itself does not say.',
					},
				],
			},
		],
	},
	{
		displayName: 'Currency of the Plans',
		name: 'currency',
		type: 'string',
		default: '',
		placeholder: 'e.g. USD',
		displayOptions,
		description:
			'What the prices are in: the currency of your program. It stands beside the uplift; empty, none does.',
	},
	{ ...ledgerProperty, displayOptions },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Account ID Field',
				name: 'accountIdField',
				type: 'string',
				default: 'accountId',
				requiresDataPath: 'single',
				placeholder: 'e.g. accountId',
				description: 'Field with the ID by which an account is remembered',
			},
			nowOption,
			{
				displayName: 'Test Runs',
				name: 'testRuns',
				type: 'options',
				options: [
					{
						name: 'Start Afresh',
						value: 'fresh',
						description: 'One reading is enough, and each run forgets the ones before',
					},
					{
						name: 'Continue',
						value: 'continue',
						description: 'Runs from the editor remember each other, to walk through days with Now',
					},
				],
				default: 'fresh',
				description:
					'What runs from the editor remember. Neither ever touches the memory of live runs.',
			},
		],
	},
];

/** The property for every operation but that one. */
export function notForLimits(property: INodeProperties): INodeProperties {
	const { show, hide } = property.displayOptions ?? {};
	return {
		...property,
		displayOptions: {
			...(show === undefined ? {} : { show }),
			hide: { ...hide, operation: ['watchLimits'] },
		},
	};
}
