import type { IExecuteFunctions } from 'n8n-workflow';
import { localDay } from '../../engine/health/history/localDay';
import type { Ledger } from '../../ledger/ledger';
import type { RunMode } from './runMode';
import { wiringAt, workflowOf } from './wiring';

/**
 * Whether this execution tells operations that data cannot be true (P10): whoever is the first to hold triggers on a local
 * day of the programme, for all scores and journeys of it. Where the output leads to nobody, another one may.
 */
export async function tellsAlarm(
	context: IExecuteFunctions,
	ledger: Ledger,
	{ mode, output, now, zone }: { mode: RunMode | 'dry'; output: number; now: number; zone: string },
): Promise<boolean> {
	const workflow = workflowOf(context);
	const { name } = context.getNode();
	// whoever tries a flow sees it each time
	if (mode === 'test') return true;
	if (workflow !== undefined && wiringAt(workflow, name, output) === 'disabled') return true;
	const id = `${mode === 'dry' ? 'dry/' : ''}${String(localDay(now, zone))}`;
	const event = { id, accountId: '', type: 'mass_trigger_held', occurredAt: now };
	const [isFirst = false] = await ledger.recordEvents([event], now);
	return isFirst;
}
