import { Workflow, type IConnections, type INode } from 'n8n-workflow';
import { JourneyLedger } from '../../../nodes/JourneyLedger/JourneyLedger.node';
import { handingOutBefore } from '../../../nodes/platform/origins';
import {
	leadsSomewhere,
	leadsToConfirm,
	sendersAt,
	wiringAt,
} from '../../../nodes/platform/wiring';
import { connectionsOf, type Wire } from '../../harness/runWorkflow';
import { nodeTypesOf } from '../../harness/nodeTypes';
import { noOp } from '../../harness/standIns';

const OWN = ['contentSelector', 'customerJourney', 'escalationRouter', 'journeyEmail'].map(
	(name) => `n8n-nodes-digital-cs.${name}`,
);
const TYPES = [
	...OWN,
	'n8n-nodes-base.emailSend',
	'n8n-nodes-base.splitInBatches',
	'n8n-nodes-base.slack',
];
const mail = (name: string, disabled = false): object => ({
	name,
	type: 'n8n-nodes-base.emailSend',
	disabled,
});
const loop = { name: 'Loop', type: 'n8n-nodes-base.splitInBatches' };
const pass = { name: 'Pass', type: 'n8n-nodes-base.noOp' };
const selector = { name: 'Selector', type: 'n8n-nodes-digital-cs.contentSelector' };

/** A workflow that begins with `Journey`. */
function workflowOf(behind: object[], wires: Wire[]): Workflow {
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
	const types = Object.fromEntries(TYPES.map((type) => [type, noOp]));
	// n8n drops parameters that a node does not have
	const ledger = { 'n8n-nodes-digital-cs.journeyLedger': new JourneyLedger() };
	const nodeTypes = nodeTypesOf({ ...types, ...ledger }, {});
	return new Workflow({ nodes, connections, active: false, nodeTypes });
}

