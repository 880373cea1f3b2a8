import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { sendersAt, workflowOf } from './wiring';

/** @throws NodeOperationError when two enabled senders hang on one output: everybody would be written to twice */
export function refuseTwoSenders(context: IExecuteFunctions, outputs: Iterable<number>): void {
	const workflow = workflowOf(context);
	if (workflow === undefined) return;
	const node = context.getNode();
	for (const output of new Set(outputs)) {
		const senders = sendersAt(workflow, node.name, output);
		if (senders.length < 2) continue;
		throw new NodeOperationError(
			node,
			`Output ${String(output)} is wired to ${String(senders.length)} senders: ${senders.map((sender) => `'${sender.name}'`).join(', ')}`,
			{
				description:
					'Each would send the same message. Disable all but one. Nothing was claimed or sent.',
			},
		);
	}
}
