import { add, node, rewire, unwire, wire, type File } from '../change';
import { DESK, EDUCATION, ONBOARDING, type Fault } from './fault';

/** The loop of Send Email that the journeys carry, wired to a step. */
function withLoop(file: File, output: number, mail: string): void {
	rewire(file, 'Onboarding journey', output, mail, 'Twenty at a time');
}

const continues = { onError: 'continueRegularOutput' };

export const sends: readonly Fault[] = [
	{
		fault: 'a mail to every customer, past the journey',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { toEmail: '={{ $json.contacts[0].email }}', subject: 'Hello' };
			const type = 'n8n-nodes-base.emailSend';
			add(file, { name: 'Mail to all', type, typeVersion: 2.1, parameters, ...continues });
			wire(file, 'Health score', 0, 'Mail to all');
		},
		rule: 'send-not-claimed',
		at: 'Mail to all',
	},
	{
		fault: 'a Journey Email in front of the journey',
		file: ONBOARDING,
		breakIt: (file) => {
			rewire(file, 'Onboarding journey', 1, 'Mail: welcome', 'Mail: set-up guide');
			wire(file, 'Who is in scope', 1, 'Mail: welcome');
		},
		rule: 'send-not-claimed',
		at: 'Mail: welcome',
	},
	{
		fault: "n8n's Send Email without a Confirm Touch",
		file: ONBOARDING,
		breakIt: (file) => {
			withLoop(file, 1, 'Mail: welcome');
			rewire(file, 'Or: n8n Send Email', 0, 'Confirm what it sent', 'Twenty at a time');
		},
		rule: 'send-not-confirmed',
		at: 'Or: n8n Send Email',
	},
	{
		fault: 'a Slack notice without a Confirm Touch',
		file: DESK,
		breakIt: (file) => unwire(file, 'Or: Slack', 0, 'Confirm what Slack took'),
		rule: 'send-not-confirmed',
		at: 'Or: Slack',
	},
	{
		fault: 'a hand-over that nobody confirms',
		file: ONBOARDING,
		breakIt: (file) => (node(file, 'Confirm hand-over').disabled = true),
		rule: 'touch-not-confirmed',
		at: 'Onboarding journey',
	},
	{
		fault: 'the call for a human wired to nothing',
		file: EDUCATION,
		breakIt: (file) => unwire(file, 'Education journey', 2, 'Mail: to a human'),
		rule: 'step-leads-nowhere',
		at: 'Education journey',
	},
	{
		fault: 'two mails for the same step',
		file: ONBOARDING,
		live: true,
		breakIt: (file) => wire(file, 'Onboarding journey', 4, 'Mail: power-user tips'),
		rule: 'two-senders',
		at: 'Onboarding journey',
	},
	{
		fault: 'one mail left switched off when all others are on',
		file: ONBOARDING,
		live: true,
		breakIt: (file) => (node(file, 'Mail: nudge').disabled = true),
		rule: 'sender-disabled',
		at: 'Mail: nudge',
	},
	{
		fault: 'a sender before a Confirm left switched off when all others are on',
		file: ONBOARDING,
		live: true,
		breakIt: (file) => withLoop(file, 1, 'Mail: welcome'),
		rule: 'sender-disabled',
		at: 'Or: n8n Send Email',
	},
];
