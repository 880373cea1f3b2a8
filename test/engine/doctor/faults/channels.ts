import { add, node, rewire, rewrite, set, wire, type File } from '../change';
import { ONBOARDING, RENEWAL, TRIAGE, type Fault } from './fault';

const N8N = 'n8n-nodes-base.';
type Parameters = Record<string, unknown>;

const post = (url: string, jsonBody: string): Parameters => ({
	method: 'POST',
	url,
	sendBody: true,
	specifyBody: 'json',
	jsonBody,
});
const rows = (...named: readonly (readonly [string, string])[]): Parameters => ({
	parameters: named.map(([name, value]) => ({ name, value })),
});

/** A node that writes to whomever the items name: what it is called, its type and its parameters. */
const SENDERS: readonly (readonly [string, string, Parameters])[] = [
	['Send Email to the admin', 'emailSend', { toEmail: '={{ $json.admin }}', subject: 'Hello' }],
	['Gmail', 'gmail', { sendTo: "={{ $('Your accounts').item.json.billing }}" }],
	['Gmail to the first of all', 'gmail', { sendTo: '={{ $input.all()[0].json.billing }}' }],
	['Outlook', 'microsoftOutlook', { toRecipients: '={{ $json.primaryUser }}' }],
	['AWS SES', 'awsSes', { toAddresses: ['={{ $json.primaryUser }}'] }],
	['SendGrid', 'sendGrid', { resource: 'mail', toEmail: '={{ $json.primaryUser }}' }],
	['Brevo', 'sendInBlue', { receipients: '={{ $json.primaryUser }}' }],
	['Mandrill', 'mandrill', { operation: 'sendHtml', toEmail: '={{ $json.primaryUser }}' }],
	['Mailjet', 'mailjet', { toEmail: '={{ $json.primaryUser }}' }],
	['Mailgun', 'mailgun', { toEmail: '={{ $json.primaryUser }}' }],
	['Mailchimp to the whole list', 'mailchimp', { resource: 'campaign', operation: 'send' }],
	['Twilio', 'twilio', { to: '={{ $json.phone }}', message: 'Hello' }],
	['Vonage', 'vonage', { to: '={{ $json.phone }}', message: 'Hello' }],
	['MessageBird', 'messageBird', { recipients: '={{ $json.phone }}', message: 'Hello' }],
	['Plivo', 'plivo', { to: '={{ $json.phone }}', message: 'Hello' }],
	['Telegram', 'telegram', { chatId: '={{ $json.telegramId }}', text: 'Hello' }],
	['WhatsApp', 'whatsApp', { operation: 'send', recipientPhoneNumber: '={{ $json.phone }}' }],
	[
		'Mautic to a segment',
		'mautic',
		{ resource: 'segmentEmail', operation: 'send', segmentEmailId: '7' },
	],
	[
		'Mautic to a contact',
		'mautic',
		{ resource: 'contact', operation: 'sendEmail', contactId: '={{ $json.mauticId }}' },
	],
	['Customer.io', 'customerIo', { resource: 'event', customerId: '={{ $json.accountId }}' }],
	[
		'Slack to the contact',
		'slack',
		{ select: 'user', user: { mode: 'username', value: '={{ $json.contacts[0].slack }}' } },
	],
	[
		'Teams chat with the customer',
		'microsoftTeams',
		{ resource: 'chatMessage', chatId: { mode: 'id', value: '={{ $json.customerChat }}' } },
	],
	[
		'Slack webhook of the customer',
		'httpRequest',
		post('={{ $json.customerSlackWebhook }}', '={{ JSON.stringify({ text: "Hello" }) }}'),
	],
	[
		'HubSpot single-send',
		'httpRequest',
		post(
			'https://api.hubapi.com/marketing/v4/email/single-send',
			'={{ JSON.stringify({ emailId: 7, message: { to: $json.admin } }) }}',
		),
	],
	[
		'Intercom',
		'httpRequest',
		post(
			'https://api.intercom.io/messages',
			"={{ JSON.stringify({ from: { type: 'admin', id: '0' }, to: { type: 'user', id: $json.intercomId } }) }}",
		),
	],
	[
		'Brevo by request',
		'httpRequest',
		post('https://api.brevo.com/v3/smtp/email', '={"to": [{"email": "{{ $json.primaryUser }}"}]}'),
	],
	[
		'Mandrill by request',
		'httpRequest',
		post(
			'https://mandrillapp.com/api/1.0/messages/send',
			'={{ { message: { to: [{ email: $json.primaryUser }] } } }}',
		),
	],
	[
		'SendGrid by request',
		'httpRequest',
		post(
			'https://api.sendgrid.com/v3/mail/send',
			"={{ { personalizations: [{ to: [{ email: $json.primaryUser }] }], from: { email: 'a@example.com' } } }}",
		),
	],
	[
		'Postmark',
		'httpRequest',
		post('https://api.postmarkapp.com/email', '={"From":"a@example.com","To":"{{ $json.admin }}"}'),
	],
	[
		'Mailgun by request',
		'httpRequest',
		{
			method: 'POST',
			url: 'https://api.mailgun.net/v3/mg.example.com/messages',
			contentType: 'form-urlencoded',
			bodyParameters: rows(['from', 'a@example.com'], ['to', '={{ $json.primaryUser }}']),
		},
	],
	[
		'Twilio by request',
		'httpRequest',
		{
			method: 'POST',
			url: 'https://api.twilio.com/2010-04-01/Accounts/AC0/Messages.json',
			bodyParameters: rows(['From', '+15005550006'], ['To', '={{ $json.phone }}']),
		},
	],
	[
		'Customer.io track',
		'httpRequest',
		post(
			'=https://track.customer.io/api/v1/customers/{{ $json.accountId }}/events',
			'{"name":"hello"}',
		),
	],
	[
		'Customer.io transactional',
		'httpRequest',
		post(
			'https://api.customer.io/v1/send/email',
			'={{ { transactional_message_id: 3, to: $json.primaryUser } }}',
		),
	],
	[
		'a request of an old version',
		'httpRequest',
		{
			requestMethod: 'POST',
			url: 'https://api.resend.com/emails',
			bodyParametersJson: '={"to":"{{ $json.primaryUser }}"}',
		},
	],
];

