import type { WorkflowFile, WorkflowNode } from './client';

/** Test triggers: each answers when its run has ended. Bodies hold `now`, and what else is said. */
export const HEALTH_PATH = 'test-health';
export const DESK_CLOCK_PATH = 'test-desk-clock';
export const WATCH_CLOCK_PATH = 'test-watch-clock';
export const MORNING_PATH = 'test-morning';
export const STORY_PATH = 'test-story';

const OURS = 'n8n-nodes-digital-cs.';

/** The shipped desk on a clock of the test's: in the header `x-now` of its webhooks, and on items of other workflows. */
export function deskOnTestTime(workflow: WorkflowFile): WorkflowFile {
	const now = readsTime({
		'Test clock': 'body.now',
		'Help desk or CRM events': 'headers["x-now"]',
		'From other workflows': 'now',
	});
	// each method of that webhook has an output of its own, and `first` looks at one
	const timed = onTime(workflow, now, { 'Open the link': '={{ $json.headers["x-now"] }}' });
	return withTrigger(timed, 'Test clock', DESK_CLOCK_PATH, 'Check deadlines');
}

/** The shipped watch on the same clock, with its queue mail enabled. */
export function watchOnTestTime(
	workflow: WorkflowFile,
	smtp: { id: string; name: string },
): WorkflowFile {
	const now = readsTime({ 'Test clock': 'body.now', 'Test morning': 'body.now' });
	const timed = onTime(workflow, now);
	const nodes = timed.nodes.map((node) =>
		node.name === 'Mail: the queue' ? { ...node, disabled: false, credentials: { smtp } } : node,
	);
	const clock = withTrigger({ ...timed, nodes }, 'Test clock', WATCH_CLOCK_PATH, 'Check deadlines');
	return withTrigger(clock, 'Test morning', MORNING_PATH, 'Open cases');
}

/** A company's own flow: scores the accounts it is sent, and hands what is red over to the desk. `POST {accounts}` */
export function scoringFlow(desk: string): WorkflowFile {
	const signal = { label: 'Use', field: 'use', weight: 1, curve: 'linear', from: 0, to: 100 };
	return chain('callsTheDesk000001', 'Scores accounts', [
		trigger('Accounts', HEALTH_PATH),
		core('Each', 'splitOut', 1, { fieldToSplitOut: 'body.accounts', options: {} }),
		own('Health score', 'healthScore', {
			model: 'own',
			signals: { signal: [signal] },
			options: { now: '={{ $json.now }}' },
		}),
		core('To the desk', 'executeWorkflow', 1.2, {
			workflowId: { __rl: true, mode: 'id', value: desk },
			options: {},
		}),
	]);
}

/** What the ledger tells of accounts: `POST {accountId}` */
export const STORY: WorkflowFile = chain('tellsStories000001', 'Tells stories', [
	trigger('Account', STORY_PATH, 'firstEntryJson'),
	own('Look up', 'journeyLedger', { operation: 'lookUp', lookUpField: 'body.accountId' }),
]);

function readsTime(triggers: Record<string, string>): string {
	const read = Object.entries(triggers).reduceRight(
		(otherwise, [name, path]) =>
			`$('${name}').isExecuted ? $('${name}').first().json.${path} : ${otherwise}`,
		'undefined',
	);
	return `={{ ${read} }}`;
}

function onTime(
	workflow: WorkflowFile,
	usual: string,
	others: Record<string, string> = {},
): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			if (!node.type.startsWith(OURS)) return node;
			const { options } = node.parameters;
			const now = others[node.name] ?? usual;
			const more = typeof options === 'object' && options !== null ? options : {};
			return { ...node, parameters: { ...node.parameters, options: { ...more, now } } };
		}),
	};
}

function withTrigger(
	workflow: WorkflowFile,
	name: string,
	path: string,
	leadsTo: string,
): WorkflowFile {
	return {
		...workflow,
		nodes: [...workflow.nodes, { ...trigger(name, path), name }],
		connections: { ...workflow.connections, [name]: to(leadsTo) },
	};
}

function trigger(name: string, path: string, responseData = 'noData'): WorkflowNode {
	const parameters = { httpMethod: 'POST', path, responseMode: 'lastNode', responseData };
	return {
		...core(name, 'webhook', 2.1, { ...parameters, options: {} }),
		webhookId: path,
	};
}

function core(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const node = { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion };
	return { ...node, position: [0, 0], parameters };
}

function own(name: string, type: string, parameters: Record<string, unknown>): WorkflowNode {
	return { ...core(name, type, 1, parameters), type: `${OURS}${type}` };
}

function chain(id: string, name: string, nodes: WorkflowNode[]): WorkflowFile {
	const next = nodes.slice(1);
	const connections = Object.fromEntries(
		next.map((node, index) => [nodes[index]?.name ?? '', to(node.name)]),
	);
	return { id, name, nodes, connections, settings: { executionOrder: 'v1' } };
}

function to(name: string): object {
	return { main: [[{ node: name, type: 'main', index: 0 }]] };
}
