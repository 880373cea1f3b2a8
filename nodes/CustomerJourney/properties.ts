import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';
import { checklist } from './checklistProperty';
import { options } from './optionProperties';
import { OWN, perPreset, rowOf } from './presetRows';
import { startProperties } from './startProperties';
import { stepFields } from './stepProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Advance',
				value: 'advance',
				description: 'Decide what is due, claim it, and emit it on its step’s output',
				action: 'Advance accounts through a journey',
			},
			{
				name: 'Preview',
				value: 'preview',
				description: 'The same decisions as a list, with nothing claimed or sent',
				action: 'Preview what a journey would do',
			},
		],
		default: 'advance',
	},
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Education',
				value: 'education',
				description: 'The next most relevant tip, every two weeks at most',
			},
			{
				name: 'Expansion',
				value: 'expansion',
				description: 'An upgrade offer when a plan limit comes near, sales for the larger ones',
			},
			{
				name: 'Health Intervention',
				value: 'intervention',
				description: 'Help when health drops, a consultation after a week, a human after two',
			},
			{
				name: 'Onboarding',
				value: 'onboarding',
				description: 'Welcome, nudges at the open step, one human call, first value',
			},
			{ name: 'Own Journey', value: OWN, description: 'Steps and conditions of your own' },
			{
				name: 'Renewal',
				value: 'renewal',
				description: 'Value and an easy renewal while green, a human conversation when not',
			},
			{
				name: 'Renewal Survey',
				value: 'survey',
				description: 'Asks six months before whether they are likely to renew; a human where not',
			},
		],
		default: 'onboarding',
		description: 'The journey to begin with. Choose it first: its steps are the list below.',
	},
	...perPreset(
		{
			displayName: 'Journey ID',
			name: 'journeyId',
			type: 'string',
			noDataExpression: true,
			default: '',
			required: true,
			placeholder: 'e.g. onboarding',
			description:
				'Under which the journey is remembered. One node decides for a journey; a second one with the same ID is refused.',
		},
		(preset) => preset?.id ?? '',
	),
	...startProperties,
	{
		displayName: 'Team Address',
		name: 'team',
		type: 'string',
		default: '',
		placeholder: 'e.g. success-team@example.com',
		description:
			'Who gets hand-overs and alerts for accounts that have no success manager of their own',
	},
	{
		displayName: 'Sales Address',
		name: 'sales',
		type: 'string',
		default: '',
		placeholder: 'e.g. sales@example.com',
		displayOptions: { show: { preset: ['expansion', OWN] } },
		description:
			'Who gets hand-overs to sales, those that silence this journey only. Empty: as all other hand-overs.',
	},
	{
		displayName: 'Test Recipient',
		name: 'testRecipient',
		type: 'string',
		default: '',
		placeholder: 'e.g. you@example.com',
		description:
			'In a run from the editor everything goes to this address and to no customer. Empty: such a run decides but emits nothing.',
	},
	checklist,
	...perPreset(
		{
			displayName: 'Steps',
			name: 'steps',
			type: 'fixedCollection',
			noDataExpression: true,
			placeholder: 'Add Step',
			typeOptions: {
				multipleValues: true,
				sortable: true,
				fixedCollection: {
					itemTitle: '={{ $collection.item.value.output }} · {{ $collection.item.value.name }}',
				},
			},
			default: {},
			description:
				'What may happen to an account on its way. Steps may be added, moved, renamed or deleted at any time.',
			options: [{ displayName: 'Step', name: 'step', values: stepFields }],
		},
		(preset) => (preset === undefined ? {} : { step: preset.steps.map(rowOf) }),
	),
	ledgerProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	},
];
