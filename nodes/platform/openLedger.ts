import type { RunMode } from './runMode';
import type { Ledger } from '../../ledger/ledger';
import { openSqliteLedger } from '../../ledger/sqlite';

/** Live and test runs never share a file: what somebody tries in the editor cannot be seen by, or block, a customer's journey. */
const FILES: Record<RunMode, string> = { live: 'digital-cs.sqlite', test: 'digital-cs-test.sqlite' };

/** The ledger of this n8n for this kind of run; one connection per process and file. */
export function openLedger(mode: RunMode): Ledger {
	return openSqliteLedger(FILES[mode]);
}
