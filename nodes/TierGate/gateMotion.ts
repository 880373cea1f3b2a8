import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { GateDecision } from '../../engine/tiers/gate';
import { compileGate } from '../../engine/tiers/gateAccounts';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayHeld } from './hints';
import { readGate } from './readGate';
import { rememberHolds } from './rememberHolds';

/** Output 0: hold; 1: pass. What Assign Tier added stays, with `gate` beside it. */
export async function gateMotion(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const decide = compileGate(readGate(context), now);
	const hold: INodeExecutionData[] = [];
	const pass: INodeExecutionData[] = [];
	const held = new Map<string, number>();
	const decisions: GateDecision[] = [];
	context.getInputData().forEach((item, index) => {
		const gate = decide(item.json);
		decisions.push(gate);
		const added = withAdded(item, index, 'tier', { ...tierOf(item.json), gate });
		if (gate.decision === 'pass') {
			pass.push(added);
			return;
		}
		hold.push(added);
		for (const { code } of gate.reasons) held.set(code, (held.get(code) ?? 0) + 1);
	});
	context.addExecutionHints(...sayHeld(held, hold.length + pass.length));
	await rememberHolds(context, decisions, now);
	return [hold, pass];
}

function tierOf(json: IDataObject): object {
	const { tier } = json;
	return typeof tier === 'object' && tier !== null && !Array.isArray(tier) ? tier : {};
}
