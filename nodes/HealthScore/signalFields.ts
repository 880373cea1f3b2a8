import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { curveFields } from './curveFields';
import { DEFAULT_LAST_KNOWN_DAYS, DEFAULT_MAX_AGE_DAYS } from './signalRows';

/** What it may count for that a signal has no value. */
const policies: INodePropertyOptions[] = [
	{
		name: 'Last Known',
		value: 'lastKnown',
		description: 'What memory last knew, unless that is too old; else it is left out',
	},
	{ name: 'Leave Out', value: 'leaveOut', description: 'The other signals decide' },
	{ name: 'Neutral', value: 'neutral', description: 'Half of the points' },
	{ name: 'No Score', value: 'fail', description: 'The account gets no score, and the reason' },
	{ name: 'Worst', value: 'worst', description: 'No points: absence is bad news' },
];

/** What may be added to a signal; most need none of it. */
const moreFields: INodeProperties[] = [
	{
		displayName: 'As Of',
		name: 'asOf',
		type: 'string',
		default: '',
		requiresDataPath: 'single',
		placeholder: 'e.g. usage.asOf',
		description: 'Field that says when the value was taken',
	},
	{
		displayName: 'As Of: Too Old After Days',
		name: 'maxAgeDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_MAX_AGE_DAYS,
		description: 'From how many days on a value is stale',
	},
	{
		displayName: 'Divide By',
		name: 'of',
		type: 'string',
		default: '',
		requiresDataPath: 'single',
		placeholder: 'e.g. licences.bought',
		description: 'Makes the signal a share: 35 used of 50 bought is 0.7',
	},
	{
		displayName: 'Divide By: At Least',
		name: 'ofAtLeast',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		description: 'Below this the share says too little and counts as missing',
	},
	{
		displayName: 'Group',
		name: 'group',
		type: 'string',
		default: '',
		placeholder: 'e.g. sentiment',
		description: 'Signals of one kind share a group',
	},
	{
		displayName: 'Highest Possible Value',
		name: 'max',
		type: 'number',
		default: 100,
		description: 'Anything above is a mistake in the data',
	},
	{
		displayName: 'ID',
		name: 'id',
		type: 'string',
		default: '',
		placeholder: 'e.g. nps',
		description:
			'The name of the signal in contributions and reasons. Empty: made from the label. Keep it once scores are stored.',
	},
	{
		displayName: 'If Impossible',
		name: 'invalid',
		type: 'options',
		options: policies,
		default: 'leaveOut',
		description: 'What a value means that cannot be, such as a text where a number belongs',
	},
	{
		displayName: 'If Too Old',
		name: 'stale',
		type: 'options',
		options: policies,
		default: 'leaveOut',
		description: 'What a value means whose As Of is too long ago',
	},
	{
		displayName: 'Last Known: At Most Days Old',
		name: 'lastKnownDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_LAST_KNOWN_DAYS,
		description: 'How old a last known value may be',
	},
	{
		displayName: 'Lowest Possible Value',
		name: 'min',
		type: 'number',
		default: 0,
		description: 'Anything below is a mistake in the data',
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'string',
		default: '',
		placeholder: 'e.g. open ticket | open tickets | resolved',
		description:
			'What the field counts, in the plural: weekly users. Or one, many, and what happens to one that goes.',
	},
];

export const signalFields: INodeProperties[] = [
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		placeholder: 'e.g. NPS',
		description: 'What the signal is called in every explanation',
	},
	{
		displayName: 'Weight',
		name: 'weight',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'How much it counts beside the others; weights need not add up to 100',
	},
	{
		displayName: 'Field',
		name: 'field',
		type: 'string',
		default: '',
		requiresDataPath: 'single',
		placeholder: 'e.g. sentiment.nps',
		description: 'Where the value is in the item; drag the field in',
		hint: 'Drag a field from the input here',
	},
	...curveFields,
	{
		displayName: 'If Missing',
		name: 'missing',
		type: 'options',
		options: policies,
		default: 'leaveOut',
		description: 'What an absent value means',
	},
	{
		displayName: 'More',
		name: 'more',
		type: 'collection',
		placeholder: 'Add setting',
		default: {},
		options: moreFields,
	},
];
