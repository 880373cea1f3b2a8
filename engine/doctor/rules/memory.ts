import { advances, isOurs, isRouter, kindOf, recordsEvents } from '../kinds';
import { origins } from '../graph';
import type { Rule } from '../finding';
import { at, textAt, textsOf } from '../parameters';
import type { WorkflowNode } from '../workflow';

/** A Wait node lives in memory up to about here, and dies with the process. */
const LONGEST_WAIT_SECONDS = 60;
const SECONDS: Readonly<Record<string, number>> = {
	seconds: 1,
	minutes: 60,
	hours: 3_600,
	days: 86_400,
};

const waitTooLong: Rule = {
	code: 'wait-too-long',
	severity: 'error',
	holds: 'No Wait node holds customers for longer than a minute.',
	todo: 'Let the journey wait: a step n days after another, decided afresh in each sweep.',
	*find({ workflow }) {
		if (!workflow.nodes.some(isOurs)) return;
		for (const node of workflow.nodes) {
			if (kindOf(node) !== 'wait' || node.disabled) continue;
			const seconds = waitOf(node);
			if (seconds !== undefined && seconds <= LONGEST_WAIT_SECONDS) continue;
			yield {
				node: node.name,
				text: `'${node.name}' keeps customers waiting in an execution${seconds === undefined ? '' : ` for ${String(seconds)} seconds`}: it goes on with the workflow as it was and with facts of that day, and is lost where the run is.`,
			};
		}
	},
};

/** In seconds; undefined where it waits for something else than time. */
function waitOf(node: WorkflowNode): number | undefined {
	if (textAt(node, ['resume'], 'timeInterval') !== 'timeInterval') return undefined;
	const amount = at(node.parameters, 'amount') ?? (node.version >= 1.1 ? 5 : 1);
	const unit = textAt(node, ['unit'], node.version >= 1.1 ? 'seconds' : 'hours');
	const factor = SECONDS[unit];
	return typeof amount === 'number' && factor !== undefined ? amount * factor : undefined;
}

const memoryElsewhere: Rule = {
	code: 'memory-elsewhere',
	severity: 'error',
	holds: 'The ledger alone remembers who was written to.',
	todo: 'Let Customer Journey claim what is sent: the ledger remembers it, once, also across parallel runs.',
	*find({ workflow }) {
		for (const node of workflow.nodes) {
			const what = memoryOf(node);
			if (what !== undefined)
				yield {
					node: node.name,
					text: `'${node.name}' remembers in ${what}: whoever writes last wins, and what it knew is gone without a word.`,
				};
		}
	},
};

function memoryOf(node: WorkflowNode): string | undefined {
	if (kindOf(node) === 'removeDuplicates')
		return textAt(node, ['operation']) === 'removeItemsSeenInPreviousExecutions'
			? 'Remove Duplicates, which stops at 10,000 entries'
			: undefined;
	if (!/^(code|function|functionItem)$/.test(kindOf(node))) return undefined;
	return textsOf(node).some(({ text }) => /\bgetWorkflowStaticData\b/.test(text))
		? "the workflow's static data"
		: undefined;
}

const webhookUnsigned: Rule = {
	code: 'webhook-unsigned',
	severity: 'error',
	holds: 'Whoever tells the ledger something has signed it.',
	todo: 'Use Customer Event Trigger, which checks the signature; or set Authentication or an IP whitelist at the webhook.',
	*find({ workflow, graph }) {
		const listening = workflow.nodes.filter(
			(node) => recordsEvents(node) || isRouter(node) || advances(node),
		);
		const named = new Set<string>();
		for (const end of listening)
			for (const node of origins(graph, end.name).values()) {
				if (kindOf(node) !== 'webhook' || !isOpen(node) || named.has(node.name)) continue;
				if (isChecked(origins(graph, end.name))) continue;
				if (answersLinks(end)) continue;
				named.add(node.name);
				yield {
					node: node.name,
					text: `'${node.name}' takes in events from anybody who knows its address, and '${end.name}' believes them.`,
				};
			}
	},
};

function isOpen(node: WorkflowNode): boolean {
	const whitelist = at(node.parameters, 'options', 'ipWhitelist');
	return (
		textAt(node, ['authentication'], 'none') === 'none' &&
		!(typeof whitelist === 'string' && whitelist.trim() !== '')
	);
}

function isChecked(before: ReadonlyMap<string, WorkflowNode>): boolean {
	return [...before.values()].some(({ type }) => type.endsWith('.crypto'));
}

/** A link in a notice is signed itself, and Open Link checks it. */
function answersLinks(node: WorkflowNode): boolean {
	return isRouter(node) && textAt(node, ['operation'], 'route') === 'openLink';
}

const tableNames: Rule = {
	code: 'data-table-name-in-another',
	severity: 'error',
	holds: 'No Data Table that is chosen by name has a name that is part of another.',
	todo: 'Choose the table from the list, or give it a name that is part of no other.',
	*find({ workflow }, { patients }) {
		const known = new Set(patients.flatMap((patient) => patient.workflow.nodes.flatMap(tableOf)));
		for (const node of workflow.nodes)
			for (const name of tableOf(node)) {
				const longer = [...known].find(
					(other) => other !== name && other.toLowerCase().includes(name.toLowerCase()),
				);
				if (longer !== undefined)
					yield {
						node: node.name,
						text: `'${node.name}' chooses the Data Table '${name}' by name, and n8n may take '${longer}': it looks for a part of the name, the newest first.`,
					};
			}
	},
};

function tableOf(node: WorkflowNode): string[] {
	if (kindOf(node) !== 'dataTable') return [];
	if (at(node.parameters, 'dataTableId', 'mode') !== 'name') return [];
	const name = at(node.parameters, 'dataTableId', 'value');
	return typeof name === 'string' && name !== '' ? [name] : [];
}

export const memoryRules: readonly Rule[] = [
	waitTooLong,
	memoryElsewhere,
	webhookUnsigned,
	tableNames,
];
