import type { INodeProperties } from 'n8n-workflow';

/** What operations people do with the ledger by hand or by a form: pause, stop, merge, erase, forget, list. */

type Show = Record<string, string[]>;

function field(
	displayName: string,
	name: string,
	path: string,
	description: string,
	show: Show,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		requiresDataPath: 'single',
		default: path,
		description,
		displayOptions: { show },
	};
}

function choice(
	displayName: string,
	name: string,
	options: { name: string; value: string; description?: string }[],
	usual: string,
	show: Show,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		noDataExpression: true,
		options,
		default: usual,
		displayOptions: { show },
	};
}

const WHOM = [
	{ name: 'Account', value: 'account' },
	{ name: 'Contact', value: 'address', description: 'One person, by e-mail address' },
];
const account = 'Field that holds the account ID';
const address = 'Field that holds the e-mail address';

export const operationsProperties: INodeProperties[] = [
	choice(
		'Do',
		'pauseAction',
		[
			{ name: 'Pause', value: 'pause' },
			{ name: 'Resume', value: 'resume' },
		],
		'pause',
		{ operation: ['pause'] },
	),
	choice('Whom', 'pauseScope', WHOM, 'account', { operation: ['pause'] }),
	field('Account ID Field', 'pauseAccountField', 'accountId', account, {
		operation: ['pause'],
		pauseScope: ['account'],
	}),
	field('Contact Field', 'pauseContactField', 'email', address, {
		operation: ['pause'],
		pauseScope: ['address'],
	}),
	{
		displayName: 'Until',
		name: 'pauseUntil',
		type: 'dateTime',
		default: '',
		description: 'When messages go again. Empty: when somebody resumes them.',
		displayOptions: { show: { operation: ['pause'], pauseAction: ['pause'] } },
	},
	{
		displayName: 'Reason',
		name: 'pauseReason',
		type: 'string',
		default: '',
		placeholder: 'e.g. contract talks',
		description: 'Shown wherever somebody asks why nothing is sent',
		displayOptions: { show: { operation: ['pause'], pauseAction: ['pause'] } },
	},
	choice(
		'Do',
		'stopAction',
		[
			{
				name: 'Stop',
				value: 'stop',
				description: 'Also from the editor: no automated message leaves from now on',
			},
			{ name: 'Resume', value: 'resume' },
		],
		'stop',
		{ operation: ['stopAllSends'] },
	),
	{
		displayName: 'Reason',
		name: 'stopReason',
		type: 'string',
		default: '',
		placeholder: 'e.g. wrong price in the renewal mail',
		description: 'Shown wherever somebody asks why nothing is sent',
		displayOptions: { show: { operation: ['stopAllSends'], stopAction: ['stop'] } },
	},
	field('Survivor Field', 'survivorField', 'accountId', 'Field that holds the account that stays', {
		operation: ['mergeAccounts'],
	}),
	field(
		'Merged Field',
		'mergedField',
		'mergedId',
		'Field that holds the record that was merged into it',
		{ operation: ['mergeAccounts'] },
	),
	field('Contact Field', 'allowContactField', 'email', address, { operation: ['allowAgain'] }),
	choice('Whom', 'eraseScope', WHOM, 'account', { operation: ['eraseAccount'] }),
	field('Account ID Field', 'eraseAccountField', 'accountId', account, {
		operation: ['eraseAccount'],
		eraseScope: ['account'],
	}),
	field('Contact Field', 'eraseContactField', 'email', address, {
		operation: ['eraseAccount'],
		eraseScope: ['address'],
	}),
	{
		displayName: 'Older Than Days',
		name: 'olderThanDays',
		type: 'number',
		typeOptions: { minValue: 120, numberPrecision: 0 },
		default: 730,
		description:
			'Details older than this are removed; at least 120, because rules look back 90 days. Enrollments stay: "once" has no end.',
		displayOptions: { show: { operation: ['forgetOld'] } },
	},
	{
		displayName: 'Journey ID',
		name: 'dueJourneyId',
		type: 'string',
		default: 'onboarding',
		placeholder: 'e.g. onboarding',
		description: 'The journey that is about to decide',
		displayOptions: { show: { operation: ['listDue'] } },
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 5000,
		description: 'How many accounts one execution takes up at most; the next takes the rest',
		displayOptions: { show: { operation: ['listDue'] } },
	},
	{
		displayName: 'Review Days',
		name: 'mailReviewDays',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 180,
		description:
			'A mail has to be looked at again after so many days (Reviewed At of Journey Email); 0 asks for no review',
		displayOptions: { show: { operation: ['reviewMails'] } },
	},
	{
		displayName: 'Sent Within Days',
		name: 'sentWithinDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 30,
		description: 'Only mails that customers got within so many days',
		displayOptions: { show: { operation: ['reviewMails'] } },
	},
	{
		displayName: 'Product Version',
		name: 'mailProductVersion',
		type: 'string',
		default: '',
		placeholder: 'e.g. 5.2',
		description:
			'Of your product today; mails that were checked against an older one are to be looked at. Empty: versions do not matter.',
		displayOptions: { show: { operation: ['reviewMails'] } },
	},
];
