import { insert, node, rewrite, set, unwire } from '../change';
import { INTERVENTION, ONBOARDING, type Fault } from './fault';

export const senders: readonly Fault[] = [
	{
		fault: 'Retry On Fail at a Journey Email',
		file: ONBOARDING,
		breakIt: (file) => (node(file, 'Mail: welcome').retryOnFail = true),
		rule: 'sender-retries',
		at: 'Mail: welcome',
	},
	{
		fault: 'Retry On Fail at a webhook that shows a message',
		file: INTERVENTION,
		breakIt: (file) => (node(file, 'In-app: message').retryOnFail = true),
		rule: 'sender-retries',
		at: 'In-app: message',
	},
	{
		fault: 'a mail that stops the run when it fails',
		file: ONBOARDING,
		breakIt: (file) => delete node(file, 'Mail: nudge').onError,
		rule: 'sender-stops',
		at: 'Mail: nudge',
	},
	{
		fault: 'an error output wired to nothing',
		file: ONBOARDING,
		breakIt: (file) => unwire(file, 'Mail: operations', 1, 'Not sent, with the reason'),
		rule: 'error-leads-nowhere',
		at: 'Mail: operations',
	},
	{
		fault: "a mail to the account's first contact instead of the address of the touch",
		file: ONBOARDING,
		breakIt: (file) =>
			set(file, 'Or: n8n Send Email', ['toEmail'], '={{ $json.contacts[0].email }}'),
		rule: 'other-address',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'a copy of each mail to somebody else',
		file: ONBOARDING,
		breakIt: (file) =>
			set(file, 'Or: n8n Send Email', ['options', 'bccEmail'], 'archive@example.com'),
		rule: 'other-address',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'a request that reads the address from the account',
		file: ONBOARDING,
		breakIt: (file) =>
			rewrite(file, 'Or: webhook', 'jsonBody', (text) =>
				text.replace('$json.journey.to', '$json.contacts[0].email'),
			),
		rule: 'other-address',
		at: 'Or: webhook',
	},
	{
		fault: 'a sub-workflow between the journey and the mail',
		file: ONBOARDING,
		breakIt: (file) => {
			const type = 'n8n-nodes-base.executeWorkflow';
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', { name: 'Look it up', type });
		},
		rule: 'sub-workflow-before-send',
		at: 'Look it up',
	},
];
