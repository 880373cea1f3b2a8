import type { IExecuteFunctions } from 'n8n-workflow';
import type { Once } from '../../engine/health/history/massHold';
import type { Ledger } from '../../ledger/ledger';
import type { RunMode } from './runMode';
import { isHeardOf, workflowOf } from './wiring';

/**
 * Whether this execution tells operations, as the first one of the programme to see it. Where nobody would hear of it, it
 * takes nothing, and another one tells. It is remembered before it is sent, and nobody says whether it arrived: what dies in
 * between takes the alarm of that day along, and that of the next day comes as long as the cause stands.
 */
export async function tellsAlarm(
	context: IExecuteFunctions,
	ledger: Ledger,
	{ mode, output, now, once }: { mode: RunMode | 'dry'; output: number; now: number; once: Once },
): Promise<boolean> {
	const workflow = workflowOf(context);
	const { name } = context.getNode();
	// whoever tries a flow sees it each time
	if (mode === 'test') return true;
	if (workflow !== undefined && !isHeardOf(workflow, name, output)) return true;
	const id = `${mode === 'dry' ? 'dry/' : ''}${once.id}`;
	const event = { id, accountId: '', type: once.type, occurredAt: now };
	const [isFirst = false] = await ledger.recordEvents([event], now);
	return isFirst;
}
