import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	freshDatabase,
	startPostgres,
	type PostgresAccess,
	type PostgresServer,
} from '../ledger/postgresServer';
import { ask } from './ask';
import { host } from './folders';
import { freePort, startNode, waitFor, type Running } from './processes';
import { installPack, n8nEnvironment, startN8n, type N8nServer } from './server';

/** n8n in queue mode: one main process, workers, a webhook process, Redis and Postgres. */
export type Queue = {
	main: N8nServer;
	workers: Running[];
	/** Address of a process that takes in calls of production webhooks and does nothing else. */
	webhookUrl: string;
	/** A database for the ledger. */
	ledger: PostgresAccess;
	stop: () => Promise<void>;
};

/** @throws Error with one sentence where the machine has no Redis */
export async function startQueue(workerCount: number): Promise<Queue> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-queue-'));
	const stops: (() => Promise<void>)[] = [];
	const stop = async (): Promise<void> => {
		for (const one of stops.reverse()) await one();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const redis = await startRedis();
		stops.push(redis.stop);
		const postgres = await startPostgres();
		stops.push(postgres.stop);
		const env = await queueEnvironment(redis.port, postgres);
		const ledger = await freshDatabase(postgres, 'ledger');
		const main = await startN8n({ userFolder: join(folder, 'main'), env });
		stops.push(async () => await main.stop());
		const workers = await Promise.all(
			Array.from({ length: workerCount }, async (_nothing, index) => {
				const worker = await startWorker(join(folder, `worker-${String(index)}`), env);
				stops.push(async () => await worker.stop());
				return worker;
			}),
		);
		const webhooks = await startWebhooks(join(folder, 'webhooks'), env);
		stops.push(async () => await webhooks.running.stop());
		return { main, workers, webhookUrl: webhooks.url, ledger, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function queueEnvironment(
	redisPort: number,
	postgres: PostgresServer,
): Promise<Record<string, string>> {
	const {
		host: databaseHost,
		port,
		user,
		password,
		database,
	} = await freshDatabase(postgres, 'n8n');
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: databaseHost,
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
		DB_POSTGRESDB_DATABASE: database,
		N8N_ENCRYPTION_KEY: 'the same for all of them',
	};
}

async function startWorker(userFolder: string, env: Record<string, string>): Promise<Running> {
	installPack(userFolder);
	const port = String(await freePort());
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: port };
	const entry = join(host, 'node_modules', 'n8n', 'bin', 'n8n');
	const worker = startNode([entry, 'worker', '--concurrency=5'], {
		cwd: userFolder,
		env: await n8nEnvironment({ userFolder, env: { ...env, ...health } }),
	});
	await waitFor(
		'a worker being ready',
		async () => {
			if (worker.hasExited()) throw new Error(worker.logs().slice(-2000));
			const response = await ask(`http://127.0.0.1:${port}/healthz/readiness`);
			return response.ok ? true : undefined;
		},
		{ timeoutMs: 120_000 },
	);
	return worker;
}

async function startWebhooks(
	userFolder: string,
	env: Record<string, string>,
): Promise<{ running: Running; url: string }> {
	installPack(userFolder);
	const port = await freePort();
	const entry = join(host, 'node_modules', 'n8n', 'bin', 'n8n');
	const running = startNode([entry, 'webhook'], {
		cwd: userFolder,
		env: await n8nEnvironment({ userFolder, port, env }),
	});
	const url = `http://127.0.0.1:${String(port)}`;
	await waitFor(
		'the webhook process being ready',
		async () => {
			if (running.hasExited()) throw new Error(running.logs().slice(-2000));
			const response = await ask(`${url}/healthz/readiness`);
			return response.ok ? true : undefined;
		},
		{ timeoutMs: 120_000 },
	);
	return { running, url };
}

async function startRedis(): Promise<{ port: number; stop: () => Promise<void> }> {
	const port = await freePort();
	const child = spawn(
		'redis-server',
		['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
		{ stdio: 'ignore' },
	);
	try {
		await once(child, 'spawn');
	} catch {
		throw new Error(
			'No Redis was found: install it (Debian and Ubuntu: apt-get install redis-server)',
		);
	}
	await waitFor('Redis answering', async () => {
		const socket = createConnection(port, '127.0.0.1');
		await once(socket, 'connect');
		socket.destroy();
		return true;
	});
	return {
		port,
		stop: async () => {
			const gone = once(child, 'exit');
			child.kill();
			await gone;
		},
	};
}
