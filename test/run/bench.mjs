import { handOver } from './handOver.mjs';
import { prepare } from './prepare.mjs';
import { giveUp } from './trouble.mjs';

// npm run bench -- <name>: figures go to standard output, one JSON line each; everything else to standard error
try {
	await prepare();
	process.exitCode = await handOver(['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)]);
} catch (error) {
	giveUp(error);
}
