import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { workflowSchema, type WorkflowFile } from './client';
import { workflowsFolder } from './folders';

/** The workflows people import, journeys first, each as it stands in its file. */
export function readWorkflows(): { file: string; workflow: WorkflowFile }[] {
	if (!existsSync(workflowsFolder)) return [];
	return readdirSync(workflowsFolder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => ({ file, workflow: readWorkflow(file) }));
}

export function readWorkflow(file: string): WorkflowFile {
	const text: unknown = JSON.parse(readFileSync(join(workflowsFolder, file), 'utf8'));
	return workflowSchema.parse(text);
}

const JOURNEY_EMAIL = 'n8n-nodes-digital-cs.journeyEmail';
const OPERATIONS = 'Mail: operations';

/** The workflow with its Journey Email nodes, and its mail to operations, switched on and sending through this `smtp` credential. */
export function withMail(
	workflow: WorkflowFile,
	credential: { id: string; name: string },
): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.type === JOURNEY_EMAIL || node.name === OPERATIONS
				? { ...node, disabled: false, credentials: { ...node.credentials, smtp: credential } }
				: node,
		),
	};
}

/** The workflow with its mails' links, clicks too, answered at this address by ops-unsubscribe. */
export function withLinks(workflow: WorkflowFile, linkAddress: string): WorkflowFile {
	const links = { linkAddress, trackClicks: true };
	return withOptions(workflow, links, (type) => type === JOURNEY_EMAIL);
}

/** The workflow with this present on every node of the pack: sample customers' mails then wait for no office hours of today's. */
export function withNow(workflow: WorkflowFile, now: string): WorkflowFile {
	return withOptions(workflow, { now }, readsTime);
}

/** Whether a node of this type has the option *Now*: all of the pack but the trigger, whose senders sign by the clock. */
export function readsTime(type: string): boolean {
	return type.startsWith('n8n-nodes-digital-cs.') && !type.endsWith('.customerEventTrigger');
}

/** A journey on its samples as it would be at this time: they look at the clock by themselves. */
export function samplesAt(workflow: WorkflowFile, now: string): WorkflowFile {
	const fixed = `DateTime.fromISO('${now}')`;
	const nodes = workflow.nodes.map((node) => {
		const { jsCode, jsonOutput } = node.parameters;
		const at = (text: unknown): unknown =>
			typeof text === 'string' ? text.replaceAll('$now', fixed) : text;
		const parameters = {
			...node.parameters,
			...(jsCode === undefined ? {} : { jsCode: at(jsCode) }),
			...(jsonOutput === undefined ? {} : { jsonOutput: at(jsonOutput) }),
		};
		return { ...node, parameters };
	});
	return withNow({ ...workflow, nodes }, now);
}

function withOptions(
	workflow: WorkflowFile,
	more: Record<string, unknown>,
	isMeant: (type: string) => boolean,
): WorkflowFile {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			if (!isMeant(node.type)) return node;
			const options = z.record(z.string(), z.unknown()).parse(node.parameters.options ?? {});
			return { ...node, parameters: { ...node.parameters, options: { ...options, ...more } } };
		}),
	};
}
