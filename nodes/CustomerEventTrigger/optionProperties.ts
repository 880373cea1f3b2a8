import type { INodeProperties } from 'n8n-workflow';

export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5000, numberPrecision: 0 },
			default: 500,
			description: 'How many events one execution gets at most',
		},
		{
			displayName: 'Batches at Once',
			name: 'batchesAtOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
			default: 1,
			description: 'How many executions may run at the same time; more where workers share them',
		},
		{
			displayName: 'Include What Was Sent',
			name: 'includeRaw',
			type: 'boolean',
			default: false,
			description:
				'Whether known events carry what the sender sent as “raw” too; unknown ones always do',
		},
		{
			displayName: 'Known for Days',
			name: 'keepDays',
			type: 'number',
			typeOptions: { minValue: 7, numberPrecision: 0 },
			default: 30,
			description:
				'How long the ID of an event is remembered after it was dealt with; senders try again for up to 7 days',
		},
		{
			displayName: 'Oldest Signature in Minutes',
			name: 'ageMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description:
				'A call that was signed longer ago is refused, where the sender signs the time as well',
		},
		{
			displayName: 'Public URL',
			name: 'publicUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://hooks.example.com/hubspot',
			description:
				'The address HubSpot calls, where it is not the production URL shown above: HubSpot signs it',
		},
		{
			displayName: 'Seconds Between Batches',
			name: 'secondsBetween',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 86400 },
			default: 1,
			description:
				'How long after a batch the next one leaves at the soonest. What comes after a pause leaves at once; what comes meanwhile waits, and leaves together. More where each batch makes the workflow read your whole CRM.',
		},
		{
			displayName: 'When an Execution Fails',
			name: 'onFailure',
			type: 'options',
			options: [
				{
					name: 'Hand Out Again',
					value: 'again',
					description: 'After 1, 5, 15, 60 minutes, 6 hours, then daily, in ever smaller batches',
				},
				{
					name: 'Leave It',
					value: 'leave',
					description: 'It is in the list of executions, and somebody can retry it there',
				},
			],
			default: 'again',
			description:
				'What becomes of the events of an execution that failed; those of one that a crash cut off are handed out again always',
		},
	],
};
