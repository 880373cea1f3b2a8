import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod/v4';

export const postgresAccess = z.object({
	host: z.string(),
	port: z.number(),
	user: z.string(),
	password: z.string(),
	database: z.string(),
});

const answer = z.union([z.object({ access: postgresAccess }), z.object({ problem: z.string() })]);

export type PostgresAccess = z.infer<typeof postgresAccess>;

/** A real Postgres of one's own; gone when it stops, or when this process ends. */
export type PostgresServer = {
	access: PostgresAccess;
	stop: () => Promise<void>;
};

/** @throws Error with what Postgres said when it does not start */
export async function startPostgres(): Promise<PostgresServer> {
	const child = fork(join(__dirname, '..', 'run', 'postgres.mjs'), { execArgv: [] });
	const message: unknown = await new Promise((resolve) => child.once('message', resolve));
	const said = answer.parse(message);
	if ('problem' in said) {
		child.disconnect();
		throw new Error(`Postgres did not start: ${said.problem}`);
	}
	return {
		access: said.access,
		stop: async () => {
			const gone = once(child, 'exit');
			child.disconnect();
			await gone;
		},
	};
}

/** An empty database on the server, whose name nobody had before. */
export async function freshDatabase(
	{ access }: PostgresServer,
	name: string,
): Promise<PostgresAccess> {
	const client = new Client(access);
	await client.connect();
	try {
		await client.query(`CREATE DATABASE ${name}`);
	} finally {
		await client.end();
	}
	return { ...access, database: name };
}
