import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';
import { answerProperties } from './answerProperties';
import { optionProperties } from './optionProperties';
import { routeProperties } from './routeProperties';
import { slaProperties } from './slaProperties';
import { teamProperties } from './teamProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Acknowledge',
				value: 'acknowledge',
				description: 'Somebody looks after the case: the next levels are not told',
				action: 'Acknowledge cases',
			},
			{
				name: 'Check Deadlines',
				value: 'checkDeadlines',
				description: 'Remind where time runs out, and tell the next level where it has run out',
				action: 'Check the deadlines of open cases',
			},
			{
				name: 'Hand Back',
				value: 'handBack',
				description: 'Return accounts that are stable again to their digital tier',
				action: 'Hand accounts back to digital',
			},
			{
				name: 'List Open',
				value: 'listOpen',
				description: 'The triage queue: least time left first, then most money at risk',
				action: 'List open cases',
			},
			{
				name: 'Open Link',
				value: 'openLink',
				description: 'Answer the links in notices: a page that asks, and a button that acts',
				action: 'Open links of notices',
			},
			{
				name: 'Reassign',
				value: 'reassign',
				description: 'Give an open case to somebody else, who is told; its deadlines stay',
				action: 'Reassign cases',
			},
			{
				name: 'Record Human Touch',
				value: 'recordTouch',
				description:
					'A person spoke to the customer, which is what the time to intervention measures',
				action: 'Record a human touch',
			},
			{
				name: 'Resolve',
				value: 'resolve',
				description: 'The case is over: automated messages of the account go on',
				action: 'Resolve cases',
			},
			{
				name: 'Route',
				value: 'route',
				description: 'Give what needs a person to a named owner, one case per account',
				action: 'Route accounts to an owner',
			},
			{
				name: 'Wait for Customer',
				value: 'wait',
				description: 'Stop the clocks while the customer is to answer, or start them again',
				action: 'Wait for the customer',
			},
		],
		default: 'route',
	},
	...routeProperties,
	...teamProperties,
	...slaProperties,
	...answerProperties,
	ledgerProperty,
	...optionProperties,
];
