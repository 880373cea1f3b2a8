import type { WorkflowFile } from './client';
import type { NodePanel } from './nodePanel';

export const HEALTH = 'Health Score';
export const TIERS = 'Tier Gate';

const NOW = '2026-11-18T15:00:00Z';

/** Nothing lowers its score but a fifth of the seats in use too few, and bills unpaid. */
const account = (
	accountId: string,
	name: string,
	arr: number,
	licencesUsed: number,
	daysOverdue: number,
): object => ({
	accountId,
	name,
	arr,
	usage: {
		adoption: 0.6,
		events: 900,
		previousEvents: 900,
		lastActiveAt: '2026-11-18',
	},
	support: { openP1: 0, openTickets: 0 },
	sentiment: { nps: 50, csat: 4.5 },
	licences: { used: licencesUsed, bought: 50 },
	billing: { daysOverdue },
});

const ACCOUNTS = [
	account('olive', 'Olive Optics', 2_400, 20, 24),
	account('basil', 'Basil Bakery', 18_000, 45, 0),
	account('quartz', 'Quartz Quality', 90_000, 12, 3),
];

/** Accounts as an operations person has them, a score and tiers by two rules. Nothing of it is published. */
export function scoreAndTiers(id: string): WorkflowFile {
	const node = (
		name: string,
		type: string,
		parameters: Record<string, unknown>,
		place: number,
		typeVersion = 1,
	): WorkflowFile['nodes'][number] => ({
		id: `${id}-${place}`,
		name,
		type,
		typeVersion,
		position: [place * 220, 0],
		parameters,
	});
	const wire = (to: string): object => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
	const rules = [
		{ name: 'High-Touch', output: 3, when: { arrFrom: 75_000 } },
		{ name: 'Pooled', output: 2, when: { arrFrom: 10_000 } },
	];
	return {
		id,
		name: 'Score and tiers',
		nodes: [
			node('Try it', 'n8n-nodes-base.manualTrigger', {}, 0),
			node(
				'Our accounts',
				'n8n-nodes-base.code',
				{ jsCode: `return ${JSON.stringify(ACCOUNTS.map((json) => ({ json })))}` },
				1,
				2,
			),
			node(HEALTH, 'n8n-nodes-digital-cs.healthScore', { options: { now: NOW } }, 2),
			node(TIERS, 'n8n-nodes-digital-cs.tierGate', { policy: 'own', rules: { rule: rules } }, 3),
		],
		connections: {
			'Try it': wire('Our accounts'),
			'Our accounts': wire(HEALTH),
			[HEALTH]: wire(TIERS),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** In Health Score: adoption counts more than before, and unpaid bills count too. */
export async function changeSignals(panel: NodePanel): Promise<void> {
	await panel.choose('model', 'Own Signals');
	await panel.fill('signals.signal[0].weight', '25');
	await panel.addRow('signals', 'Add Signal');
	await panel.fill('signals.signal[8].label', 'Days overdue');
	await panel.fill('signals.signal[8].weight', '15');
	await panel.fill('signals.signal[8].field', 'billing.daysOverdue');
	await panel.fill('signals.signal[8].from', '30');
	await panel.fill('signals.signal[8].to', '0');
}

/** In Tier Gate: a tier for the accounts that no rule fits. */
export async function addRule(panel: NodePanel): Promise<void> {
	await panel.addRow('rules', 'Add Rule');
	await panel.fill('rules.rule[2].name', 'Digital');
	await panel.fill('rules.rule[2].output', '1');
	await panel.addSetting('rules', 'ARR To');
	await panel.fill('rules.rule[2].when.arrTo', '10000');
}
