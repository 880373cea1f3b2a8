import { add, insert, node, rewire, set, unwire, wire, type File } from '../change';
import { EDUCATION, IF, ONBOARDING, RENEWAL, TRIAGE, type Fault } from './fault';

const N8N = 'n8n-nodes-base.';
const CAMPAIGN = 'ops-campaign.json';

/** A gate that lets all through, before an announcement that asks for nothing. */
const open =
	(chosen: Record<'tiers' | 'bands' | 'stages', string[]>) =>
	(file: File): void => {
		set(file, 'Announcement journey', ['entersWhen'], {});
		for (const [name, values] of Object.entries(chosen))
			set(file, 'Who is in scope', [name], values);
	};

export const gates: readonly Fault[] = [
	{
		fault: 'no gate',
		file: ONBOARDING,
		breakIt: (file) => rewire(file, 'Health score', 0, 'Who is in scope', 'Onboarding journey'),
		rule: 'motion-not-gated',
		at: 'Onboarding journey',
	},
	{
		fault: 'a gate that is switched off',
		file: EDUCATION,
		breakIt: (file) => (node(file, 'Who is in scope').disabled = true),
		rule: 'motion-not-gated',
		at: 'Education journey',
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
	{
		fault: 'a gate at which nothing is chosen, before an announcement to all',
		file: CAMPAIGN,
		breakIt: open({ tiers: [], bands: [], stages: [] }),
		rule: 'gate-open',
		at: 'Who is in scope',
	},
	{
		fault: 'a gate at which everything is chosen, before an announcement to all',
		file: CAMPAIGN,
		breakIt: open({
			tiers: ['digital', 'highTouch', 'human', 'hybrid', 'namedCsm', 'pooled', 'techTouch'],
			bands: ['green', 'red', 'unknown', 'yellow'],
			stages: ['adopting', 'established', 'onboarding', 'renewing'],
		}),
		rule: 'gate-open',
		at: 'Who is in scope',
	},
	{
		fault: 'an If in front of the score of the whole base',
		file: TRIAGE,
		breakIt: (file) => insert(file, 'Your accounts', 0, 'Health score', IF),
		rule: 'slow-node-before-gate',
		at: IF.name,
	},
	{
		fault: 'a request for each account of the CRM',
		file: ONBOARDING,
		breakIt: (file) =>
			insert(file, 'Your CRM', 0, 'Your accounts', {
				name: 'Usage of one',
				type: 'n8n-nodes-base.httpRequest',
				parameters: { url: '=https://usage.example.com/accounts/{{ $json.accountId }}' },
			}),
		rule: 'slow-node-before-gate',
		at: 'Usage of one',
	},
	...(
		[
			[
				'a workflow that calls this one',
				'Call',
				[{ name: 'Call', type: `${N8N}executeWorkflowTrigger` }],
			],
			[
				'a webhook that brings them all at once',
				'Each',
				[
					{ name: 'Push', type: `${N8N}webhook`, parameters: { authentication: 'headerAuth' } },
					{ name: 'Each', type: `${N8N}splitOut` },
				],
			],
		] as const
	).map(([what, last, nodes]): Fault => ({
		fault: `an If in front of the whole base, which comes from ${what}`,
		file: TRIAGE,
		breakIt: (file) => {
			for (const one of [...nodes, IF]) add(file, one);
			if (last === 'Each') wire(file, 'Push', 0, 'Each');
			wire(file, last, 0, IF.name);
			wire(file, IF.name, 0, 'Your accounts');
		},
		rule: 'slow-node-before-gate',
		at: IF.name,
	})),
	{
		fault: 'a query for each account of the CRM',
		file: ONBOARDING,
		breakIt: (file) =>
			insert(file, 'Your CRM', 0, 'Your accounts', {
				name: 'Cases of one',
				type: `${N8N}httpRequest`,
				parameters: {
					url: "=https://example.my.salesforce.com/query?q=SELECT Id FROM Case WHERE AccountId='{{ $json.accountId }}'",
				},
			}),
		rule: 'slow-node-before-gate',
		at: 'Cases of one',
	},
	{
		fault:
			'a gate that is switched off and at which nothing is chosen, before an announcement to all',
		file: CAMPAIGN,
		breakIt: (file) => {
			open({ tiers: [], bands: [], stages: [] })(file);
			node(file, 'Who is in scope').disabled = true;
			// one finding for each journey behind it
			unwire(file, 'This campaign', 0, 'Webinar journey');
			set(file, 'Who is in scope', ['rememberForJourneys'], '');
		},
		rule: 'motion-not-gated',
		at: 'Announcement journey',
	},
	{
		fault: 'a gate that notes whom it holds for a journey that is not behind it',
		file: RENEWAL,
		breakIt: (file) => set(file, 'Who is in scope', ['rememberForJourneys'], 'renewal, expansion'),
		rule: 'holds-for-other-journey',
		at: 'Who is in scope',
	},
	{
		fault: 'a gate that notes whom it holds for one of the two journeys behind it',
		file: CAMPAIGN,
		breakIt: (file) =>
			set(file, 'Who is in scope', ['rememberForJourneys'], 'news-reports-by-mail'),
		rule: 'holds-for-other-journey',
		at: 'Who is in scope',
	},
	{
		fault: 'a request for each account in front of the triage',
		file: TRIAGE,
		breakIt: (file) =>
			insert(file, 'Your accounts', 0, 'Health score', {
				name: 'Tickets of one',
				type: 'n8n-nodes-base.httpRequest',
				parameters: {
					url: 'https://desk.example.com/tickets',
					queryParameters: { parameters: [{ name: 'customer', value: '={{ $json.id }}' }] },
				},
			}),
		rule: 'slow-node-before-gate',
		at: 'Tickets of one',
	},
];
