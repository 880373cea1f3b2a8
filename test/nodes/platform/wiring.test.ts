import { Workflow, type IConnections, type INode } from 'n8n-workflow';
import { sendersAt } from '../../../nodes/platform/wiring';
import { connectionsOf, type Wire } from '../../harness/runWorkflow';
import { nodeTypesOf } from '../../harness/nodeTypes';
import { noOp } from '../../harness/standIns';

const TYPES = ['n8n-nodes-base.emailSend', 'n8n-nodes-base.splitInBatches', 'n8n-nodes-base.slack'];
const mail = (name: string, disabled = false): object => ({
	name,
	type: 'n8n-nodes-base.emailSend',
	disabled,
});
const loop = { name: 'Loop', type: 'n8n-nodes-base.splitInBatches' };
const pass = { name: 'Pass', type: 'n8n-nodes-base.noOp' };

/** Senders behind output 1 of `Journey`. */
function sendersBehind(behind: object[], wires: Wire[]): string[] {
	const nodes = [{ name: 'Journey', type: 'n8n-nodes-base.noOp' }, ...behind].map(
		(node, index) => ({
			id: String(index),
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			...node,
		}),
	) as INode[];
	const connections: IConnections = connectionsOf(wires);
	const nodeTypes = nodeTypesOf(Object.fromEntries(TYPES.map((type) => [type, noOp])), {});
	const workflow = new Workflow({ nodes, connections, active: false, nodeTypes });
	return sendersAt(workflow, 'Journey', 1).map(({ name }) => name);
}

const wire = (from: string, to: string, output = 0): Wire => ({ from, output, to });

it.each<[string, object[], Wire[], string[]]>([
	[
		'wired directly',
		[mail('A'), mail('B')],
		[wire('Journey', 'A', 1), wire('Journey', 'B', 1)],
		['A', 'B'],
	],
	[
		'in a loop of batches',
		[mail('A'), loop, mail('B')],
		[wire('Journey', 'A', 1), wire('Journey', 'Loop', 1), wire('Loop', 'B', 1), wire('B', 'Loop')],
		['A', 'B'],
	],
	[
		'behind a node that passes on',
		[pass, mail('A')],
		[wire('Journey', 'Pass', 1), wire('Pass', 'A')],
		['A'],
	],
	[
		'behind a sender that is switched off',
		[mail('A', true), mail('B')],
		[wire('Journey', 'A', 1), wire('A', 'B')],
		['B'],
	],
	[
		'what tells operations that a loop is done is none',
		[loop, mail('A'), mail('B')],
		[wire('Journey', 'Loop', 1), wire('Loop', 'A', 1), wire('Loop', 'B', 0)],
		['A'],
	],
	[
		'what comes after a sender is none',
		[mail('A'), mail('B')],
		[wire('Journey', 'A', 1), wire('A', 'B')],
		['A'],
	],
	['what another output leads to is none', [mail('A')], [wire('Journey', 'A', 2)], []],
])('senders of one output: %s', (_what, behind, wires, expected) => {
	expect(sendersBehind(behind, wires).sort()).toEqual(expected);
});
