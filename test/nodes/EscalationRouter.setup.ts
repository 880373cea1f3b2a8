import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import {
	connectionsOf,
	runNode,
	runWorkflow,
	type NodeRun,
	type NodeTypeMap,
	type RunOptions,
	type TestNode,
	type Wire,
	type WorkflowRun,
} from '../harness/runWorkflow';
import { NODE_TYPES } from './CustomerJourney.setup';

export const ROUTE = { new: 0, updated: 1, unchanged: 2, digest: 3, notRouted: 4 };
export const CHECK = { overdue: 0, digest: 1 };
export const ANSWER = { done: 0, notDone: 1 };
export const ROUTER = 'Escalation Router';

/** A team in Berlin: two success managers, a fallback owner, and a lead who is told when nobody answers. */
export const TEAM: INodeParameters = {
	operation: 'route',
	fallbackName: 'Sam',
	fallbackEmail: 'sam@vendor.example',
	people: {
		person: [
			{ name: 'Ana', email: 'ana@vendor.example', pools: 'csm' },
			{ name: 'Bo', email: 'bo@vendor.example', pools: 'csm' },
		],
	},
	rules: { rule: [{ name: 'Everything', when: {}, pools: 'csm', strategy: 'leastLoaded' }] },
	calendars: {
		calendar: [
			{
				name: 'Team',
				zone: 'Europe/Berlin',
				mon: '09:00-17:00',
				tue: '09:00-17:00',
				wed: '09:00-17:00',
				thu: '09:00-17:00',
				fri: '09:00-17:00',
			},
		],
	},
	levels: { level: [{ name: 'Maria', email: 'maria@vendor.example', after: 0, unit: 'hours' }] },
};

export type Ran = NodeRun & { of: (output: number) => IDataObject[] };
/** Parameters of the router; what is left out is the team's, or n8n's default. */
export type Given = INodeParameters & { options?: INodeParameters };

/** Runs the router once at a time; `options.now` is set by it. */
export async function runRouter(
	at: string,
	input: readonly IDataObject[],
	{ options = {}, ...parameters }: Given = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<Ran> {
	const ran = await runNode(new EscalationRouter(), {
		mode,
		input,
		parameters: { ...TEAM, ...parameters, options: { now: at, ...options } },
	});
	return { ...ran, of: (output) => escalationsOf(ran.outputs[output]) };
}

/** The router as it stands in a larger workflow. */
export function routerNode(at: string, { options = {}, ...parameters }: Given = {}): TestNode {
	return {
		name: ROUTER,
		type: 'n8n-nodes-digital-cs.escalationRouter',
		parameters: { ...TEAM, ...parameters, options: { now: at, ...options } },
	};
}

/** Accounts, one node after the other; what each of them gave is asked of the run. */
export async function runFlow(
	input: readonly IDataObject[],
	nodes: readonly TestNode[],
	run: RunOptions & { nodeTypes?: NodeTypeMap; wires?: Wire[] } = {},
): Promise<WorkflowRun> {
	const names = ['Start', 'Accounts', ...nodes.map(({ name }) => name)];
	const inARow = names.slice(1).map((to, index) => ({ from: names[index] ?? '', to }));
	const ran = await runWorkflow({
		mode: 'trigger',
		settings: { timezone: 'Europe/Berlin' },
		...run,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Accounts', type: 'test.items' },
			...nodes,
		],
		connections: connectionsOf(run.wires ?? inARow),
		nodeTypes: {
			...NODE_TYPES,
			'n8n-nodes-digital-cs.escalationRouter': new EscalationRouter(),
			...run.nodeTypes,
		},
		sources: { Accounts: input },
	});
	if (ran.error !== undefined) throw ran.error;
	return ran;
}

/** What the node adds to its items. */
export function escalationsOf(items: NodeRun['outputs'][number] = []): IDataObject[] {
	return items.map(({ json }) => {
		const { escalation } = json;
		if (typeof escalation !== 'object' || escalation === null || Array.isArray(escalation))
			throw new Error('The item carries no escalation');
		return escalation as IDataObject;
	});
}

/** An account with one alert of Health Score. */
export function alerted(id: string, over: IDataObject = {}, alert: IDataObject = {}): IDataObject {
	return {
		accountId: id,
		name: `Account ${id}`,
		arr: 5_000,
		health: {
			score: 55,
			band: 'red',
			alerts: [
				{
					code: 'health_dropped',
					key: `health_dropped/b2b-saas/${id}/2026-03-02`,
					priority: 'normal',
					since: '2026-03-02',
					text: 'Health dropped under 60 on 2026-03-02',
					...alert,
				},
			],
		},
		...over,
	};
}

/** An event as Record Event tells it. */
export function asking(id: string, type: string, event = 'e1'): IDataObject {
	return {
		accountId: id,
		name: `Account ${id}`,
		ledger: { recorded: true, event: { id: event, type, accountId: id, asksForHuman: true } },
	};
}

/** Runs one of the router's answers, and gives what it said on each output. */
export async function answer(
	operation: string,
	at: string,
	input: readonly IDataObject[],
	parameters: Given = {},
): Promise<{ done: IDataObject[]; notDone: IDataObject[] }> {
	const ran = await runRouter(at, input, { operation, ...parameters });
	if (ran.error !== undefined) throw ran.error;
	return { done: ran.of(ANSWER.done), notDone: ran.of(ANSWER.notDone) };
}

/** The codes of what items were told. */
export function codesOf(escalations: readonly IDataObject[]): string[] {
	return escalations.flatMap(({ reasons }) =>
		Array.isArray(reasons) ? reasons.map((reason) => (reason as { code: string }).code) : [],
	);
}
