import type { INodeProperties } from 'n8n-workflow';
import type { Preset, PresetRules } from '../../engine/journeys/presets/preset';
import { filterOf, OWN, perPreset } from './presetRows';

/** Conditions on an account as a whole, with those of the preset filled in. */
function conditions(
	displayName: string,
	name: string,
	description: string,
	rulesOf: (preset: Preset) => PresetRules | undefined,
): INodeProperties[] {
	const property: INodeProperties = {
		displayName,
		name,
		type: 'filter',
		default: {},
		typeOptions: { filter: { caseSensitive: false, typeValidation: 'loose', version: 2 } },
		description,
	};
	return perPreset(property, (preset) => {
		const rules = preset === undefined ? undefined : rulesOf(preset);
		// n8n's own shape of an untouched filter is an empty object
		return rules === undefined ? {} : { ...filterOf(rules, name) };
	});
}

/** How an account comes into the journey, again, and out of it. */
export const startProperties: INodeProperties[] = [
	{
		displayName: 'Purpose',
		name: 'journeyType',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { preset: [OWN] } },
		options: [
			{ name: 'Campaign', value: 'campaign' },
			{ name: 'Digest', value: 'digest' },
			{ name: 'Education', value: 'education' },
			{ name: 'Expansion', value: 'expansion' },
			{ name: 'Health Intervention', value: 'intervention' },
			{ name: 'Onboarding', value: 'onboarding' },
			{ name: 'Renewal', value: 'renewal' },
			{ name: 'Survey', value: 'survey' },
		],
		default: 'campaign',
		description:
			'Says who goes first when journeys want to write to the same person: intervention, onboarding, renewal, expansion, survey, education, campaign, digest',
	},
	...perPreset(
		{
			displayName: 'Starts',
			name: 'starts',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Before a Date', value: 'beforeDate' },
				{ name: 'When Conditions Are Met', value: 'conditions' },
				{ name: 'When First Value Is Reached', value: 'firstValue' },
				{ name: 'When the Customer Is Created', value: 'customerCreated' },
			],
			default: 'customerCreated',
			description: 'What begins the journey for an account',
		},
		(preset) => preset?.start.type ?? 'customerCreated',
	),
	{
		displayName: 'Start Date Field',
		name: 'startDateField',
		type: 'string',
		default: 'renewalDate',
		placeholder: 'e.g. renewalDate',
		displayOptions: { show: { starts: ['beforeDate'] } },
		description: 'Where in the account the date stands. Each new date is a journey of its own.',
	},
	...perPreset(
		{
			displayName: 'Months Before',
			name: 'startMonthsBefore',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 0,
			displayOptions: { show: { starts: ['beforeDate'] } },
			description: 'How many calendar months before the date the journey begins',
		},
		(preset) => (preset?.start.type === 'beforeDate' ? (preset.start.months ?? 0) : 0),
	),
	...perPreset(
		{
			displayName: 'Days Before',
			name: 'startDaysBefore',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 90,
			displayOptions: { show: { starts: ['beforeDate'] } },
			description: 'How many days before the date, or before those months, the journey begins',
		},
		(preset) => (preset?.start.type === 'beforeDate' ? preset.start.days : 90),
	),
	...conditions(
		'Enters When',
		'entersWhen',
		'Only accounts that meet these come in; drag fields in. Empty: all.',
		({ enters }) => enters,
	),
	...perPreset(
		{
			displayName: 'Re-Entry',
			name: 'reEntry',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { starts: ['conditions'] } },
			options: [
				{ name: 'Never', value: 'never' },
				{
					name: 'When Conditions Are Met Again',
					value: 'onReMatch',
					description: 'After they were not met for a while',
				},
				{ name: 'After Days', value: 'afterDays', description: 'While the conditions are met' },
				{
					name: 'After Days, per Plan Limit',
					value: 'afterDaysPerLimit',
					description:
						'For each limit in limits.near, counted from when something about it left; another limit counts by itself',
				},
			],
			default: 'never',
			description: 'Whether an account that has been through comes in again',
		},
		(preset) => preset?.reEntry.type ?? 'never',
	),
	...perPreset(
		{
			displayName: 'Re-Entry After Days',
			name: 'reEntryDays',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			displayOptions: {
				show: { starts: ['conditions'], reEntry: ['afterDays', 'afterDaysPerLimit'] },
			},
			default: 90,
			description:
				'Least days between coming in, or what was sent about a limit, and coming in again',
		},
		(preset) => (preset !== undefined && 'days' in preset.reEntry ? preset.reEntry.days : 90),
	),
	{
		displayName: 'At Most Times',
		name: 'reEntryAtMost',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		displayOptions: {
			show: {
				starts: ['conditions'],
				reEntry: ['onReMatch', 'afterDays', 'afterDaysPerLimit'],
			},
		},
		default: 0,
		description: 'How often an account goes through the journey altogether; 0 for no limit',
	},
	...conditions(
		'Goal',
		'goalWhen',
		'Whoever meets these has reached the goal: the journey ends, checked before each touch',
		({ goal }) => goal,
	),
	...conditions(
		'Leaves When',
		'exitWhen',
		'Whoever meets these leaves without having reached the goal, checked before each touch',
		({ exit }) => exit,
	),
];
