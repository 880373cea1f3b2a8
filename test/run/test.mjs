import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { handOver } from './handOver.mjs';
import { cache, root } from './house.mjs';
import { prepare } from './prepare.mjs';
import { count } from './count.mjs';
import { giveUp } from './trouble.mjs';

// npm test: every suite, the real n8n included. The last line is `N passed, N failed`, counted in jest's own JSON.
// Jest's projects, those of a line at once: an n8n waits a lot, so that the lives of another fill the second core.
const RUNS = [['unit'], ['thorough'], ['n8n', 'lives']];

try {
	await prepare();
	const results = [];
	mkdirSync(join(cache, 'results'), { recursive: true });
	for (const projects of RUNS) {
		const name = projects.join('-');
		const file = join(cache, 'results', `${name}.json`);
		rmSync(file, { force: true });
		const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
		// n8n's own logger writes to the console in unit tests, hence --silent; and what a test forgot to close must not hold
		// up the whole run, hence --forceExit
		await handOver([
			jest,
			'--selectProjects',
			...projects,
			'--json',
			`--outputFile=${file}`,
			'--silent',
			'--forceExit',
		]);
		results.push({
			name,
			result: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined,
		});
	}
	const { passed, failed, complaints } = count(results, testFiles(join(root, 'test')));
	for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
	process.stdout.write(`${passed} passed, ${failed} failed\n`);
	process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
	giveUp(error);
}

function testFiles(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = resolve(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(path);
		return entry.name.endsWith('.test.ts') ? [path] : [];
	});
}
