/**
 * The ledger's tables, by version. A released version is never edited: the next change is the next entry.
 */
export const MIGRATIONS: readonly string[] = [
	`
	CREATE TABLE dcs_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE dcs_events (
		id TEXT NOT NULL, account_id TEXT NOT NULL, type TEXT NOT NULL, occurred_at INTEGER NOT NULL,
		received_at INTEGER NOT NULL, step TEXT, contact TEXT, data TEXT, PRIMARY KEY (account_id, type, id)
	) WITHOUT ROWID;
	CREATE TABLE dcs_journeys (
		journey TEXT NOT NULL, dry INTEGER NOT NULL, started_at INTEGER NOT NULL, owner TEXT NOT NULL,
		owner_name TEXT NOT NULL, PRIMARY KEY (journey, dry)
	) WITHOUT ROWID;
	CREATE TABLE dcs_enrollments (
		journey TEXT NOT NULL, dry INTEGER NOT NULL, account_id TEXT NOT NULL, cycle INTEGER NOT NULL,
		anchor_at INTEGER NOT NULL, enrolled_at INTEGER NOT NULL, state TEXT NOT NULL, outcome TEXT,
		ended_at INTEGER, version TEXT NOT NULL, PRIMARY KEY (journey, dry, account_id, cycle)
	) WITHOUT ROWID;
	CREATE TABLE dcs_touches (
		key TEXT PRIMARY KEY, journey TEXT NOT NULL, dry INTEGER NOT NULL, account_id TEXT NOT NULL,
		cycle INTEGER NOT NULL, step_id TEXT NOT NULL, topic TEXT NOT NULL, channel TEXT NOT NULL,
		address TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL, next_at INTEGER, lease_until INTEGER,
		attempts INTEGER NOT NULL, changed_at INTEGER NOT NULL, reasons TEXT NOT NULL
	) WITHOUT ROWID;
	CREATE INDEX dcs_touches_account ON dcs_touches (account_id, journey, dry);
	CREATE INDEX dcs_touches_address ON dcs_touches (address, changed_at) WHERE channel = 'email';
	CREATE TABLE dcs_suppressions (address TEXT PRIMARY KEY, reason TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
	CREATE TABLE dcs_aliases (alias TEXT PRIMARY KEY, account_id TEXT NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
	CREATE INDEX dcs_aliases_account ON dcs_aliases (account_id);
	`,
];
