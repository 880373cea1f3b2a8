import { randomBytes } from 'node:crypto';
import { ask, type Database, type Dialect, type Work } from './database';

/**
 * The ledger's tables, by version, in the words of both databases. A released version is never edited: the next change
 * is the next entry. Times are ms since 1970; `dry`, `counts`, `open`, `waiting` are 1 or 0; `reasons`, `data`
 * and `state` are JSON; a `day` is a local date of the program, or of the owner, in days since 1970. Of a case everything
 * but its policy is its `state`; the other columns are there to look it up. Its `arr` is in hundredths. A `month` is one of
 * UTC, as `2026-03`.
 */
const MIGRATIONS: readonly ((dialect: Dialect) => string)[] = [
	({ serialKey, clustered }) => `
	CREATE TABLE dcs_journeys (
		journey TEXT NOT NULL, dry BIGINT NOT NULL, started_at BIGINT NOT NULL, owner TEXT NOT NULL,
		owner_name TEXT NOT NULL, PRIMARY KEY (journey, dry)
	)${clustered};
	CREATE TABLE dcs_events (
		account_id TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, occurred_at BIGINT NOT NULL,
		received_at BIGINT NOT NULL, step TEXT, contact TEXT, touch TEXT, data TEXT, PRIMARY KEY (account_id, type, id)
	)${clustered};
	CREATE INDEX dcs_events_received ON dcs_events (received_at);
	CREATE TABLE dcs_enrollments (
		journey TEXT NOT NULL, dry BIGINT NOT NULL, account_id TEXT NOT NULL, cycle BIGINT NOT NULL,
		anchor_at BIGINT NOT NULL, enrolled_at BIGINT NOT NULL, state TEXT NOT NULL, outcome TEXT,
		ended_at BIGINT, version TEXT NOT NULL, PRIMARY KEY (journey, dry, account_id, cycle)
	)${clustered};
	CREATE INDEX dcs_enrollments_account ON dcs_enrollments (account_id);
	CREATE TABLE dcs_touches (
		key TEXT NOT NULL PRIMARY KEY, journey TEXT NOT NULL, dry BIGINT NOT NULL, account_id TEXT NOT NULL,
		cycle BIGINT NOT NULL, step_id TEXT NOT NULL, topic TEXT NOT NULL, channel TEXT NOT NULL,
		kind TEXT NOT NULL, priority BIGINT NOT NULL, token TEXT, address TEXT NOT NULL, state TEXT NOT NULL, due_at BIGINT NOT NULL, next_at BIGINT, lease_until BIGINT,
		attempts BIGINT NOT NULL, changed_at BIGINT NOT NULL, open_since BIGINT, reasons TEXT NOT NULL
	)${clustered};
	CREATE INDEX dcs_touches_account ON dcs_touches (account_id, journey, dry);
	CREATE INDEX dcs_touches_human ON dcs_touches (account_id) WHERE channel = 'human';
	CREATE INDEX dcs_touches_address ON dcs_touches (address) WHERE channel = 'email';
	CREATE INDEX dcs_touches_token ON dcs_touches (token) WHERE token IS NOT NULL;
	CREATE TABLE dcs_log (
		id ${serialKey}, account_id TEXT NOT NULL, touch TEXT NOT NULL, at BIGINT NOT NULL,
		what TEXT NOT NULL, next_at BIGINT, reasons TEXT NOT NULL
	);
	CREATE INDEX dcs_log_account ON dcs_log (account_id);
	CREATE TABLE dcs_suppressions (
		address TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (address, source)
	)${clustered};
	CREATE TABLE dcs_erased (fingerprint TEXT NOT NULL PRIMARY KEY)${clustered};
	CREATE TABLE dcs_agenda (
		journey TEXT NOT NULL, dry BIGINT NOT NULL, account_id TEXT NOT NULL, decided_at BIGINT NOT NULL, look_at BIGINT,
		triggered_at BIGINT, PRIMARY KEY (journey, dry, account_id)
	)${clustered};
	CREATE INDEX dcs_agenda_look ON dcs_agenda (journey, dry, look_at);
	CREATE INDEX dcs_agenda_triggered ON dcs_agenda (journey, dry, decided_at, triggered_at) WHERE triggered_at IS NOT NULL;
	CREATE TABLE dcs_pauses (
		scope TEXT NOT NULL, id TEXT NOT NULL, until BIGINT, reason TEXT NOT NULL, since BIGINT NOT NULL,
		PRIMARY KEY (scope, id)
	)${clustered};
	CREATE TABLE dcs_aliases (alias TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, since BIGINT NOT NULL)${clustered};
	CREATE INDEX dcs_aliases_account ON dcs_aliases (account_id);
	CREATE TABLE dcs_health (
		account_id TEXT NOT NULL, model TEXT NOT NULL, day BIGINT NOT NULL, revision BIGINT NOT NULL, state TEXT NOT NULL,
		PRIMARY KEY (account_id, model)
	)${clustered};
	CREATE TABLE dcs_health_models (
		model TEXT NOT NULL PRIMARY KEY, started_day BIGINT NOT NULL, day BIGINT NOT NULL, scored BIGINT NOT NULL,
		triggered BIGINT NOT NULL
	)${clustered};
	`,
	({ clustered }) => `
	CREATE TABLE dcs_cases (
		no BIGINT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, open BIGINT NOT NULL, reopened BIGINT NOT NULL,
		owner TEXT NOT NULL, arr BIGINT NOT NULL, silences BIGINT, waiting BIGINT NOT NULL, next_look BIGINT,
		opened_at BIGINT NOT NULL, escalated_at BIGINT, resolved_at BIGINT, written_at BIGINT NOT NULL,
		sla TEXT NOT NULL, state TEXT NOT NULL
	)${clustered};
	CREATE UNIQUE INDEX dcs_cases_one ON dcs_cases (account_id) WHERE open = 1;
	CREATE INDEX dcs_cases_account ON dcs_cases (account_id, open, resolved_at, no);
	CREATE INDEX dcs_cases_due ON dcs_cases (next_look, no) WHERE open = 1;
	CREATE INDEX dcs_cases_waiting ON dcs_cases (no) WHERE open = 1 AND waiting = 1;
	CREATE INDEX dcs_cases_owner ON dcs_cases (owner, open, arr, no);
	CREATE INDEX dcs_cases_resolved ON dcs_cases (resolved_at) WHERE open = 0;
	CREATE TABLE dcs_case_policies (id TEXT NOT NULL PRIMARY KEY, policy TEXT NOT NULL)${clustered};
	CREATE TABLE dcs_case_days (
		owner TEXT NOT NULL PRIMARY KEY, day BIGINT NOT NULL, notices BIGINT NOT NULL, digests BIGINT NOT NULL
	)${clustered};
	CREATE INDEX dcs_touches_notices ON dcs_touches (changed_at) WHERE journey = 'escalations';
	`,
	({ clustered }) => `
	CREATE TABLE dcs_picks (
		key TEXT NOT NULL PRIMARY KEY, account_id TEXT NOT NULL, contact TEXT NOT NULL, content_id TEXT NOT NULL,
		kind TEXT NOT NULL, picked_at BIGINT NOT NULL, experiment TEXT NOT NULL, variant TEXT NOT NULL, content TEXT NOT NULL
	)${clustered};
	CREATE INDEX dcs_picks_contact ON dcs_picks (contact, picked_at);
	CREATE INDEX dcs_picks_account ON dcs_picks (account_id);
	CREATE INDEX dcs_picks_at ON dcs_picks (picked_at);
	CREATE INDEX dcs_picks_experiment ON dcs_picks (experiment) WHERE experiment <> '';
	CREATE TABLE dcs_content_memo (
		signature TEXT NOT NULL PRIMARY KEY, about TEXT NOT NULL, answer TEXT NOT NULL, expires_at BIGINT NOT NULL
	)${clustered};
	CREATE INDEX dcs_content_memo_expires ON dcs_content_memo (expires_at);
	CREATE INDEX dcs_content_memo_about ON dcs_content_memo (about) WHERE about <> '';
	CREATE TABLE dcs_content_spend (month TEXT NOT NULL PRIMARY KEY, micro_dollars BIGINT NOT NULL)${clustered};
	CREATE TABLE dcs_content_batches (
		id TEXT NOT NULL PRIMARY KEY, submitted_at BIGINT NOT NULL, collected_at BIGINT, settings TEXT NOT NULL
	)${clustered};
	`,
	({ clustered }) => `
	CREATE TABLE dcs_inbox (
		inbox TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, event TEXT, received_at BIGINT NOT NULL,
		free_at BIGINT NOT NULL, attempts BIGINT NOT NULL, batch TEXT, done_at BIGINT, PRIMARY KEY (inbox, id)
	)${clustered};
	CREATE INDEX dcs_inbox_waiting ON dcs_inbox (inbox, free_at) WHERE done_at IS NULL;
	CREATE INDEX dcs_inbox_batch ON dcs_inbox (inbox, batch) WHERE batch IS NOT NULL;
	CREATE INDEX dcs_inbox_done ON dcs_inbox (done_at) WHERE done_at IS NOT NULL;
	CREATE INDEX dcs_inbox_received ON dcs_inbox (received_at);
	CREATE INDEX dcs_inbox_account ON dcs_inbox (account_id) WHERE account_id <> '';
	`,
	({ clustered }) => `
	CREATE TABLE dcs_tiers (account_id TEXT NOT NULL PRIMARY KEY, tier TEXT NOT NULL, since BIGINT NOT NULL)${clustered};
	CREATE TABLE dcs_crm (
		target TEXT NOT NULL, account_id TEXT NOT NULL, told TEXT NOT NULL, told_at BIGINT NOT NULL,
		PRIMARY KEY (target, account_id)
	)${clustered};
	`,
	({ clustered }) => `
	ALTER TABLE dcs_agenda ADD COLUMN reasons TEXT;
	CREATE TABLE dcs_gate_holds (
		account_id TEXT NOT NULL, journey TEXT NOT NULL, since BIGINT NOT NULL, reasons TEXT NOT NULL,
		PRIMARY KEY (account_id, journey)
	)${clustered};
	`,
];

