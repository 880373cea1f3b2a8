import type { IExecuteFunctions } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf, type RunMode } from '../platform/runMode';

/** What every operation works with, read once per execution. */
export type Session = {
	readonly context: IExecuteFunctions;
	readonly mode: RunMode;
	readonly ledger: Ledger;
	readonly now: number;
	/** A try is told from the next by the clock, whatever time it plays. */
	readonly receivedAt: number;
};

export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const now = readNow(context);
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	return { context, mode, ledger, now, receivedAt: mode === 'test' ? Date.now() : now };
}
