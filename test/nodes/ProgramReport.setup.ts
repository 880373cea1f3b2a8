import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import { ProgramReport } from '../../nodes/ProgramReport/ProgramReport.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';

export type Reported = NodeRun & {
	/** The items of an output. */
	items: (output?: number) => IDataObject[];
	/** What the node added to them. */
	reports: (output?: number) => IDataObject[];
	said: string;
};

/** Runs one of the node's operations; n8n's defaults stand for what is left out. */
export async function runReport(
	operation: string,
	at: string,
	input: readonly IDataObject[],
	{ options = {}, ...parameters }: INodeParameters & { options?: INodeParameters } = {},
	mode: WorkflowExecuteMode = 'trigger',
): Promise<Reported> {
	const ran = await runNode(new ProgramReport(), {
		mode,
		input,
		parameters: { operation, ...parameters, options: { now: at, ...options } },
		settings: { timezone: 'Europe/Berlin' },
	});
	const items = (output = 0): IDataObject[] => (ran.outputs[output] ?? []).map(({ json }) => json);
	return {
		...ran,
		items,
		reports: (output) => items(output).map(({ report }) => report as IDataObject),
		said: ran.hints.map(({ message }) => message).join('\n'),
	};
}
