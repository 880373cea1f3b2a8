import { handOver } from './handOver.mjs';
import { prepareProject } from './prepare.mjs';
import { giveUp } from './trouble.mjs';

// npm run doctor: findings go to standard output, progress to standard error
try {
	await prepareProject();
	process.exitCode = await handOver([
		'--import',
		'tsx',
		'cli/main.ts',
		'doctor',
		...process.argv.slice(2),
	]);
} catch (error) {
	giveUp(error);
}
