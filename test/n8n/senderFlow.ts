import type { WorkflowFile, WorkflowNode } from './client';

/** Ten customers who are due for a welcome at once; the sixth cannot be written to, as in any real list. */
export const TEN = 10;
const BAD = 6;

export const START = 'Start';
export const JOURNEY = 'Customer Journey';
export const LOOP = 'Loop Over Items';
export const SENDER = 'Sender';
export const CONFIRM = 'Confirm Touch';

/** A Monday; the welcome goes at once. */
export const NOW = Date.parse('2026-03-02T10:00:00Z');
export const LEASE_MS = 60_000;

export const accountOf = (flow: string, number: number): string => `${flow}-${String(number)}`;
export const badAccountOf = (flow: string): string => accountOf(flow, BAD);
export const addressOf = (accountId: string): string => `ann@${accountId}.example`;

export function customersOf(flow: string, more: object = {}, count = TEN): object[] {
	return Array.from({ length: count }, (_nothing, index) => {
		const accountId = accountOf(flow, index + 1);
		return {
			accountId,
			createdAt: new Date(NOW).toISOString(),
			timezone: 'UTC',
			contacts: [{ email: addressOf(accountId), name: 'Ann', role: 'admin' }],
			...more,
		};
	});
}

/** The present of each node: what the call said, for the sender where it says so another time. */
const CALLED_AT = `={{ $('${START}').first().json.body.now }}`;
export const SENT_AT = `={{ $('${START}').first().json.body.sentAt ?? $('${START}').first().json.body.now }}`;

export type Sender = Pick<WorkflowNode, 'type' | 'parameters'> & {
	typeVersion?: number;
	credentials?: WorkflowNode['credentials'];
	disabled?: boolean;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	onError?: string;
};

/** The ledger's Postgres credential, where it is not the file, and options of Customer Journey. */
export type Settings = { postgres?: { id: string; name: string }; options?: object };

/** What n8n is told by somebody who wants a sender to be tried three times. */
export const RETRY_3 = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

/**
 * `POST senders/<flow> {now, accounts}` → Customer Journey → the sender. A sender of n8n's own stands in a Loop Over Items
 * of twenty with Confirm Touch behind it, as the documentation says; Journey Email stands alone.
 */
export function senderFlow(flow: string, sender: Sender, on: Settings = {}): WorkflowFile {
	const { postgres, options } = on;
	const ledger = postgres === undefined ? {} : { ledger: 'postgres' };
	const credentials = postgres === undefined ? {} : { postgres };
	const own = sender.type.endsWith('.journeyEmail');
	const nodes: (Sender & { name: string; webhookId?: string })[] = [
		{
			name: START,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: `senders-${flow}`,
			parameters: {
				httpMethod: 'POST',
				path: pathOf(flow),
				responseMode: 'lastNode',
				responseData: 'noData',
				options: {},
			},
		},
		{
			name: 'Accounts',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.accounts', options: {} },
		},
		{
			name: JOURNEY,
			type: 'n8n-nodes-digital-cs.customerJourney',
			parameters: {
				journeyId: flow,
				...ledger,
				team: 'team@vendor.example',
				options: { now: CALLED_AT, timezone: 'UTC', leaseMinutes: LEASE_MS / 60_000, ...options },
			},
			credentials,
		},
		{
			...sender,
			name: SENDER,
			credentials: { ...sender.credentials, ...(own ? credentials : {}) },
			parameters: { ...sender.parameters, ...(own ? ledger : {}) },
		},
	];
	const wires: [from: string, output: number, to: string][] = [
		[START, 0, 'Accounts'],
		['Accounts', 0, JOURNEY],
		[JOURNEY, 1, own ? SENDER : LOOP],
	];
	if (!own) {
		nodes.push(
			{
				name: LOOP,
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize: 20, options: {} },
			},
			{
				name: CONFIRM,
				type: 'n8n-nodes-digital-cs.journeyLedger',
				parameters: { operation: 'confirmTouch', ...ledger, options: { now: CALLED_AT } },
				credentials,
			},
			{ name: 'Done', type: 'n8n-nodes-base.noOp', parameters: {} },
		);
		wires.push(
			[LOOP, 0, 'Done'],
			[LOOP, 1, SENDER],
			[SENDER, 0, CONFIRM],
			[SENDER, 1, LOOP],
			[CONFIRM, 0, LOOP],
			[CONFIRM, 1, LOOP],
		);
	}
	return {
		name: `Senders: ${flow}`,
		nodes: nodes.map((node, index) => ({
			typeVersion: 1,
			...node,
			id: `${flow}-${String(index)}`,
			position: [index * 200, 0],
		})),
		connections: connectionsOf(wires),
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' },
	};
}

export const pathOf = (flow: string): string => `senders-${flow}`;

/** The workflow after somebody changed one node of it in the editor. */
export function withNode(
	workflow: WorkflowFile,
	name: string,
	change: (node: WorkflowNode) => Partial<WorkflowNode>,
): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => (node.name === name ? { ...node, ...change(node) } : node)),
	};
}

function connectionsOf(
	wires: [from: string, output: number, to: string][],
): WorkflowFile['connections'] {
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, output, to] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return connections;
}
