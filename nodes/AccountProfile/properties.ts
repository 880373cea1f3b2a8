import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ACCOUNT_FIELDS } from '../../engine/accounts/fields';
import { ACCOUNT_PRESETS } from '../../engine/accounts/presets';
import { nowOption } from '../platform/now';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number =>
	a.name.localeCompare(b.name, 'en');

const rowsOnly = { show: { source: ['input'] } };

/** Sources that are joined onto the first; each has the key field that leads to its account. */
const JOINED_SOURCES = [2, 3, 4, 5];

const keyFields: INodeProperties[] = JOINED_SOURCES.map((source) => ({
	displayName: `Key of Source ${String(source)}`,
	name: `keyOfSource${String(source)}`,
	type: 'string',
	requiresDataPath: 'single',
	default: 'accountId',
	placeholder: 'e.g. company_id',
	description: `Field of source ${String(source)} that holds the account ID of source 1. With accountId, the ID as the preset finds it.`,
	displayOptions: {
		show: {
			source: ['input'],
			numberOfSources: JOINED_SOURCES.filter((number) => number >= source),
		},
	},
}));

export const properties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: 'input',
		options: [
			{
				name: 'Input Items',
				value: 'input',
				description: 'Each incoming item is a row: from a CRM, a file, a database',
			},
			{
				name: 'Sample Accounts',
				value: 'sample',
				description: 'Nine made-up customers, one story each; incoming items only trigger them',
			},
		],
	},
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		default: 'canonical',
		description: 'How the rows name what an account consists of',
		options: ACCOUNT_PRESETS.map(({ id, name, description }) => ({ name, value: id, description })),
		displayOptions: rowsOnly,
	},
	{
		displayName: 'Own Mapping',
		name: 'mapping',
		type: 'fixedCollection',
		placeholder: 'Add Field',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: {
				itemTitle: '={{ $collection.item.value.target }} ← {{ $collection.item.value.source }}',
			},
		},
		default: {},
		description:
			'Fields the preset does not find, or finds elsewhere. A row here wins over the preset.',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Account Field',
						name: 'target',
						type: 'options',
						noDataExpression: true,
						default: 'accountId',
						description: 'What it is to the account',
						options: ACCOUNT_FIELDS.map(({ path, label }) => ({ name: label, value: path })).sort(
							byName,
						),
					},
					{
						displayName: 'Source Field',
						name: 'source',
						type: 'string',
						requiresDataPath: 'single',
						default: '',
						placeholder: 'e.g. properties.contract_value',
						description: 'Where it stands in the row; drag the field in from the input',
					},
				],
			},
		],
		displayOptions: rowsOnly,
	},
	{
		displayName: 'Number of Sources',
		name: 'numberOfSources',
		type: 'options',
		noDataExpression: true,
		default: 1,
		description:
			'Source 1 gives the accounts; further ones only add what is missing, joined by a key',
		options: [1, 2, 3, 4, 5].map((value) => ({ name: String(value), value })),
		displayOptions: rowsOnly,
	},
	...keyFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Columns at Most',
				name: 'columnsAtMost',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 150,
				description: 'Rows with more columns are rejected, unless other columns are left out',
			},
			nowOption,
			{
				displayName: 'Other Columns',
				name: 'otherColumns',
				type: 'options',
				default: 'keep',
				description: 'What becomes of columns that are no field of the account',
				options: [
					{ name: 'Keep', value: 'keep', description: 'They stay in the item as they came' },
					{
						name: 'Leave Out',
						value: 'leaveOut',
						description: 'The item holds the account’s fields only, and rows may have any width',
					},
				],
			},
		],
	},
];
