import type { INodeProperties } from 'n8n-workflow';
import { KIND_OPTIONS, PRIORITY_OPTIONS } from './routeProperties';

const STRATEGY_OPTIONS = [
	{
		name: 'Account’s Own CSM First',
		value: 'ownCsmFirst',
		description: 'If they have room and are not away; else the least loaded',
	},
	{ name: 'Least Loaded', value: 'leastLoaded', description: 'Whoever has the fewest open cases' },
	{
		name: 'Longest Since Last',
		value: 'longestSinceLast',
		description: 'Whoever has waited longest for a case',
	},
	{ name: 'Round Robin', value: 'roundRobin', description: 'One after the other, as listed' },
];

const personFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Lima',
	},
	{
		displayName: 'E-Mail',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@example.com',
	},
	{
		displayName: 'Pools',
		name: 'pools',
		type: 'string',
		default: 'csm',
		placeholder: 'e.g. csm, emea',
		description: 'Separated by commas; rules choose among the people of a pool',
	},
	{
		displayName: 'Most Cases',
		name: 'mostCases',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description: 'Open at the same time; 0 is any number',
	},
	{
		displayName: 'Most ARR',
		name: 'mostArr',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Of the accounts of open cases, in the currency below; 0 is any amount',
	},
	{
		displayName: 'Calendar',
		name: 'calendar',
		type: 'string',
		default: '',
		placeholder: 'e.g. New York',
		description: 'Name of one of the calendars below; empty is the first',
	},
	{
		displayName: 'Away',
		name: 'away',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-24 to 2027-01-02, 2027-02-15',
		description: 'Days out of office, both ends included, separated by commas',
	},
];

const people: INodeProperties = {
	displayName: 'People',
	name: 'people',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Person',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.name }} · {{ $collection.item.value.pools }}',
		},
	},
	default: {},
	displayOptions: {
		show: { operation: ['route'], policySource: ['fields'], peopleSource: ['list'] },
	},
	description: 'Who takes cases. Whoever is away or full is passed over.',
	options: [
		{
			displayName: 'Person',
			name: 'person',
			values: personFields,
		},
	],
};

const ruleFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Large accounts in Europe',
	},
	{
		displayName: 'When',
		name: 'when',
		type: 'collection',
		placeholder: 'Add condition',
		default: {},
		description: 'All of these must hold; without any the rule fits everything',
		options: [
			{
				displayName: 'ARR From',
				name: 'arrFrom',
				type: 'number',
				default: 0,
				description: 'The figure itself is included',
			},
			{
				displayName: 'ARR To',
				name: 'arrTo',
				type: 'number',
				default: 0,
				description: 'The figure itself is included',
			},
			{
				displayName: 'Kinds',
				name: 'kinds',
				type: 'multiOptions',
				options: KIND_OPTIONS,
				default: [],
			},
			{
				displayName: 'Languages',
				name: 'languages',
				type: 'string',
				default: '',
				placeholder: 'e.g. de, fr',
				description: 'Any of these, separated by commas',
			},
			{
				displayName: 'Products',
				name: 'products',
				type: 'string',
				default: '',
				placeholder: 'e.g. analytics, core',
				description: 'Any of these, separated by commas',
			},
			{
				displayName: 'Reason Codes',
				name: 'reasons',
				type: 'string',
				default: '',
				placeholder: 'e.g. cancellation_requested, usage_fell',
				description: 'Any of these, separated by commas',
			},
			{
				displayName: 'Regions',
				name: 'regions',
				type: 'string',
				default: '',
				placeholder: 'e.g. EMEA',
				description: 'Any of these, separated by commas',
			},
			{
				displayName: 'Tiers',
				name: 'tiers',
				type: 'string',
				default: '',
				placeholder: 'e.g. Pooled, highTouch',
				description: 'Name or ID as Tier Gate gives it, any of these, separated by commas',
			},
		],
	},
	{
		displayName: 'Pools',
		name: 'pools',
		type: 'string',
		default: '',
		placeholder: 'e.g. emea, csm',
		description: 'Tried in this order, separated by commas',
	},
	{
		displayName: 'Strategy',
		name: 'strategy',
		type: 'options',
		options: STRATEGY_OPTIONS,
		default: 'leastLoaded',
		description: 'Who of a pool, among those who work now, have room and are not away',
	},
	{
		displayName: 'Priority',
		name: 'priority',
		type: 'options',
		options: [{ name: 'As Known', value: '' }, ...PRIORITY_OPTIONS],
		default: '',
		description: 'Instead of what the account’s facts say; what is urgent stays urgent',
	},
];

const rules: INodeProperties = {
	displayName: 'Rules',
	name: 'rules',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add Rule',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		fixedCollection: {
			itemTitle: '={{ $collection.item.value.name }} → {{ $collection.item.value.pools }}',
		},
	},
	default: { rule: [{ name: 'Everything', when: {}, pools: 'csm', strategy: 'ownCsmFirst' }] },
	displayOptions: { show: { operation: ['route'], policySource: ['fields'] } },
	description: 'The first rule that fits decides; what fits none goes to the fallback owner',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: ruleFields,
		},
	],
};

const route = { show: { operation: ['route'] } };
const byFields = { show: { operation: ['route'], policySource: ['fields'] } };

/** Who takes what. */
export const teamProperties: INodeProperties[] = [
	{
		displayName: 'Policy',
		name: 'policySource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Enter Below', value: 'fields' },
			{ name: 'JSON', value: 'json', description: 'The whole policy, as the docs describe it' },
		],
		default: 'fields',
		displayOptions: route,
		description: 'Who takes which case, and by when',
	},
	{
		displayName: 'Policy (JSON)',
		name: 'policy',
		type: 'json',
		typeOptions: { rows: 8 },
		default: '',
		required: true,
		displayOptions: { show: { operation: ['route'], policySource: ['json'] } },
		description: 'Read once per execution, from the first item',
	},
	{
		displayName: 'Fallback Owner',
		name: 'fallbackName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Sam Okafor, head of customer success',
		displayOptions: byFields,
		description: 'Who has what nobody else can take, so that there is never nobody',
	},
	{
		displayName: 'Fallback E-Mail',
		name: 'fallbackEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. sam@example.com',
		displayOptions: byFields,
	},
	{
		displayName: 'People From',
		name: 'peopleSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'List', value: 'list' },
			{
				name: 'JSON',
				value: 'json',
				description: 'Such as the rows of a sheet or a data table, by an expression',
			},
		],
		default: 'list',
		displayOptions: byFields,
	},
	people,
	{
		displayName: 'People (JSON)',
		name: 'peopleJson',
		type: 'json',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: "e.g. {{ $('Team').all().map((row) => row.json) }}",
		displayOptions: {
			show: { operation: ['route'], policySource: ['fields'], peopleSource: ['json'] },
		},
		description:
			'A list of rows with name, email, pools, mostCases, mostArr, calendar and away, as in the list; read once per execution',
	},
	rules,
];
