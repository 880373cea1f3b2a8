import { WorkflowExecuteModeList, type INodeType, type WorkflowExecuteMode } from 'n8n-workflow';
import { runModeOf, type RunMode } from '../../../nodes/platform/runMode';
import { runNode } from '../../harness/runWorkflow';

/** Written by hand: what only a published workflow, an operator's command line or n8n itself starts is live (P34). */
const EXPECTED: Record<WorkflowExecuteMode, RunMode> = {
	agent: 'test',
	chat: 'test',
	cli: 'live',
	error: 'live',
	evaluation: 'test',
	integrated: 'test',
	internal: 'live',
	manual: 'test',
	retry: 'test',
	trigger: 'live',
	webhook: 'live',
};

/** Asks under n8n's own context; `source` replaces the mode that n8n kept of the execution it retries. */
function probeOf(source?: WorkflowExecuteMode | 'none'): INodeType {
	return {
		description: {
			displayName: 'Probe',
			name: 'probe',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Probe' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			const original = this.getExecutionContext();
			if (source === 'none') this.getExecutionContext = () => undefined;
			else if (source !== undefined && original !== undefined)
				this.getExecutionContext = () => ({ ...original, source });
			return await Promise.resolve([
				[{ json: { mode: runModeOf(this) }, pairedItem: { item: 0 } }],
			]);
		},
	};
}

async function modeOf(
	mode: WorkflowExecuteMode,
	rootExecutionMode: WorkflowExecuteMode,
	source?: WorkflowExecuteMode | 'none',
): Promise<unknown> {
	const { outputs } = await runNode(probeOf(source), { mode, rootExecutionMode });
	return outputs[0]?.[0]?.json.mode;
}

const MODES = [...WorkflowExecuteModeList];

describe('a run', () => {
	it.each(MODES)('started as %s', async (mode) => {
		expect(await modeOf(mode, mode)).toBe(EXPECTED[mode]);
	});

	it.each(MODES)('in a sub-workflow of one started as %s is what that one is', async (root) => {
		expect(await modeOf('integrated', root)).toBe(EXPECTED[root]);
	});

	it.each(MODES)('that retries one started as %s is what that one was', async (source) => {
		expect(await modeOf('retry', 'retry', source)).toBe(EXPECTED[source]);
	});

	it.each(MODES)('in a sub-workflow of a retry, whose own start was %s', async (source) => {
		// n8n notes `integrated` for a sub-workflow, which is unknown and so a test
		expect(await modeOf('integrated', 'retry', source)).toBe(EXPECTED[source]);
	});

	it('that retries one of which nothing is known is a test', async () => {
		expect(await modeOf('retry', 'retry', 'none')).toBe('test');
	});

	it.each(MODES)('from the editor is a test, also in a sub-workflow that says %s', async (mode) => {
		expect(await modeOf(mode, 'manual', 'trigger')).toBe('test');
	});

	it('in a sub-workflow whose root is not told is a test', async () => {
		const { outputs } = await runNode(
			{
				...probeOf(),
				async execute() {
					const told = 'additionalData' in this ? this.additionalData : undefined;
					if (typeof told === 'object' && told !== null)
						Reflect.deleteProperty(told, 'rootExecutionMode');
					return await Promise.resolve([
						[{ json: { mode: runModeOf(this) }, pairedItem: { item: 0 } }],
					]);
				},
			},
			{ mode: 'integrated', rootExecutionMode: 'trigger' },
		);
		expect(outputs[0]?.[0]?.json.mode).toBe('test');
	});
});
