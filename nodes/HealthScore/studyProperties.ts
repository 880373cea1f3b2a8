import type { INodeProperties } from 'n8n-workflow';

const displayOptions = { show: { operation: ['backtest', 'calibrate'] } };

export const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Score',
			value: 'score',
			description: 'Score every account and say why',
			action: 'Score accounts',
		},
		{
			name: 'Backtest',
			value: 'backtest',
			description: 'Hold the model against accounts of which you know whether they left',
			action: 'Backtest a health model',
		},
		{
			name: 'Calibrate',
			value: 'calibrate',
			description: 'Propose weights that would have told better who leaves; changes nothing',
			action: 'Calibrate a health model',
		},
		{
			name: 'Watch Plan Limits',
			value: 'watchLimits',
			description: 'Say which limits of its plan an account is near, and what an upgrade would be',
			action: 'Watch plan limits',
		},
	],
	default: 'score',
};

/** Where the items tell what became of each account. */
export const outcomeProperties: INodeProperties[] = [
	{
		displayName: 'Churned',
		name: 'churnedField',
		type: 'string',
		default: 'churned',
		required: true,
		requiresDataPath: 'single',
		placeholder: 'e.g. churned',
		hint: 'Drag a field from the input here',
		displayOptions,
		description: 'Field that says whether the account left: yes or no, true or false, 1 or 0',
	},
	{
		displayName: 'Account',
		name: 'accountField',
		type: 'string',
		default: 'accountId',
		requiresDataPath: 'single',
		placeholder: 'e.g. accountId',
		displayOptions,
		description: "Field with the account's ID. Empty: every item is an account of its own.",
	},
	{
		displayName: 'ARR',
		name: 'arrField',
		type: 'string',
		default: 'arr',
		requiresDataPath: 'single',
		placeholder: 'e.g. arr',
		displayOptions,
		description: 'Field with the recurring revenue a year, in one currency for all accounts',
	},
	{
		displayName: 'Known On',
		name: 'knownOnField',
		type: 'string',
		default: '',
		requiresDataPath: 'single',
		placeholder: 'e.g. asOf',
		displayOptions,
		description:
			'Field with the day on which the item was known. With it, all items of an account are its history. Empty: one item per account, without dates.',
	},
	{
		displayName: 'Outcome Date',
		name: 'outcomeDateField',
		type: 'string',
		default: '',
		requiresDataPath: 'single',
		placeholder: 'e.g. endedAt',
		displayOptions,
		description:
			'Field with the day the account left. Leave it empty in items of the others: they are seen to stay until their own last item. Goes with Known On.',
	},
];
