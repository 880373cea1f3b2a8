import { z } from 'zod/v4';
import type {
	ContentBatch,
	ContentMemory,
	ContentPick,
	KeptAnswer,
	SeenContent,
	Spending,
} from '../ledger';
import { ask, askForTexts, insert, type Columns, type Row, type Work } from './database';
import { reader, storable } from './rows';

/** What Content Selector remembers: what whom was sent, what Claude answered, what that cost, and batches under way. */

const PICK_COLUMNS: Columns = {
	key: 'text',
	account_id: 'text',
	contact: 'text',
	content_id: 'text',
	kind: 'text',
	picked_at: 'bigint',
	experiment: 'text',
	variant: 'text',
	content: 'text',
};

/** A pick whose touch will never go out was seen by nobody. */
const NOT_SEEN =
	"t.state IN ('lapsed', 'withdrawn') OR (t.state = 'failed' AND t.next_at IS NULL AND t.open_since IS NULL)";

export function* contentMemory({
	keys,
	contacts,
	since,
}: {
	keys: readonly string[];
	contacts: readonly string[];
	since: number;
}): Work<ContentMemory> {
	const own = yield* askForTexts(keys, (among) => `SELECT * FROM dcs_picks WHERE key ${among}`);
	const rows = yield* askForTexts(
		contacts,
		(among) =>
			`SELECT p.key, p.contact, p.content_id, p.kind, p.picked_at FROM dcs_picks AS p LEFT JOIN dcs_touches AS t ON t.key = p.key WHERE p.contact ${among} AND p.picked_at >= ?1 AND NOT COALESCE(${NOT_SEEN}, FALSE) ORDER BY p.picked_at, p.key`,
		{ values: [since] },
	);
	const seen = new Map<string, SeenContent[]>();
	for (const row of rows) {
		const r = reader('pick', row);
		const its = seen.get(r.text('contact'));
		const one = {
			key: r.text('key'),
			contentId: r.text('content_id'),
			kind: r.text('kind'),
			at: r.number('picked_at'),
		};
		if (its === undefined) seen.set(r.text('contact'), [one]);
		else its.push(one);
	}
	return { picks: new Map(own.map((row) => [String(row.key), pickOf(row)])), seen };
}

/** The last pick of a key counts. */
export function* writePicks(picks: readonly ContentPick[]): Work<void> {
	const last = new Map(picks.map((pick) => [storable(pick.key), pick]));
	yield* insert(
		'dcs_picks',
		PICK_COLUMNS,
		['key'],
		[...last.values()].map((pick) => ({
			key: pick.key,
			account_id: pick.accountId,
			contact: pick.contact,
			content_id: pick.contentId,
			kind: pick.kind,
			picked_at: pick.at,
			experiment: pick.experiment,
			variant: pick.variant,
			content: pick.content,
		})),
		`ON CONFLICT (key) DO UPDATE SET ${Object.keys(PICK_COLUMNS)
			.filter((name) => name !== 'key')
			.map((name) => `${name} = excluded.${name}`)
			.join(', ')}`,
	);
}

/** Picks of an experiment that went out, with when they did; the oldest first. */
export function* picksOf(
	experiment: string,
	since: number,
): Work<(ContentPick & { sentAt: number })[]> {
	const rows = yield* ask(
		"SELECT p.*, t.changed_at AS sent_at FROM dcs_picks AS p JOIN dcs_touches AS t ON t.key = p.key WHERE p.experiment = ?1 AND t.state = 'sent' AND t.changed_at >= ?2 ORDER BY t.changed_at, p.key",
		storable(experiment),
		since,
	);
	return rows.map((row) => ({ ...pickOf(row), sentAt: reader('pick', row).number('sent_at') }));
}

function pickOf(row: Row): ContentPick {
	const r = reader('pick', row);
	return {
		key: r.text('key'),
		accountId: r.text('account_id'),
		contact: r.text('contact'),
		contentId: r.text('content_id'),
		kind: r.text('kind'),
		at: r.number('picked_at'),
		experiment: r.text('experiment'),
		variant: r.text('variant'),
		content: r.text('content'),
	};
}

export function* answersOf(
	signatures: readonly string[],
	now: number,
): Work<(string | undefined)[]> {
	const rows = yield* askForTexts(
		signatures,
		(among) =>
			`SELECT signature, answer FROM dcs_content_memo WHERE expires_at > ?1 AND signature ${among}`,
		{ values: [now] },
	);
	const known = new Map(
		rows.map((row) => {
			const r = reader('answer', row);
			return [r.text('signature'), r.text('answer')];
		}),
	);
	return signatures.map((signature) => known.get(storable(signature)));
}

