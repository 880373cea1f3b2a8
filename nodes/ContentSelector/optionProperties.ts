import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';

const number = (
	displayName: string,
	name: string,
	value: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: value,
	description,
});

/** Alphabetical, as n8n shows them; the present last. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		number(
			'Ask Again After (Hours)',
			'retryHours',
			24,
			'When there is nothing to send, the touch of a journey is looked at again after so long',
		),
		number('Budget per Execution ($)', 'runBudget', 1, 'No call beyond it; 0 is no limit'),
		number(
			'Budget per Month ($)',
			'monthBudget',
			20,
			'Of all executions on this ledger, by UTC months; 0 is no limit',
		),
		number(
			'Choices',
			'choices',
			8,
			'The best so many by the rules are what the model chooses from',
		),
		{
			displayName: 'Fallback Languages',
			name: 'fallbackLanguages',
			type: 'string',
			default: 'en',
			placeholder: 'e.g. en, de',
			description: 'For those in whose language there is nothing; in this order',
		},
		number('Keep Answers for Days', 'memoDays', 30, 'Accounts that ask the same share one answer'),
		number(
			'Most Minutes',
			'deadlineMinutes',
			10,
			'After so long no model is asked any more in this execution, and the rules choose',
		),
		number('Most of a Kind', 'mostPerKind', 2, 'Within the days below; 0 is any number'),
		number('Most of a Kind Within Days', 'kindDays', 60, 'Local days'),
		number(
			'Not Again Within Days',
			'windowDays',
			180,
			'The same content to the same contact; 0 is never again',
		),
		{
			displayName: 'Prices',
			name: 'prices',
			type: 'json',
			default: '',
			description:
				'US dollars per million tokens, in place of the dated list of this package (see the docs)',
		},
		number('Seconds per Call', 'callSeconds', 30, 'Then the rules choose for whoever waited'),
		nowOption,
	],
};
