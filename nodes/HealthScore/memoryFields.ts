import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';

const scoring = { operation: ['score'] };
const remembering = { show: { '/operation': ['score'], '/remember': [true] } };

/** Whether and where the node remembers. */
export const memoryFields: INodeProperties[] = [
	{
		displayName: 'Remember',
		name: 'remember',
		type: 'boolean',
		default: true,
		displayOptions: { show: scoring },
		description:
			'Whether to keep scores and values of each day, which gives drops, trends, bands that do not flap, alerts, and own baselines',
	},
	{ ...ledgerProperty, displayOptions: { show: { ...scoring, remember: [true] } } },
];

/** Stand in the Options collection. */
export const accountIdOption: INodeProperties = {
	displayName: 'Account ID Field',
	name: 'accountIdField',
	type: 'string',
	default: 'accountId',
	requiresDataPath: 'single',
	displayOptions: remembering,
	placeholder: 'e.g. accountId',
	description: 'Field with the ID by which an account is remembered',
};

export const holdOption: INodeProperties = {
	displayName: 'Hold Mass Triggers',
	name: 'holdMassTriggers',
	type: 'boolean',
	default: true,
	displayOptions: remembering,
	description:
		'Whether to raise nothing while more than 20 % of the accounts would trigger at once, or usage data are older than 48 hours. Switch off for a run to let through what you have checked.',
};

/** When a band is left upward; the model's own figures where they are not set. */
export const hysteresisOptions: INodeProperties[] = [
	{
		displayName: 'Band Margin',
		name: 'bandMargin',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		description:
			'So far above its threshold a score must be to reach a better band, or to have recovered',
	},
	{
		displayName: 'Band Scores',
		name: 'bandScores',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 84, numberPrecision: 0 },
		default: 2,
		description: 'On so many daily scores in a row',
	},
	{
		displayName: 'Band Settles After',
		name: 'bandSettled',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 84, numberPrecision: 0 },
		default: 7,
		description: 'After so many daily scores in a row the threshold alone is enough',
	},
];

export const modelNameOption: INodeProperties = {
	displayName: 'Model Name',
	name: 'modelName',
	type: 'string',
	default: 'own',
	displayOptions: { show: { '/model': ['own'] } },
	placeholder: 'e.g. enterprise',
	description:
		'Name of Own Signals; nodes of the same name share what is remembered, so give each model a name of its own',
};

export const testRunsOption: INodeProperties = {
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
			description: 'Runs from the editor remember each other, to walk through days with Now',
		},
	],
	default: 'fresh',
	displayOptions: remembering,
	description: 'What runs from the editor remember. Neither ever touches the memory of live runs.',
};
