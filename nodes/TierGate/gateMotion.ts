import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileGate } from '../../engine/tiers/gateAccounts';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayHeld } from './hints';
import { readGate } from './readGate';

/** Output 0: hold; 1: pass. What Assign Tier added stays, with `gate` beside it. */
export function gateMotion(context: IExecuteFunctions): INodeExecutionData[][] {
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
