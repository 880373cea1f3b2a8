import { JOURNEY_PRESETS } from '../../../engine/journeys/presets/presets';
import { rowOf } from '../../../nodes/CustomerJourney/presetRows';
import { add, insert, node, rewire, rewrite, set, unwire, wire, type File } from './change';

/** A shipped workflow with one thing done wrong, and what Doctor has to name. */
export type Fault = {
	fault: string;
	file: string;
	/** The mails are switched on first, as whoever goes live does. */
	live?: boolean;
	breakIt: (file: File) => void;
	rule: string;
	/** null: the workflow as a whole. */
	at: string | null;
};

const ONBOARDING = 'journey-onboarding.json';
const EDUCATION = 'journey-education.json';
const INTERVENTION = 'journey-health-intervention.json';
const RENEWAL = 'journey-renewal.json';
const DESK = 'ops-escalation-desk.json';
const REVIEW = 'ops-content-review.json';
const PREVIEW = 'ops-preview-csv.json';

const IF = { name: 'Only Europe', type: 'n8n-nodes-base.if', typeVersion: 2.2 };
const continues = { onError: 'continueRegularOutput' };

/** The loop of Send Email that the journeys carry, wired to a step. */
function withLoop(file: File, output: number, mail: string): void {
	rewire(file, 'Onboarding journey', output, mail, 'Twenty at a time');
}

const sends: Fault[] = [
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

const senders: Fault[] = [
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

const gates: Fault[] = [
	{
		fault: 'no gate',
		file: ONBOARDING,
		breakIt: (file) => rewire(file, 'Health score', 0, 'Who is in scope', 'Onboarding journey'),
		rule: 'motion-not-gated',
		at: 'Onboarding journey',
	},
	{
		fault: 'a gate that is switched off',
		file: RENEWAL,
		breakIt: (file) => {
			node(file, 'Who is in scope').disabled = true;
			// nothing but the survey hangs on it, so that one journey is named
			unwire(file, 'Who is in scope', 1, 'Renewal journey');
			rewire(file, 'Who is in scope', 1, 'Survey journey', 'Held, with the reason');
			rewire(file, 'Who is in scope', 0, 'Held, with the reason', 'Survey journey');
		},
		rule: 'motion-not-gated',
		at: 'Survey journey',
	},
	{
		fault: 'the journey on the Hold output',
		file: EDUCATION,
		breakIt: (file) => {
			rewire(file, 'Who is in scope', 1, 'Education journey', 'Held, with the reason');
			rewire(file, 'Who is in scope', 0, 'Held, with the reason', 'Education journey');
		},
		rule: 'motion-not-gated',
		at: 'Education journey',
	},
	{
		fault: 'an If in front of the whole base',
		file: ONBOARDING,
		breakIt: (file) => insert(file, 'Health score', 0, 'Who is in scope', IF),
		rule: 'slow-node-before-gate',
		at: IF.name,
	},
	{
		fault: 'a Set in front of the whole base',
		file: RENEWAL,
		breakIt: (file) => {
			const type = 'n8n-nodes-base.set';
			insert(file, 'Your CRM', 0, 'Your accounts', { name: 'Rename', type, typeVersion: 3.4 });
		},
		rule: 'slow-node-before-gate',
		at: 'Rename',
	},
	{
		fault: 'a Switch in front of the whole base',
		file: EDUCATION,
		breakIt: (file) => {
			const type = 'n8n-nodes-base.switch';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'By plan', type, typeVersion: 3.2 });
		},
		rule: 'slow-node-before-gate',
		at: 'By plan',
	},
	{
		fault: 'Code that runs for each customer',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { mode: 'runOnceForEachItem', jsCode: 'return $json;' };
			const type = 'n8n-nodes-base.code';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'Tidy', type, parameters });
		},
		rule: 'slow-node-before-gate',
		at: 'Tidy',
	},
];

