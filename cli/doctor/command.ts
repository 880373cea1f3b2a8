import { Command } from 'commander';
import { apiKeyOption } from '../n8nApi/access';
import { doctor, type DoctorOptions, type Surroundings } from './doctor';

/** Usage that nobody can follow is as bad as a file that nobody can read. */
const COULD_NOT_LOOK = 2;

const MORE = `
Without files it looks at the workflows that the pack ships. Files may be exports of n8n or folders of them.

  n8n-nodes-digital-cs doctor my-flows/
  N8N_API_KEY=… n8n-nodes-digital-cs doctor --url https://n8n.example.com

Exit code: 0 nothing wrong · 1 something is · 2 could not look`;

/** `doctor [files…]`: what is wrong with workflows, in files or in a running n8n. */
export function doctorCommand(surroundings: Surroundings = THIS_PROCESS): Command {
	return new Command('doctor')
		.description('Say what is wrong with workflows, yours or ours, before customers notice')
		.argument('[files...]', 'workflows as n8n exports them, or folders of them')
		.option('--url <address>', 'look at the workflows of a running n8n instead')
		.addOption(apiKeyOption('the scope workflow:list'))
		.option('--all', 'with --url: also workflows without a node of this pack')
		.option('--json', 'findings as JSON')
		.option('--strict', 'warnings count as errors for the exit code')
		.addHelpText('after', MORE)
		.exitOverride(({ exitCode }) => {
			process.exit(exitCode === 0 ? 0 : COULD_NOT_LOOK);
		})
		.action(async (files: string[], options: DoctorOptions) => {
			process.exitCode = await doctor(files, options, surroundings);
		});
}

const THIS_PROCESS: Surroundings = {
	tell: (text) => process.stdout.write(text),
	complain: (text) => process.stderr.write(text),
	colored: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '',
	now: () => Date.now(),
};
