import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';

const grossMargin: INodeProperties = {
	displayName: 'Gross Margin (%)',
	name: 'grossMargin',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 2 },
	default: 100,
	description: 'Enter yours to take the budget from gross profit instead of ARR',
};

/** The Options of Assign Tier and of Cost to Serve. */
export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['assignTier'] } },
		options: [
			{
				displayName: 'Current Tier Field',
				name: 'currentTierField',
				type: 'string',
				default: '',
				placeholder: 'e.g. crmTier',
				description:
					'Where the account says which tier it has so far, by name; its tier then rises at once and falls only at renewal or review',
			},
			{
				displayName: 'Days Around Renewal',
				name: 'daysAroundRenewal',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 30,
				description: 'How many days before and after a renewal a tier may fall',
			},
			grossMargin,
			{
				displayName: 'Health Journeys',
				name: 'healthJourneys',
				type: 'string',
				default: 'intervention',
				placeholder: 'e.g. intervention',
				description: 'Journey IDs whose hand-overs to people elevate, separated by commas',
			},
			{
				displayName: 'Human-Led Tier',
				name: 'humanLedTier',
				type: 'string',
				default: '',
				placeholder: 'e.g. High-Touch',
				description: 'The tier elevated accounts get; empty is the one with the most human time',
			},
			nowOption,
			{
				displayName: 'Review',
				name: 'review',
				type: 'boolean',
				default: false,
				description: 'Whether this is a review, in which tiers may fall whatever the date',
			},
			{
				displayName: 'Stable Days',
				name: 'stableDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 14,
				description:
					'How many days in a row an elevated account must have been well, as Health Score counts them',
			},
			{
				displayName: 'Stable Score',
				name: 'stableScore',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 65,
				description: "What an elevated account's score of today must be at least to go back",
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['costToServe'] } },
		options: [
			{
				displayName: 'Accounts per CSM, From',
				name: 'accountsFrom',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 200,
				description:
					'How many accounts one success manager is to look after at least, over all tiers',
			},
			{
				displayName: 'Accounts per CSM, To',
				name: 'accountsTo',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 500,
				description:
					'How many accounts one success manager is to look after at most, over all tiers',
			},
			grossMargin,
		],
	},
];
