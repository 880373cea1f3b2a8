import { z } from 'zod/v4';

/** A node as the rules look at it; what an export leaves out is as n8n takes it. */
export type WorkflowNode = {
	readonly name: string;
	readonly type: string;
	readonly version: number;
	readonly disabled: boolean;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly retryOnFail: boolean;
	/** `stopWorkflow`, `continueRegularOutput` or `continueErrorOutput`. */
	readonly onError: string;
	readonly alwaysOutputData: boolean;
	readonly notes: string;
};

/** A `main` connection; outputs and inputs count from 0. */
export type Wire = {
	readonly from: string;
	readonly output: number;
	readonly to: string;
	readonly input: number;
};

export type Workflow = {
	readonly name: string;
	readonly active: boolean;
	readonly nodes: readonly WorkflowNode[];
	readonly wires: readonly Wire[];
	readonly settings: Readonly<Record<string, unknown>>;
};

/** What could not be read, as a sentence. */
export type Unreadable = { readonly node?: string; readonly text: string };

const fieldsSchema = z.record(z.string(), z.unknown());

const nodeSchema = z.object({
	name: z.string().min(1),
	type: z.string().min(1),
	typeVersion: z.number().nullish(),
	disabled: z.boolean().nullish(),
	parameters: fieldsSchema.nullish(),
	retryOnFail: z.boolean().nullish(),
	onError: z.string().nullish(),
	continueOnFail: z.boolean().nullish(),
	alwaysOutputData: z.boolean().nullish(),
	notes: z.string().nullish(),
});

const endSchema = z.object({ node: z.string(), index: z.number().nullish() });
const outputsSchema = z.array(z.array(z.unknown()).nullish());

const workflowSchema = z.object({
	name: z.string().nullish(),
	active: z.boolean().nullish(),
	nodes: z.array(z.unknown()),
	connections: fieldsSchema.nullish(),
	settings: fieldsSchema.nullish(),
});

/**
 * Reads a workflow as n8n exports it or its API gives it. Nothing throws: what cannot be read is told, and the rest is
 * looked at.
 */
export function readWorkflow(json: unknown): {
	readonly workflow?: Workflow;
	readonly problems: readonly Unreadable[];
} {
	const parsed = workflowSchema.safeParse(json);
	if (!parsed.success) {
		const text =
			'This is no workflow of n8n: an export is an object with a list of nodes and their connections.';
		return { problems: [{ text }] };
	}
	const { name, active, nodes: given, connections, settings } = parsed.data;
	const problems: Unreadable[] = [];
	const nodes = given.flatMap((node, index) => readNode(node, index, problems));
	const wires = readWires(connections ?? {}, new Set(nodes.map((node) => node.name)), problems);
	return {
		workflow: {
			name: name ?? 'A workflow without a name',
			active: active ?? false,
			nodes,
			wires,
			settings: settings ?? {},
		},
		problems,
	};
}

function readNode(given: unknown, index: number, problems: Unreadable[]): WorkflowNode[] {
	const parsed = nodeSchema.safeParse(given);
	if (!parsed.success) {
		const fields = parsed.error.issues.map(({ path }) => path.map(String).join('.') || 'itself');
		const text = `Node ${String(index + 1)} of the file cannot be read: ${fields.join(', ')} is missing or of the wrong kind.`;
		problems.push({ text });
		return [];
	}
	const node = parsed.data;
	return [
		{
			name: node.name,
			type: node.type,
			version: node.typeVersion ?? 1,
			disabled: node.disabled ?? false,
			parameters: node.parameters ?? {},
			retryOnFail: node.retryOnFail ?? false,
			// what older versions of n8n wrote
			onError:
				node.onError ?? (node.continueOnFail === true ? 'continueRegularOutput' : 'stopWorkflow'),
			alwaysOutputData: node.alwaysOutputData ?? false,
			notes: node.notes ?? '',
		},
	];
}

function readWires(
	connections: Readonly<Record<string, unknown>>,
	names: ReadonlySet<string>,
	problems: Unreadable[],
): Wire[] {
	return Object.entries(connections).flatMap(([from, kinds]) => {
		const { main } = z.object({ main: z.unknown().optional() }).safeParse(kinds).data ?? {};
		if (main === undefined || main === null) return [];
		const outputs = outputsSchema.safeParse(main).data;
		if (outputs === undefined || !names.has(from)) {
			const what = outputs === undefined ? 'cannot be read' : 'begin at a node that is not there';
			problems.push({ node: from, text: `Wires of '${from}' ${what}.` });
			return [];
		}
		return outputs.flatMap((ends, output) =>
			(ends ?? []).flatMap((given): Wire[] => {
				const end = endSchema.safeParse(given).data;
				if (end !== undefined && names.has(end.node))
					return [{ from, output, to: end.node, input: end.index ?? 0 }];
				const where =
					end === undefined ? 'cannot be read' : `ends at '${end.node}', which is not there`;
				problems.push({
					node: from,
					text: `A wire of output ${String(output)} of '${from}' ${where}.`,
				});
				return [];
			}),
		);
	});
}
