import type { OpenCase } from '../../engine/journeys/memory';
import { keptId } from './caseRows';
import { askForTexts, type Work } from './database';
import { reader } from './rows';

/** Open cases that stop journeys (P06), the oldest first. */
export function* openCasesOf(accountIds: readonly string[]): Work<OpenCase[]> {
	const asked = new Map(accountIds.map((id) => [keptId(id), id]));
	const rows = yield* askForTexts(
		[...asked.keys()],
		(among) =>
			`SELECT no, account_id, reopened, silences, opened_at, escalated_at FROM dcs_cases WHERE open = 1 AND silences IS NOT NULL AND account_id ${among}`,
	);
	return rows
		.map((row) => {
			const r = reader('case', row);
			const accountId = r.text('account_id');
			return {
				key: `case/${String(r.number('no'))}/${String(r.number('reopened'))}`,
				accountId: asked.get(accountId) ?? accountId,
				since: r.optionalNumber('escalated_at') ?? r.number('opened_at'),
				silences: r.number('silences'),
			};
		})
		.sort((a, b) => a.since - b.since || (a.key < b.key ? -1 : 1));
}
