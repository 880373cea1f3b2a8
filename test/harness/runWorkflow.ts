// n8n-core registers its classes through decorators, which need this first
import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ExecutionError,
	type ICredentialDataDecryptedObject,
	type IConnections,
	type INode,
	type INodeCredentials,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type NodeInputConnections,
	type IWorkflowSettings,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataOf } from './additionalData';
import { noOp } from './standIns';
import { itemsOf, nodeTypesOf, type NodeTypeMap, type TestItems } from './nodeTypes';

export type { NodeTypeMap, TestItems } from './nodeTypes';

/** A node as a test writes it; whatever is left out gets n8n's default. */
export type TestNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

export type RunOptions = {
	/** How n8n would say it was started; default `manual`. */
	mode?: WorkflowExecuteMode;
	/** How the outermost workflow was started; default the same as `mode`. */
	rootExecutionMode?: WorkflowExecuteMode;
	/** Decrypted credentials by credential type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	settings?: IWorkflowSettings;
	executionId?: string;
	/** Default `test`. */
	workflowId?: string;
};

export type WorkflowToRun = RunOptions & {
	nodes: readonly TestNode[];
	connections: IConnections;
	/** By type name; `n8n-nodes-base.manualTrigger`, `n8n-nodes-base.noOp` and `test.items` are always there. */
	nodeTypes: NodeTypeMap;
	/** Items given to the start node, which passes them on; default one empty item. */
	input?: TestItems;
	/** Items by name of the `test.items` node that emits them, whatever it receives. */
	sources?: Record<string, TestItems>;
};

export type NodeRun = {
	/** Items per output of the node's last run; no array at all when the node did not run. */
	outputs: INodeExecutionData[][];
	hints: NodeExecutionHint[];
	error?: ExecutionError;
	/** How often n8n ran the node. */
	runs: number;
};

export type WorkflowRun = {
	node: (name: string) => NodeRun;
	error?: ExecutionError;
	run: IRun;
};

/**
 * Runs a workflow through n8n's own engine, without a server. The node that n8n takes for the start gets `input`.
 * A node that fails ends up in `error`; nothing is thrown for it.
 */
export async function runWorkflow(toRun: WorkflowToRun): Promise<WorkflowRun> {
	const mode = toRun.mode ?? 'manual';
	const nodes = toRun.nodes.map(completeNode);
	const nodeTypes = nodeTypesOf(toRun.nodeTypes, toRun.sources ?? {});
	const settings = { executionOrder: 'v1', ...toRun.settings } satisfies IWorkflowSettings;
	const { connections, workflowId = 'test' } = toRun;
	const workflow = new Workflow({
		id: workflowId,
		name: workflowId,
		nodes,
		connections,
		nodeTypes,
		settings,
		active: false,
	});
	const start = workflow.getStartNode();
	if (start === undefined) throw new Error('The workflow has no node to start from');
	const written = new Date(0);
	const hooks = new ExecutionLifecycleHooks(mode, toRun.executionId ?? '1', {
		id: workflowId,
		name: workflowId,
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: written,
		updatedAt: written,
		nodes,
		connections,
		settings,
	});
	const runExecutionData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{ node: start, data: { main: [itemsOf(toRun.input ?? [{}])] }, source: null },
			],
		},
	});
	const execution = new WorkflowExecute(
		additionalDataOf(hooks, mode, toRun),
		mode,
		runExecutionData,
	);
	const run = await execution.processRunExecutionData(workflow);
	return { run, error: run.data.resultData.error, node: (name) => nodeRunOf(run, name) };
}

export type NodeToRun = RunOptions & {
	parameters?: INode['parameters'];
	/** Items of the first input. */
	input?: TestItems;
	/** Items of every input, instead of `input`. */
	inputs?: readonly TestItems[];
	/** An output that leads on to a channel, where somebody hears of what it emits. */
	heardOn?: number;
	onError?: INode['onError'];
	typeVersion?: number;
	/** Credentials as the node refers to them; by default one reference per entry of `credentials`. */
	nodeCredentials?: INode['credentials'];
};

/** Runs one node behind one `test.items` node per input. With `onError: 'continueRegularOutput'` it continues on fail. */
export async function runNode(type: INodeType, toRun: NodeToRun): Promise<NodeRun & { run: IRun }> {
	const inputs = toRun.inputs ?? [toRun.input ?? [{}]];
	const typeName = `n8n-nodes-digital-cs.${type.description.name}`;
	const { name } = type.description.defaults;
	const nodeName = typeof name === 'string' ? name : type.description.displayName;
	const references: INodeCredentials = {};
	for (const key of Object.keys(toRun.credentials ?? {})) references[key] = { id: '1', name: key };
	const sourceName = (index: number): string => `Source ${String(index + 1)}`;
	const ran = await runWorkflow({
		...toRun,
		input: undefined,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			...inputs.map((_items, index) => ({ name: sourceName(index), type: 'test.items' })),
			{
				name: nodeName,
				type: typeName,
				typeVersion: toRun.typeVersion ?? type.description.defaultVersion ?? 1,
				parameters: toRun.parameters,
				onError: toRun.onError,
				credentials: toRun.nodeCredentials ?? references,
			},
			...(toRun.heardOn === undefined ? [] : [{ name: 'Channel', type: 'n8n-nodes-base.slack' }]),
		],
		connections: connectionsOf([
			...inputs.flatMap((_items, index) => [
				{ from: 'Start', to: sourceName(index) },
				{ from: sourceName(index), to: nodeName, input: index },
			]),
			...(toRun.heardOn === undefined
				? []
				: [{ from: nodeName, output: toRun.heardOn, to: 'Channel' }]),
		]),
		nodeTypes: { [typeName]: type, 'n8n-nodes-base.slack': noOp },
		sources: Object.fromEntries(inputs.map((items, index) => [sourceName(index), items])),
	});
	return { ...ran.node(nodeName), run: ran.run };
}

export type Wire = { from: string; output?: number; to: string; input?: number };

/** n8n's connections from a list of wires. */
export function connectionsOf(wires: readonly Wire[]): IConnections {
	const bySource = new Map<string, NodeInputConnections>();
	for (const { from, output = 0, to, input = 0 } of wires) {
		const outputs = bySource.get(from) ?? [];
		bySource.set(from, outputs);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index: input });
	}
	return Object.fromEntries([...bySource].map(([from, main]) => [from, { main }]));
}

function nodeRunOf(run: IRun, name: string): NodeRun {
	const runs = run.data.resultData.runData[name] ?? [];
	const last = runs.at(-1);
	return {
		outputs: (last?.data?.main ?? []).map((items) => items ?? []),
		hints: last?.hints ?? [],
		error: last?.error,
		runs: runs.length,
	};
}

function completeNode(node: TestNode): INode {
	return {
		id: node.name,
		typeVersion: 1,
		position: [0, 0],
		...node,
		parameters: node.parameters ?? {},
	};
}
