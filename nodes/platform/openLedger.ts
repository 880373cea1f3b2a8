import { join } from 'node:path';
import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Ledger } from '../../ledger/ledger';
import { openSqliteLedger } from '../../ledger/sqlite';
import type { RunMode } from './runMode';

/** Live and test runs never share a file: what somebody tries in the editor cannot be seen by, or block, a customer's journey. */
const FILES: Record<RunMode, string> = {
	live: 'digital-cs.sqlite',
	test: 'digital-cs-test.sqlite',
};

/**
 * The ledger of this n8n for this kind of run, in n8n's user folder.
 * @throws NodeOperationError in queue mode, where workers on other machines would each see a file of their own
 */
export function openLedger(node: INode, mode: RunMode): Ledger {
	const { EXECUTIONS_MODE, N8N_USER_FOLDER, HOME, USERPROFILE } = process.env;
	if (EXECUTIONS_MODE === 'queue') {
		throw new NodeOperationError(node, 'The SQLite ledger does not work in queue mode', {
			description:
				'Each worker would keep a memory of its own, and customers would be contacted twice. Run n8n in regular mode.',
		});
	}
	return openSqliteLedger(
		join(N8N_USER_FOLDER ?? HOME ?? USERPROFILE ?? process.cwd(), '.n8n', FILES[mode]),
	);
}
