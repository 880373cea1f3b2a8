import { spawn } from 'node:child_process';
import { environment, node24, root } from './house.mjs';
import { onLeave } from './leave.mjs';

/**
 * Runs a program under Node 24 in our place: same terminal, and its exit code becomes ours. Signals are passed on and
 * its end awaited, so that it can end what it started itself.
 * @param {string[]} args @param {{env?: Record<string, string>}} [options]
 * @returns {Promise<number>} exit code
 */
export async function handOver(args, { env = {} } = {}) {
	const child = spawn(node24, args, { cwd: root, env: environment(env), stdio: 'inherit' });
	const stay = onLeave((signal) => child.kill(signal));
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (exit) => resolve(exit ?? 1));
	});
	stay();
	return code;
}
