import type { QueryConfig } from 'pg';

/** How long Postgres may take for what, before a sentence says so; ms. */
export type PostgresLimits = {
	/** Until there is a connection. */
	connectMs: number;
	/** Until a transaction has begun, which waits for nobody. */
	beginMs: number;
	/** For one statement; the largest take seconds. */
	statementMs: number;
	/** For a lock that somebody else holds, which takes milliseconds unless they hang. */
	lockMs: number;
	/**
	 * For whoever holds a transaction and does nothing: a process that was frozen, or cut off. Shorter than the wait for
	 * a lock, so that it loses its transaction before all others give up.
	 */
	idleMs: number;
};

export const LIMITS: PostgresLimits = {
	connectMs: 10_000,
	beginMs: 10_000,
	statementMs: 60_000,
	lockMs: 30_000,
	idleMs: 20_000,
};
/** So much longer is its answer waited for than it may take: what the server says tells more than its silence. */
export const LATER_MS = 5_000;

/**
 * Begins a transaction; one that only reads sees everything as it was at its first statement. The limits travel with
 * each: a pooler between would refuse them when the connection is made.
 */
export function beginning(
	{ statementMs, lockMs, idleMs, beginMs }: PostgresLimits,
	readOnly: boolean,
): QueryConfig {
	const words = [
		readOnly ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN',
		`SET LOCAL statement_timeout = ${statementMs}`,
		`SET LOCAL lock_timeout = ${lockMs}`,
		`SET LOCAL idle_in_transaction_session_timeout = ${idleMs}`,
	];
	return within(beginMs, words.join('; '));
}

/** A statement with a limit of its own, which pg's types do not know of. */
export function within(limitMs: number, text: string): QueryConfig {
	const query: QueryConfig & { query_timeout: number } = { text, query_timeout: limitMs };
	return query;
}
