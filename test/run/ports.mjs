import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { trouble } from './trouble.mjs';

/** What `npm start` listens on, and the variable that moves it. */
export const PORTS = [
	{ what: 'n8n', variable: 'N8N_PORT', usual: 5678 },
	{ what: 'the mailbox', variable: 'MAILDEV_WEB_PORT', usual: 1080 },
	{ what: 'the mail server', variable: 'MAILDEV_SMTP_PORT', usual: 1025 },
];

/**
 * The ports as an environment, each checked to be free.
 * @returns {Promise<Record<string, string>>}
 * @throws Trouble that names the port, who has it where that is known, and the variable that changes it
 */
export async function freePorts() {
	const chosen = {};
	for (const { what, variable, usual } of PORTS) {
		const text = process.env[variable] ?? String(usual);
		const port = Number(text);
		if (!Number.isInteger(port) || port < 1 || port > 65_535)
			throw trouble(`${variable} is '${text}', which is not a port: use a number from 1 to 65535.`);
		const twin = Object.keys(chosen).find((name) => chosen[name] === String(port));
		if (twin !== undefined)
			throw trouble(`${variable} and ${twin} are both ${port}: give each a port of its own.`);
		const problem = await listen(port);
		if (problem === 'EACCES')
			throw trouble(
				`Port ${port} (${what}) may not be used by you: choose one above 1023 with ${variable}=${usual + 1} npm start.`,
			);
		if (problem !== undefined) {
			throw trouble(
				`Port ${port} (${what}) is taken${ownerOf(port)}: stop that program, or choose another port with ${variable}=${port + 1} npm start.`,
			);
		}
		chosen[variable] = String(port);
	}
	return chosen;
}

function listen(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve(error.code ?? 'unknown'));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
	});
}

/** ` by process 42 (node server.js)`, or nothing where the machine does not say. */
function ownerOf(port) {
	const pid =
		ask('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], /^(\d+)/) ??
		ask('ss', ['-ltnpH', `sport = :${port}`], /pid=(\d+)/);
	if (pid === undefined) return '';
	const command = ask('ps', ['-p', pid, '-o', 'args='], /(.+)/);
	return ` by process ${pid}${command === undefined ? '' : ` (${command.slice(0, 100)})`}`;
}

function ask(command, args, pattern) {
	try {
		const output = execFileSync(command, args, {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			timeout: 3000,
		});
		return pattern.exec(output)?.[1];
	} catch {
		return undefined; // not every machine has it, and not everybody may see it
	}
}
