import type { INodeProperties } from 'n8n-workflow';

const ANSWERS = ['acknowledge', 'handBack', 'reassign', 'recordTouch', 'resolve', 'wait'];
const answers = { show: { operation: ANSWERS } };

export const OUTCOME_OPTIONS = [
	{ name: 'Customer Left', value: 'customerLeft' },
	{ name: 'False Alarm', value: 'falseAlarm' },
	{ name: 'No Answer', value: 'noAnswer' },
	{ name: 'Other', value: 'other' },
	{ name: 'Resolved', value: 'resolved' },
];

/** What people say of a case, and the queue they read. */
export const answerProperties: INodeProperties[] = [
	{
		displayName: 'Find Case By',
		name: 'findBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Account ID', value: 'account', description: 'Its open case' },
			{ name: 'Case Number', value: 'case' },
		],
		default: 'account',
		displayOptions: answers,
	},
	{
		displayName: 'Account ID Field',
		name: 'accountField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'accountId',
		displayOptions: { show: { operation: ANSWERS, findBy: ['account'] } },
	},
	{
		displayName: 'Case Number Field',
		name: 'caseField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'escalation.case',
		displayOptions: { show: { operation: ANSWERS, findBy: ['case'] } },
	},
	{
		displayName: 'By Field',
		name: 'byField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'by',
		displayOptions: answers,
		description: 'Field that holds who did it; without a value it is the case’s owner',
	},
	{
		displayName: 'New Owner E-Mail',
		name: 'newOwnerEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. ana@example.com',
		displayOptions: { show: { operation: ['reassign'] } },
		description:
			'Who has the case from now on, among the people of Route or not; may differ by item',
	},
	{
		displayName: 'New Owner Name',
		name: 'newOwnerName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Lima',
		displayOptions: { show: { operation: ['reassign'] } },
		description: 'Empty is the address',
	},
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: OUTCOME_OPTIONS,
		default: 'resolved',
		displayOptions: { show: { operation: ['resolve'] } },
	},
	{
		displayName: 'Do',
		name: 'waitAction',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Wait', value: 'wait', description: 'The clocks stand still' },
			{ name: 'Go On', value: 'goOn', description: 'The customer answered' },
		],
		default: 'wait',
		displayOptions: { show: { operation: ['wait'] } },
	},
	{
		displayName: 'Only if Stable',
		name: 'onlyIfStable',
		type: 'boolean',
		default: true,
		displayOptions: { show: { operation: ['handBack'] } },
		description:
			'Whether an account goes back only once its case is resolved and its health was good for 14 days in a row, as Health Score counts them before this node',
	},
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'string',
		default: '',
		placeholder: 'e.g. ana@example.com',
		displayOptions: { show: { operation: ['listOpen'] } },
		description: 'E-mail address of one owner; empty lists everybody’s',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		displayOptions: { show: { operation: ['listOpen'] } },
		description: 'Max number of results to return',
	},
];
