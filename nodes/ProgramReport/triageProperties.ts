import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';
import { ledgerProperty } from '../platform/openLedger';
import { moneyOptions } from './moneyOptions';

const displayOptions = { show: { operation: ['triageQueue'] } };

/** What Triage Queue asks for. */
export const triageProperties: INodeProperties[] = [
	{
		displayName: 'Team Address',
		name: 'team',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. success-team@example.com',
		displayOptions,
		description:
			'Who looks at accounts that have neither a case nor a success manager of their own',
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
				displayName: 'Account Link',
				name: 'accountLink',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://crm.example.com/accounts/{accountId}',
				description: 'Where each line of a list leads; {accountId} is the ID of the account',
			},
			...moneyOptions('In which ARR is compared, and accounts that name none are meant'),
			{
				displayName: 'List When Empty',
				name: 'listWhenEmpty',
				type: 'boolean',
				default: true,
				description: 'Whether the team gets a list that says so when nothing needs a look',
			},
			{
				displayName: 'Most Accounts',
				name: 'mostAccounts',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 200,
				description: 'How many accounts are listed; the most pressing ones first',
			},
			nowOption,
		],
	},
];
