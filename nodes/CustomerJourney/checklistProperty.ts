import type { INodeProperties } from 'n8n-workflow';
import { SAMPLE_CHECKLIST } from '../../engine/journeys/presets/onboarding';
import { OWN } from './presetRows';

export const checklist: INodeProperties = {
	displayName: 'Set-Up Checklist',
	name: 'checklist',
	type: 'fixedCollection',
	placeholder: 'Add Set-Up Step',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: { itemTitle: '={{ $collection.item.value.title }}' },
	},
	default: { item: SAMPLE_CHECKLIST },
	displayOptions: { show: { preset: ['onboarding', OWN] } },
	description:
		'What a customer does until set-up is finished, in order. Replace the sample by your own steps.',
	options: [
		{
			displayName: 'Set-Up Step',
			name: 'item',
			values: [
				{
					displayName: 'Step',
					name: 'step',
					type: 'string',
					default: '',
					placeholder: 'e.g. connect-data',
					description: 'As your product or CRM calls it',
				},
				{
					displayName: 'Title',
					name: 'title',
					type: 'string',
					default: '',
					placeholder: 'e.g. Connect your data',
					description: 'As the customer knows it',
				},
				{
					displayName: 'Help URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://help.example.com/connect-data',
				},
			],
		},
	],
};
