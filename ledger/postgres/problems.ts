/** Serialization failure and deadlock: the same will work in a moment. */
const CONFLICTS = new Set(['40001', '40P01']);

const CHECK = "check the Postgres credential's";

/** By SQLSTATE and by Node's own codes: what happened, and what to do. */
const SENTENCES: Record<string, string> = {
	'28P01': `Postgres refuses the password; ${CHECK} user and password`,
	'28000': `Postgres refuses the user; ${CHECK} user and SSL setting`,
	'3D000': `Postgres knows no database of that name; ${CHECK} database`,
	'42501':
		'Postgres does not let this user make or change the tables of the ledger; give it CREATE on the schema, or another user in the credential',
	'53100': 'The disk of the Postgres server is full; free some space and run again',
	'53300':
		"Postgres has no connection free; lower 'Maximum Number of Connections' in the credential, or raise max_connections of the server",
	'55P03':
		"Another process has held the lock of the ledger for too long; look in pg_stat_activity for a transaction of 'n8n-nodes-digital-cs' that stands still, end it, and run again",
	'57014':
		'Postgres stopped a statement of the ledger that took too long; look at the load of the server, and run again',
	'57P01':
		'The Postgres server ended the connection: it shuts down, or its administrator did; run again when it is ready',
	'57P02': 'The Postgres server broke down; run again when it is ready',
	'25P03':
		'Postgres ended a transaction in which this process stood still for too long; nothing of it was kept; look at the load of n8n, and run again',
	'57P03': 'Postgres is starting up or shutting down; run again when it is ready',
	'25006': 'Postgres is read-only here (a replica?); use the primary server',
	ECONNREFUSED: `Nothing answers at the address of the Postgres server; ${CHECK} host and port, and that the server runs`,
	ENOTFOUND: `The Postgres server's host is unknown; ${CHECK} host`,
	EAI_AGAIN: `The Postgres server's host cannot be looked up; ${CHECK} host and this machine's network`,
	ETIMEDOUT: `The Postgres server does not answer; ${CHECK} host and port, and the network between`,
	ECONNRESET: 'The connection to Postgres broke; run again when the server is reachable',
};

/** Whether the server gave no answer at all to something that was asked. */
export function isSilence(error: unknown): boolean {
	return error instanceof Error && error.message === 'Query read timeout';
}

/** Whether it failed only because of what another transaction did. */
export function isConflict(error: unknown): boolean {
	return CONFLICTS.has(codeOf(error) ?? '');
}

/** The error in one sentence for whoever runs n8n, where the server or the way to it is the reason; any other as it is. */
export function inWords(error: unknown): unknown {
	const sentence = SENTENCES[codeOf(error) ?? ''] ?? wordsFor(error);
	return sentence === undefined ? error : new Error(sentence, { cause: error });
}

/** What pg says without a code. */
function wordsFor(error: unknown): string | undefined {
	const message = error instanceof Error ? error.message : '';
	if (message === 'timeout exceeded when trying to connect') {
		return `All connections of this process to Postgres stayed busy; ${CHECK} 'Maximum Number of Connections' and the load of the server, and run again`;
	}
	if (/terminating connection/i.test(message)) return SENTENCES['57P01'];
	if (/timeout/i.test(message)) return SENTENCES.ETIMEDOUT;
	if (/does not support SSL/i.test(message))
		return `The Postgres server does not speak SSL; ${CHECK} SSL setting`;
	if (/certificate/i.test(message))
		return `The certificate of the Postgres server is not trusted; ${CHECK} SSL settings`;
	return /terminated|Connection ended|not queryable/i.test(message)
		? SENTENCES.ECONNRESET
		: undefined;
}

/** Judged by its fields: several addresses of one host fail together in an AggregateError. */
function codeOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null) return undefined;
	if ('code' in error && typeof error.code === 'string') return error.code;
	if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
	return undefined;
}
