import type { INodeProperties } from 'n8n-workflow';

const percent = (
	displayName: string,
	name: string,
	value: number,
	curve: string[],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	default: value,
	displayOptions: { show: { curve } },
	description,
});

const CHANGES = ['baseline', 'weekChange'];

/** The curve of a signal, and of the settings only those it has. */
export const curveFields: INodeProperties[] = [
	{
		displayName: 'Curve',
		name: 'curve',
		type: 'options',
		options: [
			{ name: 'Bands', value: 'bands', description: 'Points in steps' },
			{ name: 'Categories', value: 'categories', description: 'Points by word' },
			{ name: 'CSAT', value: 'csat', description: 'Satisfaction, on a scale of 5, 7, 10 or any' },
			{
				name: 'License Use',
				value: 'licenceUse',
				description: 'Seats used of seats bought; set Divide By to the latter',
			},
			{
				name: 'Linear',
				value: 'linear',
				description: 'Points in a straight line between two values, in either direction',
			},
			{ name: 'NPS', value: 'nps', description: 'A score from -100 to 100, or one answer' },
			{
				name: 'Own Baseline',
				value: 'baseline',
				description:
					"Against the account's own mean: of the field in Divide By, else of the days memory knows. A spike earns no more.",
			},
			{ name: 'Recency', value: 'recency', description: 'Points by whole days since a date' },
			{
				name: 'Recency (Half-Life)',
				value: 'halfLife',
				description:
					'All points on the day, half of them after some days, a quarter after twice as many',
			},
			{
				name: 'Week Over Week',
				value: 'weekChange',
				description:
					'The last closed week against the one before: the field in Divide By, else what memory knows',
			},
			{ name: 'Yes or No', value: 'yesNo', description: 'All points or none' },
		],
		default: 'linear',
		description: 'How the value becomes points from 0 to 100',
	},
	{
		displayName: 'From (0 Points)',
		name: 'from',
		type: 'number',
		default: 0,
		displayOptions: { show: { curve: ['linear', 'recency'] } },
		description: 'The value, or the number of days, that earns nothing',
	},
	{
		displayName: 'To (100 Points)',
		name: 'to',
		type: 'number',
		default: 100,
		displayOptions: { show: { curve: ['linear', 'recency'] } },
		description: 'The value, or the number of days, that earns everything; may be the lower one',
	},
	percent('Percent for 0 Points', 'changeFrom', 60, CHANGES, 'The share that earns nothing'),
	percent('Percent for 100 Points', 'changeTo', 100, CHANGES, 'The share that earns everything'),
	percent('Percent for 0 Points', 'useFrom', 20, ['licenceUse'], 'The share that earns nothing'),
	percent('Percent for 100 Points', 'useTo', 80, ['licenceUse'], 'The share that earns everything'),
	{
		displayName: 'Days',
		name: 'baselineDays',
		type: 'number',
		typeOptions: { minValue: 2, maxValue: 84 },
		default: 28,
		displayOptions: { show: { curve: ['baseline'] } },
		description: 'How many days before today are compared with; half of them must be known',
	},
	{
		displayName: 'Week Before at Least',
		name: 'weekAtLeast',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { curve: ['weekChange'] } },
		description: 'With fewer events in the earlier week nothing is compared',
	},
	{
		displayName: 'Field Counts',
		name: 'counts',
		type: 'options',
		options: [
			{ name: 'One Day', value: 'day' },
			{ name: 'The Last Closed Week', value: 'week' },
		],
		default: 'week',
		displayOptions: { show: { curve: ['weekChange'] } },
		description: 'Matters where memory is compared with',
	},
	{
		displayName: 'Days to Half',
		name: 'halfLife',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 14,
		displayOptions: { show: { curve: ['halfLife'] } },
		description: 'After how many days half of the points are left',
	},
	{
		displayName: 'Field Holds',
		name: 'npsScale',
		type: 'options',
		options: [
			{ name: 'A Score From -100 to 100', value: 'score' },
			{ name: 'One Answer From 0 to 10', value: 'answer' },
		],
		default: 'score',
		displayOptions: { show: { curve: ['nps'] } },
		description: 'What kind of NPS it is',
	},
	{
		displayName: 'Best Answer',
		name: 'csatScale',
		type: 'number',
		typeOptions: { minValue: 2 },
		default: 5,
		displayOptions: { show: { curve: ['csat'] } },
		description: 'Where the scale ends: 5, 7, 10 or 100',
	},
	{
		displayName: 'Words',
		name: 'categories',
		type: 'string',
		default: 'high: 100, medium: 50, low: 0',
		placeholder: 'e.g. high: 100, medium: 50, low: 0',
		displayOptions: { show: { curve: ['categories'] } },
		description: 'Points of each word; any other word is a mistake in the data',
	},
	{
		displayName: 'Steps',
		name: 'steps',
		type: 'string',
		default: '0: 100, 1: 60, 3: 0',
		placeholder: 'e.g. 0: 100, 1: 60, 3: 0',
		displayOptions: { show: { curve: ['bands'] } },
		description: 'Points from each value on: from 0 100, from 1 60, from 3 none',
	},
	{
		displayName: 'Good Answer',
		name: 'goodAnswer',
		type: 'options',
		options: [
			{ name: 'Yes', value: 'yes' },
			{ name: 'No', value: 'no' },
		],
		default: 'yes',
		displayOptions: { show: { curve: ['yesNo'] } },
		description: 'The answer that earns all points',
	},
];
