import { join } from 'node:path';
import { openSqliteLedger } from '../../ledger/sqlite';
import { enrollmentOf } from '../../test/ledger/rows';

// A second process at the ledger's file, started with n8n's user folder: enrolls into another journey, one transaction
// after the other, until it is told to stop; answers with the number of rows.
const PAGE = 1000;
let [rows, stop] = [0, false];

async function write(): Promise<void> {
	const ledger = openSqliteLedger(join(process.argv[2] ?? '', '.n8n', 'digital-cs.sqlite'));
	process.once('message', () => {
		stop = true;
	});
	process.send?.('writing');
	while (!stop) {
		const page = Array.from({ length: PAGE }, (_nothing, index) => `other-${rows + index}`);
		await ledger.enroll(page.map((id) => enrollmentOf(id, { journey: 'other' })));
		rows += PAGE;
		await new Promise(setImmediate);
	}
	await ledger.close();
	process.send?.(rows);
}

write().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
