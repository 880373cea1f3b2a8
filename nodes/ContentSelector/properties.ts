import type { INodeProperties } from 'n8n-workflow';
import { compareProperties } from './compareProperties';
import { ledgerProperty } from '../platform/openLedger';
import { optionsProperty } from './optionProperties';
import { selectProperties } from './selectProperties';

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Collect Batch',
			value: 'collectBatch',
			description: 'Keeps the answers of batches that are done, so that Select finds them',
			action: 'Collect batches of answers',
		},
		{
			name: 'Compare Variants',
			value: 'compareVariants',
			description: 'Tells whether a variant is better, once it can be told',
			action: 'Compare the variants of an experiment',
		},
		{
			name: 'Evaluate',
			value: 'evaluate',
			description: 'Scores the rules or a model against 60 labelled profiles',
			action: 'Evaluate who chooses',
		},
		{
			name: 'Review Catalogue',
			value: 'reviewCatalogue',
			description: 'Lists what is stale, expired or not readable, with its owner',
			action: 'Review the catalogue',
		},
		{
			name: 'Select',
			value: 'select',
			description: 'Picks the next most relevant content for each account',
			action: 'Select content for accounts',
		},
		{
			name: 'Submit Batch',
			value: 'submitBatch',
			description: 'Asks Claude for many accounts beforehand, at half the price',
			action: 'Submit a batch of questions',
		},
	],
	default: 'select',
};

export const properties: INodeProperties[] = [
	operation,
	...selectProperties,
	...compareProperties,
	ledgerProperty,
	optionsProperty,
];
