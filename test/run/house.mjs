import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folders. Everything in test/run works with Node 20 and nothing installed. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const host = join(root, 'test', 'n8n', 'host');
export const cache = join(root, '.cache');
/** What `npm start` keeps; a test gives it a folder of its own. */
export const demo = process.env.DIGITAL_CS_DEMO ?? join(root, '.demo');

const windows = process.platform === 'win32';

/** Node 24, which `npm rebuild node` puts there; n8n runs on no older one. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The command and first arguments that run npm, the same npm that started us where there is one. */
export function npm() {
	const cli = process.env.npm_execpath;
	if (cli !== undefined && cli.endsWith('.js') && existsSync(cli)) return [lastingNode(), cli];
	return [windows ? 'npm.cmd' : 'npm'];
}

/**
 * A Node that an install leaves alone. `npm run` puts node_modules/.bin first, so that we may be running on the very
 * Node 24 that `npm ci` is about to delete.
 */
function lastingNode() {
	const ours = join(root, 'node_modules');
	const found = [
		process.execPath,
		process.env.npm_node_execpath,
		...searchPath().map((folder) => join(folder, windows ? 'node.exe' : 'node')),
	].find((path) => path && existsSync(path) && !realpathSync(path).startsWith(ours));
	return found ?? process.execPath;
}

function searchPath() {
	return (process.env[pathKey()] ?? '').split(delimiter).filter(Boolean);
}

function pathKey() {
	return Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}

/** The environment for all we start: Node 24 and the project's own programs come first. */
export function environment(extra = {}) {
	const path = [join(root, 'node_modules', '.bin'), ...searchPath()].join(delimiter);
	return { ...process.env, [pathKey()]: path, ...extra };
}
