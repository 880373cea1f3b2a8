import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';

/** The Options collection: what few people change. */
export const options: INodeProperties[] = [
	{
		displayName: 'At Go-Live',
		name: 'atGoLive',
		type: 'options',
		options: [
			{
				name: 'List Once',
				value: 'baseline',
				description: 'What already holds is listed on the first output and not triggered',
			},
			{ name: 'Enroll', value: 'enroll', description: 'Whoever fits comes in; use a ramp' },
		],
		default: 'baseline',
		description:
			'What happens to accounts that meet the conditions of the journey, or of a step, when it first runs',
	},
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
		description: 'At most one automated e-mail per address in this many hours, across all journeys',
	},
	{
		displayName: 'End After Days',
		name: 'endAfterDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 90,
		description: 'When an episode ends, whatever was reached; 0 for never',
	},
	{
		displayName: 'Ends at First Value',
		name: 'endsAtFirstValue',
		type: 'boolean',
		default: true,
		description: 'Whether first value is the goal and ends the journey',
	},
	{
		displayName: 'Engagement Is Reported',
		name: 'engagementReported',
		type: 'boolean',
		default: false,
		description:
			'Whether clicks and replies come back as events (Record Event). Otherwise engagement is unknown, which is never taken for none.',
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
		displayName: 'Hold Mass Triggers',
		name: 'holdMassTriggers',
		type: 'boolean',
		default: true,
		description:
			'Whether nothing begins or is raised by health or usage while more than 20 % of the accounts would trigger at once, or usage data are older than 48 hours. Switch off for a run to let through what you have checked.',
	},
	{
		displayName: 'Hold-Out Percent',
		name: 'holdOutPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 50 },
		default: 0,
		description:
			'Share of the accounts that get none of the marketing messages, to measure what these achieve. Never for service messages, onboarding or renewal.',
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
	{
		displayName: 'Marketing Cap Days',
		name: 'marketingDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 7,
		description: 'Marketing needs this many days without any automated e-mail to the address',
	},
	{
		displayName: 'Moment After Case (Days)',
		name: 'momentAfterCase',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 7,
		description:
			'How long after a ticket or case was closed journey.moment is caseClosed, the moment to ask how it goes',
	},
	{
		displayName: 'Moment After First Value (Days)',
		name: 'momentAfterFirstValue',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 30,
		description: 'How long after first value journey.moment is firstValue',
	},
	{
		displayName: 'Moment Lasts (Days)',
		name: 'momentDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 14,
		description: 'For how long journey.moment names a moment once it has come',
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
		displayName: 'Ramp Days',
		name: 'rampDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 14,
		description: 'For how many days after the journey first ran Ramp per Day holds',
	},
	{
		displayName: 'Ramp per Day',
		name: 'rampPerDay',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 50,
		description:
			'At most this many messages to customers a day at first; 0 for no ramp. Without this option Education and Expansion have a ramp of 50, Renewal one of 100, the other presets none.',
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
				description: 'Runs from the editor remember each other, to walk through a journey with Now',
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
];
