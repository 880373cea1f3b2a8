import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';

const counts = z.object({ handled: z.number(), waiting: z.number() });

/** What became of the events in the ledger of a user folder, read beside the running n8n. */
export function countHandled(userFolder: string): z.infer<typeof counts> {
	const file = join(userFolder, '.n8n', 'digital-cs.sqlite');
	const database = new DatabaseSync(file, { readOnly: true, timeout: 2000 });
	try {
		const row = database
			.prepare(
				'SELECT COUNT(done_at) AS handled, COUNT(*) - COUNT(done_at) AS waiting FROM dcs_inbox',
			)
			.get();
		return counts.parse(row);
	} finally {
		database.close();
	}
}
