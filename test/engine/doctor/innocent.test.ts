import { examine } from '../../../engine/doctor/examine';
import { JOURNEY_PRESETS } from '../../../engine/journeys/presets/presets';
import { rowOf } from '../../../nodes/CustomerJourney/presetRows';
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

const rowsOfRenewal = (JOURNEY_PRESETS.find(({ id }) => id === 'renewal')?.steps ?? []).map(rowOf);

/** A Gmail to an address that another node sets, at the begin of the run. */
const withSettings =
	(parameters: Record<string, unknown>) =>
	(file: File): void => {
		insert(file, 'Sample customers', 0, 'Your CRM', {
			name: 'Settings',
			type: `${N8N}set`,
			parameters,
		});
		beside('gmail', { sendTo: "={{ $('Settings').first().json.digestTo }}" })(file);
	};

const LIMIT = { priority: '', measure: 'acknowledge', amount: 10, unit: 'businessDays' };

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
		what: 'a contact kept in Mautic',
		file: RENEWAL,
		change: beside('mautic', { email: '={{ $json.contacts[0].email }}' }),
	},
	{
		what: "a room of the team's that the account names",
		file: RENEWAL,
		change: beside('slack', { select: 'channel', channelId: { value: '={{ $json.room }}' } }),
	},
	{
		what: 'a mail by request to whoever looks after the account, from an address of the brand',
		file: RENEWAL,
		change: beside('httpRequest', {
			method: 'POST',
			url: 'https://api.sendgrid.com/v3/mail/send',
			jsonBody:
				'={{ { personalizations: [{ to: [{ email: $json.csm.email }] }], from: { email: $json.brandMail } } }}',
		}),
	},
	{
		what: 'a mail to the team, at an address that a Set node holds',
		file: RENEWAL,
		change: withSettings({
			assignments: { assignments: [{ name: 'digestTo', value: 'team@example.com' }] },
		}),
	},
	{
		what: 'the same of a Set node of version 1',
		file: RENEWAL,
		change: withSettings({
			values: { string: [{ name: 'digestTo', value: 'team@example.com' }] },
		}),
	},
	{
		what: 'the same of a Set node in JSON',
		file: RENEWAL,
		change: withSettings({ mode: 'raw', jsonOutput: '{ "digestTo": "team@example.com" }' }),
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
	...[
		'={{ $json.name }} <{{ $json.journey.to }}>',
		"={{ ($json.journey.contact?.name ?? $json.name) + ' <' + $json.journey.to + '>' }}",
		"={{ $('Onboarding journey').item.json.journey.to }}",
		"={{ $json.journey.mode === 'live' ? $json.journey.to.toLowerCase() : $json.journey.to }}",
	].map((toEmail): Innocent => ({
		what: `a mail to ${toEmail}`,
		file: ONBOARDING,
		change: (file) => {
			set(file, 'Or: n8n Send Email', ['toEmail'], toEmail);
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
		},
	})),
	{
		what: "the customer's name and plan with the address of the touch, in what says who it is",
		file: ONBOARDING,
		change: (file) =>
			set(
				file,
				'Or: HubSpot e-mail',
				['jsonBody'],
				'={{ { to: [{ email: $json.journey.to, name: $json.name }], user: { plan: $json.plan, email: $json.journey.to } } }}',
			),
	},
	{
		what: 'an event to the address of the touch, at a host of the settings',
		file: ONBOARDING,
		change: (file) => {
			const mail = node(file, 'Or: n8n Send Email');
			mail.type = `${N8N}httpRequest`;
			mail.parameters = {
				method: 'POST',
				url: '=https://{{ $vars.region }}.track.customer.io/api/v1/customers/{{ $json.journey.to }}/events',
			};
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
		},
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
			const rules = { values: [{ outputKey: 'small' }, { outputKey: 'large' }] };
			const parameters = { rules, options: { fallbackOutput: 'extra' } };
			const type = `${N8N}switch`;
			const size = { name: 'Size', type, typeVersion: 3.2, parameters };
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', size);
			for (const side of [1, 2]) wire(file, 'Size', side, 'Mail: set-up guide');
		},
	},
	{
		what: 'a Switch of version 1 of which each side that a rule names leads to a mail',
		file: ONBOARDING,
		change: (file) => {
			const rules = { rules: [{ value2: 'small' }, { value2: 'large' }] };
			const parameters = { rules, fallbackOutput: 0 };
			const size = { name: 'Size', type: `${N8N}switch`, typeVersion: 1, parameters };
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', size);
		},
	},
	{
		what: 'a Switch that works out one of two sides, each of which leads to a mail',
		file: ONBOARDING,
		change: (file) => {
			const parameters = { mode: 'expression', numberOutputs: 2, output: '={{ $json.size }}' };
			const size = { name: 'Size', type: `${N8N}switch`, typeVersion: 3.2, parameters };
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', size);
			wire(file, 'Size', 1, 'Mail: set-up guide');
		},
	},
	{
		what: 'a Filter behind the sender in its loop, that hands on something in any case',
		file: ONBOARDING,
		change: (file) => {
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Twenty at a time');
			insert(file, 'Or: n8n Send Email', 1, 'Not sent this way', {
				name: 'Refused',
				type: `${N8N}filter`,
				alwaysOutputData: true,
			});
		},
	},
	{
		what: 'in a loop a Filter that hands on something in any case, and a Switch with all sides wired',
		file: RENEWAL,
		change: (file) => {
			add(file, { name: 'Some', type: `${N8N}splitInBatches`, typeVersion: 3 });
			wire(file, 'Held, with the reason', 0, 'Some');
			add(file, { name: 'Odd', type: `${N8N}filter`, alwaysOutputData: true });
			const parameters = { rules: { values: [{ outputKey: 'a' }, { outputKey: 'b' }] } };
			add(file, { name: 'Kind', type: `${N8N}switch`, typeVersion: 3.2, parameters });
			wire(file, 'Some', 1, 'Odd');
			wire(file, 'Odd', 0, 'Kind');
			for (const side of [0, 1]) wire(file, 'Kind', side, 'Some');
		},
	},
	{
		what: 'one item made of what went out, for a note to the team',
		file: ONBOARDING,
		change: (file) => {
			add(file, { name: 'All', type: `${N8N}aggregate` });
			wire(file, 'Mail: celebrate', 0, 'All');
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
		what: 'events that come many at a time and are sorted, before the customers are asked for',
		file: ONBOARDING,
		change: (file) => {
			insert(file, 'Remember events', 0, 'Your CRM', { name: 'New?', type: `${N8N}if` });
			insert(file, 'Remember events', 0, 'New?', { name: 'Each', type: `${N8N}splitOut` });
		},
	},
	{
		what: 'an export that is begun, and then fetched',
		file: RENEWAL,
		change: (file) => {
			const type = `${N8N}httpRequest`;
			const begin = { method: 'POST', url: 'https://crm.example.com/exports' };
			insert(file, 'Sample customers', 0, 'Your CRM', { name: 'Begin', type, parameters: begin });
			node(file, 'Your CRM').disabled = false;
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
	...(
		[
			['minimumCoverage', 50],
			['reachableContact', true],
			['consentRequired', true],
			['otherTiers', 'gold'],
		] as const
	).map(([asked, value]): Innocent => ({
		what: `an announcement to everybody behind a gate that asks for ${asked}`,
		file: 'ops-campaign.json',
		change: (file) => {
			set(file, 'Announcement journey', ['entersWhen'], {});
			for (const name of ['tiers', 'bands', 'stages']) set(file, 'Who is in scope', [name], []);
			set(file, 'Who is in scope', [asked], value);
		},
	})),
	{
		what: 'an open gate before a preset, which is for all tiers',
		file: RENEWAL,
		change: (file) => {
			set(file, 'Renewal journey', ['entersWhen'], {});
			const [summary, ...others] = rowsOfRenewal;
			const step = [{ ...summary, conditions: {} }, ...others];
			set(file, 'Renewal journey', ['steps'], { step });
		},
	},
	{
		what: 'a gate that is switched off, before a journey that nothing leads to yet',
		file: RENEWAL,
		change: (file) => {
			for (const trigger of ['CRM events', 'Try it', 'Every hour'])
				file.connections[trigger] = { main: [] };
			node(file, 'Who is in scope').disabled = true;
		},
	},
	...(['', '={{ $vars.journeys }}'] as const).map((remembered): Innocent => ({
		what: `a gate that remembers for '${remembered}'`,
		file: RENEWAL,
		change: (file) => set(file, 'Who is in scope', ['rememberForJourneys'], remembered),
	})),
	{
		what: 'a gate that remembers for a journey in a workflow that is called behind it',
		file: RENEWAL,
		change: (file) => {
			set(file, 'Who is in scope', ['rememberForJourneys'], 'renewal, expansion');
			add(file, { name: 'Expansion', type: `${N8N}executeWorkflow` });
			wire(file, 'Who is in scope', 1, 'Expansion');
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
				{ name: 'key', value: 'accounts-of-2026' },
				{ name: 'webhook_id', value: 'customers-of-2026' },
			];
			set(file, 'Your CRM', ['queryParameters'], { parameters });
		},
	},
	{
		what: 'a token that says which page, and a key that says by what to sort',
		file: RENEWAL,
		change: (file) => {
			set(
				file,
				'Your CRM',
				['url'],
				'https://crm.example.com/accounts?key=renewal-date-descending',
			);
			set(file, 'Your CRM', ['jsonBody'], '{"token": "page-1", "next": "{{ $json.token }}"}');
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
	...(
		[
			['a step every two months, for as long as somebody is in', { days: 60 }, 0],
			['a step every week, for a month at most', { days: 7 }, 30],
		] as const
	).map(([what, when, endAfterDays]): Innocent => ({
		what,
		file: 'ops-human-touchpoints.json',
		change: (file) => {
			set(file, 'Quarterly touch', ['steps', 'step', '0', 'when'], 'everyDays');
			set(file, 'Quarterly touch', ['steps', 'step', '0', 'days'], when.days);
			set(file, 'Quarterly touch', ['options', 'endAfterDays'], endAfterDays);
		},
	})),
	{
		// 5,000 x 15 % pays for six hours, and whoever has fewer than twelve does not come in
		what: 'a readout each month for who has twelve hours',
		file: 'ops-human-touchpoints.json',
		change: (file) => {
			set(file, 'Value readout', ['reEntryDays'], 30);
			set(file, 'Value readout', ['entersWhen', 'conditions', '1', 'rightValue'], 12);
		},
	},
	...(
		[
			['resolve', 30 * 24, 'hours'],
			['resolve', 30 * 24 * 60, 'minutes'],
			['resolve', 22 * 8, 'businessHours'],
			['resolve', 22 * 8 * 60, 'businessMinutes'],
			['acknowledge', 14 * 24, 'hours'],
			['acknowledge', 14 * 24 * 60, 'minutes'],
			['acknowledge', 10 * 8, 'businessHours'],
			['acknowledge', 10 * 8 * 60, 'businessMinutes'],
		] as const
	).map(([measure, amount, unit]): Innocent => ({
		what: `${String(amount)} ${unit} to ${measure}, the longest that is a limit`,
		file: 'ops-escalation-desk.json',
		change: (file) => {
			const usual = ['alert', 'escalation'].map((kind) => ({ kind, ...LIMIT }));
			const longest = { kind: 'escalation', priority: '', measure, amount, unit };
			set(file, 'Who takes it', ['targets'], { target: [...usual, longest] });
		},
	})),
	{
		what: 'ten business days to take note, which is two weeks',
		file: 'ops-escalation-desk.json',
		change: (file) => {
			const target = ['alert', 'escalation'].map((kind) => ({ kind, ...LIMIT }));
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
