import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { connectionsOf, runNode, runWorkflow } from './runWorkflow';

const description = (over: Partial<INodeTypeDescription>): INodeTypeDescription => ({
	displayName: 'Probe',
	name: 'probe',
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name: 'Probe' },
	inputs: ['main'],
	outputs: ['main'],
	properties: [{ displayName: 'Text', name: 'text', type: 'string', default: 'none' }],
	...over,
});

/** Says what it can see of its execution. */
const probe: INodeType = {
	description: description({
		inputs: ['main', 'main'],
		outputs: ['main', 'main'],
		credentials: [{ name: 'smtp', required: true }],
	}),
	async execute() {
		const root: unknown =
			'additionalData' in this &&
			typeof this.additionalData === 'object' &&
			this.additionalData !== null
				? Reflect.get(this.additionalData, 'rootExecutionMode')
				: undefined;
		this.addExecutionHints({ message: 'seen' });
		return [
			[
				{
					json: {
						mode: this.getMode(),
						root: String(root),
						text: this.getNodeParameter('text', 0),
						user: (await this.getCredentials('smtp')).user,
						continues: this.continueOnFail(),
						counts: [0, 1].map((input) => this.getInputData(input).length),
					},
					pairedItem: { item: 0 },
				},
			],
			[],
		];
	},
};

const failing: INodeType = {
	description: description({}),
	async execute() {
		return await Promise.reject(new Error('no'));
	},
};

describe('the test harness', () => {
	it('gives a node its parameters, inputs, credentials and modes, and gives back outputs and hints', async () => {
		const { outputs, hints, runs } = await runNode(probe, {
			inputs: [[{ a: 1 }, { a: 2 }], [{ json: { b: 1 } }]],
			parameters: { text: '={{ $json.a }}' },
			credentials: { smtp: { user: 'me' } },
			mode: 'integrated',
			rootExecutionMode: 'trigger',
			onError: 'continueRegularOutput',
		});
		expect(outputs.map((items) => items.map((item) => item.json))).toEqual([
			[
				{
					mode: 'integrated',
					root: 'trigger',
					text: 1,
					user: 'me',
					continues: true,
					counts: [2, 1],
				},
			],
			[],
		]);
		expect(hints).toEqual([{ message: 'seen' }]);
		expect(runs).toBe(1);
	});

	it('gives back the error of a node that fails', async () => {
		const { error, outputs } = await runNode(failing, {});
		expect(error?.message).toBe('no');
		expect(outputs).toEqual([]);
	});

	it('runs a whole workflow along its wires', async () => {
		const run = await runWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'First', type: 'n8n-nodes-base.noOp' },
				{ name: 'Rows', type: 'test.items' },
				{ name: 'Never', type: 'n8n-nodes-base.noOp' },
			],
			connections: connectionsOf([
				{ from: 'Start', to: 'First' },
				{ from: 'First', to: 'Rows' },
				{ from: 'Rows', output: 1, to: 'Never' },
			]),
			nodeTypes: {},
			input: [{ a: 1 }],
			sources: { Rows: [{ b: 1 }, { b: 2 }] },
		});
		expect(run.node('First').outputs[0]?.map((item) => item.json)).toEqual([{ a: 1 }]);
		expect(run.node('Rows').outputs[0]?.map((item) => item.json)).toEqual([{ b: 1 }, { b: 2 }]);
		expect(run.node('Never')).toMatchObject({ outputs: [], runs: 0 });
		expect(run.error).toBeUndefined();
	});
});
