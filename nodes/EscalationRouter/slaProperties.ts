import type { INodeProperties } from 'n8n-workflow';
import { KIND_OPTIONS, PRIORITY_OPTIONS } from './routeProperties';

const byFields = { show: { operation: ['route'], policySource: ['fields'] } };

/** Units of a target, and the clock by which it runs. */
const UNIT_OPTIONS = [
	{ name: 'Business Days', value: 'businessDays' },
	{ name: 'Business Hours', value: 'businessHours' },
	{ name: 'Business Minutes', value: 'businessMinutes' },
	{ name: 'Hours by the Clock', value: 'hours' },
	{ name: 'Minutes by the Clock', value: 'minutes' },
];

const day = (displayName: string, name: string, hours: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: hours,
	placeholder: 'e.g. 09:00-12:30, 13:30-17:00',
	description: 'Shifts, separated by commas; empty is a day off',
});

const HOURS = '09:00-17:00';

const calendars: INodeProperties = {
	displayName: 'Calendars',
	name: 'calendars',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Calendar',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.name }} · {{ $collection.item.value.zone }}',
		},
	},
	default: {
		calendar: [
			{
				name: 'Team',
				zone: '',
				mon: HOURS,
				tue: HOURS,
				wed: HOURS,
				thu: HOURS,
				fri: HOURS,
				sat: '',
				sun: '',
				holidays: '',
			},
		],
	},
	displayOptions: byFields,
	description:
		'When people work. The clocks of a case run in the working hours of its owner; the first calendar is everybody’s who names none.',
	options: [
		{
			displayName: 'Calendar',
			name: 'calendar',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. New York',
				},
				{
					displayName: 'Time Zone',
					name: 'zone',
					type: 'string',
					default: '',
					placeholder: 'e.g. America/New_York',
					description: 'Empty is the workflow’s',
				},
				day('Monday', 'mon', HOURS),
				day('Tuesday', 'tue', HOURS),
				day('Wednesday', 'wed', HOURS),
				day('Thursday', 'thu', HOURS),
				day('Friday', 'fri', HOURS),
				day('Saturday', 'sat', ''),
				day('Sunday', 'sun', ''),
				{
					displayName: 'Holidays',
					name: 'holidays',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-12-25, 2026-12-26, 2027-01-01',
					description: 'Local dates without work, separated by commas',
				},
			],
		},
	],
};

const targetFields: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		options: KIND_OPTIONS,
		default: 'escalation',
	},
	{
		displayName: 'Priority',
		name: 'priority',
		type: 'options',
		options: [{ name: 'Any', value: '' }, ...PRIORITY_OPTIONS],
		default: '',
	},
	{
		displayName: 'Measure',
		name: 'measure',
		type: 'options',
		options: [
			{ name: 'Acknowledged', value: 'acknowledge', description: 'The owner has seen it' },
			{
				name: 'First Human Touch',
				value: 'touch',
				description: 'A person spoke to the customer',
			},
			{ name: 'Resolved', value: 'resolve' },
		],
		default: 'resolve',
	},
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 4,
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		options: UNIT_OPTIONS,
		default: 'businessHours',
	},
];

const targets: INodeProperties = {
	displayName: 'Targets',
	name: 'targets',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Target',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle:
				'={{ $collection.item.value.kind }} {{ $collection.item.value.priority }} · {{ $collection.item.value.measure }} · {{ $collection.item.value.amount }} {{ $collection.item.value.unit }}',
		},
	},
	default: {
		target: [
			{ kind: 'alert', priority: '', measure: 'acknowledge', amount: 1, unit: 'businessDays' },
			{
				kind: 'alert',
				priority: 'urgent',
				measure: 'acknowledge',
				amount: 4,
				unit: 'businessHours',
			},
			{
				kind: 'escalation',
				priority: '',
				measure: 'acknowledge',
				amount: 4,
				unit: 'businessHours',
			},
			{ kind: 'escalation', priority: '', measure: 'touch', amount: 4, unit: 'businessHours' },
			{ kind: 'alert', priority: '', measure: 'resolve', amount: 5, unit: 'businessDays' },
			{ kind: 'escalation', priority: '', measure: 'resolve', amount: 5, unit: 'businessDays' },
		],
	},
	displayOptions: byFields,
	description: 'By when. Of the rows of a kind and measure, that of the priority decides.',
	options: [
		{
			displayName: 'Target',
			name: 'target',
			values: targetFields,
		},
	],
};

const levelFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Maria Weber, team lead',
	},
	{
		displayName: 'E-Mail',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. maria@example.com',
	},
	{
		displayName: 'After',
		name: 'after',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Counted from the level before, the first from the missed target; 0 is at once',
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		options: UNIT_OPTIONS,
		default: 'businessHours',
	},
	{
		displayName: 'Times',
		name: 'times',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 20, numberPrecision: 0 },
		default: 1,
		description: 'How often they are told, until somebody acknowledges',
	},
	{
		displayName: 'Every',
		name: 'every',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 4,
		description: 'Between two times, in business hours',
	},
];

const levels: INodeProperties = {
	displayName: 'Levels',
	name: 'levels',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Level',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle:
				'={{ $collection.item.value.name }} · after {{ $collection.item.value.after }} {{ $collection.item.value.unit }}',
		},
	},
	default: {},
	displayOptions: byFields,
	description:
		'Who is told next when nobody acknowledges in time. The case stays with its owner; an acknowledgement stops it.',
	options: [
		{
			displayName: 'Level',
			name: 'level',
			values: levelFields,
		},
	],
};

/** By when, and who is told when it is not. */
export const slaProperties: INodeProperties[] = [calendars, targets, levels];
