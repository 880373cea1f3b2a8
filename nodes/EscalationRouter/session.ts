import type { IExecuteFunctions } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { beganAt } from '../platform/beganAt';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf, writtenAt, type RunMode } from '../platform/runMode';

/** What every operation works with, read once per execution. */
export type Session = {
	readonly context: IExecuteFunctions;
	readonly mode: RunMode;
	readonly ledger: Ledger;
	readonly now: number;
	/** By the clock on the wall, where a try plays another time. */
	readonly receivedAt: number;
	/** When the execution began, as `now` tells the time. */
	readonly began: number;
};

export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const now = readNow(context);
	const began = now - (Date.now() - beganAt(context));
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	return { context, mode, ledger, now, receivedAt: writtenAt(mode, now), began };
}
