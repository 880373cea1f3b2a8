import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, TypeOverrides, types, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import type {
	Columns,
	Database,
	Dialect,
	Query,
	Row,
	RowsTo,
	TransactionOptions,
	Work,
} from '../sql/database';
import { migrate } from '../sql/schema';
import { beginning, LATER_MS, LIMITS, within } from './limits';
import { inWords, isConflict, isSilence } from './problems';

const DIALECT: Dialect = {
	serialKey: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
	clustered: '',
};

/** All times and counts are far below 2^53; pg would give them as texts. */
const TYPES = new TypeOverrides();
TYPES.setTypeParser(types.builtins.INT8, Number);

const ATTEMPTS = 8;
/** Any number, the same in every process: what the transactions that must be alone lock. */
const LOCK = 7_301_964;

export type PostgresAccess = Pick<
	PoolConfig,
	'host' | 'port' | 'database' | 'user' | 'password' | 'ssl' | 'max'
>;

/** One Postgres database. Several ledgers may live in it, each with a prefix of its own in place of `dcs_`. */
export class PostgresDatabase implements Database {
	private readonly pool: Pool;
	private ready: Promise<void> | undefined;
	private closed: Promise<void> | undefined;

	constructor(
		access: PostgresAccess,
		private readonly prefix = 'dcs_',
		private readonly limits = LIMITS,
	) {
		this.pool = new Pool({
			...access,
			types: TYPES,
			application_name: 'n8n-nodes-digital-cs',
			connectionTimeoutMillis: limits.connectMs,
			query_timeout: limits.statementMs + LATER_MS,
			keepAlive: true,
			keepAliveInitialDelayMillis: 10_000,
			idleTimeoutMillis: 30_000,
			allowExitOnIdle: true,
		});
		// a broken connection is told to whoever waits for its answer, and the pool makes another one; without listeners
		// it would end n8n besides
		this.pool.on('error', () => undefined);
		this.pool.on('connect', (client) => client.on('error', () => undefined));
	}

	async transaction<Answer>(
		work: () => Work<Answer>,
		options: TransactionOptions = {},
	): Promise<Answer> {
		await this.migrated();
		return await this.attempt(work, options);
	}

	close(): Promise<void> {
		this.closed ??= this.pool.end();
		return this.closed;
	}

	private async attempt<Answer>(
		work: () => Work<Answer>,
		{ alone = false, readOnly = false }: TransactionOptions,
	): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.once(work, alone, readOnly);
			} catch (error) {
				// two transactions that wait for each other: one is asked to begin anew
				if (!isConflict(error) || attempt === ATTEMPTS) throw inWords(error);
				await sleep(attempt * 20);
			}
		}
	}

	private async once<Answer>(
		work: () => Work<Answer>,
		alone: boolean,
		readOnly: boolean,
	): Promise<Answer> {
		const client = await this.begun(readOnly);
		try {
			if (alone) {
				await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCK, this.prefix]);
			}
			const answer = await this.run(client, work());
			await client.query('COMMIT');
			client.release();
			return answer;
		} catch (error) {
			await this.rollBack(client, error);
			throw error;
		}
	}

	/** A connection may have died in the pool, which only shows when it is used; then another one is asked, once. */
	private async begun(readOnly: boolean): Promise<PoolClient> {
		const client = await this.pool.connect();
		try {
			return await this.begin(client, readOnly);
		} catch {
			return await this.begin(await this.pool.connect(), readOnly);
		}
	}

	private async begin(client: PoolClient, readOnly: boolean): Promise<PoolClient> {
		try {
			await client.query(beginning(this.limits, readOnly));
			return client;
		} catch (error) {
			client.release(true);
			throw error;
		}
	}

	/** Leaves the connection to others, unless it cannot even be rolled back. */
	private async rollBack(client: PoolClient, error: unknown): Promise<void> {
		if (isSilence(error)) {
			client.release(true);
			return;
		}
		await client.query(within(this.limits.beginMs, 'ROLLBACK')).then(
			() => client.release(),
			() => client.release(true),
		);
	}

	private async run<Answer>(client: PoolClient, work: Work<Answer>): Promise<Answer> {
		let step = work.next([]);
		while (step.done !== true) step = work.next(await this.answer(client, step.value));
		return step.value;
	}

	private async answer(
		client: PoolClient,
		{ text, values, rows, texts, forUpdate = false }: Query,
	): Promise<Row[]> {
		const next = values.length + 1;
		// an array, because Postgres then looks each one up; of a table it may look through the whole for each
		const given =
			texts === undefined
				? manyRows(rows?.columns ?? {}, next, rows?.to)
				: `= ANY($${next}::text[])`;
		const many =
			texts === undefined ? (rows === undefined ? [] : [JSON.stringify(rows.cells)]) : [texts];
		const sql = `${text(given)}${forUpdate ? ' FOR UPDATE' : ''}`
			.replaceAll(/\?(\d+)/g, '$$$1')
			.replaceAll(/\bdcs_/g, this.prefix);
		const result: QueryResult<Row> = await client.query(sql, [...values, ...many]);
		return result.rows;
	}

	/** Resolves once the tables are there, whoever made them. After a failure the next call tries again. */
	private migrated(): Promise<void> {
		this.ready ??= migrate(
			{ transaction: async (work, options = {}) => await this.attempt(work, options) },
			DIALECT,
		).catch((error: unknown) => {
			this.ready = undefined;
			throw error;
		});
		return this.ready;
	}
}

/** Many rows travel as one JSON value. */
function manyRows(columns: Columns, value: number, to: RowsTo): string {
	const names = Object.keys(columns);
	const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
	const table = `SELECT * FROM json_to_recordset($${value}::json) AS given (${types.join(', ')})`;
	if (to === 'insert') return table;
	if (to === undefined) return `(${table})`;
	const changed = names.filter((name) => !to.key.includes(name));
	const same = to.key.map((name) => `${to.update}.${name} = r.${name}`);
	return `SET ${changed.map((name) => `${name} = r.${name}`).join(', ')} FROM (${table}) AS r WHERE ${same.join(' AND ')}`;
}
