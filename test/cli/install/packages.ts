import { shippedFlows } from '../../../cli/install/shippedFlows';
import type { Package } from '../../../cli/install/install';
import type { Flow, FlowNode } from '../../../engine/install/flow';

const now: Package = { version: '0.2.0', flows: shippedFlows() };

/** What is shipped now. */
export function packageNow(): Package {
	return now;
}

/**
 * The version before: in onboarding the welcome had another subject, and a node stood
 * at the end of a wire that is not there any more; content review was not among the flows.
 */
export function packageBefore(): Package {
	const flows = shippedFlows()
		.filter(({ key }) => key !== 'ops-content-review')
		.map(({ key, flow }) => ({ key, flow: key === 'journey-onboarding' ? older(flow) : flow }));
	return { version: '0.1.0', flows };
}

function older(flow: Flow): Flow {
	const nodes = flow.nodes.map((node): FlowNode =>
		node.name === 'Mail: welcome'
			? { ...node, parameters: { ...node.parameters, subject: 'Hello' } }
			: node,
	);
	const gone: FlowNode = {
		id: '00000000-aaaa-4000-8000-000000000000',
		name: 'Gone since',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const { 'Try it': tryIt, ...connections } = flow.connections;
	const main = (tryIt?.main ?? []).map((wires) => [
		...(wires ?? []),
		{ node: gone.name, type: 'main', index: 0 },
	]);
	return {
		...flow,
		nodes: [...nodes, gone],
		connections: { ...connections, 'Try it': { ...tryIt, main } },
	};
}

/** Changes a node of a flow, as its user would. */
export function changeNode(flow: Flow, name: string, change: (node: FlowNode) => void): void {
	const node = flow.nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`No node ${name}`);
	change(node);
}
