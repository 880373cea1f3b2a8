import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';
import { moneyOptions } from './moneyOptions';

const displayOptions = { show: { operation: ['peerBenchmarks'] } };

/** What the canonical account holds of a closed week; the first one says whether the product was used at all. */
const FIGURES = [
	{ label: 'actions', field: 'usage.events', previousField: 'usage.previousEvents' },
	{ label: 'active people', field: 'usage.activeUsers', previousField: '' },
	{ label: 'features in use', field: 'usage.featuresUsed.length', previousField: '' },
];

/** A field that can be dragged in. */
function path(property: Omit<INodeProperties, 'type' | 'default'>): INodeProperties {
	return { ...property, type: 'string', default: '', requiresDataPath: 'single' };
}

/** What Peer Benchmarks asks for. */
export const peerProperties: INodeProperties[] = [
	{
		displayName:
			'Give this node all accounts, before any gate: whoever is held back is a peer all the same.',
		name: 'allAccounts',
		type: 'notice',
		default: '',
		displayOptions,
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Month', value: 'month' },
			{ name: 'Quarter', value: 'quarter' },
			{ name: 'Week', value: 'week', description: 'ISO weeks, Monday to Sunday' },
		],
		default: 'week',
		displayOptions,
		description:
			'What the figures are about: the last one that is over, in the workflow’s time zone',
	},
	{
		displayName: 'Figures',
		name: 'figures',
		type: 'fixedCollection',
		placeholder: 'Add Figure',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: { itemTitle: '={{ $collection.item.value.label }}' },
		},
		default: { figure: FIGURES },
		displayOptions,
		description: 'What is compared. The first one says whether the product was used at all.',
		options: [
			{
				displayName: 'Figure',
				name: 'figure',
				values: [
					path({
						displayName: 'Field',
						name: 'field',
						placeholder: 'e.g. usage.events',
						description: 'Where in the account the figure of the closed period stands',
					}),
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						placeholder: 'e.g. actions',
						description: 'What is counted, as customers read it',
					},
					path({
						displayName: 'Previous Field',
						name: 'previousField',
						placeholder: 'e.g. usage.previousEvents',
						description: 'The same of the period before; empty where nobody keeps it',
					}),
				],
			},
		],
	},
	{
		displayName: 'Size By',
		name: 'sizeBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'ARR', value: 'arr' },
			{ name: 'Another Field', value: 'field' },
			{ name: 'Seats', value: 'seats', description: 'Licenses that were bought' },
		],
		default: 'seats',
		displayOptions,
		description: 'What makes teams similar besides their plan',
	},
	path({
		displayName: 'Size Field',
		name: 'sizeField',
		placeholder: 'e.g. employees',
		displayOptions: { show: { ...displayOptions.show, sizeBy: ['field'] } },
		description: 'Where in the account its size stands',
	}),
	...[
		{ sizeBy: 'seats', limits: '10, 50, 200' },
		{ sizeBy: 'arr', limits: '10000, 50000' },
		{ sizeBy: 'field', limits: '' },
	].map(({ sizeBy, limits }): INodeProperties => ({
		displayName: 'Size Limits',
		name: 'sizeLimits',
		type: 'string',
		default: limits,
		placeholder: 'e.g. 10, 50, 200',
		displayOptions: { show: { ...displayOptions.show, sizeBy: [sizeBy] } },
		description: 'Where the next size begins, rising: 10, 50 makes under 10, 10 to 49, 50 and more',
	})),
	{
		displayName: 'Least Peers',
		name: 'leastPeers',
		type: 'number',
		typeOptions: { minValue: 5, numberPrecision: 0 },
		default: 10,
		displayOptions,
		description:
			'How many other teams a comparison needs, so that nobody can be recognized. Fewer of the same plan and size: those of the same plan, else all; fewer than that: no comparison.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'As Of Field',
				name: 'asOfField',
				type: 'string',
				default: 'usage.asOf',
				placeholder: 'e.g. usage.asOf',
				description:
					'When the figures were made. Those from before the period was over are left out; without a date they are taken at their word.',
			},
			...moneyOptions('In which Size Limits of ARR are meant'),
			nowOption,
			{
				displayName: 'Plan Field',
				name: 'planField',
				type: 'string',
				default: 'plan',
				placeholder: 'e.g. plan',
				description: 'What the plan of an account is called',
			},
		],
	},
];
