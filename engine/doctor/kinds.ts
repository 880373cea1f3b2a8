import { at, isList, textAt, textsOf } from './parameters';
import type { WorkflowNode } from './workflow';

const PACK = 'n8n-nodes-digital-cs.';

/** The last part of a type: `scheduleTrigger`. */
export function kindOf({ type }: WorkflowNode): string {
	return type.slice(type.lastIndexOf('.') + 1);
}

export function isOurs({ type }: WorkflowNode): boolean {
	return type.startsWith(PACK);
}

/** Operations that n8n leaves out of an export where they are the node's first choice. */
const USUAL_OPERATION: Readonly<Record<string, string>> = {
	contentSelector: 'select',
	customerJourney: 'advance',
	escalationRouter: 'route',
	healthScore: 'score',
	journeyLedger: 'confirmTouch',
	tierGate: 'assignTier',
};

function does(node: WorkflowNode, kind: string, ...operations: string[]): boolean {
	if (!isOurs(node) || kindOf(node) !== kind) return false;
	const operation = textAt(node, ['operation'], USUAL_OPERATION[kind]);
	return operations.length === 0 || operations.includes(operation);
}

export const isProfile = (node: WorkflowNode): boolean => does(node, 'accountProfile');
export const isHealth = (node: WorkflowNode): boolean => does(node, 'healthScore');
export const isGate = (node: WorkflowNode): boolean => does(node, 'tierGate', 'gateMotion');
export const assignsTiers = (node: WorkflowNode): boolean => does(node, 'tierGate', 'assignTier');
export const sumsUpCosts = (node: WorkflowNode): boolean => does(node, 'tierGate', 'costToServe');
export const isJourney = (node: WorkflowNode): boolean => does(node, 'customerJourney');
/** It claims touches; *Preview* claims none. */
export const advances = (node: WorkflowNode): boolean => does(node, 'customerJourney', 'advance');
export const isJourneyEmail = (node: WorkflowNode): boolean => does(node, 'journeyEmail');
export const isConfirm = (node: WorkflowNode): boolean =>
	does(node, 'journeyLedger', 'confirmTouch') && !node.disabled;
export const isRouter = (node: WorkflowNode): boolean => does(node, 'escalationRouter');
export const routes = (node: WorkflowNode): boolean => does(node, 'escalationRouter', 'route');
export const checksDeadlines = (node: WorkflowNode): boolean =>
	does(node, 'escalationRouter', 'checkDeadlines');
export const takesEvents = (node: WorkflowNode): boolean =>
	does(node, 'journeyLedger', 'recordEvent', 'readMail', 'openLink') ||
	does(node, 'customerEventTrigger');
export const recordsEvents = (node: WorkflowNode): boolean =>
	does(node, 'journeyLedger', 'recordEvent');
export const isSelector = (node: WorkflowNode): boolean => does(node, 'contentSelector');
/** Content Selector with what it chooses from on its second input. */
export const chooses = (node: WorkflowNode): boolean =>
	does(node, 'contentSelector', 'select', 'submitBatch');
export const reviews = (node: WorkflowNode): boolean =>
	does(node, 'contentSelector', 'reviewCatalogue');

export const isLoop = (node: WorkflowNode): boolean => kindOf(node) === 'splitInBatches';
/** Version 3 has `done` first and `loop` second; before it was the other way round. */
export const loopOutputs = ({ version }: WorkflowNode): { loop: number; done: number } =>
	version >= 3 ? { loop: 1, done: 0 } : { loop: 0, done: 1 };
/** Where what meets no rule of a Switch goes: `extra` is a side of its own, and without one it ends there. */
const fallbackOf = ({ parameters }: WorkflowNode): unknown =>
	at(parameters, 'options', 'fallbackOutput') ?? at(parameters, 'fallbackOutput');

