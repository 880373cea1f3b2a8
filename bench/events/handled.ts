import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';

const counts = z.object({ handled: z.number(), waiting: z.number() });

/** Executions that n8n has begun and not ended; of those that are not saved it never says so, but marks them deleted. */
export function countRunning(userFolder: string): number {
	const database = open(join(userFolder, '.n8n', 'database.sqlite'));
	try {
		const row = database
			.prepare(
				"SELECT COUNT(*) AS n FROM execution_entity WHERE deletedAt IS NULL AND status IN ('new', 'running')",
			)
			.get();
		return z.object({ n: z.number() }).parse(row).n;
	} finally {
		database.close();
	}
}

/** What became of the events in the ledger of a user folder, read beside the running n8n. */
export function countHandled(userFolder: string): z.infer<typeof counts> {
	const database = open(join(userFolder, '.n8n', 'digital-cs.sqlite'));
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

function open(file: string): DatabaseSync {
	return new DatabaseSync(file, { readOnly: true, timeout: 2000 });
}
