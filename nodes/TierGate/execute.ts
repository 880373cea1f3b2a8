import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileTiers } from '../../engine/tiers/assignTiers';
import { compileGate } from '../../engine/tiers/gateAccounts';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayHeld, sayUndecided } from './hints';
import { readGate } from './readGate';
import { readPolicy } from './readPolicy';

/** Runs one of the node's two operations over all items. */
export function executeTierGate(context: IExecuteFunctions): INodeExecutionData[][] {
	return context.getNodeParameter('operation', 0) === 'gateMotion'
		? gateMotion(context)
		: assignTier(context);
}

/** Output 0: undecided; then one output per tier number. */
function assignTier(context: IExecuteFunctions): INodeExecutionData[][] {
	const { policy, rates } = readPolicy(context);
	const assign = compileTiers(policy, rates);
	const last = Math.max(...policy.tiers.map(({ output }) => output));
	const outputs: INodeExecutionData[][] = Array.from({ length: last + 1 }, () => []);
	const undecided = new Map<string, number>();
	context.getInputData().forEach((item, index) => {
		const tier = assign(item.json);
		outputs[tier.output]?.push(withAdded(item, index, 'tier', tier));
		if (tier.tier === null) {
			const text = tier.reasons[0]?.text ?? '';
			undecided.set(text, (undecided.get(text) ?? 0) + 1);
		}
	});
	context.addExecutionHints(...sayUndecided(undecided));
	return outputs;
}

/** Output 0: hold; 1: pass. What Assign Tier added stays, with `gate` beside it. */
function gateMotion(context: IExecuteFunctions): INodeExecutionData[][] {
	const decide = compileGate(readGate(context), readNow(context));
	const hold: INodeExecutionData[] = [];
	const pass: INodeExecutionData[] = [];
	const held = new Map<string, number>();
	context.getInputData().forEach((item, index) => {
		const gate = decide(item.json);
		const added = withAdded(item, index, 'tier', { ...tierOf(item.json), gate });
		if (gate.decision === 'pass') {
			pass.push(added);
			return;
		}
		hold.push(added);
		for (const { code } of gate.reasons) held.set(code, (held.get(code) ?? 0) + 1);
	});
	context.addExecutionHints(...sayHeld(held, hold.length + pass.length));
	return [hold, pass];
}

function tierOf(json: IDataObject): object {
	const { tier } = json;
	return typeof tier === 'object' && tier !== null && !Array.isArray(tier) ? tier : {};
}