const continues = { onError: 'continueRegularOutput' };

const unclaimed = SENDERS.map(([name, kind, parameters]): Fault => ({
	fault: `${name}, past the journey`,
	file: RENEWAL,
	breakIt: (file) => {
		add(file, { name, type: N8N + kind, parameters, ...continues });
		wire(file, 'Health score', 0, name);
	},
	rule: 'send-not-claimed',
	at: name,
}));

/** Another way to send what is due at an output, in the place of n8n's Send Email. */
function instead(file: File, type: string, parameters: Parameters): void {
	const mail = node(file, 'Or: n8n Send Email');
	mail.type = N8N + type;
	mail.parameters = parameters;
	rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
}

/** Written into the field that names the address of the touch. */
const BESIDE: readonly (readonly [string, string])[] = [
	['a contact, in one expression', "={{ $json.journey.to + ',' + $json.contacts[1].email }}"],
	[
		'a contact, in an expression of its own',
		'={{ $json.journey.to }}, {{ $json.contacts[0].email }}',
	],
	['somebody whose field says nothing of mail', '={{ $json.journey.to }}, {{ $json.sponsor }}'],
	['somebody by name', '={{ $json.sponsor }}, {{ $json.name }} <{{ $json.journey.to }}>'],
	['an address for all', '={{ $json.journey.to }}, archive@example.com'],
	['an address of the settings', "={{ [$json.journey.to, $vars.archive].join(',') }}"],
	[
		'all contacts',
		"={{ [$json.journey.to, ...$json.contacts.map((one) => one.email)].join(',') }}",
	],
];

const copies: readonly Fault[] = BESIDE.flatMap(([whom, to]) =>
	[
		['Gmail', 'gmail', { sendTo: to }] as const,
		[
			'Postmark',
			'httpRequest',
			post('https://api.postmarkapp.com/email', `={"To": "${to.slice(1).replaceAll('"', "'")}"}`),
		] as const,
	].map(([name, type, parameters]) => ({
		fault: `${name} writes to the address of the touch, with a copy to ${whom}`,
		file: ONBOARDING,
		breakIt: (file: File) => instead(file, type, parameters),
		rule: 'other-address',
		at: 'Or: n8n Send Email',
	})),
);

