import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

/**
 * Runs a piece of an ES module in a Node of its own, where the project's .mjs files and ESLint's configuration can be
 * imported (jest runs CommonJS), and gives what it hands to `answer`.
 */
export function runModule(code: string, input: unknown): unknown {
	const script = `
		const input = JSON.parse(process.env.RUN_MODULE_INPUT);
		const answer = (value) => process.stdout.write(JSON.stringify(value));
		${code}`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, RUN_MODULE_INPUT: JSON.stringify(input) },
		maxBuffer: 50_000_000,
	});
	const value: unknown = JSON.parse(output);
	return value;
}
