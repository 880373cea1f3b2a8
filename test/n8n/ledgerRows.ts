import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod/v4';

const touchRow = z.object({
	journey: z.string(),
	dry: z.number(),
	account_id: z.string(),
	step_id: z.string(),
	channel: z.string(),
	address: z.string(),
	state: z.string(),
});
const enrollmentRow = z.object({ journey: z.string(), dry: z.number(), account_id: z.string() });
const journeyRow = z.object({ journey: z.string(), dry: z.number() });
const eventRow = z.object({ id: z.string(), account_id: z.string(), type: z.string() });

export type LedgerRows = {
	touches: z.infer<typeof touchRow>[];
	enrollments: z.infer<typeof enrollmentRow>[];
	journeys: z.infer<typeof journeyRow>[];
	events: z.infer<typeof eventRow>[];
};

/** Whether events were taken in that nobody has dealt with yet; they are answered before that. */
export function hasEventsWaiting(userFolder: string): boolean {
	const file = join(userFolder, '.n8n', 'digital-cs.sqlite');
	if (!existsSync(file)) return false;
	const database = new DatabaseSync(file, { readOnly: true, timeout: 2000 });
	try {
		const waiting = database.prepare('SELECT 1 FROM dcs_inbox WHERE done_at IS NULL LIMIT 1');
		return waiting.get() !== undefined;
	} finally {
		database.close();
	}
}

/** What the pack remembers, read beside the running n8n. A file that was never made holds nothing. */
export function readLedger(userFolder: string, kind: 'live' | 'test'): LedgerRows {
	const name = kind === 'live' ? 'digital-cs.sqlite' : 'digital-cs-test.sqlite';
	const file = join(userFolder, '.n8n', name);
	if (!existsSync(file)) return { touches: [], enrollments: [], journeys: [], events: [] };
	const database = new DatabaseSync(file, { readOnly: true, timeout: 2000 });
	const rows = <T>(table: string, schema: z.ZodType<T>): T[] =>
		z.array(schema).parse(database.prepare(`SELECT * FROM ${table}`).all());
	try {
		return {
			touches: rows('dcs_touches', touchRow),
			enrollments: rows('dcs_enrollments', enrollmentRow),
			journeys: rows('dcs_journeys', journeyRow),
			events: rows('dcs_events', eventRow),
		};
	} finally {
		database.close();
	}
}
