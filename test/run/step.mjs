import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cache, environment } from './house.mjs';
import { onLeave } from './leave.mjs';
import { sentenceFor, trouble } from './trouble.mjs';

const TICK_MS = 1000;
const PLAIN_TICK_MS = 30_000;

/**
 * Shows that a step is running and for how long: one ticking line on a terminal, plain lines elsewhere. All of it goes
 * to standard error, so that standard output stays free for results.
 * @template T @param {string} title @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function step(title, work) {
	const started = Date.now();
	const live = process.stderr.isTTY === true;
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	const show = (mark) =>
		process.stderr.write(
			live ? `\r\x1b[K${mark} ${title} ${seconds()}` : `${mark} ${title} ${seconds()}\n`,
		);
	if (live) show('…');
	else process.stderr.write(`… ${title}\n`);
	const timer = setInterval(() => show('…'), live ? TICK_MS : PLAIN_TICK_MS);
	try {
		const result = await work();
		clearInterval(timer);
		show('✓');
		return result;
	} catch (error) {
		clearInterval(timer);
		show('✗');
		throw error;
	} finally {
		if (live) process.stderr.write('\n');
	}
}

/**
 * Runs a command as a step; what it prints goes to a log file.
 * @param {string} title @param {string[]} command @param {{cwd: string, env?: Record<string, string>}} options
 */
export async function runStep(title, [command, ...args], { cwd, env }) {
	mkdirSync(join(cache, 'logs'), { recursive: true });
	const log = join(cache, 'logs', `${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
	const output = [];
	const code = await step(title, async () => {
		const file = createWriteStream(log);
		const child = spawn(command, args, {
			cwd,
			env: environment(env),
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: command.endsWith('.cmd'),
		});
		const keep = (chunk) => {
			file.write(chunk);
			output.push(String(chunk));
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		const stay = onLeave((signal) => {
			child.kill(signal);
			process.exit(130);
		});
		const ended = await new Promise((resolve) => {
			child.on('error', (error) => {
				keep(`${error.message}\n`);
				resolve(1);
			});
			child.on('close', (exit) => resolve(exit ?? 1));
		});
		stay();
		await new Promise((written) => file.end(written));
		if (ended !== 0) throw trouble(sentenceFor(title, output.join('')), log);
		return ended;
	});
	return code;
}