export function endsWhatFitsNoRule(node: WorkflowNode): boolean {
	if (textAt(node, ['mode'], 'rules') === 'expression') return false;
	const rest = fallbackOf(node);
	return rest === undefined || rest === 'none' || rest === -1;
}

/** Outputs on which items leave a Switch; each version keeps them in a way of its own. */
export function outputsOfSwitch(node: WorkflowNode): number[] {
	const { parameters, version } = node;
	if (textAt(node, ['mode'], 'rules') === 'expression') {
		const told = at(parameters, 'numberOutputs') ?? at(parameters, 'outputsAmount');
		return [
			...Array(Math.min(typeof told === 'number' && told > 0 ? told : 4, MOST_OUTPUTS)).keys(),
		];
	}
	const list = at(parameters, 'rules', 'values') ?? at(parameters, 'rules', 'rules');
	const rules = isList(list) ? list : [];
	const outputs = rules.map((rule, index) =>
		version < 2 ? Number(at(rule, 'output') ?? 0) : index,
	);
	const fallback = fallbackOf(node);
	if (fallback === 'extra') outputs.push(rules.length);
	else if (typeof fallback === 'number' && fallback >= 0) outputs.push(fallback);
	return [...new Set(outputs)];
}

/** More than n8n offers. */
const MOST_OUTPUTS = 100;

export const isMerge = (node: WorkflowNode): boolean => kindOf(node) === 'merge';
export const isSchedule = (node: WorkflowNode): boolean =>
	kindOf(node) === 'scheduleTrigger' || kindOf(node) === 'cron';
export const isSubWorkflow = (node: WorkflowNode): boolean => kindOf(node) === 'executeWorkflow';
export const isCalled = (node: WorkflowNode): boolean => kindOf(node) === 'executeWorkflowTrigger';

/** Whatever begins an execution. */
export function isTrigger(node: WorkflowNode): boolean {
	return /Trigger$|^(webhook|cron|interval|emailReadImap|start)$/.test(kindOf(node));
}

const OF_TOUCH = /\b(journey|escalation)(\?\.|\.)(to|key|slack)\b/;

/** Any other node that says where a touch or a notice goes: it sends, or looks up to whom. */
export function mentionsTouch(node: WorkflowNode): boolean {
	if (isOurs(node) || isRecord(node) || kindOf(node) === 'stickyNote') return false;
	if (READS.has(kindOf(node))) return false;
	if (kindOf(node) === 'httpRequest' && !changesSomething(node)) return false;
	return textsOf(node).some(({ text }) => OF_TOUCH.test(text));
}

/** A request other than one that only reads; before version 3 its method had another name. */
export function changesSomething(node: WorkflowNode): boolean {
	const method = textAt(node, ['method'], textAt(node, ['requestMethod']));
	return !/^(GET|HEAD|)$/.test(method);
}

/** Nodes that look at items and leave nothing anywhere. */
const READS: ReadonlySet<string> = new Set([
	'aggregate',
	'code',
	'filter',
	'function',
	'if',
	'itemLists',
	'merge',
	'noOp',
	'set',
	'splitInBatches',
	'splitOut',
	'summarize',
	'switch',
	'wait',
]);

/** Whether a node only passes on, sorts or changes items. */
export function onlyHandsOn(node: WorkflowNode): boolean {
	return READS.has(kindOf(node));
}

const DATABASES: ReadonlySet<string> = new Set([
	'airtable',
	'dataTable',
	'googleSheets',
	'microsoftSql',
	'mongoDb',
	'mySql',
	'postgres',
	'snowflake',
	'supabase',
]);

export function isDatabase(node: WorkflowNode): boolean {
	return DATABASES.has(kindOf(node));
}

/** A CRM or a database that keeps what happened, and tells no customer. */
function isRecord(node: WorkflowNode): boolean {
	return isDatabase(node) || /^(hubspot|notion|pipedrive|salesforce|zohoCrm)$/.test(kindOf(node));
}
