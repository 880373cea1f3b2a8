import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';

export const ROUTE = { new: 0, updated: 1, unchanged: 2, digest: 3, notRouted: 4 };
export const CHECK = { overdue: 0, digest: 1 };

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

/** Runs the router once at a time; `options.now` is set by it. */
export async function runRouter(
	at: string,
	input: readonly IDataObject[],
	{ options = {}, ...parameters }: INodeParameters & { options?: INodeParameters } = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<Ran> {
	const ran = await runNode(new EscalationRouter(), {
		mode,
		input,
		parameters: { ...TEAM, ...parameters, options: { now: at, ...options } },
	});
	return { ...ran, of: (output) => escalationsOf(ran.outputs[output]) };
}

/** What the node adds to its items. */
function escalationsOf(items: NodeRun['outputs'][number] = []): IDataObject[] {
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