const owners: Fault[] = [
	{
		fault: 'no team address behind a step that goes to a human',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Education journey', ['team'], ''),
		rule: 'owner-missing',
		at: 'Education journey',
	},
	{
		fault: 'no fallback owner',
		file: DESK,
		breakIt: (file) => set(file, 'Who takes it', ['fallbackEmail'], ''),
		rule: 'owner-missing',
		at: 'Who takes it',
	},
	{
		fault: 'a pool in which there is nobody',
		file: DESK,
		breakIt: (file) =>
			set(file, 'Who takes it', ['rules', 'rule'], [{ name: 'Asia', pools: 'asia' }]),
		rule: 'owner-missing',
		at: 'Who takes it',
	},
	{
		fault: 'no time limit for escalations',
		file: DESK,
		breakIt: (file) => {
			const alert = { kind: 'alert', measure: 'acknowledge', amount: 1, unit: 'businessDays' };
			set(file, 'Who takes it', ['targets', 'target'], [{ priority: '', ...alert }]);
		},
		rule: 'sla-missing',
		at: 'Who takes it',
	},
];

const rowsOfIntervention = (
	JOURNEY_PRESETS.find(({ id }) => id === 'intervention')?.steps ?? []
).map(rowOf);

const journeys: Fault[] = [
	{
		fault: 'a journey whose goal was emptied',
		file: INTERVENTION,
		breakIt: (file) => set(file, 'Intervention journey', ['goalWhen'], {}),
		rule: 'journey-without-goal',
		at: 'Intervention journey',
	},
	{
		fault: 'a journey that nobody ever leaves',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Education journey', ['exitWhen'], {}),
		rule: 'journey-never-ends',
		at: 'Education journey',
	},
	{
		fault: 'two steps with one ID',
		file: ONBOARDING,
		breakIt: (file) => set(file, 'Onboarding journey', ['steps', 'step', '1', 'id'], 'welcome'),
		rule: 'journey-incomplete',
		at: 'Onboarding journey',
	},
	{
		fault: 'two nodes that decide for one journey',
		file: RENEWAL,
		breakIt: (file) => set(file, 'Survey journey', ['journeyId'], 'renewal'),
		rule: 'journey-twice',
		at: 'Survey journey',
	},
	{
		fault: 'a step that waits for silence, where no channel reports',
		file: INTERVENTION,
		breakIt: (file) =>
			set(file, 'Intervention journey', ['steps'], {
				step: rowsOfIntervention.filter(({ id }) => id !== 'engagement-unknown'),
			}),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
	{
		fault: 'engagement said to be reported, with nothing that reports',
		file: INTERVENTION,
		breakIt: (file) => set(file, 'Intervention journey', ['options', 'engagementReported'], true),
		rule: 'engagement-unknown',
		at: 'Intervention journey',
	},
];

const wires: Fault[] = [
	{
		fault: 'the loop wired to done, as in version 2',
		file: ONBOARDING,
		breakIt: (file) => {
			unwire(file, 'Twenty at a time', 1, 'Or: n8n Send Email');
			wire(file, 'Twenty at a time', 0, 'Or: n8n Send Email');
		},
		rule: 'loop-on-done',
		at: 'Twenty at a time',
	},
	{
		fault: 'a loop that never comes back',
		file: ONBOARDING,
		breakIt: (file) => {
			unwire(file, 'Confirm what it sent', 0, 'Twenty at a time');
			unwire(file, 'Not sent this way', 0, 'Twenty at a time');
		},
		rule: 'loop-not-closed',
		at: 'Twenty at a time',
	},
	{
		fault: 'a batch in which all fails, and the loop ends',
		file: INTERVENTION,
		breakIt: (file) =>
			rewire(file, 'In-app: message', 1, 'Not shown in the app', 'Not sent, with the reason'),
		rule: 'loop-not-closed',
		at: 'In-app: message',
	},
	{
		fault: 'the same accounts over two wires',
		file: ONBOARDING,
		breakIt: (file) => wire(file, 'Your accounts', 0, 'Who is in scope'),
		rule: 'wired-twice',
		at: 'Who is in scope',
	},
	{
		fault: 'two catalogues in one input',
		file: EDUCATION,
		breakIt: (file) => wire(file, 'Sample catalogue', 0, 'Next most relevant content', 1),
		rule: 'wired-twice',
		at: 'Next most relevant content',
	},
	{
		fault: 'settings of version 2 in a Merge of version 3',
		file: PREVIEW,
		breakIt: (file) => {
			const parameters = { mode: 'combine', combinationMode: 'mergeByPosition', options: {} };
			node(file, 'Everybody').parameters = parameters;
		},
		rule: 'merge-of-old-version',
		at: 'Everybody',
	},
];

const settings: Fault[] = [
	{
		fault: 'the data of successful executions kept',
		file: ONBOARDING,
		breakIt: (file) => delete file.settings.saveDataSuccessExecution,
		rule: 'success-data-saved',
		at: null,
	},
	{
		fault: 'the progress of executions kept',
		file: RENEWAL,
		breakIt: (file) => (file.settings.saveExecutionProgress = true),
		rule: 'success-data-saved',
		at: null,
	},
	{
		fault: 'a schedule without a time zone',
		file: 'ops-retention.json',
		breakIt: (file) => delete file.settings.timezone,
		rule: 'time-zone-missing',
		at: null,
	},
	{
		fault: 'a journey in a time zone that is none',
		file: RENEWAL,
		breakIt: (file) => set(file, 'Renewal journey', ['options', 'timezone'], 'Europe/Bonn'),
		rule: 'time-zone-missing',
		at: 'Renewal journey',
	},
	{
		fault: 'eight in the morning, in the wrong zone',
		file: EDUCATION,
		breakIt: (file) => {
			set(
				file,
				'Every hour',
				['rule', 'interval'],
				[{ field: 'cronExpression', expression: '0 8 * * 1-5' }],
			);
			set(file, 'Education journey', ['options', 'timezone'], 'Europe/Berlin');
		},
		rule: 'schedule-in-other-zone',
		at: 'Every hour',
	},
	{
		fault: 'a token in a header',
		file: ONBOARDING,
		breakIt: (file) => {
			const header = { name: 'Authorization', value: 'Token 4f9d1c2b3a' };
			set(file, 'Your CRM', ['headerParameters'], { parameters: [header] });
		},
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
	{
		fault: 'a password in an address',
		file: ONBOARDING,
		breakIt: (file) =>
			set(file, 'Your CRM', ['url'], 'https://reader:hunter2@crm.example.com/accounts'),
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
	{
		fault: 'a key in code',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(
				file,
				'Sample customers',
				'jsCode',
				(text) => `const apiKey = "1f0a9c7e55d2";\n${text}`,
			),
		rule: 'secret-in-parameter',
		at: 'Sample customers',
	},
];

const content: Fault[] = [
	{
		fault: 'content that nobody ever reviewed',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample catalogue', 'jsonOutput', (text) =>
				text.replace(/"reviewedAt": "' \+ \$now[^,]*, /, ''),
			),
		rule: 'content-not-reviewed',
		at: 'Sample catalogue',
	},
	{
		fault: 'content reviewed more than half a year ago',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample catalogue', 'jsonOutput', (text) =>
				text.replace("' + $now.minus({ days: 30 }).toISODate() + '", '2025-02-28'),
			),
		rule: 'content-not-reviewed',
		at: 'Sample catalogue',
	},
	{
		fault: 'reviews not asked for',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Next most relevant content', ['reviewDays'], 0),
		rule: 'content-reviews-off',
		at: 'Next most relevant content',
	},
	{
		fault: 'a mail whose review is long ago',
		file: ONBOARDING,
		breakIt: (file) => (node(file, 'Mail: welcome').notes = 'Reviewed: 2025-11-01'),
		rule: 'mail-not-reviewed',
		at: 'Mail: welcome',
	},
	{
		// 10,000 × 15 % is 1,500 a year, at 125 an hour 12 hours
		fault: 'twenty hours planned for an account that pays for twelve',
		file: RENEWAL,
		breakIt: (file) => {
			set(file, 'Tier', ['costToServe'], true);
			set(file, 'Tier', ['plannedHours'], { row: [{ tier: 'pooled', hours: 20 }] });
		},
		rule: 'hours-over-budget',
		at: 'Tier',
	},
];

const POSTGRES = { type: 'n8n-nodes-base.postgres', typeVersion: 2.6 };

const data: Fault[] = [
	{
		fault: 'a SELECT without rows, after which nobody is told',
		file: REVIEW,
		breakIt: (file) => {
			const parameters = { operation: 'executeQuery', query: 'SELECT at FROM told LIMIT 1' };
			const select = { name: 'Told before?', ...POSTGRES, parameters };
			insert(file, 'Review the catalogue', 0, 'Whom to tell', select);
		},
		rule: 'empty-read-ends-chain',
		at: 'Told before?',
	},
	{
		fault: 'an If that reads what an INSERT gives',
		file: REVIEW,
		breakIt: (file) => {
			const parameters = { operation: 'insert', table: 'told' };
			const conditions = [{ leftValue: '={{ $json.content.owner }}', rightValue: 'docs' }];
			insert(file, 'Review the catalogue', 0, 'Whom to tell', {
				...IF,
				parameters: { conditions },
			});
			insert(file, 'Review the catalogue', 0, IF.name, {
				name: 'Note it',
				...POSTGRES,
				parameters,
			});
		},
		rule: 'reads-insert-output',
		at: IF.name,
	},
	{
		fault: 'A AND B OR C in a query',
		file: RENEWAL,
		breakIt: (file) => {
			const query = "SELECT * FROM accounts WHERE active AND plan = 'pro' OR plan = 'team'";
			const parameters = { operation: 'executeQuery', query };
			insert(file, 'Sample customers', 0, 'Your CRM', {
				name: 'Customers',
				...POSTGRES,
				parameters,
			});
		},
		rule: 'and-or-mixed',
		at: 'Customers',
	},
	{
		fault: 'a and b or c in an If',
		file: 'ops-unsubscribe.json',
		breakIt: (file) => {
			const leftValue = '={{ $json.a && $json.b || $json.c }}';
			set(file, 'Leads somewhere?', ['conditions', 'conditions', '0', 'leftValue'], leftValue);
		},
		rule: 'and-or-mixed',
		at: 'Leads somewhere?',
	},
	{
		fault: 'half of the points for a signal that is missing',
		file: RENEWAL,
		breakIt: (file) => {
			const signal = { label: 'NPS', field: 'sentiment.nps', weight: 10, missing: 'neutral' };
			set(file, 'Health score', ['model'], 'own');
			set(file, 'Health score', ['signals'], { signal: [signal] });
		},
		rule: 'missing-scored',
		at: 'Health score',
	},
	{
		fault: 'a score of 50 where there is none',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample customers', 'jsCode', (text) => `${text}\n// score: row.nps ?? 50`),
		rule: 'missing-scored',
		at: 'Sample customers',
	},
];

const memory: Fault[] = [
	{
		fault: 'a Wait of two days before a mail',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { amount: 2, unit: 'days' };
			const wait = { name: 'Two days', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters };
			insert(file, 'Onboarding journey', 2, 'Mail: set-up guide', wait);
		},
		rule: 'wait-too-long',
		at: 'Two days',
	},
	{
		fault: 'Remove Duplicates as the memory',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { operation: 'removeItemsSeenInPreviousExecutions' };
			const type = 'n8n-nodes-base.removeDuplicates';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'New only', type, parameters });
		},
		rule: 'memory-elsewhere',
		at: 'New only',
	},
	{
		fault: 'static data as the memory',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(
				file,
				'Sample customers',
				'jsCode',
				(text) => `const seen = $getWorkflowStaticData('global');\n${text}`,
			),
		rule: 'memory-elsewhere',
		at: 'Sample customers',
	},
	{
		fault: 'a webhook that believes everybody',
		file: DESK,
		breakIt: (file) => set(file, 'Help desk or CRM events', ['options'], {}),
		rule: 'webhook-unsigned',
		at: 'Help desk or CRM events',
	},
	{
		fault: 'a Data Table whose name is part of another',
		file: EDUCATION,
		breakIt: (file) => {
			for (const value of ['content', 'content archive']) {
				const parameters = { dataTableId: { __rl: true, mode: 'name', value } };
				add(file, { name: `Table ${value}`, type: 'n8n-nodes-base.dataTable', parameters });
			}
		},
		rule: 'data-table-name-in-another',
		at: 'Table content',
	},
	{
		fault: 'a wire that ends at a node that is not there',
		file: ONBOARDING,
		breakIt: (file) => wire(file, 'Health score', 0, 'Renamed since'),
		rule: 'unreadable',
		at: 'Health score',
	},
];

export const FAULTS: readonly Fault[] = [
	...sends,
	...senders,
	...gates,
	...owners,
	...journeys,
	...wires,
	...settings,
	...content,
	...data,
	...memory,
];