export function* rememberAnswers(answers: readonly KeptAnswer[]): Work<void> {
	const last = new Map(answers.map((one) => [storable(one.signature), one]));
	yield* insert(
		'dcs_content_memo',
		{ signature: 'text', about: 'text', answer: 'text', expires_at: 'bigint' },
		['signature'],
		[...last.values()].map(({ signature, about, answer, expiresAt }) => ({
			signature,
			about,
			answer,
			expires_at: expiresAt,
		})),
		'ON CONFLICT (signature) DO UPDATE SET about = excluded.about, answer = excluded.answer, expires_at = excluded.expires_at',
	);
}

/** Adds to what a month cost, in millionths of a dollar, and gives back what it is then. */
export function* addSpent(month: string, microDollars: number): Work<number> {
	const [row] = yield* ask(
		`INSERT INTO dcs_content_spend (month, micro_dollars) VALUES (?1, ?2)
			ON CONFLICT (month) DO UPDATE SET micro_dollars = dcs_content_spend.micro_dollars + excluded.micro_dollars
			RETURNING micro_dollars`,
		storable(month),
		microDollars,
	);
	return row === undefined ? microDollars : reader('spending', row).number('micro_dollars');
}

const BATCH_COLUMNS: Columns = {
	id: 'text',
	submitted_at: 'bigint',
	collected_at: 'bigint',
	settings: 'text',
};

export function* rememberBatch({ id, submittedAt, settings }: ContentBatch): Work<void> {
	yield* insert(
		'dcs_content_batches',
		BATCH_COLUMNS,
		['id'],
		[{ id, submitted_at: submittedAt, collected_at: null, settings }],
		'ON CONFLICT (id) DO NOTHING',
	);
}

/** Those that nobody collected yet, the oldest first. */
export function* openBatches(): Work<ContentBatch[]> {
	const rows = yield* ask(
		'SELECT id, submitted_at, settings FROM dcs_content_batches WHERE collected_at IS NULL ORDER BY submitted_at, id',
	);
	return rows.map((row) => {
		const r = reader('batch', row);
		return {
			id: r.text('id'),
			submittedAt: r.number('submitted_at'),
			settings: r.text('settings'),
		};
	});
}

/** True for whoever does it first, who has paid for it. */
export function* closeBatch(id: string, now: number, spent?: Spending): Work<boolean> {
	const rows = yield* ask(
		'UPDATE dcs_content_batches SET collected_at = ?2 WHERE id = ?1 AND collected_at IS NULL RETURNING 1 AS closed',
		storable(id),
		now,
	);
	if (rows.length === 0) return false;
	if (spent !== undefined) yield* addSpent(spent.month, spent.microDollars);
	return true;
}

/** What was chosen for these accounts, and what was said about them by name. */
export function* eraseContentOf(accountIds: readonly string[]): Work<number> {
	const picks = yield* askForTexts(
		accountIds,
		(among) => `DELETE FROM dcs_picks WHERE account_id ${among} RETURNING 1 AS gone`,
	);
	const answers = yield* askForTexts(
		accountIds,
		(among) => `DELETE FROM dcs_content_memo WHERE about ${among} RETURNING 1 AS gone`,
	);
	yield* eraseFromBatches(new Set(accountIds));
	return picks.length + answers.length;
}

const batchSettings = z.looseObject({ about: z.record(z.string(), z.string().nullable()) });

/** Answers under way that tell of these accounts: whoever collects the batch drops them. */
function* eraseFromBatches(accountIds: ReadonlySet<string>): Work<void> {
	for (const { id, settings } of yield* openBatches()) {
		const { about, ...others } = batchSettings.parse(JSON.parse(settings));
		const isErased = (one: string | null): boolean => one !== null && accountIds.has(storable(one));
		if (!Object.values(about).some(isErased)) continue;
		const left = Object.entries(about).map(([name, one]) => [name, isErased(one) ? null : one]);
		const rest = JSON.stringify({ ...others, about: Object.fromEntries(left) as unknown });
		yield* ask('UPDATE dcs_content_batches SET settings = ?2 WHERE id = ?1', storable(id), rest);
	}
}

/** What was chosen for these people. */
export function* eraseContentFor(addresses: readonly string[]): Work<number> {
	const rows = yield* askForTexts(
		addresses,
		(among) => `DELETE FROM dcs_picks WHERE contact ${among} RETURNING 1 AS gone`,
	);
	return rows.length;
}

/** The next rows that are too old to keep. @param limit rows of each table at most */
export function* forgetContent(before: number, limit: number): Work<number> {
	const picks = yield* ask(
		`DELETE FROM dcs_picks WHERE key IN (SELECT key FROM dcs_picks WHERE picked_at < ?1 LIMIT ${limit}) RETURNING 1 AS gone`,
		before,
	);
	const answers = yield* ask(
		`DELETE FROM dcs_content_memo WHERE signature IN (SELECT signature FROM dcs_content_memo WHERE expires_at < ?1 LIMIT ${limit}) RETURNING 1 AS gone`,
		before,
	);
	yield* ask('DELETE FROM dcs_content_batches WHERE submitted_at < ?1', before);
	return picks.length + answers.length;
}
