import { examine } from '../../../engine/doctor/examine';
import { readWorkflow } from '../../n8n/workflows';
import { ONBOARDING, RENEWAL, TRIAGE } from './faults/fault';
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
	{
		what: 'an If between the journey and two mails, one on each side',
		file: ONBOARDING,
		change: (file) => {
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', { name: 'Plan', type: `${N8N}if` });
			wire(file, 'Plan', 1, 'Mail: set-up guide');
		},
	},
	{
		what: 'an If that lets no test run send',
		file: ONBOARDING,
		change: (file) => {
			const conditions = [{ leftValue: '={{ $json.journey.mode }}', rightValue: 'live' }];
			const parameters = { conditions: { conditions } };
			const type = `${N8N}if`;
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', { name: 'Live?', type, parameters });
		},
	},
	{
		what: 'a request for approval',
		file: RENEWAL,
		change: beside('gmail', { operation: 'sendAndWait', sendTo: '={{ $json.approver }}' }),
	},
	{
		what: 'a Switch of which each side leads to a mail',
		file: ONBOARDING,
		change: (file) => {
			const parameters = { rules: { values: [{ outputKey: 'small' }, { outputKey: 'large' }] } };
			const type = `${N8N}switch`;
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', { name: 'Size', type, parameters });
			wire(file, 'Size', 1, 'Mail: set-up guide');
		},
	},
	{
		what: 'a Filter behind the gate, before anything is claimed',
		file: ONBOARDING,
		change: (file) =>
			insert(file, 'Who is in scope', 1, 'Onboarding journey', {
				name: 'Few',
				type: `${N8N}filter`,
			}),
	},
	{
		what: 'a Filter of what went out, for a note to the team',
		file: ONBOARDING,
		change: (file) => {
			add(file, { name: 'Large ones', type: `${N8N}filter` });
			wire(file, 'Mail: celebrate', 0, 'Large ones');
			const parameters = { channelId: { mode: 'name', value: '#wins' }, text: '={{ $json.name }}' };
			add(file, { name: 'Note', type: `${N8N}slack`, parameters, ...continues });
			wire(file, 'Large ones', 0, 'Note');
		},
	},
	{
		what: 'a request for each of the few that the gate let through',
		file: RENEWAL,
		change: (file) =>
			insert(file, 'Who is in scope', 1, 'Renewal journey', {
				name: 'Invoices',
				type: `${N8N}httpRequest`,
				parameters: { url: '=https://billing.example.com/invoices/{{ $json.accountId }}' },
			}),
	},
	{
		what: 'a log-in before the list of customers',
		file: RENEWAL,
		change: (file) => {
			const parameters = { method: 'POST', url: 'https://crm.example.com/login' };
			const logIn = { name: 'Log in', type: `${N8N}httpRequest`, parameters };
			insert(file, 'Sample customers', 0, 'Your CRM', logIn);
			const header = { name: 'Authorization', value: '=Bearer {{ $json.token }}' };
			set(file, 'Your CRM', ['headerParameters'], { parameters: [header] });
		},
	},
	{
		what: 'an export that is begun, and then fetched',
		file: RENEWAL,
		change: (file) => {
			const type = `${N8N}httpRequest`;
			const begin = { method: 'POST', url: 'https://crm.example.com/exports' };
			insert(file, 'Sample customers', 0, 'Your CRM', { name: 'Begin', type, parameters: begin });
			set(file, 'Your CRM', ['url'], '=https://crm.example.com/exports/{{ $json.id }}');
		},
	},
	{
		what: 'a request for a thousand accounts at a time',
		file: TRIAGE,
		change: (file) => {
			const parameters = {
				method: 'POST',
				url: 'https://desk.example.com/tickets/search',
				jsonBody: '={{ { ids: $json.ids } }}',
			};
			insert(file, 'Your accounts', 0, 'Health score', {
				name: 'Tickets',
				type: `${N8N}httpRequest`,
				parameters,
			});
			insert(file, 'Your accounts', 0, 'Tickets', { name: 'Thousands', type: `${N8N}code` });
		},
	},
	{
		what: 'an announcement to everybody of two tiers',
		file: 'ops-campaign.json',
		change: (file) => {
			set(file, 'Announcement journey', ['entersWhen'], {});
			for (const name of ['bands', 'stages']) set(file, 'Who is in scope', [name], []);
		},
	},
	{
		what: 'an open gate before an announcement that asks who uses the feature',
		file: 'ops-campaign.json',
		change: (file) => {
			for (const name of ['tiers', 'bands', 'stages']) set(file, 'Who is in scope', [name], []);
		},
	},
	...[
		"const key = 'accountId';",
		"const metricKey = 'usage-last-30-days';",
		'const cacheKey = `health:${id}`;',
		"const pageToken = $json.next ?? '';",
		'const apiKey = $env.CRM_KEY;',
	].map((line): Innocent => ({
		what: `${line} in code`,
		file: RENEWAL,
		change: (file) => set(file, 'Sample customers', ['jsCode'], `${line}\nreturn $input.all();`),
	})),
	{
		what: 'names that sound like keys',
		file: RENEWAL,
		change: (file) => {
			const parameters = [
				{ name: 'page_token', value: 'first-page-1' },
				{ name: 'sort_key', value: 'createdAt' },
				{ name: 'Idempotency-Key', value: '={{ $execution.id }}' },
				{ name: 'api_key', value: '={{ $vars.crmKey }}' },
				{ name: 'client_id', value: 'n8n-programme-1' },
			];
			set(file, 'Your CRM', ['queryParameters'], { parameters });
		},
	},
	{
		what: 'a task every two months for an account that pays for six hours',
		file: 'ops-human-touchpoints.json',
		change: (file) => {
			set(file, 'Quarterly touch', ['reEntry'], 'afterDays');
			set(file, 'Quarterly touch', ['reEntryDays'], 60);
		},
	},
	{
		what: 'a task every two weeks, three times in all',
		file: 'ops-human-touchpoints.json',
		change: (file) => {
			set(file, 'Quarterly touch', ['reEntry'], 'afterDays');
			set(file, 'Quarterly touch', ['reEntryDays'], 14);
			set(file, 'Quarterly touch', ['reEntryAtMost'], 3);
		},
	},
	{
		what: 'ten business days to take note, which is two weeks',
		file: 'ops-escalation-desk.json',
		change: (file) => {
			const limit = { priority: '', measure: 'acknowledge', amount: 10, unit: 'businessDays' };
			const target = ['alert', 'escalation'].map((kind) => ({ kind, ...limit }));
			set(file, 'Who takes it', ['targets'], { target });
		},
	},
];

test('a workflow of its own may tell the team as it likes', () => {
	const parameters = { channelId: { mode: 'name', value: '#alerts' }, text: '={{ $json.error }}' };
	const nodes = [
		{ name: 'When one fails', type: `${N8N}errorTrigger`, parameters: {} },
		{ name: 'Slack', type: `${N8N}slack`, parameters, retryOnFail: true },
	];
	const ends = [[{ node: 'Slack', type: 'main', index: 0 }]];
	const json = { name: 'Alarm', nodes, connections: { 'When one fails': { main: ends } } };
	const [examined] = examine([{ source: 'x', json }], { now: NOW, whole: false });
	expect(examined?.findings).toEqual([]);
});

test.each(INNOCENTS)('$what: nothing is found', ({ file, change }) => {
	const json = copyOf(readWorkflow(file));
	change(json);
	const [examined] = examine([{ source: file, json }], { now: NOW, whole: false });
	expect(examined?.findings).toEqual([]);
});
