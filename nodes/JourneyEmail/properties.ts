import type { INodeProperties } from 'n8n-workflow';
import { ledgerProperty } from '../platform/openLedger';
import { nowOption } from '../platform/now';

const EXAMPLE = `<p>Hello {{ contact.name | default: "there" }},</p>
<p>welcome to your new account{% if account.plan %} on the {{ account.plan }} plan{% endif %}.</p>
{% if journey.setup.next %}
<p>Your next step: <a href="{{ journey.setup.next.url }}">{{ journey.setup.next.title }}</a></p>
{% endif %}
`;

export const properties: INodeProperties[] = [
	{
		displayName:
			'Text is Liquid: {{ contact.name | default: "there" }}, {% if account.plan %} … {% endif %}. Variables: account, contact, journey, content, escalation. A mail that uses an empty variable without a default is held.',
		name: 'liquidNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'From Email',
		name: 'fromEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. success@example.com',
		description: 'The address customers see as the sender, without a name',
	},
	{
		displayName: 'From Name',
		name: 'fromName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Nathan at Example',
		description: 'The name customers see as the sender',
	},
	{
		displayName: 'Reply To',
		name: 'replyTo',
		type: 'string',
		default: '',
		placeholder: 'e.g. support@example.com',
		description: 'Where replies go, if not to the sender',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: 'Welcome, {{ contact.name | default: account.name }}',
		required: true,
		description: 'The subject line, in Liquid',
	},
	{
		displayName: 'Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 12 },
		default: EXAMPLE,
		description: 'The mail in HTML and Liquid; values are escaped unless you add the filter raw',
	},
	{
		displayName: 'Plain Text',
		name: 'plainText',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		description: 'The mail without HTML, in Liquid. Leave empty to have it made from the message.',
	},
	ledgerProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Content Owner',
				name: 'contentOwner',
				type: 'string',
				default: '',
				placeholder: 'e.g. content@example.com',
				description:
					'Who is told by ops-content-review when nobody has looked at this mail for too long',
			},
			{
				displayName: 'Fate Unknown',
				name: 'fateUnknown',
				type: 'options',
				options: [
					{
						name: 'Hold for a Human',
						value: 'hold',
						description: 'Nobody gets a mail twice; one may not have arrived',
					},
					{
						name: 'Send Again Under the Same Message-ID',
						value: 'sendAgain',
						description:
							'Everybody gets the mail; mail systems that ignore the Message-ID show it twice',
					},
				],
				default: 'hold',
				description:
					'What happens to a mail that was being sent when the connection or n8n itself died, so that nobody knows whether it arrived',
			},
			{
				displayName: 'Ignore SSL Issues (Insecure)',
				name: 'allowUnauthorizedCerts',
				type: 'boolean',
				default: false,
				description: 'Whether to connect even if SSL certificate validation is not possible',
			},
			{
				displayName: 'Link Address',
				name: 'linkAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://n8n.example.com/webhook/digital-cs/link',
				description:
					'Where links of the mails are answered: the production address of the webhook in the workflow ops-unsubscribe. Gives every mail to a customer one-click unsubscribing, and templates the variable unsubscribeUrl.',
			},
			{
				displayName: 'Liquid in Expressions',
				name: 'liquidInExpressions',
				type: 'boolean',
				default: false,
				description:
					'Whether what an n8n expression gives is a template. Switch on only where expressions give templates you wrote, never what customers wrote.',
			},
			{
				displayName: 'Mails per Minute',
				name: 'mailsPerMinute',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'At most so many, evenly spread; 0 is no limit. What does not fit before its lease ends is handed out again later.',
			},
			nowOption,
			{
				displayName: 'Product Version',
				name: 'productVersion',
				type: 'string',
				default: '',
				placeholder: 'e.g. 5.2',
				description: 'The version of your product that this mail was checked against',
			},
			{
				displayName: 'Reviewed At',
				name: 'reviewedAt',
				type: 'string',
				default: '',
				placeholder: 'e.g. 2026-03-01',
				description:
					'When somebody last read this mail and found it true. It is handed on in delivery, and ops-content-review asks again after 180 days.',
			},
			{
				displayName: 'Tag Reply Address',
				name: 'tagReplyAddress',
				type: 'boolean',
				default: false,
				description:
					'Whether replies go to success+…@example.com, so that they are matched even where a mail program leaves the references out. Your mail server has to deliver such addresses.',
			},
			{
				displayName: 'Track Clicks',
				name: 'trackClicks',
				type: 'boolean',
				default: false,
				description:
					'Whether links of the HTML message lead over Link Address, so that clicks are known. A link with clicktracking="off" stays as it is.',
			},
			{
				displayName: 'Unsubscribe URL',
				name: 'unsubscribeUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/unsubscribe?k={{ journey.key | url_encode }}',
				description:
					'Where a recipient unsubscribes, in Liquid: an https address (mail programs then offer one click) or a mailto address. Templates may use it as unsubscribeUrl. Goes before Link Address.',
			},
		],
	},
];
