import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';

// npm run bench -- nodes: runs bench/nodes/bench.ts, which exports `bench`
const names = readdirSync(__dirname).filter((name) =>
	existsSync(join(__dirname, name, 'bench.ts')),
);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));

async function main(): Promise<void> {
	if (asked.length === 0 || unknown.length > 0) {
		throw new Error(
			`Say which bench to run, as in npm run bench -- nodes. There are: ${names.join(', ')}`,
		);
	}
	// what n8n's engine logs in this process would stand between the figures
	process.env.N8N_LOG_LEVEL ??= 'silent';
	for (const name of asked) {
		const module: unknown = await import(join(__dirname, name, 'bench.ts'));
		await benchModule.parse(module).bench();
	}
}

const benchModule = z.object({
	bench: z.custom<() => Promise<void>>((value) => typeof value === 'function'),
});

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