/** Senders behind output 1 of `Journey`. */
function sendersBehind(behind: object[], wires: Wire[]): string[] {
	return sendersAt(workflowOf(behind, wires), 'Journey', 1).map(({ name }) => name);
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
		'behind a Content Selector, on what it selected',
		[selector, mail('A'), mail('B')],
		[wire('Journey', 'Selector', 1), wire('Selector', 'A'), wire('Selector', 'B', 1)],
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

const off = (node: object): object => ({ ...node, disabled: true });
const slack = (name: string): object => ({ name, type: 'n8n-nodes-base.slack' });
const ours = (name: string, type: string, parameters = {}): object => ({
	name,
	type: `n8n-nodes-digital-cs.${type}`,
	parameters,
});
const confirm = ours('Confirm', 'journeyLedger', { operation: 'confirmTouch' });
const lookUp = ours('Look Up', 'journeyLedger', { operation: 'lookUp' });
const journeyEmail = ours('Email', 'journeyEmail');

/** Journey → a → b → … */
const inRow = (...names: string[]): Wire[] =>
	names.map((to, index) => wire(names[index - 1] ?? 'Journey', to, index === 0 ? 1 : 0));

describe('what an output leads to', () => {
	it.each<[string, object[], Wire[], 'nothing' | 'disabled' | 'enabled', boolean]>([
		['no wire at all', [slack('A')], [], 'nothing', false],
		['a wire of another output only', [confirm], [wire('Journey', 'Confirm', 0)], 'nothing', false],
		['a wire to a node that was deleted', [], inRow('Gone'), 'nothing', false],
		['a last node', [slack('A')], inRow('A'), 'enabled', false],
		['a Journey Email', [journeyEmail], inRow('Email'), 'enabled', true],
		['a Journey Email that is off', [off(journeyEmail)], inRow('Email'), 'disabled', false],
		['a sender and Confirm', [slack('A'), confirm], inRow('A', 'Confirm'), 'enabled', true],
		[
			'a sender that is off, and Confirm',
			[off(slack('A')), confirm],
			inRow('A', 'Confirm'),
			'disabled',
			false,
		],
		[
			'a sender, and Confirm that is off',
			[slack('A'), off(confirm)],
			inRow('A', 'Confirm'),
			'disabled',
			false,
		],
		[
			'a sender, and a ledger that looks up',
			[slack('A'), lookUp],
			inRow('A', 'Look Up'),
			'enabled',
			false,
		],
		[
			'two senders that are off',
			[off(slack('A')), off(slack('B'))],
			inRow('A', 'B'),
			'disabled',
			false,
		],
		[
			'one that is off and one that is on',
			[off(journeyEmail), slack('A')],
			[...inRow('Email'), ...inRow('A')],
			'enabled',
			false,
		],
		[
			'one that is off, and Confirm behind one that is on',
			[off(journeyEmail), slack('A'), confirm],
			[...inRow('Email'), ...inRow('A', 'Confirm')],
			'enabled',
			true,
		],
		[
			'Confirm behind the second output of a node in between',
			[slack('A'), confirm],
			[...inRow('A'), wire('A', 'Confirm', 1)],
			'enabled',
			true,
		],
		[
			'a Journey Email many nodes on',
			[slack('A'), pass, slack('B'), journeyEmail],
			inRow('A', 'Pass', 'B', 'Email'),
			'enabled',
			true,
		],
		[
			'a Journey Email behind a Content Selector',
			[selector, journeyEmail],
			inRow('Selector', 'Email'),
			'enabled',
			true,
		],
		[
			'one that is off: where a Content Selector says why nothing is sent counts for nothing',
			[selector, off(journeyEmail), slack('A'), pass],
			[...inRow('Selector', 'Email'), wire('Selector', 'A', 1), wire('Selector', 'Pass', 2)],
			'disabled',
			false,
		],
		[
			'a circle and nothing else ends nowhere',
			[slack('A'), slack('B')],
			[...inRow('A', 'B'), wire('B', 'A')],
			'disabled',
			false,
		],
		[
			'Confirm in a circle',
			[slack('A'), confirm],
			[...inRow('A', 'Confirm'), wire('Confirm', 'A')],
			'disabled',
			true,
		],
		[
			'a journey that begins there has a Journey Email of its own',
			[ours('Other', 'customerJourney'), journeyEmail],
			inRow('Other', 'Email'),
			'enabled',
			false,
		],
		[
			'so has another router',
			[ours('Other', 'escalationRouter'), slack('A'), confirm],
			inRow('Other', 'A', 'Confirm'),
			'enabled',
			false,
		],
	])('%s', (_what, behind, wires, wiring, confirms) => {
		const workflow = workflowOf(behind, wires);
		expect(wiringAt(workflow, 'Journey', 1)).toBe(wiring);
		expect(leadsSomewhere(workflow, 'Journey', 1)).toBe(wiring === 'enabled');
		expect(leadsToConfirm(workflow, 'Journey', 1)).toBe(confirms);
	});

	const round = [wire('Journey', 'Loop', 1), wire('Loop', 'A', 1)];
	const other = { name: 'Inner', type: 'n8n-nodes-base.splitInBatches' };
	it.each<[string, object[], Wire[], 'disabled' | 'enabled', boolean]>([
		[
			'sender and Confirm on `loop`',
			[loop, slack('A'), confirm],
			[...round, wire('A', 'Confirm'), wire('Confirm', 'Loop')],
			'enabled',
			true,
		],
		[
			'sender on `loop`, Confirm on `done`',
			[loop, slack('A'), confirm],
			[...round, wire('A', 'Loop'), wire('Loop', 'Confirm', 0)],
			'enabled',
			true,
		],
		[
			'the sender on `loop` is off: `done` counts for nothing',
			[loop, off(slack('A')), confirm],
			[...round, wire('A', 'Loop'), wire('Loop', 'Confirm', 0)],
			'disabled',
			false,
		],
		[
			'what never comes round never gets to `done`',
			[loop, slack('A'), slack('B'), off(slack('C')), confirm],
			[...round, wire('A', 'C'), wire('C', 'Loop'), wire('Loop', 'Confirm', 0)],
			'disabled',
			false,
		],
		[
			'two ways into a loop are not the way round',
			[loop, pass, off(slack('A')), confirm],
			[
				...round,
				wire('Journey', 'Pass', 1),
				wire('Pass', 'Loop'),
				wire('A', 'Loop'),
				wire('Loop', 'Confirm', 0),
			],
			'disabled',
			false,
		],
		[
			'a loop within a loop',
			[loop, other, slack('A'), confirm],
			[
				wire('Journey', 'Loop', 1),
				wire('Loop', 'Inner', 1),
				wire('Inner', 'A', 1),
				wire('A', 'Inner'),
				wire('Inner', 'Loop', 0),
				wire('Loop', 'Confirm', 0),
			],
			'enabled',
			true,
		],
		[
			'a loop within a loop whose sender is off',
			[loop, other, off(slack('A')), confirm],
			[
				wire('Journey', 'Loop', 1),
				wire('Loop', 'Inner', 1),
				wire('Inner', 'A', 1),
				wire('A', 'Inner'),
				wire('Inner', 'Loop', 0),
				wire('Loop', 'Confirm', 0),
			],
			'disabled',
			false,
		],
		[
			'a loop that is off hands on, and its work is not done',
			[off(loop), slack('A'), confirm],
			[...round, wire('A', 'Confirm')],
			'disabled',
			false,
		],
	])('in a Loop Over Items: %s', (_what, behind, wires, wiring, confirms) => {
		const workflow = workflowOf(behind, wires);
		expect(wiringAt(workflow, 'Journey', 1)).toBe(wiring);
		expect(leadsToConfirm(workflow, 'Journey', 1)).toBe(confirms);
	});
});

describe('what hands out nearest before a node', () => {
	const journey = ours('First', 'customerJourney');
	const router = ours('Router', 'escalationRouter');
	it.each<[string, object[], Wire[], string[]]>([
		['nothing', [slack('A')], inRow('A', 'Email'), []],
		['a journey', [journey, slack('A')], inRow('First', 'A', 'Email'), ['First']],
		['a router behind a journey', [journey, router], inRow('First', 'Router', 'Email'), ['Router']],
		['a journey behind a router', [journey, router], inRow('Router', 'First', 'Email'), ['First']],
		[
			'a router that is off is none',
			[journey, off(router)],
			inRow('First', 'Router', 'Email'),
			['First'],
		],
		[
			'both, each on its way',
			[journey, router],
			[...inRow('First', 'Email'), ...inRow('Router', 'Email')],
			['First', 'Router'],
		],
		[
			'in a loop',
			[router, loop, slack('A')],
			[...inRow('Router', 'Loop'), wire('Loop', 'Email', 1), wire('Email', 'A'), wire('A', 'Loop')],
			['Router'],
		],
	])('%s', (_what, behind, wires, names) => {
		const workflow = workflowOf([...behind, journeyEmail], wires);
		const found = handingOutBefore(workflow, 'Email').map(({ name }) => name);
		expect(found.sort()).toEqual(names);
	});
});
