import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MIGRATIONS } from './migrations';
import { inWords, isBusy } from './sqliteProblems';

/** Rows written in one transaction. node:sqlite is synchronous: more would hold up everything else n8n does. */
export const CHUNK = 2_000;
const BUSY_TIMEOUT_MS = 100;
const GIVE_UP_AFTER_MS = 30_000;

/** One open database file: pragmas, migrations, cached statements, and transactions that wait without blocking. */
export class SqliteFile {
	private readonly database: DatabaseSync;
	private readonly statements = new Map<string, StatementSync>();
	private ready: Promise<void> | undefined;

	/** @throws Error with one sentence where the file cannot be opened */
	constructor(private readonly path: string) {
		try {
			mkdirSync(dirname(path), { recursive: true });
			this.database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
		} catch (error) {
			throw inWords(error, path);
		}
	}

	/** A prepared statement, made once. */
	sql(text: string): StatementSync {
		let statement = this.statements.get(text);
		if (statement === undefined) {
			statement = this.database.prepare(text);
			this.statements.set(text, statement);
		}
		return statement;
	}

	/** Resolves once the tables are there, whoever made them. After a failure the next call tries again. */
	migrated(): Promise<void> {
		this.ready ??= this.migrate().catch((error: unknown) => {
			this.ready = undefined;
			throw error;
		});
		return this.ready;
	}

	/**
	 * Runs `work` over the rows, chunk by chunk, each chunk one transaction that is wholly done or not at all.
	 * Between chunks other work of the process gets its turn.
	 */
	async write<Row, Result>(rows: readonly Row[], work: (row: Row) => Result): Promise<Result[]> {
		await this.migrated();
		const results: Result[] = [];
		for (let start = 0; start < rows.length; start += CHUNK) {
			const chunk = rows.slice(start, start + CHUNK);
			const done = await this.transaction(() => chunk.map(work));
			for (const result of done) results.push(result);
			if (start + CHUNK < rows.length) await sleep(0);
		}
		return results;
	}

	/**
	 * Gathers what `work` finds for the rows, chunk by chunk, without a transaction. Only what it returns counts:
	 * where a lock interrupts it, it is run again.
	 */
	async read<Row, Result>(
		rows: readonly Row[],
		work: (chunk: Row[]) => Result[],
	): Promise<Result[]> {
		await this.migrated();
		const results: Result[] = [];
		for (let start = 0; start < rows.length; start += CHUNK) {
			const chunk = rows.slice(start, start + CHUNK);
			for (const result of await this.unlessBusy(() => work(chunk))) results.push(result);
			if (start + CHUNK < rows.length) await sleep(0);
		}
		return results;
	}

	close(): void {
		this.statements.clear();
		if (this.database.isOpen) this.database.close();
	}

	private async transaction<Result>(work: () => Result): Promise<Result> {
		return await this.unlessBusy(() => {
			this.database.exec('BEGIN IMMEDIATE');
			try {
				const result = work();
				this.database.exec('COMMIT');
				return result;
			} catch (error) {
				if (this.database.isTransaction) this.database.exec('ROLLBACK');
				throw error;
			}
		});
	}

	/** Another process may hold the file's lock; waiting for it must not stop this one. */
	private async unlessBusy<Result>(work: () => Result): Promise<Result> {
		const started = performance.now();
		for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
			try {
				return work();
			} catch (error) {
				if (!isBusy(error)) throw inWords(error, this.path);
				if (performance.now() - started > GIVE_UP_AFTER_MS) {
					throw new Error(
						'The ledger file stayed locked by another process for 30 seconds; run again when it is free',
						{
							cause: error,
						},
					);
				}
				await sleep(pause);
			}
		}
	}

	private async migrate(): Promise<void> {
		await this.unlessBusy(() => {
			this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
		});
		// looked up inside the transaction, so that of ten processes starting at once one migrates and nine find it done
		await this.transaction(() => {
			const row = this.database.prepare('PRAGMA user_version').get();
			const version = Number(row?.user_version ?? 0);
			if (version > MIGRATIONS.length) {
				throw new Error(
					`The ledger was made by a newer version of this package (schema ${String(version)}, this one knows ${String(MIGRATIONS.length)}); update the package`,
				);
			}
			for (const migration of MIGRATIONS.slice(version)) this.database.exec(migration);
			if (version === 0) {
				this.database
					.prepare("INSERT INTO dcs_settings (name, value) VALUES ('secret', ?)")
					.run(randomBytes(32).toString('base64url'));
			}
			if (version < MIGRATIONS.length)
				this.database.exec(`PRAGMA user_version = ${String(MIGRATIONS.length)}`);
		});
	}
}
