import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';
import { ledgerProperty } from '../platform/openLedger';
import { BAND_OPTIONS, STAGE_OPTIONS } from './choices';

const displayOptions = { show: { operation: ['gateMotion'] } };

export const gateProperties: INodeProperties[] = [
	{
		displayName: 'Motion',
		name: 'motion',
		type: 'string',
		default: 'onboarding',
		required: true,
		placeholder: 'e.g. onboarding',
		displayOptions,
		description: 'The journey or campaign this gate stands before, for the explanations',
	},
	{
		displayName:
			'Excluded, paused and churned accounts, and those where this cannot be read, are held, unless a Customer Journey follows (Options).',
		name: 'alwaysHeld',
		type: 'notice',
		default: '',
		displayOptions,
	},
	{
		displayName: 'Tiers',
		name: 'tiers',
		type: 'multiOptions',
		options: [
			{ name: 'Digital', value: 'digital' },
			{ name: 'Digital + Quarterly Touchpoint', value: 'hybrid' },
			{ name: 'High-Touch', value: 'highTouch' },
			{ name: 'Human-Led', value: 'human' },
			{ name: 'Named CSM', value: 'namedCsm' },
			{ name: 'Pooled', value: 'pooled' },
			{ name: 'Tech-Touch', value: 'techTouch' },
		],
		default: [],
		displayOptions,
		description: 'Only accounts of these tiers pass; none chosen lets all tiers pass',
	},
	{
		displayName: 'Other Tiers',
		name: 'otherTiers',
		type: 'string',
		default: '',
		placeholder: 'e.g. Mid Touch',
		displayOptions,
		description: 'Tiers of your own rules that may pass too, separated by commas',
	},
	{
		displayName: 'Health Bands',
		name: 'bands',
		type: 'multiOptions',
		options: BAND_OPTIONS,
		default: [],
		displayOptions,
		description: 'Only accounts in these bands pass; none chosen lets all pass',
	},
	{
		displayName: 'Lifecycle Stages',
		name: 'stages',
		type: 'multiOptions',
		options: STAGE_OPTIONS.filter(({ value }) => value !== 'churned'),
		default: [],
		displayOptions,
		description: 'Only accounts in these stages pass; none chosen lets all pass',
	},
	{
		displayName: 'Minimum Coverage (%)',
		name: 'minimumCoverage',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 0,
		displayOptions,
		description: 'How much of the health model must have had data; 0 asks for no score',
	},
	{
		displayName: 'Reachable Contact Required',
		name: 'reachableContact',
		type: 'boolean',
		default: false,
		displayOptions,
		description: 'Whether somebody at the account must be active, not bounced and not unsubscribed',
	},
	{
		displayName: 'Consent Required',
		name: 'consentRequired',
		type: 'boolean',
		default: false,
		displayOptions,
		description:
			'Whether somebody who can be reached must have agreed to be written to (field marketingConsent, or another under Options)',
	},
	{
		displayName: 'Remember for Journeys',
		name: 'rememberForJourneys',
		type: 'string',
		default: '',
		placeholder: 'e.g. onboarding',
		displayOptions,
		description:
			'Journey IDs behind this gate, separated by commas. Live runs then note whom it holds, so that Journey Ledger → Look Up can say why an account got nothing; empty notes nothing.',
	},
	{
		...ledgerProperty,
		displayOptions: { ...displayOptions, hide: { rememberForJourneys: [''] } },
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
				displayName: 'Consent Date Field',
				name: 'consentDateField',
				type: 'string',
				default: 'marketingConsentAt',
				placeholder: 'e.g. marketingConsentAt',
				description: 'When consent was given, beside the field that says yes or no',
			},
			{
				displayName: 'Consent Field',
				name: 'consentField',
				type: 'string',
				default: 'marketingConsent',
				placeholder: 'e.g. marketingConsent',
				description: 'Says yes or no for each contact, else for the whole account',
			},
			{
				displayName: 'Consent Valid for Days',
				name: 'consentValidDays',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'How old a consent may be, which then needs a date; 0 lets it count until it is taken back',
			},
			{
				displayName: 'Customer Journey Follows',
				name: 'journeyFollows',
				type: 'boolean',
				default: false,
				description:
					'Whether excluded, paused and churned accounts pass, because a Customer Journey right behind holds them back itself and ends the journeys of those that left',
			},
			{
				displayName: 'Look Again After Hours',
				name: 'lookAgainAfterHours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 24,
				description: 'When a held account may have changed; scores change daily',
			},
			nowOption,
		],
	},
];
