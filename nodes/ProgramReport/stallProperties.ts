import type { INodeProperties } from 'n8n-workflow';
import { checklist } from '../CustomerJourney/checklistProperty';
import { nowOption } from '../platform/now';
import { ledgerProperty } from '../platform/openLedger';

const displayOptions = { show: { operation: ['stallReport'] } };

/** What Stall Report asks for. */
export const stallProperties: INodeProperties[] = [
	{
		displayName: 'Journey ID',
		name: 'journeyId',
		type: 'string',
		default: 'onboarding',
		required: true,
		placeholder: 'e.g. onboarding',
		displayOptions,
		description:
			'The journey whose customers are looked at, as its Customer Journey node is called',
	},
	{
		...checklist,
		displayOptions,
		description:
			'The same as in the journey: what a customer does until set-up is finished, in order',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 90,
		displayOptions,
		description: 'Customers who began so many days ago or later are looked at',
	},
	{
		displayName: 'Least Customers',
		name: 'leastCustomers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		displayOptions,
		description: 'How many must have come to a step before its share and its median are told',
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
			nowOption,
			{
				displayName: 'Stall Days',
				name: 'stallDays',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 3,
				description: 'Days without a completed step that are a stall; the same as in the journey',
			},
		],
	},
];
