import { Command } from 'commander';
import { apiKeyOption } from '../n8nApi/access';
import { install, type InstallOptions } from './install';
import { ownSurroundings } from './surroundings';
import { uninstall, type UninstallOptions } from './uninstall';

const MORE = `
  N8N_API_KEY=… n8n-nodes-digital-cs install --url https://n8n.example.com --dry-run

Scopes of the key: workflow:list, workflow:create, workflow:update; credential:list, so that credentials are put in;
workflow:activate for --update-active; workflow:delete and workflow:deactivate for uninstall.

Exit code: 0 all is well · 1 something failed · 2 nobody said yes`;

/** `install`: the shipped flows into an n8n, or up to date there. */
export function installCommand(): Command {
	return changing(
		new Command('install').description(
			'Creates the flows in an n8n, or brings them up to date; shows first what it would do',
		),
	)
		.addHelpText('after', MORE)
		.option('--only <flows>', 'these flows only, as journey-onboarding,ops-escalation-desk')
		.option('--merge <flows>', 'flows you changed: takes over what is new, keeps what you changed')
		.option('--beside <flows>', 'flows you changed: installs the new one beside yours')
		.option('--overwrite <flows>', 'flows you changed: the new one in place of yours')
		.option('--update-active', 'changes published workflows too, and publishes them again')
		.option(
			'--credential <type=id>',
			'the credential for a type, as smtp=Kx3…; may be given several times',
			(one: string, all: string[] | undefined) => [...(all ?? []), one],
		)
		.action(async (options: InstallOptions) => {
			process.exitCode = await install(options, ownSurroundings());
		});
}

/** `uninstall`: the flows out of an n8n again. */
export function uninstallCommand(): Command {
	return changing(
		new Command('uninstall').description(
			'Removes the flows that are as they were installed and not published; names the others',
		),
	)
		.addHelpText('after', MORE)
		.argument('[flows...]', 'removes exactly these, changed and published ones too')
		.action(async (flows: string[], options: UninstallOptions) => {
			process.exitCode = await uninstall(flows, options, ownSurroundings());
		});
}

/** The options of whatever changes something in an n8n. */
function changing(command: Command): Command {
	return command
		.requiredOption('--url <address>', 'the n8n, as https://n8n.example.com')
		.addOption(apiKeyOption('the scopes below'))
		.option('--yes', 'does it without asking')
		.option('--dry-run', 'shows what it would do, and does nothing')
		.option('--json', 'writes JSON in place of sentences; needs --yes to do anything');
}
