import { handOver } from './handOver.mjs';
import { prepareProject } from './prepare.mjs';
import { giveUp } from './trouble.mjs';

// npm run backtest -- <file.csv>: tables go to standard output, pictures to a folder, progress to standard error
try {
	await prepareProject();
	process.exitCode = await handOver([
		'--import',
		'tsx',
		'cli/backtest/main.ts',
		...process.argv.slice(2),
	]);
} catch (error) {
	giveUp(error);
}
