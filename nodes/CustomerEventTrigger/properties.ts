import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';
import { hmacProperties } from './hmacProperties';
import { optionsProperty } from './optionProperties';
import { rulesProperty } from './ruleProperties';

export const properties: INodeProperties[] = [
	{
		displayName: 'Sender',
		name: 'sender',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Customer.io',
				value: 'customerio',
				description: 'Reporting webhooks: delivered, opened, clicked, bounced, unsubscribed',
			},
			{
				name: 'HMAC',
				value: 'hmac',
				description: 'Your own product or script, which signs the body with a secret',
			},
			{ name: 'HubSpot', value: 'hubspot', description: 'Webhooks of an app, signature v3' },
			{ name: 'Intercom', value: 'intercom', description: 'Webhooks of an app' },
			{ name: 'PagerDuty', value: 'pagerduty', description: 'Webhook subscriptions, version 3' },
			{
				name: 'Salesforce',
				value: 'salesforce',
				description: 'Outbound messages, and relays of platform and change events',
			},
			{ name: 'Segment', value: 'segment', description: 'Webhook destinations' },
			{
				name: 'Standard Webhooks',
				value: 'standardWebhooks',
				description: 'Whatever signs by standardwebhooks.com',
			},
			{ name: 'Stripe', value: 'stripe', description: 'Webhook endpoints' },
		],
		default: 'hubspot',
		description: 'Who calls. Each sender gets a trigger of its own, with its own secret.',
	},
	{
		displayName:
			'Salesforce does not sign its messages. Keep the secret in the address: add <code>?secret=…</code> with a line of the credential to the endpoint URL, or have a relay send it as the header <code>X-Digital-CS-Secret</code>.',
		name: 'salesforceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { sender: ['salesforce'] } },
	},
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 00D5g000004cAbcEAE',
		description:
			'Of your Salesforce, under Setup → Company Information; outbound messages of others are refused',
		displayOptions: { show: { sender: ['salesforce'] } },
	},
	...hmacProperties,
	{
		displayName: 'Account ID',
		name: 'accountIds',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'As the Event Says',
				value: 'named',
				description:
					'Only where the event names an account of yours; else map “accountKey” behind this node',
			},
			{
				name: 'The Sender’s Own ID',
				value: 'key',
				description:
					'Your journeys know accounts by the ID they have in this system, such as the HubSpot company ID',
			},
		],
		default: 'named',
		description: 'What your journeys know an account by',
	},
	rulesProperty,
	ledgerProperty,
	optionsProperty,
];
