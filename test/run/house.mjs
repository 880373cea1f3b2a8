import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folders. Everything in test/run works with Node 20 and nothing installed. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const host = join(root, 'test', 'n8n', 'host');
export const cache = join(root, '.cache');
export const demo = join(root, '.demo');

const windows = process.platform === 'win32';

/** Node 24, which `npm rebuild node` puts there; n8n runs on no older one. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The command and first arguments that run npm, the same npm that started us where there is one. */
export function npm() {
	const cli = process.env.npm_execpath;
	if (cli !== undefined && cli.endsWith('.js') && existsSync(cli)) return [process.execPath, cli];
	return [windows ? 'npm.cmd' : 'npm'];
}

/** The environment for all we start: Node 24 and the project's own programs come first. */
export function environment(extra = {}) {
	const bin = join(root, 'node_modules', '.bin');
	const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	const path = `${bin}${windows ? ';' : ':'}${process.env[key] ?? ''}`;
	return { ...process.env, [key]: path, ...extra };
}
