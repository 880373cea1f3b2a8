import type { INodeProperties } from 'n8n-workflow';
import { EVENT_TYPES } from '../../engine/events/types';

function titleOf(type: string): string {
	return type
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

/** What events of a sender mean to whoever runs the journeys. */
export const rulesProperty: INodeProperties = {
	displayName: 'Own Meanings',
	name: 'rules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add meaning',
	default: {},
	description:
		'What events with names of your own mean, and what you see otherwise than this node; the first that fits counts',
	options: [
		{
			displayName: 'Meaning',
			name: 'rule',
			values: [
				{
					displayName: 'Event',
					name: 'event',
					type: 'string',
					default: '',
					placeholder: 'e.g. Report Published',
					description:
						'What the sender calls it: “sourceType” of an event that came. For a property in HubSpot company.propertyChange/name.',
				},
				{
					displayName: 'Is',
					name: 'type',
					type: 'options',
					options: EVENT_TYPES.map((type) => ({ name: titleOf(type), value: type })).toSorted(
						(a, b) => (a.name < b.name ? -1 : 1),
					),
					default: 'customer_created',
					description: 'What it means to the journeys',
				},
				{
					displayName: 'Set-Up Step',
					name: 'step',
					type: 'string',
					default: '',
					placeholder: 'e.g. connect-data',
					description: 'The ID of the step on your checklist. Empty: the one the event names.',
					displayOptions: { show: { type: ['set_up_step_completed'] } },
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. closedwon',
					description: 'Only where the new value is this. Empty: any value.',
				},
			],
		},
	],
};
