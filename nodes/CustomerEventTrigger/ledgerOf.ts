import type { Ledger } from '../../ledger/ledger';
import { openChosenLedger } from '../platform/openLedger';
import type { RunMode } from '../platform/runMode';
import type { Context } from './settings';

/** @throws NodeOperationError where the ledger cannot be used */
export async function ledgerOf(context: Context, mode: RunMode): Promise<Ledger> {
	return await openChosenLedger(
		{
			node: context.getNode(),
			choice: context.getNodeParameter('ledger', 'sqlite'),
			credential: async () => await context.getCredentials('postgres'),
		},
		mode,
	);
}
