import { sendsOf } from '../channels';
import { origins, reach } from '../graph';
import { isDatabase, isHealth, isOurs, isRouter, kindOf, onlyHandsOn } from '../kinds';
import type { Rule } from '../finding';
import { at, rowsAt, textAt, textsOf, type Text } from '../parameters';
import type { WorkflowNode } from '../workflow';

const READING =
	/^(select|get|getAll|getMany|read|search|find|list|rowExists|ifRowExists|aggregate|query)/i;
const WRITING = /^(insert|upsert|update|append|create|delete|findOneAnd|write)/i;

function queryOf(node: WorkflowNode): string {
	return ['query', 'sqlQuery']
		.map((name) => textAt(node, [name]))
		.join(' ')
		.trim();
}

function reads(node: WorkflowNode): boolean {
	if (!isDatabase(node) && !/^(salesforce|hubspot|notion)$/.test(kindOf(node))) return false;
	const query = queryOf(node).replace(/^=/, '').trim();
	if (query !== '') return /^(select|with)\b/i.test(query);
	return READING.test(textAt(node, ['operation'], 'select'));
}

function writes(node: WorkflowNode): boolean {
	if (!isDatabase(node)) return false;
	const query = queryOf(node).replace(/^=/, '').trim();
	if (query !== '') return /^(insert|update|delete|merge)\b/i.test(query);
	return WRITING.test(textAt(node, ['operation']));
}

/** Whether somebody hears of it. */
function tells(node: WorkflowNode): boolean {
	return (
		sendsOf(node) !== undefined || isRouter(node) || /^(pagerDuty|opsgenie)$/.test(kindOf(node))
	);
}

const emptyReadEnds: Rule = {
	code: 'empty-read-ends-chain',
	severity: 'error',
	holds: 'A look-up that may find nothing has Always Output Data where something is to follow.',
	todo: 'Switch Always Output Data on in its settings, and let the next node ask whether there was a row.',
	*find({ workflow, graph }) {
		for (const node of workflow.nodes) {
			if (!reads(node) || node.alwaysOutputData) continue;
			// the first read of a flow gives the customers: without any there is nothing to do
			const looksUp = [...origins(graph, node.name).values()].some(
				(before) => isOurs(before) || reads(before) || writes(before),
			);
			if (!looksUp) continue;
			const behind = reach(graph, graph.from(node.name), (next) => (isOurs(next) ? [] : 'all'));
			const acts = [...behind.values()].find((next) => writes(next) || tells(next));
			if (acts !== undefined)
				yield {
					node: node.name,
					text: `Where '${node.name}' finds no row the run ends there, and '${acts.name}' never happens: the first alert is the one that gets lost.`,
				};
		}
	},
};

const readsInsertOutput: Rule = {
	code: 'reads-insert-output',
	severity: 'error',
	holds: 'No condition asks for fields behind a node that writes to a database and gives them up.',
	todo: "Read the field from the node before: {{ $('Name').item.json.field }}.",
	*find({ workflow, graph }) {
		for (const node of workflow.nodes) {
			if (!/^(if|filter|switch)$/.test(kindOf(node))) continue;
			if (!textsOf(node).some(({ text }) => asksForMore(text))) continue;
			const writer = writerBefore(node, (name) =>
				graph.into(name).flatMap(({ from }) => graph.find(from) ?? []),
			);
			if (writer !== undefined)
				yield {
					node: node.name,
					text: `'${node.name}' asks $json for fields, and gets what '${writer.name}' gives after writing: not the account.`,
				};
		}
	},
};

/** Fields that a database gives about what it did. */
const OF_WRITING =
	/^(affectedRows|changes|count|createdAt|error|id|insertId|rowCount|success|updatedAt)$/;

function asksForMore(text: string): boolean {
	return [...text.matchAll(/\$json\??\.(\w+)/g)].some(([, field = '']) => !OF_WRITING.test(field));
}

