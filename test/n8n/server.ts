import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask';
import { host, installedPack, root } from './folders';
import { freePort, startNode, waitFor, type Running } from './processes';

export type N8nServer = Running & { url: string; port: number; userFolder: string };

export type N8nOptions = {
	/** n8n keeps its database, key and community packages in `<userFolder>/.n8n`. */
	userFolder: string;
	/** Where it listens; a free one by default. */
	port?: number;
	/** Added to, and stronger than, the quiet defaults. */
	env?: Record<string, string>;
	/** Default true; false for an n8n without the pack. */
	pack?: boolean;
	timeoutMs?: number;
};

/** Only loopback, no telemetry, no look-ups at n8n's own services, no say for the machine's own n8n settings. */
const QUIET: Record<string, string> = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PROTOCOL: 'http',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PYTHON_ENABLED: 'false',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
	N8N_LOG_LEVEL: 'info',
};

const OURS =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|GENERIC_|CREDENTIALS_|EXTERNAL_|NODES_|npm_|JEST_|MAILDEV_|NODE_(OPTIONS|ENV|PATH)$|CI$)/i;

/**
 * Starts the real n8n, with the built pack installed as a community package, and waits until it answers.
 * @throws Error with n8n's last lines when it ends or does not answer in time
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { userFolder, timeoutMs = 120_000 } = options;
	const entry = join(host, 'node_modules', 'n8n', 'bin', 'n8n');
	if (Number(process.versions.node.split('.')[0]) < 24 || !existsSync(entry)) {
		throw new Error(
			'The real n8n needs Node 24 and its own folder installed: run npm test or npm start, which see to both',
		);
	}
	mkdirSync(userFolder, { recursive: true });
	if (options.pack !== false) installPack(userFolder);
	const port = options.port ?? (await freePort());
	const running = startNode([entry, 'start'], {
		cwd: userFolder,
		env: await n8nEnvironment({ ...options, port }),
	});
	const server = { ...running, url: `http://127.0.0.1:${port}`, port, userFolder };
	try {
		await Promise.race([
			waitFor('n8n answering', () => isReady(server.url), { timeoutMs }),
			running.exited.then((code) => {
				throw new Error(`n8n ended by itself (${code})`);
			}),
		]);
	} catch (error) {
		await running.kill();
		throw new Error(
			`${error instanceof Error ? error.message : 'n8n did not start'}\n${tail(running.logs())}`,
		);
	}
	return server;
}

/** n8n's environment for a user folder; also good for its command line (`n8n import:workflow` …). */
export async function n8nEnvironment({
	userFolder,
	port,
	env = {},
}: N8nOptions): Promise<NodeJS.ProcessEnv> {
	const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name));
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port ?? (await freePort())),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...env,
	};
}

/** Runs one n8n command (`import:workflow --separate --input=DIR`) to its end. */
export async function runN8n(userFolder: string, args: string[]): Promise<void> {
	const entry = join(host, 'node_modules', 'n8n', 'bin', 'n8n');
	const running = startNode([entry, ...args], {
		cwd: userFolder,
		env: await n8nEnvironment({ userFolder }),
	});
	const code = await running.exited;
	if (code !== 0)
		throw new Error(`n8n ${args.join(' ')} ended with ${code}\n${tail(running.logs())}`);
}

/**
 * Installs the built pack where n8n looks for community packages. The copy comes from an `npm install` of the packed
 * tarball (test/run/pack.mjs), made once per build; nothing is copied when that very build is there already.
 */
export function installPack(userFolder: string): void {
	const mark = join(installedPack, 'tarball');
	if (!existsSync(mark))
		throw new Error(
			'The pack is not packed: run npm test or npm start, or node test/run/prepare.mjs',
		);
	const target = join(userFolder, '.n8n', 'nodes');
	const there = join(target, 'tarball');
	if (existsSync(there) && readFileSync(there, 'utf8') === readFileSync(mark, 'utf8')) return;
	rmSync(target, { recursive: true, force: true });
	mkdirSync(join(userFolder, '.n8n'), { recursive: true, mode: 0o700 });
	cpSync(installedPack, target, {
		recursive: true,
		filter: (path) => !path.endsWith('.tgz') && path !== mark,
	});
	// below the project's own folder Node would find the project's n8n-workflow first, a second copy that breaks instanceof
	if (target.startsWith(root)) {
		symlinkSync(
			join(host, 'node_modules', 'n8n-workflow'),
			join(target, 'node_modules', 'n8n-workflow'),
			'junction',
		);
	}
	writeFileSync(there, readFileSync(mark));
}

async function isReady(url: string): Promise<true | undefined> {
	const response = await ask(`${url}/healthz/readiness`);
	return response.ok ? true : undefined;
}

function tail(text: string): string {
	return text.split('\n').slice(-30).join('\n');
}