const elsewhere: readonly Fault[] = [
	{
		fault: 'Gmail to an address that a Set node takes from the first account, past the journey',
		file: RENEWAL,
		breakIt: (file) => {
			const value = '={{ $json.billing }}';
			const parameters = { assignments: { assignments: [{ name: 'digestTo', value }] } };
			add(file, { name: 'Settings', type: `${N8N}set`, parameters });
			const to = { sendTo: "={{ $('Settings').first().json.digestTo }}" };
			add(file, { name: 'Gmail', type: `${N8N}gmail`, parameters: to, ...continues });
			wire(file, 'Health score', 0, 'Gmail');
		},
		rule: 'send-not-claimed',
		at: 'Gmail',
	},
	{
		fault: 'HubSpot writes to whoever pays',
		file: ONBOARDING,
		breakIt: (file) =>
			rewrite(file, 'Or: HubSpot e-mail', 'jsonBody', (text) =>
				text.replace('to: $json.journey.to', 'to: $json.billingEmail'),
			),
		rule: 'other-address',
		at: 'Or: HubSpot e-mail',
	},
	{
		fault: 'HubSpot writes to one address for all',
		file: ONBOARDING,
		breakIt: (file) =>
			rewrite(file, 'Or: HubSpot e-mail', 'jsonBody', (text) =>
				text.replace('to: $json.journey.to', "to: 'someone@example.com'"),
			),
		rule: 'other-address',
		at: 'Or: HubSpot e-mail',
	},
	{
		fault: 'Customer.io tells the account instead of the person',
		file: ONBOARDING,
		breakIt: (file) => set(file, 'Or: Customer.io event', ['customerId'], '={{ $json.accountId }}'),
		rule: 'other-address',
		at: 'Or: Customer.io event',
	},
	{
		fault: 'WhatsApp to a number of the account',
		file: ONBOARDING,
		breakIt: (file) =>
			instead(file, 'whatsApp', { operation: 'send', recipientPhoneNumber: '={{ $json.phone }}' }),
		rule: 'other-address',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'an SMS to a number of the account',
		file: ONBOARDING,
		breakIt: (file) => instead(file, 'twilio', { to: '={{ $json.contacts[0].phone }}' }),
		rule: 'other-address',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'a Telegram message that is never confirmed',
		file: ONBOARDING,
		breakIt: (file) => {
			instead(file, 'telegram', { chatId: '={{ $json.journey.to }}', text: 'Welcome' });
			rewire(file, 'Or: n8n Send Email', 0, 'Confirm what it sent', 'Twenty at a time');
		},
		rule: 'send-not-confirmed',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'Retry On Fail at a Slack message to the team',
		file: TRIAGE,
		breakIt: (file) => (node(file, 'Slack: the queue').retryOnFail = true),
		rule: 'sender-retries',
		at: 'Slack: the queue',
	},
	{
		fault: 'a Slack message to the team that stops the run',
		file: TRIAGE,
		breakIt: (file) => delete node(file, 'Slack: the queue').onError,
		rule: 'sender-stops',
		at: 'Slack: the queue',
	},
	{
		fault: 'a Teams webhook that stops the run',
		file: TRIAGE,
		breakIt: (file) => {
			const parameters = post(
				'https://example.webhook.office.com/x',
				'={{ { text: $json.text } }}',
			);
			const type = `${N8N}httpRequest`;
			add(file, { name: 'Teams', type, parameters });
			wire(file, 'Triage queue', 1, 'Teams');
		},
		rule: 'sender-stops',
		at: 'Teams',
	},
	{
		fault: 'a Teams message with Retry On Fail',
		file: TRIAGE,
		breakIt: (file) => {
			const parameters = { resource: 'channelMessage', channelId: { mode: 'id', value: '19:a' } };
			const type = `${N8N}microsoftTeams`;
			add(file, { name: 'Teams', type, parameters, retryOnFail: true, ...continues });
			wire(file, 'Triage queue', 1, 'Teams');
		},
		rule: 'sender-retries',
		at: 'Teams',
	},
];

export const channels: readonly Fault[] = [...unclaimed, ...copies, ...elsewhere];
