import { examine } from '../../../engine/doctor/examine';
import { readWorkflow } from '../../n8n/workflows';
import { add, copyOf, insert, node, rewire, set, wire, type File } from './change';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const N8N = 'n8n-nodes-base.';
const continues = { onError: 'continueRegularOutput' };

type Innocent = { what: string; file: string; change: (file: File) => void };

/** A node of its own behind what has looked at all customers. */
const beside =
	(kind: string, parameters: Record<string, unknown>) =>
	(file: File): void => {
		add(file, { name: 'Beside', type: N8N + kind, parameters, ...continues });
		wire(file, 'Health score', 0, 'Beside');
	};
const RENEWAL = 'journey-renewal.json';
const ONBOARDING = 'journey-onboarding.json';

/** What people really build around the journeys, and is fine. */
const INNOCENTS: readonly Innocent[] = [
	{
		what: 'a GET from a service that sends mail',
		file: RENEWAL,
		change: beside('httpRequest', {
			url: '=https://api.sendgrid.com/v3/mail/send/{{ $json.accountId }}',
		}),
	},
	{
		what: 'a contact kept in Brevo',
		file: RENEWAL,
		change: beside('sendInBlue', { resource: 'contact', email: '={{ $json.contacts[0].email }}' }),
	},
	{
		what: 'a list member kept in Mailchimp',
		file: RENEWAL,
		change: beside('mailchimp', { resource: 'member', email: '={{ $json.contacts[0].email }}' }),
	},
	{
		what: 'a draft in Outlook, which somebody looks at',
		file: RENEWAL,
		change: beside('microsoftOutlook', {
			resource: 'draft',
			additionalFields: { toRecipients: '={{ $json.contacts[0].email }}' },
		}),
	},
	{
		what: 'a message to the own team that names the customer',
		file: RENEWAL,
		change: beside('slack', {
			select: 'channel',
			channelId: { mode: 'name', value: '#renewals' },
			text: '={{ $json.name }}: {{ $json.contacts[0].email }}',
		}),
	},
	{
		what: "a message to the owner's own Slack",
		file: RENEWAL,
		change: beside('slack', { select: 'user', user: { value: '={{ $json.owner.slackId }}' } }),
	},
	{
		what: "a team's webhook, told who is red",
		file: RENEWAL,
		change: beside('httpRequest', {
			method: 'POST',
			url: 'https://hooks.slack.com/services/T0/B0/x',
			jsonBody: '={{ JSON.stringify({ text: $json.name + " " + $json.contacts[0].email }) }}',
		}),
	},
	{
		what: 'a mail by request to the team, about a customer',
		file: RENEWAL,
		change: beside('httpRequest', {
			method: 'POST',
			url: 'https://api.postmarkapp.com/email',
			jsonBody:
				'={{ { From: "a@example.com", To: "team@example.com", TextBody: $json.contacts[0].email } }}',
		}),
	},
	{
		what: 'a mail by request to whoever looks after the account',
		file: RENEWAL,
		change: beside('httpRequest', {
			method: 'POST',
			url: 'https://api.sendgrid.com/v3/mail/send',
			jsonBody: '={{ { personalizations: [{ to: [{ email: $json.csm.email }] }] } }}',
		}),
	},
	{
		what: 'a mail to an address of the settings',
		file: RENEWAL,
		change: beside('emailSend', { toEmail: '={{ $vars.opsMail }}', subject: 'Look' }),
	},
	{
		what: 'a search in Intercom',
		file: RENEWAL,
		change: beside('httpRequest', {
			method: 'POST',
			url: 'https://api.intercom.io/contacts/search',
			jsonBody: '={{ { query: { field: "email", value: $json.contacts[0].email } } }}',
		}),
	},
	{
		what: 'an event about a mail that went out',
		file: RENEWAL,
		change: (file) => {
			const parameters = { resource: 'event', customerId: '={{ $json.accountId }}' };
			add(file, { name: 'Beside', type: `${N8N}customerIo`, parameters, ...continues });
			wire(file, 'Mail: to a human', 0, 'Beside');
		},
	},
	{
		what: 'WhatsApp to the number that a service gives for the address of the touch',
		file: ONBOARDING,
		change: (file) => {
			const mail = node(file, 'Or: n8n Send Email');
			mail.type = `${N8N}whatsApp`;
			mail.parameters = { operation: 'send', recipientPhoneNumber: '={{ $json.phone }}' };
			insert(file, 'Twenty at a time', 1, 'Or: n8n Send Email', {
				name: 'Number',
				type: `${N8N}httpRequest`,
				// as all of a dry run
				disabled: true,
				parameters: {
					method: 'POST',
					url: 'https://crm.example.com/search',
					jsonBody: '={{ { email: $json.journey.to } }}',
				},
				...continues,
			});
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
		},
	},
	{
		what: "the customer's name beside the address of the touch",
		file: ONBOARDING,
		change: (file) =>
			set(
				file,
				'Or: HubSpot e-mail',
				['jsonBody'],
				'={{ { message: { to: $json.journey.to }, customProperties: { name: $json.contacts[0].name } } }}',
			),
	},
];

test.each(INNOCENTS)('$what: nothing is found', ({ file, change }) => {
	const json = copyOf(readWorkflow(file));
	change(json);
	const [examined] = examine([{ source: file, json }], { now: NOW, whole: false });
	expect(examined?.findings).toEqual([]);
});
