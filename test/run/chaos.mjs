import { join } from 'node:path';
import { handOver } from './handOver.mjs';
import { root } from './house.mjs';
import { prepare } from './prepare.mjs';
import { giveUp } from './trouble.mjs';

// npm run chaos [-- <kills>]: the real n8n killed at random moments, a hundred times unless told otherwise
try {
	await prepare();
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const [kills = '100'] = process.argv.slice(2);
	process.exitCode = await handOver(
		[jest, '--selectProjects', 'n8n', '--testPathPatterns', 'chaos', '--forceExit'],
		{
			env: { CHAOS_KILLS: kills },
		},
	);
} catch (error) {
	giveUp(error);
}
