import type { INodeProperties } from 'n8n-workflow';

/** The fields of one step, as a row of the list. */
export const stepFields: INodeProperties[] = [
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
				name: 'Community Answers Accepted',
				value: 'answersAccepted',
				description: 'Of one person, so many in so many days; the message goes to that person',
			},
			{
				name: 'Community Question Unanswered',
				value: 'questionUnanswered',
				description: 'Somebody of the account asked, and nobody has answered for so many hours',
			},
			{
				name: 'Customer Asks for a Human',
				value: 'helpWanted',
				description: 'A reply, a request, a cancellation or a ticket of the highest severity',
			},
			{ name: 'Days After a Date', value: 'daysAfterDate' },
			{ name: 'Days After Another Step', value: 'daysAfterStep' },
			{
				name: 'Days After First Message',
				value: 'daysAfterFirstMessage',
				description: 'The first message of the episode that was sent, in any channel',
			},
			{ name: 'Days After Start', value: 'daysAfterStart' },
			{ name: 'Days Before a Date', value: 'daysBeforeDate' },
			{
				name: 'Every so Many Days',
				value: 'everyDays',
				description: 'The first on day 0, each next one counted from the last that went',
			},
			{ name: 'First Value Reached', value: 'firstValue' },
			{
				name: 'No Engagement',
				value: 'noEngagement',
				description:
					'Nobody clicked, replied or booked for so many days; only where that is reported',
			},
			{
				name: 'Nobody Can Be Reached',
				value: 'unreachable',
				description: 'Another step found no contact it may write to',
			},
			{ name: 'Set-Up Finished', value: 'setUpFinished' },
			{ name: 'Set-Up Stalled', value: 'setUpStalled' },
			{
				name: 'When Conditions Are Met',
				value: 'conditionsMet',
				description: 'As soon as the conditions below hold, once',
			},
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
			show: {
				when: [
					'daysAfterStart',
					'daysAfterStep',
					'daysAfterFirstMessage',
					'daysBeforeDate',
					'daysAfterDate',
					'everyDays',
					'noEngagement',
					'setUpStalled',
					'setUpFinished',
					'firstValue',
					'answersAccepted',
				],
			},
		},
		description:
			"Calendar days in the account's zone: after it at the same time of day, before it from midnight on",
	},
	{
		displayName: 'Answers',
		name: 'answers',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		displayOptions: { show: { when: ['answersAccepted'] } },
		description: 'How many answers of one person have to be accepted within these days',
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		displayOptions: { show: { when: ['questionUnanswered'] } },
		description: 'For how many hours nobody has answered',
	},
	{
		displayName: 'Months',
		name: 'months',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		displayOptions: { show: { when: ['daysBeforeDate', 'daysAfterDate'] } },
		description: 'Calendar months before or after the date; the days come on top',
	},
	{
		displayName: 'After Step',
		name: 'afterStep',
		type: 'string',
		default: '',
		placeholder: 'e.g. welcome',
		displayOptions: { show: { when: ['daysAfterStep'] } },
		description: 'The Step ID of the step that has to be sent first',
	},
	{
		displayName: 'Date Field',
		name: 'dateField',
		type: 'string',
		default: 'renewalDate',
		placeholder: 'e.g. renewalDate',
		displayOptions: { show: { when: ['daysBeforeDate', 'daysAfterDate'] } },
		description: 'Where in the account the date stands. What is not sent yet moves with the date.',
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
		description:
			'Only for accounts that meet these; drag fields in. Where an account stands is found under journey, such as journey.day or journey.engagement.',
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
				displayName: 'Kind',
				name: 'kind',
				type: 'options',
				options: [
					{
						name: 'Service',
						value: 'service',
						description: 'Needs 24 hours without an automated e-mail to the address',
					},
					{
						name: 'Marketing',
						value: 'marketing',
						description: 'Needs 7 days without one as well',
					},
					{
						name: 'Digest',
						value: 'digest',
						description: 'Subscribed to: the 7 days of others do not see it',
					},
				],
				default: 'service',
				description:
					'What the message counts as. Without it, education, expansion, surveys and campaigns are marketing, all else is service.',
			},
			{
				displayName: 'Silences',
				name: 'silences',
				type: 'options',
				options: [
					{ name: 'Every Journey', value: 'everything' },
					{
						name: 'This Journey Only',
						value: 'thisJourney',
						description: 'As a hand-over to sales does',
					},
				],
				default: 'everything',
				description: 'Whose automated messages stop while a human has the account',
			},
			{
				displayName: 'Stale After Days',
				name: 'staleAfterDays',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'Not sent when it could not go within this many days; 0 for never stale',
			},
			{
				displayName: 'Variants',
				name: 'variants',
				type: 'fixedCollection',
				placeholder: 'Add Variant',
				typeOptions: { multipleValues: true },
				default: {},
				description:
					'Versions of the message. Each account gets one for good; journey.variant says which.',
				options: [
					{
						displayName: 'Variant',
						name: 'variant',
						values: [
							{
								displayName: 'Name',
								name: 'name',
								type: 'string',
								default: '',
								placeholder: 'e.g. short',
							},
							{
								displayName: 'Weight',
								name: 'weight',
								type: 'number',
								typeOptions: { minValue: 0 },
								default: 1,
								description: 'Its share, compared with the weights of the others',
							},
						],
					},
				],
			},
		],
	},
];
