import { handOver } from './handOver.mjs';
import { prepareProject } from './prepare.mjs';
import { giveUp } from './trouble.mjs';

// npm run evaluate -- content: the table goes to standard output, progress to standard error
try {
	await prepareProject();
	process.exitCode = await handOver([
		'--import',
		'tsx',
		'cli/evaluate/main.ts',
		...process.argv.slice(2),
	]);
} catch (error) {
	giveUp(error);
}
