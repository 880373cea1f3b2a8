import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';

const field = (displayName: string, name: string, path: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: path,
	placeholder: `e.g. ${path}`,
});

const accountLink: INodeProperties = {
	displayName: 'Account Link',
	name: 'accountLink',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://crm.example.com/accounts/{accountId}',
	description: 'Where the account is found in your CRM; {accountId} stands for its ID',
};

const linkAddress: INodeProperties = {
	displayName: 'Link Address',
	name: 'linkAddress',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/digital-cs/case',
	description:
		'Production URL of the webhook that answers the links; without it notices have no links to acknowledge and resolve',
};

const linkDays: INodeProperties = {
	displayName: 'Links Valid for Days',
	name: 'linkDays',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 365, numberPrecision: 0 },
	default: 14,
	description: 'After that a link says that it is too old, and changes nothing',
};

/** The Options of each operation. */
export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['route'] } },
		options: [
			accountLink,
			{
				displayName: 'Acknowledgement Is Stale After (Business Hours)',
				name: 'staleHours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 8,
				description:
					'Without a human touch, where one is asked for; the levels are told again then',
			},
			{
				displayName: 'Currency',
				name: 'currency',
				type: 'string',
				default: 'USD',
				description: 'In which the amounts of this node are meant',
			},
			{
				displayName: 'Exchange Rates',
				name: 'rates',
				type: 'string',
				default: '',
				placeholder: 'e.g. EUR 1.08, GBP 1.27',
				description: 'Units of the currency above per unit of another; never compared raw',
			},
			field('Language Field', 'languageField', 'locale'),
			linkAddress,
			linkDays,
			{
				displayName: 'Near the End From (%)',
				name: 'nearing',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 99 },
				default: 75,
				description: 'Share of a target’s time after which its owner is reminded',
			},
			nowOption,
			field('Product Field', 'productField', 'plan'),
			field('Region Field', 'regionField', 'region'),
			{
				displayName: 'Reopen Within Days',
				name: 'reopenDays',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 365, numberPrecision: 0 },
				default: 14,
				description: 'A new reason within so many days after a case ended continues that one',
			},
			{
				displayName: 'Single Notices per Day',
				name: 'digestCap',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1000, numberPrecision: 0 },
				default: 10,
				description:
					'Of alerts that are not urgent, per owner; what is more comes as one digest. Escalations and what is urgent always come at once.',
			},
			{
				displayName: 'Test Runs',
				name: 'testRuns',
				type: 'options',
				options: [
					{ name: 'Begin Afresh Each Time', value: 'fresh' },
					{ name: 'Go On Where the Last One Stopped', value: 'continue' },
				],
				default: 'fresh',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['checkDeadlines'] } },
		options: [
			linkAddress,
			linkDays,
			nowOption,
			{
				displayName: 'Single Notices per Day',
				name: 'digestCap',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1000, numberPrecision: 0 },
				default: 10,
				description: 'As in Route: of alerts that are not urgent, per owner',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['reassign'] } },
		options: [accountLink, linkAddress, linkDays, nowOption],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: {
			show: {
				operation: [
					'acknowledge',
					'handBack',
					'listOpen',
					'openLink',
					'recordTouch',
					'resolve',
					'wait',
				],
			},
		},
		options: [nowOption],
	},
];
