#!/usr/bin/env node
import { Command } from 'commander';
import { doctorCommand } from './doctor/command';

// npx n8n-nodes-digital-cs <command>: each folder beside this file gives one in its command.ts
void new Command('n8n-nodes-digital-cs')
	.description('Digital customer success for n8n, from the command line')
	.addCommand(doctorCommand())
	.parseAsync();
