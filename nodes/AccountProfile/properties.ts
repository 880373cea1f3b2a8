import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ACCOUNT_FIELDS } from '../../engine/accounts/fields';
import { ACCOUNT_PRESETS } from '../../engine/accounts/presets';
import { nowOption } from '../platform/now';
import { AS_SOURCE_1 } from './settings';

const byName = (a: INodePropertyOptions, b: INodePropertyOptions): number =>
	a.name.localeCompare(b.name, 'en');

const rowsOnly = { show: { source: ['input'] } };

/** Sources that are joined onto the first; each has the key field that leads to its account. */
const JOINED_SOURCES = [2, 3, 4, 5];

const presetOptions = ACCOUNT_PRESETS.map(({ id, name, description }): INodePropertyOptions => ({
	name,
	value: id,
	description,
}));

const joinedFields: INodeProperties[] = JOINED_SOURCES.flatMap((source): INodeProperties[] => {
	const name = `Source ${String(source)}`;
	const displayOptions = {
		show: {
			source: ['input'],
			numberOfSources: JOINED_SOURCES.filter((number) => number >= source),
		},
	};
	return [
		{
			displayName: `Preset of ${name}`,
			name: `presetOfSource${String(source)}`,
			type: 'options',
			noDataExpression: true,
			default: AS_SOURCE_1,
			description: `How the rows of source ${String(source)} name what they tell; own mapping counts with 'As Source 1' and 'Own Mapping Only'`,
			options: [
				...presetOptions,
				{
					name: 'As Source 1',
					value: AS_SOURCE_1,
					description: 'Preset and own mapping of source 1',
				},
			].sort(byName),
			displayOptions,
		},
		{
			displayName: `Key of ${name}`,
			name: `keyOfSource${String(source)}`,
			type: 'string',
			requiresDataPath: 'single',
			default: 'accountId',
			placeholder: 'e.g. company_id',
			description: `Field of source ${String(source)} that names the account. With accountId, the ID as the preset finds it.`,
			displayOptions,
		},
		{
			displayName: `Account Field for ${name}`,
			name: `matchOfSource${String(source)}`,
			type: 'string',
			requiresDataPath: 'single',
			default: 'accountId',
			placeholder: 'e.g. properties.stripe_customer_id',
			description: `Field of source 1 that holds what the key of source ${String(source)} holds, where that is not the account ID`,
			displayOptions,
		},
	];
});

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
		options: presetOptions,
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
	...joinedFields,
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
			{
				displayName: 'Core Features',
				name: 'coreFeatures',
				type: 'string',
				default: '',
				placeholder: 'e.g. Boards; Automations; Reports',
				description:
					'Features of an event export of which the share in use is the adoption; separate by semicolons',
			},
			{
				displayName: 'Customers Are',
				name: 'customersAre',
				type: 'string',
				default: '',
				placeholder: 'e.g. customer; evangelist; 54321987',
				description:
					'Values of HubSpot’s lifecyclestage or Salesforce’s Type that mean a customer; separate by semicolons, * at the end for all that begin so. Empty: customer and evangelist, or Customer*. Records with another value are rejected, those without one are not.',
			},
			{
				displayName: 'Feature Field',
				name: 'featureField',
				type: 'string',
				requiresDataPath: 'single',
				default: '',
				placeholder: 'e.g. properties.feature',
				description:
					'Field of an event of an export that names the feature it is about. Empty: the name of the event.',
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
