import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';

const chooses = ['select', 'submitBatch', 'evaluate'];
const byClaude = { show: { operation: chooses, chooseBy: ['claude'] } };
const byModel = { show: { operation: chooses, chooseBy: ['claude', 'chatModel'] } };
const reads = { show: { operation: ['select', 'submitBatch', 'reviewCatalogue'] } };
const serves = { show: { operation: ['select', 'submitBatch'] } };

const variants: INodeProperties = {
	displayName: 'Variants',
	name: 'variants',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Variant',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.name }} · {{ $collection.item.value.weight }}',
		},
	},
	default: {},
	displayOptions: { show: { operation: ['select', 'submitBatch', 'compareVariants'] } },
	description:
		'The first is what the others are compared with; accounts are assigned by hash (R82)',
	options: [
		{
			displayName: 'Variant',
			name: 'variant',
			values: [
				{
					displayName: 'Chooses',
					name: 'by',
					type: 'options',
					options: [
						{
							name: 'Model',
							value: 'claude',
						},
						{
							name: 'Rules',
							value: 'rules',
							description: 'With a plain text',
						},
					],
					default: 'claude',
				},
				{
					displayName: 'Instructions',
					name: 'instructions',
					type: 'string',
					default: '',
					placeholder: 'e.g. Write warmly, and ask a question at the end.',
				},
				{
					displayName: 'Model',
					name: 'model',
					type: 'string',
					default: '',
					description: 'Empty is that of the node',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. warm tone',
				},
				{
					displayName: 'Weight',
					name: 'weight',
					type: 'number',
					default: 1,
					description: 'In relation to the others',
				},
			],
		},
	],
};

export const selectProperties: INodeProperties[] = [
	{
		displayName: 'Choose By',
		name: 'chooseBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Chat Model',
				value: 'chatModel',
				description: 'Any chat model of n8n, connected to the input Model',
			},
			{
				name: 'Claude',
				value: 'claude',
				description: 'Chooses among the best by the rules, and writes subject and opening',
			},
			{
				name: 'Rules',
				value: 'rules',
				description: 'By transparent points, with a plain text; nothing leaves',
			},
		],
		default: 'rules',
		displayOptions: { show: { operation: [...chooses, 'collectBatch'] } },
		description: 'Where a model cannot choose, the rules do: no journey waits for it',
	},
	{
		displayName: 'Model Name or ID',
		name: 'model',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'listModels' },
		default: DEFAULT_MODEL,
		displayOptions: byClaude,
		description:
			'From your account. A small fast one is enough. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Ask About',
		name: 'askAbout',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Each Account',
				value: 'account',
				description: 'Its own best, of all topics, with what it uses; hardly two share an answer',
			},
			{
				name: 'Each Topic',
				value: 'topic',
				description:
					'Once for all who need the same feature next and read the same language; each gets the first of the answer that it may get',
			},
		],
		default: 'topic',
		displayOptions: byModel,
		description:
			'What accounts share costs less. With Also Send each account is asked about by itself.',
	},
	{
		displayName: 'Instructions',
		name: 'instructions',
		type: 'string',
		noDataExpression: true,
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Address readers informally. Prefer videos for admins.',
		displayOptions: byModel,
		description: 'Added to the fixed ones, which the docs show word for word',
	},
	{
		displayName: 'Also Send',
		name: 'alsoSend',
		type: 'multiOptions',
		noDataExpression: true,
		options: [
			{ name: 'Account Name', value: 'accountName' },
			{ name: 'Goals', value: 'goals' },
			{ name: 'Notes', value: 'notes' },
		],
		default: [],
		displayOptions: byModel,
		description:
			'By default only words of your catalogue, stage, role and language leave, and no text of a customer. Addresses, phone numbers, links and keys are removed from what you add.',
	},
	{
		displayName: 'Review Days',
		name: 'reviewDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 180,
		displayOptions: reads,
		description: 'Content not reviewed for longer is left out (R79); 0 asks for no review',
	},
	{
		displayName: 'Product Version',
		name: 'productVersion',
		type: 'string',
		default: '',
		placeholder: 'e.g. 4.2',
		displayOptions: reads,
		description: 'Content checked against an older version is left out; empty asks for none',
	},
	{
		displayName: 'Account ID Field',
		name: 'accountField',
		type: 'string',
		default: 'accountId',
		displayOptions: serves,
		description: 'Where the ID of the account stands',
	},
	{
		displayName: 'Experiment',
		name: 'experiment',
		type: 'string',
		default: '',
		placeholder: 'e.g. tone-of-voice',
		displayOptions: { show: { operation: ['select', 'submitBatch', 'compareVariants'] } },
		description: 'Its name; another one assigns accounts anew. Empty: no experiment.',
	},
	variants,
];
