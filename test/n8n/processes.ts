import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

export type Running = {
	pid: number;
	/** All it printed so far. */
	logs: () => string;
	/** Settles when it has ended, with its exit code, or the signal that ended it. */
	exited: Promise<number | string>;
	hasExited: () => boolean;
	/** Asks it to end, and ends the whole group when it does not within `graceMs`. */
	stop: (graceMs?: number) => Promise<void>;
	/** Ends the whole group at once, as a crash would. */
	kill: () => Promise<void>;
};

const LOG_LIMIT = 2_000_000;

/** Starts a program under this Node in a process group of its own, so that all it starts can be ended with it. */
export function startNode(
	args: string[],
	options: { cwd: string; env: NodeJS.ProcessEnv },
): Running {
	const child = spawn(process.execPath, args, {
		...options,
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { pid } = child;
	if (pid === undefined) throw new Error(`${args.join(' ')} could not be started`);
	let output = '';
	const keep = (chunk: Buffer): void => {
		output = (output + chunk.toString()).slice(-LOG_LIMIT);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	let ended = false;
	const exited = new Promise<number | string>((resolve) => {
		child.once('exit', (code, signal) => {
			ended = true;
			resolve(code ?? signal ?? 'unknown');
		});
	});
	const kill = async (): Promise<void> => {
		endGroup(pid);
		await exited;
	};
	const stop = async (graceMs = 15_000): Promise<void> => {
		if (!ended) child.kill('SIGTERM');
		const timer = setTimeout(() => endGroup(pid), graceMs);
		await exited;
		clearTimeout(timer);
		endGroup(pid); // what it may have left behind
	};
	return { pid, logs: () => output, exited, hasExited: () => ended, stop, kill };
}

function endGroup(pid: number): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// the group is gone already
	}
}

/** A loopback port that nobody has right now. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => {
				if (typeof address === 'object' && address !== null) resolve(address.port);
				else reject(new Error('No free port'));
			});
		});
	});
}

/**
 * Asks again and again until there is an answer other than undefined.
 * @throws Error `<what> did not happen within …`, with the last error where asking failed
 */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | undefined> | T | undefined,
	{ timeoutMs = 30_000, everyMs = 200 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
	const end = Date.now() + timeoutMs;
	let last: unknown;
	while (Date.now() < end) {
		try {
			const answer = await ask();
			if (answer !== undefined) return answer;
		} catch (error) {
			last = error;
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
	const why = last instanceof Error ? `: ${last.message}` : '';
	throw new Error(`${what} did not happen within ${timeoutMs / 1000} s${why}`);
}
