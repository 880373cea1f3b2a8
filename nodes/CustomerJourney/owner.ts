import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import type { TouchMode } from './items';
import type { Settings } from './readJourney';

/**
 * Makes this node the one that decides for its journey. A template imported twice, or a copy whose senders are half
 * switched off, would otherwise write off what the other is about to send.
 * @throws NodeOperationError when another node does already, before anything is claimed
 */
export async function claimJourney(
	context: IExecuteFunctions,
	ledger: Ledger,
	{ journey, takeOver }: Settings,
	mode: TouchMode,
	now: number,
): Promise<void> {
	const { id, name } = context.getWorkflow();
	const node = context.getNode();
	const owner = {
		id: `${id ?? ''}/${node.id}`,
		name: `node '${node.name}' of workflow '${name ?? 'not saved yet'}'`,
	};
	const run = {
		journey: journey.id,
		dry: mode === 'dry',
		owner,
		// whoever tries a flow in the editor disturbs nobody
		takeOver: takeOver || mode === 'test',
	};
	const actual = await ledger.begin(run, now);
	if (actual.id === owner.id) return;
	throw new NodeOperationError(node, `The journey '${journey.id}' belongs to ${actual.name}`, {
		description: [
			'Two nodes that decide for one journey would write off what the other is about to send; this one claimed and sent nothing.',
			'Give this one another Journey ID. Or, if it replaces the other: unpublish that workflow, then switch on the option Take Over Journey here.',
			'For several triggers, lead them all to one Customer Journey node.',
		].join('\n'),
	});
}
