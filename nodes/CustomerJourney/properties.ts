import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';
import { nowOption } from '../platform/now';
import { ONBOARDING_STEPS, SAMPLE_CHECKLIST } from '../../engine/journeys/presets/onboarding';

/** A step of the engine as a row of the node's list. */
function rowOf(step: (typeof ONBOARDING_STEPS)[number]): INodeParameters {
	const { id, name, output, channel, when, onlyWhile = 'always', ...more } = step;
	const { type, ...timing } = when;
	return { name, id, output, channel, when: type, ...timing, onlyWhile, more };
}

const stepFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Set-up guide',
		description:
			"What the step is called on the node's output and in every explanation. May be changed at any time.",
	},
	{
		displayName: 'Step ID',
		name: 'id',
		type: 'string',
		default: '',
		placeholder: 'e.g. set-up-guide',
		description:
			'Under which the step is remembered: lower-case letters, digits and hyphens. Never change it while accounts are in the journey.',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 40, numberPrecision: 0 },
		default: 0,
		description:
			"The number of this step's output, its own for life: other steps may come, go or move, and no wire moves. A new step takes a free number.",
	},
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: [
			{ name: 'Alert', value: 'alert', description: 'A success manager looks; automation goes on' },
			{ name: 'E-Mail', value: 'email', description: 'To one contact of the account' },
			{
				name: 'Human',
				value: 'human',
				description: 'A named person takes over; automated e-mail stops',
			},
			{ name: 'In-App', value: 'inApp', description: 'A message inside the product' },
			{
				name: 'Record',
				value: 'record',
				description: 'Nothing is sent; something is written down elsewhere',
			},
		],
		default: 'email',
	},
	{
		displayName: 'When',
		name: 'when',
		type: 'options',
		options: [
			{
				name: 'Customer Asks for a Human',
				value: 'helpWanted',
				description: 'A reply, a request, a cancellation or a ticket of the highest severity',
			},
			{ name: 'Days After Start', value: 'daysAfterStart' },
			{ name: 'First Value Reached', value: 'firstValue' },
			{
				name: 'Nobody Can Be Reached',
				value: 'unreachable',
				description: 'Another step found no contact it may write to',
			},
			{ name: 'Set-Up Finished', value: 'setUpFinished' },
			{ name: 'Set-Up Stalled', value: 'setUpStalled' },
		],
		default: 'daysAfterStart',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		displayOptions: {
			show: { when: ['daysAfterStart', 'setUpStalled', 'setUpFinished', 'firstValue'] },
		},
		description: "Calendar days after it, at the same time of day in the account's zone",
	},
	{
		displayName: 'Days Between',
		name: 'gapDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 3,
		displayOptions: { show: { when: ['setUpStalled'] } },
		description: 'Least number of days between two of these',
	},
	{
		displayName: 'At Most',
		name: 'atMost',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 3,
		displayOptions: { show: { when: ['setUpStalled'] } },
		description: 'How many of these an account gets; each names another set-up step',
	},
	{
		displayName: 'Until Day',
		name: 'untilDay',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 14,
		displayOptions: { show: { when: ['setUpStalled'] } },
		description: 'None from this day of the journey on',
	},
	{
		displayName: 'Only While',
		name: 'onlyWhile',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always' },
			{ name: 'Set-Up Is Unfinished', value: 'setUpUnfinished' },
			{ name: 'Set-Up Is Finished', value: 'setUpFinished' },
		],
		default: 'always',
		description: 'Checked again right before the touch',
	},
	{
		displayName: 'Conditions',
		name: 'conditions',
		type: 'filter',
		default: {},
		typeOptions: { filter: { caseSensitive: false, typeValidation: 'loose', version: 2 } },
		description: 'Only for accounts that meet these; drag fields in',
	},
	{
		displayName: 'More',
		name: 'more',
		type: 'collection',
		placeholder: 'Add rule',
		default: {},
		options: [
			{
				displayName: 'At Once',
				name: 'atOnce',
				type: 'boolean',
				default: false,
				description:
					'Whether it answers something the customer just did: it then leaves outside sending hours and caps, but counts for them',
			},
			{
				displayName: 'Attempts',
				name: 'attempts',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
				default: 3,
				description:
					'How often it is handed out again when nobody confirms it; then a human is asked',
			},
			{
				displayName: 'Days Apart',
				name: 'apartDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description:
					'Least days between two of these when an account goes through the journey again; 0 for none',
			},
			{
				displayName: 'Getting Started',
				name: 'gettingStarted',
				type: 'boolean',
				default: false,
				description:
					'Whether it is about getting started: people who have finished set-up themselves never get it',
			},
			{
				displayName: 'Stale After Days',
				name: 'staleAfterDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'Not sent when it could not go within this many days; 0 for never stale',
			},
		],
	},
];

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
		displayName: 'Journey ID',
		name: 'journeyId',
		type: 'string',
		noDataExpression: true,
		default: 'onboarding',
		required: true,
		placeholder: 'e.g. onboarding',
		description:
			'Under which the journey is remembered. One node decides for a journey; a second one with the same ID is refused.',
	},
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
		displayName: 'Test Recipient',
		name: 'testRecipient',
		type: 'string',
		default: '',
		placeholder: 'e.g. you@example.com',
		description:
			'In a run from the editor everything goes to this address and to no customer. Empty: such a run decides but emits nothing.',
	},
	{
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
	},
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
		default: { step: ONBOARDING_STEPS.map(rowOf) },
		description:
			'What may happen to an account on its way. Steps may be added, moved, renamed or deleted at any time.',
		options: [{ displayName: 'Step', name: 'step', values: stepFields }],
	},
	ledgerProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Closes At',
				name: 'closesAt',
				type: 'string',
				default: '17:00',
				placeholder: 'e.g. 17:00',
				description: 'When sending hours end in the contact’s zone',
			},
			{
				displayName: 'E-Mail Cap Hours',
				name: 'capHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description:
					'At most one automated e-mail per address in this many hours, across all journeys',
			},
			{
				displayName: 'End After Days',
				name: 'endAfterDays',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 90,
				description: 'When the journey gives up waiting for first value',
			},
			{
				displayName: 'Enroll Within Days',
				name: 'enrollWithinDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 14,
				description:
					'Customers who began earlier than this before the journey first ran are left alone',
			},
			{
				displayName: 'Lease Minutes',
				name: 'leaseMinutes',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description:
					'A touch that nobody confirmed within this time is handed out again under the same key. Longer than a batch takes to send.',
			},
			nowOption,
			{
				displayName: 'Opens At',
				name: 'opensAt',
				type: 'string',
				default: '09:00',
				placeholder: 'e.g. 09:00',
				description: 'When sending hours begin in the contact’s zone',
			},
			{
				displayName: 'Programme Time Zone',
				name: 'timezone',
				type: 'string',
				default: '',
				placeholder: 'e.g. Europe/Berlin',
				description: 'For accounts without a zone of their own. Empty: the workflow’s zone.',
			},
			{
				displayName: 'Sending Days',
				name: 'sendingDays',
				type: 'multiOptions',
				options: [
					{ name: 'Monday', value: 1 },
					{ name: 'Tuesday', value: 2 },
					{ name: 'Wednesday', value: 3 },
					{ name: 'Thursday', value: 4 },
					{ name: 'Friday', value: 5 },
					{ name: 'Saturday', value: 6 },
					{ name: 'Sunday', value: 7 },
				],
				default: [1, 2, 3, 4, 5],
				description: 'Days on which automated e-mail may leave',
			},
			{
				displayName: 'Take Over Journey',
				name: 'takeOver',
				type: 'boolean',
				default: false,
				description:
					'Whether this node continues a journey that another flow ran so far, such as an earlier import of the same template. Unpublish that one first.',
			},
			{
				displayName: 'Test Runs',
				name: 'testRuns',
				type: 'options',
				options: [
					{
						name: 'Start Afresh',
						value: 'fresh',
						description: 'Each run from the editor forgets the ones before',
					},
					{
						name: 'Continue',
						value: 'continue',
						description:
							'Runs from the editor remember each other, to walk through a journey with Now',
					},
				],
				default: 'fresh',
				description:
					'What runs from the editor remember. Neither ever touches customers or their history.',
			},
			{
				displayName: 'Touches per Run',
				name: 'touchesPerRun',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 200,
				description:
					'How many touches one execution claims at most; the next execution takes up the rest',
			},
		],
	},
];
