import type { WorkflowFile, WorkflowNode } from './client';
import { readsTime } from './workflows';

export const CLOCK_PATH = 'test-clock';
const CLOCK = 'Test clock';
const CRM = 'Your CRM';
export const EVENTS = 'CRM events';
const ACCOUNTS = 'Your accounts';

/** Where each node reads the time: from whichever trigger started this execution. */
const NOW = `={{ $('${CLOCK}').isExecuted ? $('${CLOCK}').first().json.body.now : $('${EVENTS}').first().json.data.now }}`;

/**
 * The shipped journey as a company sets it up: its CRM enabled instead of the sample, and, for the test, a clock that a
 * webhook sets. `POST test-clock {now}` is one sweep and answers when it has ended; events that the journey's trigger
 * takes in carry their time as `now` (crmEvents.ts).
 * @param starts nodes that a sweep begins with
 * @param path of the clock, where several journeys have one each
 */
export function withClockAndCrm(
	workflow: WorkflowFile,
	crmUrl: string,
	starts: readonly string[] = [CRM],
	path: string = CLOCK_PATH,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === CRM
			? { ...node, disabled: false, parameters: { ...node.parameters, url: crmUrl } }
			: onTestTime(node),
	);
	nodes.push({
		id: 'test-clock',
		name: CLOCK,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 1100],
		webhookId: path,
		parameters: {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'noData',
			options: {},
		},
	});
	const connections = {
		...workflow.connections,
		[CLOCK]: { main: [starts.map((node) => ({ node, type: 'main', index: 0 }))] },
	};
	return { ...workflow, nodes, connections };
}

function onTestTime(node: WorkflowNode): WorkflowNode {
	if (!readsTime(node.type)) return node;
	const parameters = isRecord(node.parameters) ? node.parameters : {};
	const options = isRecord(parameters.options) ? parameters.options : {};
	const source = node.name === ACCOUNTS ? { source: 'input', preset: 'canonical' } : {};
	return { ...node, parameters: { ...parameters, ...source, options: { ...options, now: NOW } } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
