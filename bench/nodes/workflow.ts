import type { WorkflowFile } from '../../test/n8n/client';
import { codeForAllItems, expression } from './peers';

export const WEBHOOK = 'bench/nodes';
const numbered = (name: string, count: number): string[] =>
	Array.from({ length: count }, (_none, index) => `${name} ${index + 1}`);
/** The nodes to compare, by the name of the figure. The fast ones are there several times, for a median. */
export const NODES = {
	healthScore: numbered('Health Score', 5),
	codeAll: numbered('Code', 3),
	set: ['Set'],
	if: ['If'],
};

/**
 * Accounts of twelve fields, made by a formula: every run and every node sees the same ones. One in ten has no NPS. No
 * signal costs exactly half a point, the limit for being named, where two right answers could differ in the last bit.
 */
function generator(accounts: number, now: number): string {
	return `const now = ${now};
const at = (days) => new Date(now - days * 86400000).toISOString();
const asOf = at(1);
const items = [];
for (let i = 0; i < ${accounts}; i++) {
	const bought = 10 + (i % 90);
	items.push({ json: {
		accountId: 'acc-' + i,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		lifecycleStage: 'adopting',
		timezone: 'Europe/Berlin',
		renewalDate: at(-(i % 365)),
		usage: { activeUsers: i % 50, events: (i * 7) % 400, previousEvents: 61 + ((i * 13) % 60) * 5, lastActiveAt: at((i * 5) % 40), asOf, adoption: ((i * 11) % 97) / 97 },
		support: { openTickets: i % 7, openP1: i % 20 === 0 ? 1 : 0 },
		sentiment: i % 10 === 0 ? { csat: 1 + ((i * 3) % 40) / 10 } : { nps: ((i * 17) % 101) * 2 - 100, csat: 1 + ((i * 3) % 40) / 10 },
		licences: { bought, used: (i * 19) % (bought + 1) },
	} });
}
return items;`;
}

/** One webhook, one generator, and four nodes that each get what it made. Nothing of the execution is saved. */
export function benchWorkflow(accounts: number, now: number): WorkflowFile {
	const iso = new Date(now).toISOString();
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		row: number,
		column: number,
		parameters: Record<string, unknown>,
	) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [column * 220, row * 180],
		parameters,
	});
	const settings = {
		healthScore: [
			'n8n-nodes-digital-cs.healthScore',
			1,
			{ remember: false, options: { now: iso } },
		],
		codeAll: ['n8n-nodes-base.code', 2, { jsCode: codeForAllItems(now) }],
		set: [
			'n8n-nodes-base.set',
			3.4,
			{
				assignments: {
					assignments: [{ id: 'a', name: 'health', type: 'object', value: expression(now) }],
				},
				includeOtherFields: true,
				options: {},
			},
		],
		if: [
			'n8n-nodes-base.if',
			2.2,
			{
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							id: 'a',
							leftValue: expression(now, '.band'),
							rightValue: 'red',
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
				options: {},
			},
		],
	} as const;
	// n8n runs them from top to bottom: fast ones in turn, so that none always runs in the fullest memory
	const order = [0, 1, 2, 3, 4].flatMap((turn) =>
		(['healthScore', 'codeAll', 'set', 'if'] as const).flatMap((kind) => {
			const name = NODES[kind][turn];
			return name === undefined ? [] : [{ kind, name }];
		}),
	);
	const slow = ({ kind }: (typeof order)[number]): number => (NODES[kind].length > 1 ? 0 : 1);
	const peers = order
		.sort((a, b) => slow(a) - slow(b))
		.map(({ kind, name }, row) => {
			const [type, version, parameters] = settings[kind];
			return node(name, type, version, row, 2, parameters);
		});
	return {
		name: 'Bench: nodes',
		nodes: [
			{
				...node('Start', 'n8n-nodes-base.webhook', 2, 0, 0, {
					httpMethod: 'POST',
					path: WEBHOOK,
					options: {},
				}),
				webhookId: 'bench-nodes',
			},
			node('Accounts', 'n8n-nodes-base.code', 2, 0, 1, { jsCode: generator(accounts, now) }),
			...peers,
		],
		connections: {
			Start: { main: [[{ node: 'Accounts', type: 'main', index: 0 }]] },
			Accounts: { main: [peers.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] },
		},
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'all',
			saveExecutionProgress: false,
		},
	};
}
