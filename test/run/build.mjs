import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, npm, root } from './house.mjs';
import { runStep } from './step.mjs';
import { giveUp } from './trouble.mjs';

const SOURCES = [
	'nodes',
	'credentials',
	'engine',
	'ledger',
	'services',
	'cli',
	'workflows',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
];
const record = join(cache, 'built');

/**
 * Builds dist when a source has changed since the last build.
 * @returns {Promise<string>} fingerprint of the sources
 */
export async function buildIfChanged() {
	const now = fingerprint();
	if (existsSync(join(root, 'dist')) && existsSync(record) && readFileSync(record, 'utf8') === now)
		return now;
	await runStep('Building the pack', [...npm(), 'run', 'build'], { cwd: root });
	mkdirSync(dirname(record), { recursive: true });
	writeFileSync(record, now);
	return now;
}

function fingerprint() {
	const hash = createHash('sha256');
	const add = (path) => {
		const entries = readdirSync(path, { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			const inner = join(path, entry.name);
			if (entry.isDirectory()) add(inner);
			else hash.update(inner).update(readFileSync(inner));
		}
	};
	for (const source of SOURCES) {
		const path = join(root, source);
		if (!existsSync(path)) continue;
		if (source.includes('.')) hash.update(path).update(readFileSync(path));
		else add(path);
	}
	return hash.digest('hex');
}

// `node test/run/build.mjs` is what a test calls that looks at the built pack
if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfChanged().catch(giveUp);
