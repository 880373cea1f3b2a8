import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { connectionsOf, runWorkflow } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import type { Racer } from './races.setup';

/**
 * One execution of the Escalation Router with a sender and Confirm Touch behind each output, for any store; what reaches
 * the sender is what was told. Imports no node, because jest and a process of its own load them differently.
 */
export type Routing = {
	operation: 'route' | 'checkDeadlines';
	/** What starts it, and in Route what is routed. */
	accounts: IDataObject[];
	now: number;
};

/** Keys of the notices that were handed to the sender, how many of them were confirmed, and items per output. */
export type Routed = { emitted: string[]; confirmed: number; counts: number[] };

/** Who has room for how many; what is left is the fallback owner's. */
export const ROOMS: Readonly<Record<string, number>> = {
	'ana@vendor.example': 400,
	'bo@vendor.example': 123,
	'cy@vendor.example': 1,
};
export const FALLBACK = 'sam@vendor.example';

const HOURS = '09:00-17:00';
const TEAM: INodeParameters = {
	fallbackName: 'Sam',
	fallbackEmail: FALLBACK,
	people: {
		person: Object.entries(ROOMS).map(([email, mostCases]) => ({
			name: email.slice(0, email.indexOf('@')),
			email,
			pools: 'csm',
			mostCases,
		})),
	},
	rules: { rule: [{ name: 'Everything', when: {}, pools: 'csm', strategy: 'leastLoaded' }] },
	calendars: {
		calendar: [
			{
				name: 'Team',
				zone: 'Europe/Berlin',
				mon: HOURS,
				tue: HOURS,
				wed: HOURS,
				thu: HOURS,
				fri: HOURS,
			},
		],
	},
	levels: { level: [{ name: 'Maria', email: 'maria@vendor.example', after: 0, unit: 'hours' }] },
};
const ROUTER = 'Escalation Router';
/** Of Route New, Updated and Digest; of Check Deadlines both. */
const OUTPUTS = { route: [0, 1, 3], checkDeadlines: [0, 1] };

/** @throws the error that stopped the execution */
export async function routeOnce(racer: Racer, toDo: Routing): Promise<Routed> {
	const { accounts, operation, now } = toDo;
	const emitted: string[] = [];
	const sender: INodeType = {
		description: { ...noOp.description, name: 'httpRequest' },
		async execute() {
			const told = this.getInputData().filter(({ json }) => noticeOf(json) !== undefined);
			emitted.push(...told.flatMap(({ json }) => noticeOf(json) ?? []));
			return await Promise.resolve([told]);
		},
	};
	const options = { now: new Date(now).toISOString() };
	const ledger = racer.postgres === undefined ? {} : { ledger: 'postgres' };
	const credentials =
		racer.postgres === undefined ? undefined : { postgres: { id: '1', name: 'Postgres' } };
	const outputs = OUTPUTS[operation];
	const run = await runWorkflow({
		mode: 'trigger',
		settings: { timezone: 'Europe/Berlin' },
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Accounts', type: 'test.items' },
			{
				name: ROUTER,
				type: 'n8n-nodes-digital-cs.escalationRouter',
				parameters: { ...ledger, ...TEAM, operation, options },
				credentials,
			},
			...outputs.flatMap((output) => [
				{ name: `Send ${String(output)}`, type: 'n8n-nodes-base.httpRequest' },
				{
					name: `Confirm ${String(output)}`,
					type: 'n8n-nodes-digital-cs.journeyLedger',
					parameters: { ...ledger, operation: 'confirmTouch', options },
					credentials,
				},
			]),
		],
		connections: connectionsOf([
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: ROUTER },
			...outputs.flatMap((output) => [
				{ from: ROUTER, output, to: `Send ${String(output)}` },
				{ from: `Send ${String(output)}`, to: `Confirm ${String(output)}` },
			]),
		]),
		nodeTypes: {
			'n8n-nodes-digital-cs.escalationRouter': racer.router,
			'n8n-nodes-digital-cs.journeyLedger': racer.ledger,
			'n8n-nodes-base.httpRequest': sender,
		},
		credentials: racer.postgres === undefined ? {} : { postgres: racer.postgres },
		sources: { Accounts: accounts },
	});
	if (run.error !== undefined) throw run.error;
	const confirmed = outputs.map(
		(output) => run.node(`Confirm ${String(output)}`).outputs[0]?.length ?? 0,
	);
	return {
		emitted,
		confirmed: confirmed.reduce((sum, count) => sum + count, 0),
		counts: run.node(ROUTER).outputs.map(({ length }) => length),
	};
}

function noticeOf({ escalation }: IDataObject): string | undefined {
	const { key, notify } = escalation as { key?: string; notify: boolean };
	return notify ? key : undefined;
}
