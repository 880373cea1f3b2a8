import type { INodeProperties } from 'n8n-workflow';
import { nowOption } from '../platform/now';
import { ledgerProperty } from '../platform/openLedger';
import { crmProperties } from './crmProperties';
import { operationsProperties } from './operationsProperties';

function eventField(
	displayName: string,
	name: string,
	path: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		requiresDataPath: 'single',
		default: path,
		description,
		displayOptions: { show: { operation: ['recordEvent'] } },
	};
}

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Allow Again',
				value: 'allowAgain',
				description:
					'A person who was silenced gets mails again: an unsubscribe regretted, a bounce mended',
				action: 'Allow a contact again',
			},
			{
				name: 'Confirm CRM Export',
				value: 'confirmCrmExport',
				description: 'After the call to the CRM: reads from its answer which records were written',
				action: 'Confirm an export to the CRM',
			},
			{
				name: 'Confirm Touch',
				value: 'confirmTouch',
				description: 'After another sender than Journey Email: the touch went out',
				action: 'Confirm a touch',
			},
			{
				name: 'Erase Account',
				value: 'eraseAccount',
				description: 'Removes an account, or a person, everywhere, and says what was removed',
				action: 'Erase an account or a person',
			},
			{
				name: 'Export for CRM',
				value: 'exportForCrm',
				description:
					'What the CRM is to show and does not yet: touches, score, tier, case; an item per call',
				action: 'Export for the CRM',
			},
			{
				name: 'Forget Old Records',
				value: 'forgetOld',
				description: 'Retention: removes details older than a number of days',
				action: 'Forget old records',
			},
			{
				name: 'List Due',
				value: 'listDue',
				description: 'The accounts that need a decision, so that only their facts are fetched',
				action: 'List accounts that are due',
			},
			{
				name: 'Look Up',
				value: 'lookUp',
				description: "An account's timeline: what was sent, held and not sent, with the reasons",
				action: 'Look up an account',
			},
			{
				name: 'Merge Accounts',
				value: 'mergeAccounts',
				description: 'Two records are one customer: the survivor inherits everything',
				action: 'Merge accounts',
			},
			{
				name: 'Open Link',
				value: 'openLink',
				description:
					'Behind a webhook: what somebody clicked in a mail of Journey Email, or asked to unsubscribe',
				action: 'Open a link of a mail',
			},
			{
				name: 'Pause',
				value: 'pause',
				description:
					'No automated message to an account or a contact, until a date or until resumed',
				action: 'Pause or resume an account or contact',
			},
			{
				name: 'Read Mail',
				value: 'readMail',
				description:
					"Behind n8n's Email Trigger (IMAP): finds the touch that a reply or a bounce answers, and records it",
				action: 'Read replies and bounces',
			},
			{
				name: 'Record Event',
				value: 'recordEvent',
				description: 'Something a customer or a system did; the same event twice counts once',
				action: 'Record an event',
			},
			{
				name: 'Review Mails',
				value: 'reviewMails',
				description:
					'The mails of journeys that customers got lately, and which of them nobody has looked at for too long',
				action: 'Review the mails of journeys',
			},
			{
				name: 'Stop All Sends',
				value: 'stopAllSends',
				description: 'One switch for all automated messages of all journeys',
				action: 'Stop or resume all sends',
			},
		],
		default: 'confirmTouch',
	},
	{
		displayName: 'Events Field',
		name: 'listField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. body',
		description:
			'Field that holds the event, or a list of events, such as the body of a webhook. Each becomes an item of its own. Empty: the item is the event.',
		displayOptions: { show: { operation: ['recordEvent'] } },
	},
	eventField(
		'Event ID Field',
		'idField',
		'id',
		"Field that holds the sender's own ID of the event, by which a repeat is known",
	),
	eventField(
		'Event Type Field',
		'typeField',
		'type',
		'Field that holds what happened, such as customer_created, set_up_step_completed or first_value_reached',
	),
	eventField(
		'Account ID Field',
		'accountField',
		'accountId',
		'Field that holds the account it happened to',
	),
	eventField(
		'Occurred At Field',
		'timeField',
		'occurredAt',
		'Field that holds when it happened, as ISO date-time; the present where it is empty',
	),
	eventField(
		'Set-Up Step Field',
		'stepField',
		'step',
		'Field that holds the set-up step, for set_up_step_completed',
	),
	eventField(
		'Contact Field',
		'contactField',
		'contact',
		'Field that holds the e-mail address of the person who did it, if known',
	),
	{
		displayName: 'Account ID Field',
		name: 'lookUpField',
		type: 'string',
		requiresDataPath: 'single',
		default: 'accountId',
		description:
			'Field that holds the account to look up, or an e-mail address: the account about which the last mail went there. An address or event ID also shows what was recorded of no account.',
		displayOptions: { show: { operation: ['lookUp'] } },
	},
	{
		displayName: 'Journey ID',
		name: 'journeyId',
		type: 'string',
		default: '',
		placeholder: 'e.g. onboarding',
		description: 'The journey whose timeline is shown. Empty: all of them.',
		displayOptions: { show: { operation: ['lookUp'] } },
	},
	{
		displayName: 'Company Name',
		name: 'companyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Inc',
		description: 'Named on the unsubscribe page',
		displayOptions: { show: { operation: ['openLink'] } },
	},
	...crmProperties,
	...operationsProperties,
	ledgerProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [nowOption],
	},
];
