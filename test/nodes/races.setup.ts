import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { connectionsOf, runWorkflow, type TestNode, type Wire } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';

/**
 * One execution of Customer Journey with a sender and Confirm Touch behind each output, for any store; what reaches the
 * sender is what was emitted. Imports no node, because jest and a process of its own load them differently.
 */
export type Racer = {
	journey: INodeType;
	ledger: INodeType;
	router: INodeType;
	/** Of Postgres; without it the nodes use the file in n8n's user folder. */
	postgres?: ICredentialDataDecryptedObject;
};

const JOURNEY = 'Customer Journey';
/** Every number that the preset's steps have. */
const OUTPUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const ZONE = 'Europe/Berlin';

/** Day 0: a Monday, 10:00 in Berlin. */
export const DAY_0 = Date.parse('2026-03-02T09:00:00Z');
export const DAY = 86_400_000;

/** Customers who were created on day 0 and do nothing. */
export function customers(count: number): IDataObject[] {
	return Array.from({ length: count }, (_nothing, index) => ({
		...newcomer(`customer-${String(index)}`),
		createdAt: new Date(DAY_0).toISOString(),
	}));
}

/** A customer of whom nobody says when it began, unless an event does. */
export function newcomer(accountId: string): IDataObject {
	return {
		accountId,
		contacts: [{ email: `admin@${accountId}.example`, name: 'Ada', role: 'admin' }],
	};
}

export type Sweep = {
	accounts: IDataObject[];
	/** Given to Record Event first; its accounts are decided on whether or not the event was heard of before. */
	events?: IDataObject[];
	now: number;
	touchesPerRun?: number;
};

/** What one execution handed to its senders, and how many of its events were new. */
export type Swept = { emitted: string[]; confirmed: number; recorded: number };

/** @throws the error that stopped the execution */
export async function sweep(racer: Racer, toDo: Sweep): Promise<Swept> {
	const swept: Swept = { emitted: [], confirmed: 0, recorded: 0 };
	const sender: INodeType = {
		description: { ...noOp.description, name: 'httpRequest' },
		async execute() {
			const items = this.getInputData();
			for (const { json } of items) {
				const { key } = json.journey as { key: string };
				swept.emitted.push(key);
			}
			return await Promise.resolve([items]);
		},
	};
	const { nodes, wires } = flow(racer, toDo);
	const run = await runWorkflow({
		mode: 'trigger',
		settings: { timezone: ZONE },
		nodes,
		connections: connectionsOf(wires),
		nodeTypes: {
			'n8n-nodes-digital-cs.customerJourney': racer.journey,
			'n8n-nodes-digital-cs.journeyLedger': racer.ledger,
			'n8n-nodes-base.httpRequest': sender,
		},
		credentials: racer.postgres === undefined ? {} : { postgres: racer.postgres },
		sources: { Accounts: toDo.accounts, Events: toDo.events ?? [] },
	});
	if (run.error !== undefined) throw run.error;
	for (const output of OUTPUTS)
		swept.confirmed += run.node(`Confirm ${String(output)}`).outputs[0]?.length ?? 0;
	swept.recorded = run.node('Record').outputs[0]?.length ?? 0;
	return swept;
}

function flow(
	{ postgres }: Racer,
	{ events, now, touchesPerRun = 200 }: Sweep,
): { nodes: TestNode[]; wires: Wire[] } {
	const time = new Date(now).toISOString();
	const ledger: INodeParameters = postgres === undefined ? {} : { ledger: 'postgres' };
	const ofLedger = (name: string, parameters: INodeParameters): TestNode => ({
		name,
		type: 'n8n-nodes-digital-cs.journeyLedger',
		parameters: { ...ledger, ...parameters, options: { now: time } },
		credentials,
	});
	const credentials =
		postgres === undefined ? undefined : { postgres: { id: '1', name: 'Postgres' } };
	const toAccounts: Wire[] =
		events === undefined
			? [{ from: 'Start', to: 'Accounts' }]
			: [
					{ from: 'Start', to: 'Events' },
					{ from: 'Events', to: 'Record' },
					{ from: 'Record', to: 'Accounts' },
					{ from: 'Record', output: 1, to: 'Accounts' },
				];
	return {
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Events', type: 'test.items' },
			ofLedger('Record', { operation: 'recordEvent' }),
			{ name: 'Accounts', type: 'test.items' },
			{
				name: JOURNEY,
				type: 'n8n-nodes-digital-cs.customerJourney',
				parameters: {
					...ledger,
					team: 'team@vendor.example',
					options: { timezone: ZONE, now: time, touchesPerRun },
				},
				credentials,
			},
			...OUTPUTS.flatMap((output) => [
				{ name: `Send ${String(output)}`, type: 'n8n-nodes-base.httpRequest' },
				ofLedger(`Confirm ${String(output)}`, { operation: 'confirmTouch' }),
			]),
		],
		wires: [
			...toAccounts,
			{ from: 'Accounts', to: JOURNEY },
			...OUTPUTS.flatMap((output) => [
				{ from: JOURNEY, output, to: `Send ${String(output)}` },
				{ from: `Send ${String(output)}`, to: `Confirm ${String(output)}` },
			]),
		],
	};
}

/** The words of what stands more than once in a list. */
export function repeated(list: readonly string[]): string[] {
	const seen = new Set<string>();
	return list.filter((one) => seen.has(one) || (seen.add(one), false));
}
