import type { INodeProperties } from 'n8n-workflow';

/** One cap: while the signal is so, the score is at most that. */
export const capFields: INodeProperties[] = [
	{
		displayName: 'Signal',
		name: 'signal',
		type: 'string',
		default: '',
		placeholder: 'e.g. Last activity',
		description: 'Label or ID of a signal of the list; one with weight 0 only caps',
	},
	{
		displayName: 'When It',
		name: 'when',
		type: 'options',
		options: [
			{ name: 'Is', value: 'is', description: 'A word, or yes or no' },
			{ name: 'Is at Least', value: 'atLeast', description: 'A number, or days ago' },
			{ name: 'Is at Most', value: 'atMost', description: 'A number, or days ago' },
		],
		default: 'atLeast',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. 30',
		description: 'A number, whole days for a date, 0.35 for a share of 35 %, or a word',
	},
	{
		displayName: 'Score at Most',
		name: 'atMost',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 40,
		description: 'The score while it is so',
	},
];
