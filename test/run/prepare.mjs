// the default export, because an old Node, which is to be told so, lacks statfsSync
import fs, { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfChanged } from './build.mjs';
import { host, node24, npm, root } from './house.mjs';
import { packIfChanged } from './pack.mjs';
import { runStep } from './step.mjs';
import { giveUp, trouble } from './trouble.mjs';

const OLDEST_NODE = 20;
const FIRST_INSTALL_GB = 6;
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

// eslint-plugin-n8n-nodes-base's install script refuses npm, the Kafka client's wants the internet: no scripts, then
// the two packages that need theirs
const INSTALL = ['ci', '--ignore-scripts', ...QUIET];

/**
 * Makes a fresh clone ready: dependencies, Node 24, the real n8n with its database driver, and the built pack. Does only
 * what is missing or out of date.
 * @throws Trouble with one sentence when the machine lacks something
 */
export async function prepare() {
	checkNode();
	const hostIsMissing = !isInstalled(host);
	if (hostIsMissing) checkDisk(FIRST_INSTALL_GB);
	await prepareProject();
	if (hostIsMissing)
		await runStep('Installing n8n (2.9 GB, takes minutes)', [...npm(), ...INSTALL], { cwd: host });
	if (!existsSync(join(host, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'))) {
		await runStep(
			'Building the database driver',
			[...npm(), 'rebuild', 'sqlite3', '--ignore-scripts=false'],
			{ cwd: host, env: headers() },
		);
	}
	await packIfChanged(await buildIfChanged());
}

/** The same without n8n: the project's own dependencies and Node 24, for what needs no more. */
export async function prepareProject() {
	checkNode();
	if (!isInstalled(root)) {
		checkDisk(1);
		await runStep('Installing the project', [...npm(), ...INSTALL], { cwd: root });
	}
	if (!existsSync(node24)) {
		await runStep('Fetching Node 24', [...npm(), 'rebuild', 'node', '--ignore-scripts=false'], {
			cwd: root,
		});
	}
}

function checkNode() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < OLDEST_NODE) {
		throw trouble(
			`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE} or newer (nodejs.org) and start again.`,
		);
	}
}

function checkDisk(needed) {
	mkdirSync(host, { recursive: true });
	const { bavail, bsize } = fs.statfsSync(host);
	const free = (bavail * bsize) / 1e9;
	if (free < needed) {
		throw trouble(
			`The disk has ${free.toFixed(1)} GB free, and installing needs ${needed} GB: make room and start again.`,
		);
	}
}

/**
 * Whether node_modules is what the lockfile says: npm writes its own record last, so an install that was broken off
 * has none. Packages for other platforms are in the lockfile and not in the record.
 */
function isInstalled(folder) {
	const record = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const { packages: installed } = JSON.parse(readFileSync(record, 'utf8'));
	const { packages: locked } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	const direct = Object.keys({ ...locked[''].dependencies, ...locked[''].devDependencies });
	return (
		direct.every((name) => installed[`node_modules/${name}`] !== undefined) &&
		Object.entries(installed).every(
			([path, { version }]) => locked[path] === undefined || locked[path].version === version,
		)
	);
}

/** Node's C headers come with the Node 24 just fetched; without them node-gyp would ask nodejs.org. */
function headers() {
	const packages = join(root, 'node_modules', 'node', 'node_modules');
	const own = [
		`node-${process.platform}-${process.arch}`,
		`node-bin-${process.platform}-${process.arch}`,
	]
		.map((name) => join(packages, name))
		.find((folder) => existsSync(join(folder, 'include', 'node')));
	return own === undefined || process.env.npm_config_nodedir !== undefined
		? {}
		: { npm_config_nodedir: own };
}

// `node test/run/prepare.mjs` makes ready and does nothing else
if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare().catch(giveUp);