function writerBefore(
	node: WorkflowNode,
	before: (name: string) => WorkflowNode[],
): WorkflowNode | undefined {
	const [first] = before(node.name);
	if (first === undefined) return undefined;
	if (kindOf(first) === 'noOp') return writerBefore(first, before);
	return writes(first) && !/\breturning\b/i.test(queryOf(first)) ? first : undefined;
}

const andOrMixed: Rule = {
	code: 'and-or-mixed',
	severity: 'error',
	holds: 'Where conditions mix and with or, brackets say what belongs together.',
	todo: 'Put brackets around what belongs together: A AND (B OR C).',
	*find({ workflow }) {
		for (const node of workflow.nodes) {
			const mixed = textsOf(node).find((one) => isCondition(node, one) && mixes(one.text));
			if (mixed !== undefined)
				yield {
					node: node.name,
					text: `'${node.name}' mixes and with or without brackets (${mixed.path.join(' → ')}): AND binds first, and A AND B OR C also takes whatever C is true of.`,
				};
		}
	},
};

function isCondition(node: WorkflowNode, { path, text }: Text): boolean {
	if (/^(if|filter|switch)$/.test(kindOf(node))) return text.startsWith('={{');
	return /^(query|sqlQuery)$/.test(path.at(-1) ?? '');
}

/** Looks at each pair of brackets by itself, the innermost first; what stands in quotes is no condition. */
function mixes(text: string): boolean {
	// in a query, an expression gives a value; alone, it is the condition
	const condition = /^=\{\{([\s\S]*)\}\}$/.exec(text)?.[1] ?? text.replace(/\{\{[\s\S]*?\}\}/g, '');
	let rest = condition.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
	for (;;) {
		const inner = /\(([^()]*)\)/.exec(rest);
		if (inner === null) return hasBoth(rest);
		if (hasBoth(inner[1] ?? '')) return true;
		rest = rest.slice(0, inner.index) + ' ' + rest.slice(inner.index + inner[0].length);
	}
}

/** Each part of a query has conditions of its own: those of a join say nothing of those behind WHERE. */
const PARTS = /;|\b(?:union|where|having|on|join|group\s+by|order\s+by|when|then|else|end)\b/i;

function hasBoth(text: string): boolean {
	return text
		.replace(/\bbetween\b.*?\band\b/gi, '')
		.split(PARTS)
		.some((part) => /\band\b|&&/i.test(part) && /\bor\b|\|\|/i.test(part));
}

const FIFTY = /\b(score|health|nps|csat|usage|sentiment)\w*\b[^\n;]{0,60}(\?\?|\|\|)\s*50\b/i;

const missingScored: Rule = {
	code: 'missing-scored',
	severity: 'error',
	holds: 'What is not known of a customer counts neither as good nor as middling.',
	todo: "Health Score: set If Missing to Leave Out or Last Known; elsewhere leave out '?? 50', and let coverage say how much is known.",
	*find({ workflow }) {
		for (const node of workflow.nodes) {
			const where = isHealth(node)
				? neutralIn(node)
				: onlyHandsOn(node)
					? textsOf(node)
							.find(({ text }) => FIFTY.test(text))
							?.path.join(' → ')
					: undefined;
			if (where !== undefined)
				yield {
					node: node.name,
					text: `'${node.name}' gives half of the points for what is missing (${where}): a customer of whom nothing is known looks fine.`,
				};
		}
	},
};

function neutralIn(node: WorkflowNode): string | undefined {
	const row = (rowsAt(node, 'signals', 'signal') ?? []).find(
		(signal) => at(signal, 'missing') === 'neutral',
	);
	if (row !== undefined) {
		const label = at(row, 'label');
		return `If Missing of '${typeof label === 'string' ? label : ''}'`;
	}
	const json = at(node.parameters, 'modelJson') ?? at(node.parameters, 'json');
	return typeof json === 'string' && /"missing"\s*:\s*\{?[^}]*"neutral"/.test(json)
		? 'the model'
		: undefined;
}

export const dataRules: readonly Rule[] = [
	emptyReadEnds,
	readsInsertOutput,
	andOrMixed,
	missingScored,
];
