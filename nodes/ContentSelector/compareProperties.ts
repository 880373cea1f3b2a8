import type { INodeProperties } from 'n8n-workflow';

const compares = { show: { operation: ['compareVariants'] } };

export const compareProperties: INodeProperties[] = [
	{
		displayName: 'Outcome',
		name: 'outcomes',
		type: 'string',
		default: 'clicked, reply_received, booked, in_app_answered',
		placeholder: 'e.g. feature_adopted',
		displayOptions: compares,
		description:
			'Types of events of which one counts as success, separated by commas; a click counts when a human made it (P13)',
	},
	{
		displayName: 'Within Days',
		name: 'outcomeDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 14,
		displayOptions: compares,
		description: 'After the mail; nobody is judged before they have passed',
	},
	{
		displayName: 'Success Today (%)',
		name: 'baselinePercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 10,
		displayOptions: compares,
		description: 'What you see without an experiment',
	},
	{
		displayName: 'Smallest Difference Worth Seeing (Points)',
		name: 'smallestLiftPoints',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 3,
		displayOptions: compares,
		description: 'From 10 % to 13 % are 3 points; a smaller one needs many more accounts',
	},
];