/**
 * Brings the tables up to date. Looked up inside the transaction, so that of ten processes that start at once one
 * migrates and nine find it done.
 * @throws Error when a newer version of the package made the ledger
 */
export async function migrate(
	database: Pick<Database, 'transaction'>,
	dialect: Dialect,
): Promise<void> {
	await database.transaction(
		function* (): Work<void> {
			yield* ask(
				'CREATE TABLE IF NOT EXISTS dcs_settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)',
			);
			const [row] = yield* ask("SELECT value FROM dcs_settings WHERE name = 'version'");
			const version = Number(row?.value ?? 0);
			if (version > MIGRATIONS.length) {
				throw new Error(
					`The ledger was made by a newer version of this package (schema ${version}, this one knows ${MIGRATIONS.length}); update the package`,
				);
			}
			if (version === MIGRATIONS.length) return;
			for (const migration of MIGRATIONS.slice(version)) {
				for (const statement of migration(dialect).split(';')) {
					if (statement.trim() !== '') yield* ask(statement);
				}
			}
			yield* ask(
				"INSERT INTO dcs_settings (name, value) VALUES ('version', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
				String(MIGRATIONS.length),
			);
			if (version === 0) {
				yield* ask(
					"INSERT INTO dcs_settings (name, value) VALUES ('secret', ?1)",
					randomBytes(32).toString('base64url'),
				);
			}
		},
		{ alone: true },
	);
}
