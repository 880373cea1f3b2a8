#!/usr/bin/env node
import { Command } from 'commander';
import { doctorCommand } from './doctor/command';
import { installCommand, uninstallCommand } from './install/command';

// whoever reads on a pipe may stop (`| head`): what was begun is done all the same
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
});

// npx n8n-nodes-digital-cs <command>: each folder beside this file gives one in its command.ts
void new Command('n8n-nodes-digital-cs')
	.description('Digital customer success for n8n, from the command line')
	.addCommand(installCommand())
	.addCommand(uninstallCommand())
	.addCommand(doctorCommand())
	.parseAsync();
