import type { INodeProperties } from 'n8n-workflow';
import { BAND_OPTIONS, STAGE_OPTIONS } from './choices';

const forPolicies = (...policy: string[]): INodeProperties['displayOptions'] => ({
	show: { operation: ['assignTier'], policy },
});

const conditions: INodeProperties[] = [
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
		description: 'The figure itself is included; where two rules meet the upper one decides',
	},
	{
		displayName: 'Complexity',
		name: 'complexity',
		type: 'options',
		options: [
			{ name: 'Simple', value: 'simple' },
			{ name: 'Complex', value: 'complex' },
		],
		default: 'simple',
	},
	{
		displayName: 'Health Bands',
		name: 'bands',
		type: 'multiOptions',
		options: BAND_OPTIONS,
		default: [],
		description: 'What Health Score found; put it before this node',
	},
	{
		displayName: 'Lifecycle Stages',
		name: 'stages',
		type: 'multiOptions',
		options: STAGE_OPTIONS,
		default: [],
	},
	{
		displayName: 'Open Opportunity',
		name: 'openOpportunity',
		type: 'boolean',
		default: true,
		description: 'Whether there must be an open sales opportunity, or must be none',
	},
	{
		displayName: 'Plans',
		name: 'plans',
		type: 'string',
		default: '',
		placeholder: 'e.g. starter, pro',
		description: 'Any of these, separated by commas',
	},
	{
		displayName: 'Segments',
		name: 'segments',
		type: 'string',
		default: '',
		placeholder: 'e.g. smb, mid-market',
		description: 'Any of these, separated by commas',
	},
	{
		displayName: 'Strategic',
		name: 'strategic',
		type: 'boolean',
		default: true,
		description: 'Whether the account must be a strategic logo, or must not be one',
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
			itemTitle: '={{ $collection.item.value.output }} · {{ $collection.item.value.name }}',
		},
	},
	default: {
		rule: [
			{ name: 'High-Touch', output: 3, when: { strategic: true } },
			{ name: 'High-Touch', output: 3, when: { arrFrom: 75000 } },
			{ name: 'Pooled', output: 2, when: { arrFrom: 10000 } },
			{ name: 'Tech-Touch', output: 1, when: {} },
		],
	},
	displayOptions: forPolicies('own'),
	description:
		'The first rule that fits decides. Rules may be added, moved or deleted: no wire moves.',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Tier Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Pooled',
					description: 'Several rules may lead to the same tier',
				},
				{
					displayName: 'Output',
					name: 'output',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
					default: 0,
					description:
						"The number of the tier's output, its own for life; several tiers may share one",
				},
				{
					displayName: 'When',
					name: 'when',
					type: 'collection',
					placeholder: 'Add condition',
					default: {},
					options: conditions,
					description: 'All of these must hold; without any the rule fits every account',
				},
			],
		},
	],
};

const tierOrder: INodeProperties = {
	displayName: 'Tiers, Most Human Time First',
	name: 'tierOrder',
	type: 'string',
	default: '',
	placeholder: 'e.g. High-Touch, Pooled, Tech-Touch',
	displayOptions: forPolicies('own'),
	description:
		'All tiers of the rules, separated by commas. Empty is the order in which the rules first name them.',
};

const humanOnboarding: INodeProperties = {
	displayName: 'Human-Led Onboarding',
	name: 'humanOnboarding',
	type: 'boolean',
	default: false,
	description:
		"Whether everybody's onboarding is led by a person; that of a complex product until it is established",
};

export const assignProperties: INodeProperties[] = [
	{
		displayName: 'Policy',
		name: 'policy',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'By Package',
				value: 'byPackage',
				description: 'Plan or segment decides: SMB digital, mid-market and enterprise human',
			},
			{
				name: 'Cost to Serve',
				value: 'costToServe',
				description:
					'Under 5,000 digital, to 15,000 with a quarterly touchpoint, above a named CSM',
			},
			{
				name: 'Coverage Economics',
				value: 'coverageEconomics',
				description: 'Under 10,000 tech-touch, then pooled, high-touch above 50,000–100,000',
			},
			{
				name: 'Digital First',
				value: 'digitalFirst',
				description: 'Digital below a threshold; then complexity, health and stage decide',
			},
			{ name: 'Own Rules', value: 'own', description: 'A list to edit' },
		],
		default: 'coverageEconomics',
		displayOptions: { show: { operation: ['assignTier'] } },
		description: 'Which accounts get how much human time',
	},
	{
		displayName: 'High-Touch Above',
		name: 'highTouchAbove',
		type: 'number',
		typeOptions: { minValue: 50000, maxValue: 100000 },
		default: 75000,
		displayOptions: forPolicies('coverageEconomics'),
		description: 'ARR above this is high-touch; the figure itself is still pooled',
	},
	{
		displayName: 'Self-Serve Plans',
		name: 'selfServePlans',
		type: 'string',
		default: '',
		placeholder: 'e.g. free, starter',
		displayOptions: forPolicies('coverageEconomics'),
		description: 'Plans that are tech-touch up to the high-touch point, separated by commas',
	},
	{
		displayName: 'Digital Under',
		name: 'digitalUnder',
		type: 'number',
		typeOptions: { minValue: 10000, maxValue: 25000 },
		default: 25000,
		displayOptions: forPolicies('digitalFirst'),
		description: 'ARR under this is digital, but for strategic accounts and human-led onboarding',
	},
	{
		displayName: 'Digital Packages',
		name: 'digitalPackages',
		type: 'string',
		default: 'smb',
		placeholder: 'e.g. smb, starter',
		displayOptions: forPolicies('byPackage'),
		description: 'Plans or segments that are served digitally, separated by commas',
	},
	{
		displayName: 'Human Packages',
		name: 'humanPackages',
		type: 'string',
		default: 'mid-market, enterprise',
		placeholder: 'e.g. mid-market, enterprise',
		displayOptions: forPolicies('byPackage'),
		description: 'Plans or segments that get a person, separated by commas',
	},
	rules,
	tierOrder,
	{
		...humanOnboarding,
		displayOptions: forPolicies('byPackage', 'costToServe', 'coverageEconomics'),
	},
	// on where the preset's own source asks for it
	{ ...humanOnboarding, default: true, displayOptions: forPolicies('digitalFirst') },
];
